// Drives the built review page as moderators do: by keyboard, two at a time, with hostile posts, without a connection.
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { blocked, HOSTILE, hostile, ordinary, undecided } from "../review/fixtures.js";
import { type Service, startService } from "../review/service.js";
import { launch } from "./chromium.js";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

let browser: Browser;
let service: Service;
let page: Page;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

beforeEach(async () => {
  const posts = [ordinary("p-1", ago(12)), ordinary("p-2", ago(9), "high"), ordinary("p-3", ago(5), "medium"), undecided("p-4", ago(2))];
  service = await startService([...posts, blocked("p-5", ago(60)), hostile("p-6", ago(1))]);
});
afterEach(async () => {
  await page.context().close();
  await service.close();
});

/** Opens the page, at a post when one is named. */
async function open(post = "", options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-GB", ...options });
  page = await context.newPage();
  await page.goto(service.url + (post && `#/open/${post}`));
  await page.waitForSelector(post ? "#post-title" : ".row");
  return page;
}

const rows = () => page.locator(".row").count();
const state = (id: string) => service.posts.get(id)?.state;

describe("by keyboard alone", () => {
  test("a moderator moves, claims, rejects with a reason and is at the next post", async () => {
    await open();
    await page.keyboard.press("j");
    await page.waitForSelector("#post-title");
    await page.keyboard.press("c");
    await page.getByRole("button", { name: "Release" }).waitFor();
    await expect.poll(() => state("p-1")).toBe("claimed");
    await page.keyboard.press("r");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await expect.poll(() => state("p-1")).toBe("rejected");
    expect(service.posts.get("p-1")?.decision?.comment).toContain("more access than the question needs");
    await expect.poll(() => page.url()).toContain("#/queue/open/p-6");
  });

  test("a rejection without a reason is not sent", async () => {
    await open("p-2");
    await page.keyboard.press("r");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByText("Choose a reason or write one").waitFor();
    expect(state("p-2")).toBe("held");
  });

  test("a critical post is approved only after a second look", async () => {
    await open("p-1");
    await page.keyboard.press("a");
    await page.getByRole("dialog", { name: "Approve this post?" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(state("p-1")).toBe("held");
    await page.keyboard.press("a");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => state("p-1")).toBe("approved");
  });

  test("a post that is not critical is approved at once", async () => {
    await open("p-2");
    await page.keyboard.press("a");
    await expect.poll(() => state("p-2")).toBe("approved");
  });

  test("a post is returned as a draft with a comment", async () => {
    await open("p-3");
    await page.keyboard.press("d");
    await page.keyboard.type("Ask the owner first.");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => service.posts.get("p-3")?.decision).toMatchObject({ state: "returned", comment: "Ask the owner first." });
  });

  test("every key is behind ?, and single keys can be turned off", async () => {
    await open("p-2");
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Reject, with a reason").waitFor();
    await page.getByRole("dialog").getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("a");
    await page.waitForTimeout(200);
    expect(state("p-2")).toBe("held");
  });
});

describe("two moderators", () => {
  test("never overwrite each other: the later one sees what changed", async () => {
    await open("p-2");
    const decision = { by: "noa", at: ago(0), comment: "checked with ops", state: "approved" as const };
    service.change("p-2", { state: "approved", claimedBy: "noa", decision }, true);
    await page.keyboard.press("r");
    await page.keyboard.press("2");
    await page.keyboard.press("Enter");
    const conflict = page.getByRole("alert", { name: "Someone was faster" });
    await conflict.getByText("checked with ops").waitFor();
    expect(service.posts.get("p-2")?.decision?.by).toBe("noa");
    await conflict.getByRole("button").click();
    await page.getByText("Approved by noa").waitFor();
  });

  test("a change under an open form is not slipped in under it", async () => {
    await open("p-2");
    await page.keyboard.press("d");
    await page.getByRole("dialog").waitFor();
    service.change("p-2", { state: "claimed", claimedBy: "noa" });
    await page.getByRole("alert", { name: "Someone was faster" }).getByText("nobody → noa").waitFor();
  });

  test("a claim the service refuses is taken back", async () => {
    await open("p-2");
    service.refuse = 500;
    await page.keyboard.press("c");
    await page.getByText("Not claimed").waitFor();
    expect(await page.getByText("Claimed by you").count()).toBe(0);
  });
});

describe("hostile posts", () => {
  test("are text everywhere and run nothing", async () => {
    const context = await browser.newContext({ locale: "en-GB" });
    page = await context.newPage();
    const broken: string[] = [];
    page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
    page.on("pageerror", (error) => broken.push(error.message));
    await page.goto(`${service.url}#/open/p-6`);
    await page.waitForSelector("#finding-200");
    expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
    expect(await page.locator("main :is(img, script, svg, iframe, [onerror], [onload])").count()).toBe(0);
    const addresses = await page.locator("main a").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
    expect(new Set(addresses)).toEqual(new Set(["http:"]));
    const text = await page.locator("main").textContent();
    expect(text).toContain(HOSTILE[0]);
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
    expect(broken).toEqual([]);
  });
});

describe("the connection", () => {
  test("brings posts as they are held, and says when it is gone", async () => {
    await open();
    const before = await rows();
    service.posts.set("p-9", ordinary("p-9", ago(0)));
    service.change("p-9", {});
    await expect.poll(rows).toBe(before + 1);
    service.stream(false);
    await page.getByText("Not connected since").waitFor();
    service.stream(true);
    await page.getByText("Not connected since").waitFor({ state: "hidden", timeout: 15_000 });
  });

  test("signed out, the page says so and comes back", async () => {
    service.refuse = 401;
    const context = await browser.newContext({ locale: "de-DE" });
    page = await context.newPage();
    await page.goto(service.url);
    await page.getByRole("heading", { name: "Sie sind abgemeldet" }).waitFor();
    service.refuse = null;
    await page.getByRole("button", { name: "Erneut versuchen" }).click();
    await page.waitForSelector(".row");
  });
});

test("ten thousand held posts keep the page small", async () => {
  for (let index = 0; index < 10_000; index++) service.posts.set(`m-${index}`, ordinary(`m-${index}`, ago(60 + index), "low"));
  await open();
  for (let loaded = 0; loaded < 5; loaded++) {
    await page.locator(".queue-scroll").evaluate((scroller) => scroller.scrollTo(0, scroller.scrollHeight));
    await page.waitForTimeout(100);
  }
  expect(await rows()).toBeLessThan(60);
  expect(await rows()).toBeGreaterThan(5);
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  test.each([1440, 360])("%i pixels wide, every view passes axe and fits", { timeout: 120_000 }, async (width) => {
    await open("p-1", { colorScheme, viewport: { width, height: 800 } });
    const broken = async () =>
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
    expect(await broken()).toEqual([]);
    const overflow = (html: { scrollWidth: number; clientWidth: number }) => html.scrollWidth - html.clientWidth;
    expect(await page.locator("html").evaluate(overflow)).toBe(0);
    await page.keyboard.press("r");
    await page.getByRole("dialog").waitFor();
    expect(await broken()).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    if (width === 1440) return;
    await page.keyboard.press("Escape");
    await page.locator(".row").first().waitFor();
    expect(await broken()).toEqual([]);
  });
});
