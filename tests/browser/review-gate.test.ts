// The review page before the gate itself: its own routes, policy, store and log, with two moderators who decide at the same moment.
import { serve } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { agentPost, BAD, people, type TestGate, testGate } from "../../node/testing/gate.js";
import { launch } from "./chromium.js";
import { press } from "./desk.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Serves a gate's own handler on a free port of this machine. */
function address({ gate }: TestGate): Promise<string> {
  return new Promise((ready) => {
    const server = serve({ fetch: (request) => gate.fetch(request), hostname: "127.0.0.1", port: 0 }, ({ port }) =>
      ready(`http://127.0.0.1:${port}/countersign/review/`),
    );
    onTestFinished(() => {
      if ("closeAllConnections" in server) server.closeAllConnections();
      server.close();
    });
  });
}

async function open(url: string, who: string): Promise<Page> {
  const context = await browser.newContext({ locale: "en-GB", extraHTTPHeaders: { "x-user": who } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForSelector(/\/open\/./.test(url) ? "#post-title" : ".row");
  return page;
}

test("of two moderators deciding at the same moment one decides, the other sees it, and the log verifies", {
  timeout: 60_000,
}, async () => {
  const made = await testGate({ undoMs: 10_000 });
  const { postId } = await made.gate.submit(agentPost(BAD, true));
  const url = `${await address(made)}#/queue/open/${postId}`;
  const [mira, milo] = [await open(url, "mira"), await open(url, "milo")];
  for (const page of [mira, milo]) {
    await press(page, "r");
    await page.getByRole("dialog").waitFor();
    await press(page, page === mira ? "1" : "2");
  }
  await Promise.all([press(mira, "Control+Enter"), press(milo, "Control+Enter")]);
  const late = async () => {
    const told = await Promise.all([mira, milo].map((page) => page.getByRole("alert", { name: "Someone was faster" }).count()));
    return told.reduce((sum, count) => sum + count);
  };
  await expect.poll(late, { timeout: 10_000 }).toBe(1);
  const post = await made.gate.review.get(postId);
  expect(post.audit.filter(({ action }) => action === "rejected")).toHaveLength(1);
  expect(Object.keys(people)).toContain(post.decision?.by);
  expect(await made.gate.audit.verify()).toMatchObject({ ok: true });
});

test("filters, a kept view, a decision on many and taking it back work on the gate's own routes", { timeout: 60_000 }, async () => {
  const made = await testGate({ undoMs: 10_000 });
  for (let index = 0; index < 4; index++) await made.gate.submit(agentPost(`${BAD} # ${index}`, true));
  const page = await open(await address(made), "mira");
  const broken: string[] = [];
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  await page.getByRole("combobox", { name: "Groups" }).selectOption("rule");
  await press(page, "Escape", "f");
  await page.locator("select[data-field=rule] option").nth(1).waitFor({ state: "attached" });
  await page.locator("select[data-field=author]").selectOption("helper");
  await page.getByRole("button", { name: "Keep this view" }).click();
  await page.getByRole("dialog").waitFor();
  await page.keyboard.type("Helper's");
  await press(page, "Enter");
  await page.getByRole("link", { name: "Helper's" }).waitFor();
  await press(page, "Escape", "*", "r");
  await page.getByText("4 will be rejected").waitFor();
  await press(page, "1", "Control+Enter");
  const counts = async () => (await made.gate.review.list()).counts;
  await expect.poll(counts).toMatchObject({ open: 0, rejected: 4 });
  await page.getByRole("button", { name: /Undo/ }).waitFor();
  await press(page, "z");
  await expect.poll(counts).toMatchObject({ open: 4, rejected: 0 });
  expect(broken).toEqual([]);
});
