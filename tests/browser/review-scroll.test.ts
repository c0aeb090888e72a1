// Ten thousand held posts: the page stays small, and no piece of work of the page keeps the browser from scrolling.
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { ordinary } from "../review/fixtures.js";
import { ago, Desk, press } from "./desk.js";

const COUNT = 10_000;
const SEVERITIES = ["critical", "high", "medium", "low"] as const;
const desk = new Desk();
let page: Page;

beforeAll(() => desk.launch());
afterAll(() => desk.end());
beforeEach(async () => {
  const posts = Array.from({ length: COUNT }, (_, index) =>
    ordinary(`p-${index}`, ago(index), SEVERITIES[Math.floor((index * 4) / COUNT)]),
  );
  await desk.serve(posts);
  page = await desk.open({ at: "#/queue/open?group=severity" });
  return () => desk.close();
});

const list = () => page.locator(".queue-scroll");
const loaded = () => page.locator(".room").evaluate((room) => Math.floor(room.clientHeight / 88));

/** Scrolls to the end until everything is loaded, as far as asked. */
async function load(count: number): Promise<void> {
  for (let there = await loaded(); there < count; there = await loaded()) {
    await list().evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect.poll(loaded, { timeout: 20_000, interval: 20 }).toBeGreaterThan(there);
  }
}

type Task = { name: string; tid: number; ph: string; tdur?: number; args?: { name?: string } };

/** The processor time of every task of the page's main thread while `act` runs, in ms, the longest first. */
async function tasks(act: () => Promise<unknown>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const events: Task[] = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...(value as unknown as Task[])));
  const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories: ["toplevel"] } });
  await act();
  await session.send("Tracing.end");
  await complete;
  const main = new Set(events.filter(({ args }) => args?.name === "CrRendererMain").map(({ tid }) => tid));
  const found = events.filter(({ name, tid, ph }) => name.endsWith("RunTask") && ph === "X" && main.has(tid));
  return found.map(({ tdur = 0 }) => tdur / 1000).sort((a, b) => b - a);
}

/** Scrolls line by line, then in leaps; says how many elements there were at most, and how often a line was missing. */
const scroll = () =>
  list().evaluate(async (element) => {
    let [most, blank] = [0, 0];
    for (let step = 0; step <= 160; step++) {
      element.scrollTop = step < 120 ? step * 120 : (element.scrollHeight / 40) * (step - 120);
      await new Promise(requestAnimationFrame);
      most = Math.max(most, element.querySelectorAll("*").length);
      const box = element.getBoundingClientRect();
      await new Promise(requestAnimationFrame);
      if (!document.elementFromPoint(box.left + 60, box.top + box.height / 2)?.closest(".row, .group")) blank++;
    }
    return { most, blank };
  });

test("ten thousand posts scroll in groups with few elements in the page, none of them missing", { timeout: 180_000 }, async () => {
  await load(COUNT);
  let seen = { most: 0, blank: 0 };
  const [longest] = await tasks(async () => {
    seen = await scroll();
  });
  process.stdout.write(
    `scrolling ${COUNT} posts: ${seen.most} elements at most, longest task ${longest?.toFixed(1)} ms of processor time\n`,
  );
  expect(seen.most).toBeLessThan(900);
  expect(seen.blank).toBe(0);
  expect(await page.locator(".group.now").textContent()).toContain("Low");
  await press(page, "j", "j");
  await expect.poll(() => page.locator(".row[data-current]").count()).toBe(1);
});
