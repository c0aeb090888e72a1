// Drives the statistics of the built review page against a real gate with two months of records.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { postRow, putPosts } from "../../node/testing/posts.js";
import { type LiveDesk, startDesk } from "../review/desk.js";
import { launch } from "./chromium.js";
import { axe, shoot, type Visitor, visit } from "./visitor.js";

const DAY_MS = 86_400_000;
const at = (daysAgo: number, minutes: number) => {
  const today = new Date(new Date().toISOString().slice(0, 10)).getTime();
  return new Date(today - daysAgo * DAY_MS + minutes * 60_000).toISOString();
};

/** One post: every fourth is blocked and stays so, every third of the others is rejected. */
function record(day: number, each: number) {
  const action = (["hold", "hold", "flag", "block"] as const)[(day + each) % 4] ?? "hold";
  const submitted = Date.parse(at(day, 60 + each * 90));
  const time = (minutes: number) => new Date(submitted + minutes * 60_000).toISOString();
  const state = action === "block" ? "blocked" : each % 3 === 0 ? "rejected" : "approved";
  return postRow({
    action,
    state,
    submittedAt: time(0),
    writtenAt: time(-0.015),
    decidedAt: state === "blocked" ? null : time(3 + each * 4),
    agent: action === "flag" ? null : `agent-${(day * each) % 4}`,
    rules: JSON.stringify([["shell/chmod", "cloud/aws-public-bucket", "sql/grant-all"][each % 3]]),
  });
}

/** Sixty days of posts, more on working days. */
function records() {
  const days = Array.from({ length: 60 }, (_, index) => index + 1);
  const busy = (day: number) => (new Date(at(day, 0)).getUTCDay() % 6 === 0 ? 2 : 7 + (day % 5));
  return days.flatMap((day) => Array.from({ length: busy(day) }, (_, each) => record(day, each)));
}

let browser: Browser;
let desk: LiveDesk;
let visitor: Visitor;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(async () => {
  await visitor.page.context().close();
  await desk.close();
});

async function open(size = { width: 1440, height: 1000 }, theme: "light" | "dark" = "light", address = "#/statistics") {
  visitor = await visit(browser, size, theme);
  await visitor.page.goto(desk.url + address);
  return visitor.page;
}

test("figures are drawn, told in words and tables, and follow the days that are chosen", async () => {
  await putPosts(desk.store.db, records());
  const page = await open();
  await page.locator(".chart-canvas canvas").first().waitFor();
  expect(await page.locator(".chart-canvas canvas").count()).toBe(2);
  const chart = page.getByRole("img", { name: /^Kept back per day, .* In all: Held \d+, Blocked \d+, Flagged \d+/ });
  await chart.waitFor();
  const inked = await page
    .locator(".chart-canvas canvas")
    .first()
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const colours = new Set<string>();
      for (let index = 0; index < data.length; index += 4)
        if (data[index + 3] === 255) colours.add(`${data[index]},${data[index + 1]},${data[index + 2]}`);
      return colours.size;
    });
  expect(inked).toBeGreaterThan(3);
  await page.getByText("Show as a table").first().click();
  expect(await page.getByRole("table", { name: "Kept back per day" }).getByRole("row").count()).toBe(31);
  await page.getByRole("link", { name: "7 days" }).click();
  await expect.poll(() => page.url()).toContain("from=");
  await expect.poll(() => page.getByRole("table", { name: "Kept back per day" }).getByRole("row").count()).toBe(8);
  await page.getByRole("row", { name: /sql\/grant-all/ }).waitFor();
  await page
    .getByText(/^or less for half of/)
    .first()
    .waitFor();
  expect(visitor.errors).toEqual([]);
});

test("the day that is pointed at is told", async () => {
  await putPosts(desk.store.db, records());
  const page = await open();
  const canvas = page.locator(".chart-canvas .u-over").first();
  await canvas.waitFor();
  expect(await page.locator(".legend-day").first().textContent()).toBe("All days");
  await canvas.hover();
  await expect.poll(() => page.locator(".legend-day").first().textContent()).toMatch(/\d{4}/);
});

test("days without anything say so, and days can be typed", async () => {
  const page = await open();
  await page.getByRole("heading", { name: "Nothing happened in these days" }).waitFor();
  await page.getByLabel("From", { exact: true }).fill("2026-01-01");
  await page.getByLabel("To", { exact: true }).fill("2026-01-31");
  await expect.poll(() => page.url()).toContain("from=2026-01-01&to=2026-01-31");
  expect(await axe(page)).toEqual([]);
});

test("a failure says so and can be tried again", async () => {
  visitor = await visit(browser, { width: 1440, height: 900 });
  const { page } = visitor;
  await page.route("**/statistics?*", (route) => route.fulfill({ status: 500, contentType: "application/problem+json", body: "{}" }));
  await page.goto(`${desk.url}#/statistics`);
  await page.getByRole("alert").getByText("could not be loaded").waitFor();
  await page.unroute("**/statistics?*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: "Nothing happened" }).waitFor();
});

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  test.each([1440, 360])("%i pixels wide, it passes axe and fits", async (width) => {
    await putPosts(desk.store.db, records());
    const page = await open({ width, height: 900 }, theme);
    await page.locator(".chart-canvas canvas").first().waitFor();
    await page.getByText("Show as a table").first().click();
    expect(await axe(page)).toEqual([]);
    expect(await page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
    await page.getByText("Show as a table").first().click();
    await page.setViewportSize({ width, height: await page.locator("main").evaluate((main) => main.scrollHeight + 120) });
    await shoot(page, `statistics-${theme}-${width}`);
    expect(visitor.errors).toEqual([]);
  });
});
