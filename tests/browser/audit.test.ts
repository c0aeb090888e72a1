// Drives the log of the built review page against a real gate.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Moderator } from "../../node/api/schema.js";
import { append } from "../../node/audit/chain.js";
import { agentPost, BAD, humanPost, people } from "../../node/testing/gate.js";
import { type LiveDesk, startDesk } from "../review/desk.js";
import { launch } from "./chromium.js";
import { axe, shoot, type Visitor, visit } from "./visitor.js";

let browser: Browser;
let desk: LiveDesk;
let visitor: Visitor;
let postId: string;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  desk = await startDesk();
  const held = await desk.gate.submit(agentPost(BAD, true));
  postId = held.postId;
  await desk.gate.review.decide("claim", postId, people.mira as Moderator, { contentHash: held.contentHash, version: 1 });
  await desk.gate.submit(humanPost(`${BAD} two`));
});
afterEach(async () => {
  await visitor.page.context().close();
  await desk.close();
});

async function open(address = "#/audit", size = { width: 1440, height: 900 }, theme: "light" | "dark" = "light") {
  visitor = await visit(browser, size, theme);
  await visitor.page.goto(desk.url + address);
  return visitor.page;
}

const rows = () => visitor.page.locator(".log tbody tr");

test("the log is read newest first, of one post or one actor", async () => {
  const page = await open();
  await rows().first().waitFor();
  expect(await rows().first().textContent()).toContain("flagged");
  await page.getByRole("link", { name: "mira" }).click();
  await expect.poll(() => rows().count()).toBe(1);
  await page.getByRole("link", { name: "Show all" }).click();
  await page.getByLabel("Post", { exact: true }).fill(postId);
  await page.keyboard.press("Enter");
  await expect.poll(() => rows().count()).toBe(3);
  expect(await page.locator(".log").textContent()).not.toContain("/srv");
  await page.getByLabel("Actor", { exact: true }).fill("nobody");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "No entries" }).waitFor();
  expect(visitor.errors).toEqual([]);
});

test("older entries come when they are asked for", async () => {
  const at = new Date().toISOString();
  await append(
    desk.store.db,
    Array.from({ length: 300 }, (_, index) => ({ at, actor: "olga", action: "edited", postId: `p-${index}` })),
  );
  const page = await open();
  await expect.poll(() => rows().count()).toBe(200);
  await page.getByRole("button", { name: "Show older entries" }).click();
  await expect.poll(() => rows().count()).toBeGreaterThan(300);
  expect(await page.getByRole("button", { name: "Show older entries" }).count()).toBe(0);
});

test("verifying says that it holds, or which entry is the first that does not", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Verify the log" }).click();
  await page.getByText(/The log holds: \d+ entries/).waitFor();
  await desk.store.db.updateTable("audit").set({ actor: "somebody" }).where("seq", "=", 2).execute();
  await page.getByRole("button", { name: "Verify the log" }).click();
  await page.getByText("The log is broken at entry 2: entry 2 was changed after it was written").waitFor();
  expect(await axe(page)).toEqual([]);
});

test("an export is a link of its own", async () => {
  const page = await open();
  const address = (name: string) => page.getByRole("link", { name }).getAttribute("href");
  expect(await address("Export: JSON Lines")).toMatch(/\/api\/v1\/audit\/export\?format=jsonl$/);
  expect(await address("Export: OCSF")).toMatch(/\/api\/v1\/audit\/export\?format=ocsf$/);
});

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  test.each([1440, 360])("%i pixels wide, it passes axe and fits", async (width) => {
    const page = await open("#/audit", { width, height: 900 }, theme);
    await rows().first().waitFor();
    await page.getByRole("button", { name: "Verify the log" }).click();
    await page.getByText("The log holds").waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
    await shoot(page, `audit-${theme}-${width}`);
  });
});
