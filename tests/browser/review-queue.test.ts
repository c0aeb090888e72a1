// The list of the review page: what it can be narrowed to, how it is ordered and grouped, what its address keeps, and choosing from it.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ordinary } from "../review/fixtures.js";
import { ago, Desk, press } from "./desk.js";

const desk = new Desk();
beforeAll(() => desk.launch());
afterAll(() => desk.end());
beforeEach(() =>
  desk.serve([
    ordinary("p-1", ago(12)),
    { ...ordinary("p-2", ago(9), "high"), category: "data", rules: ["sql/grant-all"], title: "All privileges granted" },
    { ...ordinary("p-3", ago(300), "medium"), author: { id: "scout", handle: "scout", kind: "agent" }, agent: "scout" },
    { ...ordinary("p-4", ago(2), "low"), state: "claimed", claimedBy: "noa", claimedUntil: ago(-5) },
    { ...ordinary("p-5", ago(1500)), escalatedBy: "noa" },
  ]),
);
afterEach(() => desk.close());

const ids = (page: Page) => page.locator(".row").evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.id));
const pick = (page: Page, field: string, value: string) => page.locator(`select[data-field=${field}]`).selectOption(value);

describe("filters", () => {
  test("narrow the list, stand in the address, come back with it, and are taken away as chips", async () => {
    const page = await desk.open();
    expect(await ids(page)).toEqual(["p-5", "p-1", "p-2", "p-3", "p-4"]);
    await press(page, "f");
    await pick(page, "severity", "high");
    await expect.poll(() => ids(page)).toEqual(["p-5", "p-1", "p-2"]);
    await pick(page, "rule", "sql/grant-all");
    await expect.poll(() => ids(page)).toEqual(["p-2"]);
    expect(page.url()).toContain("severity=high&rule=sql%2Fgrant-all");
    await page.reload();
    await expect.poll(() => ids(page)).toEqual(["p-2"]);
    await page.getByRole("button", { name: "Remove the filter Rule: sql/grant-all" }).click();
    await expect.poll(() => ids(page)).toEqual(["p-5", "p-1", "p-2"]);
    await page.goBack();
    await expect.poll(() => ids(page)).toEqual(["p-2"]);
    await page.getByRole("button", { name: "Clear the filter" }).first().click();
    await expect.poll(() => ids(page)).toHaveLength(5);
  });

  test.each([
    ["author=scout", ["p-3"]],
    ["category=data", ["p-2"]],
    ["claimed=others", ["p-4"]],
    ["claimed=nobody&severity=medium", ["p-5", "p-1", "p-2", "p-3"]],
    ["olderThan=14400000&order=newest", ["p-3", "p-5"]],
    ["escalated=false&order=oldest", ["p-3", "p-1", "p-2", "p-4"]],
  ])("an address with %s lists what fits", async (query, expected) => {
    const page = await desk.open({ at: `#/queue/open?${query}` });
    await expect.poll(() => ids(page)).toEqual(expected);
  });

  test("words are searched on the server, once the moderator stops typing", async () => {
    const page = await desk.open();
    const asked: string[] = [];
    page.on("request", (request) => request.url().includes("q=") && asked.push(new URL(request.url()).searchParams.get("q") ?? ""));
    await press(page, "/");
    await page.keyboard.type("GRANT-all");
    await expect.poll(() => ids(page)).toEqual(["p-2"]);
    expect(asked).toEqual(["GRANT-all"]);
    expect(page.url()).toContain("q=GRANT-all");
  });

  test("the escalated have a tab of their own", async () => {
    const page = await desk.open({ as: "lea" });
    await page.getByRole("link", { name: "Escalated 1" }).click();
    await expect.poll(() => ids(page)).toEqual(["p-5"]);
  });
});

test("groups have headings with counts, and the keys walk them as they are shown", async () => {
  const page = await desk.open();
  await page.getByRole("combobox", { name: "Groups" }).selectOption("category");
  const headings = page.locator(".rows .group h2");
  await expect.poll(() => headings.allTextContents()).toEqual(["platform 4", "data 1"]);
  await press(page, "Escape", "j", "j", "j", "j", "j");
  await expect.poll(() => page.url()).toContain("/p-2?group=category");
});

test("a view is kept under a name, picked and forgotten", async () => {
  const page = await desk.open({ at: "#/queue/open?severity=high&group=severity" });
  await page.getByRole("button", { name: "Keep this view" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("Worst");
  await press(page, "Enter");
  const link = page.getByRole("link", { name: "Worst" });
  await link.waitFor();
  expect(desk.service.views.get("Worst")?.query).toBe("state=open&severity=high&group=severity");
  await page.getByRole("link", { name: /^Open/ }).click();
  await expect.poll(() => ids(page)).toHaveLength(5);
  await link.click();
  await expect.poll(() => ids(page)).toHaveLength(3);
  await page.getByRole("button", { name: "Forget the view Worst" }).click();
  await link.waitFor({ state: "hidden" });
  expect(desk.service.views.size).toBe(0);
});

test("posts are chosen by key, by range and by box", async () => {
  const page = await desk.open();
  const chosen = () => page.locator(".row:has(:checked)").evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.id));
  await press(page, "j", "x", "J");
  await expect.poll(chosen).toEqual(["p-5", "p-1"]);
  await page.locator(".row[data-id=p-3]").click({ modifiers: ["Shift"] });
  await expect.poll(chosen).toEqual(["p-5", "p-1", "p-2", "p-3"]);
  await page.locator(".row[data-id=p-1] input").click();
  await expect.poll(chosen).toEqual(["p-5", "p-2", "p-3"]);
  await press(page, "*");
  await expect.poll(chosen).toHaveLength(5);
  await press(page, "Escape");
  await expect.poll(chosen).toEqual([]);
});

describe("the connection", () => {
  test("brings posts as they are held, where they belong, and says when it is gone", async () => {
    const page = await desk.open();
    desk.service.posts.set("p-9", ordinary("p-9", ago(0), "high"));
    desk.service.change("p-9", {});
    await expect.poll(() => ids(page)).toEqual(["p-5", "p-1", "p-2", "p-9", "p-3", "p-4"]);
    desk.service.stream(false);
    await page.getByText("Not connected since").waitFor();
    desk.service.stream(true);
    await page.getByText("Not connected since").waitFor({ state: "hidden", timeout: 15_000 });
  });

  test("signed out, the page says so and comes back", async () => {
    desk.service.refuse = 401;
    const page = await desk.open({ locale: "de-DE", ready: "h1" });
    await page.getByRole("heading", { name: "Sie sind abgemeldet" }).waitFor();
    desk.service.refuse = null;
    await page.getByRole("button", { name: "Erneut versuchen" }).click();
    await page.waitForSelector(".row");
  });
});
