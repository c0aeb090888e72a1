// Every view and every dialog of the review page, in both themes and both widths: well for axe, nothing wider than the screen, and a
// picture of each for whoever changes the page.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { blocked, edited, ordinary, twofold, undecided } from "../review/fixtures.js";
import { ago, Desk, expectWell, press, shoot } from "./desk.js";

const desk = new Desk();
beforeAll(() => desk.launch());
afterAll(() => desk.end());
beforeEach(async () => {
  const many = Array.from({ length: 9 }, (_, index) =>
    ordinary(`p-${index + 20}`, ago(60 * index + 20), (["high", "medium", "low"] as const)[index % 3]),
  );
  const claimed = { ...ordinary("p-3", ago(5), "medium"), state: "claimed" as const, claimedBy: "noa", claimedUntil: ago(-12) };
  const erased = {
    ...ordinary("p-8", ago(600)),
    state: "rejected" as const,
    erasedAt: ago(3),
    submission: { post: { body: "", author: { id: "helper" } }, now: ago(600) },
  };
  await desk.serve([
    ordinary("p-1", ago(12)),
    edited("p-2", ago(9)),
    claimed,
    undecided("p-4", ago(2)),
    blocked("p-5", ago(60)),
    twofold("p-6", ago(70), ["noa"]),
    { ...ordinary("p-7", ago(80), "high"), state: "flagged", action: "flag", exposure: { seen: 41, acknowledged: 3 } },
    {
      ...ordinary("p-9", ago(90), "high"),
      escalatedBy: "noa",
      escalation: { by: "noa", at: ago(3), comment: "Touches payroll: I cannot judge it." },
    },
    erased,
    ...many,
  ]);
});
afterEach(() => desk.close());

const dialog = (page: Page) => page.getByRole("dialog").waitFor();
const shut = async (page: Page) => {
  await press(page, "Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
};

/** Every view by name: where it is and what is pressed there. */
const VIEWS: readonly [string, string, (page: Page) => Promise<unknown>][] = [
  ["post", "#/queue/open/p-1", async () => {}],
  ["filters", "#/queue/open/p-1?severity=high&group=severity", (page) => press(page, "Escape", "f")],
  ["versions", "#/queue/open/p-2", (page) => page.locator("cs-versions").scrollIntoViewIfNeeded()],
  ["undecided", "#/queue/open/p-4", async () => {}],
  ["blocked", "#/queue/blocked/p-5", async () => {}],
  ["flagged", "#/queue/flagged/p-7", async () => {}],
  ["erased", "#/queue/rejected/p-8", async () => {}],
  ["escalated", "#/queue/escalated/p-9", async () => {}],
  ["nothing", "#/queue/returned", async () => {}],
  ["none", "#/queue/open?category=absent", async () => {}],
];

const DIALOGS: readonly [string, string, string][] = [
  ["approve", "p-6", "a"],
  ["reject", "p-1", "r"],
  ["return", "p-1", "d"],
  ["escalate", "p-1", "e"],
  ["redact", "p-1", "b"],
  ["help", "p-1", "?"],
];

describe.each([
  ["light", 1440],
  ["dark", 360],
] as const)("%s, %i pixels wide", (colorScheme, width) => {
  const opening = { colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" as const };
  const picture = (page: Page, name: string) => shoot(page, `${name}-${width}-${colorScheme}`);

  test("every view", { timeout: 120_000 }, async () => {
    const page = await desk.open(opening);
    for (const [name, at, act] of VIEWS) {
      await page.goto(desk.service.url + at);
      await page.waitForSelector(/\/p-/.test(at) ? "#post-title" : ".blank h2");
      await act(page);
      await expectWell(page);
      await picture(page, name);
    }
  });

  test("every dialog", { timeout: 120_000 }, async () => {
    const page = await desk.open(opening);
    for (const [name, id, key] of DIALOGS) {
      await page.goto(`${desk.service.url}#/queue/open/${id}`);
      await page.waitForSelector("#post-title");
      await press(page, key);
      await dialog(page);
      await expectWell(page);
      await picture(page, name);
      await shut(page);
    }
  });

  test("choosing many, keeping a view, the note after a decision, a conflict", { timeout: 120_000 }, async () => {
    const page = await desk.open({ ...opening, at: "#/queue/open?severity=low" });
    await press(page, "j", "x", "J", "J", "J");
    await page.getByText("4 chosen").first().waitFor();
    await expectWell(page);
    await picture(page, "chosen");
    await press(page, "r");
    await page.getByText(/will be rejected/).waitFor();
    await expectWell(page);
    await picture(page, "bulk");
    await shut(page);
    await press(page, "Escape");
    await page.getByRole("button", { name: "Keep this view" }).click();
    await dialog(page);
    await page.keyboard.type("Milder ones");
    await expectWell(page);
    await picture(page, "save");
    await press(page, "Enter");
    await page.getByRole("link", { name: "Milder ones" }).waitFor();
    await page.goto(`${desk.service.url}#/queue/open/p-20`);
    await page.waitForSelector("#post-title");
    await press(page, "a");
    await page.getByRole("button", { name: /Undo/ }).waitFor();
    await expectWell(page);
    await picture(page, "undo");
    const id = new URL(page.url()).hash.split("/").at(-1)?.split("?")[0] ?? "";
    const body = "The deploy user cannot write. Ask the owner first.";
    const { submission } = ordinary(id, ago(1));
    desk.service.change(id, { contentHash: "sha256-other", submission: { ...submission, post: { ...submission.post, body } } }, true);
    await press(page, "d");
    await dialog(page);
    await press(page, "Control+Enter");
    await page.getByRole("alert", { name: "Someone was faster" }).waitFor();
    await expectWell(page);
    await picture(page, "conflict");
    expect(desk.state(id)).toBe("held");
  });
});

test.each([640, 360])("in German nothing is wider than %i pixels: twice the size on half a screen, and a telephone", async (width) => {
  const page = await desk.open({ locale: "de-DE", viewport: { width, height: 700 }, at: "#/queue/open/p-6?severity=low&claimed=nobody" });
  const over = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await over()).toBe(0);
  await shoot(page, `german-${width}`);
  await press(page, "b");
  await dialog(page);
  expect(await over()).toBe(0);
  await shut(page);
  await press(page, "Escape", "f", "*");
  await page.getByRole("region", { name: "Ausgewählte Beiträge" }).waitFor();
  expect(await over()).toBe(0);
  await shoot(page, `german-filters-${width}`);
});

test("loading, failed and offline are states of their own", async () => {
  const page = await desk.open();
  desk.service.stream(false);
  await page.getByText("Not connected since").waitFor();
  await expectWell(page);
  await shoot(page, "offline");
  desk.service.refuse = 500;
  await page.getByRole("link", { name: /Rejected/ }).click();
  await page.getByRole("heading", { name: "The queue could not be loaded" }).waitFor();
  await expectWell(page);
  await shoot(page, "failed");
});
