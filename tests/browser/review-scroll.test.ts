// Ten thousand held posts: the page stays small, and no piece of work of the page keeps the browser from scrolling.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ordinary } from "../review/fixtures.js";
import { ago, Desk, press } from "./desk.js";

const desk = new Desk();
const COUNT = 10_000;
const SEVERITIES = ["critical", "high", "medium", "low"] as const;
beforeAll(() => desk.launch());
afterAll(() => desk.end());
afterEach(() => desk.close());

test("ten thousand posts scroll in groups, with few elements in the page and all of them within reach", { timeout: 120_000 }, async () => {
  await desk.serve(Array.from({ length: COUNT }, (_, index) => ordinary(`p-${index}`, ago(index), SEVERITIES[index % 4])));
  const page = await desk.open({ at: "#/queue/open?group=severity" });
  const scroller = page.locator(".queue-scroll");
  const loaded = () => page.locator(".room").evaluate((room) => Math.round(room.clientHeight / 88));
  while ((await loaded()) < COUNT) {
    const before = await loaded();
    await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect.poll(loaded, { timeout: 10_000 }).toBeGreaterThan(before);
  }
  const report = await scroller.evaluate(async (element) => {
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration)));
    observer.observe({ type: "longtask" });
    let most = 0;
    let blank = 0;
    const frame = () => new Promise(requestAnimationFrame);
    for (let step = 0; step <= 200; step++) {
      element.scrollTop = step < 150 ? step * 120 : (element.scrollHeight / 50) * (step - 150);
      await frame();
      await frame();
      most = Math.max(most, element.querySelectorAll("*").length);
      const box = element.getBoundingClientRect();
      const middle = document.elementFromPoint(box.left + 60, box.top + box.height / 2);
      if (!middle?.closest(".row, .group")) blank++;
    }
    observer.disconnect();
    return { most, blank, tasks };
  });
  process.stdout.write(`scrolling ${COUNT} posts: ${report.most} elements at most, long tasks (ms): ${JSON.stringify(report.tasks)}\n`);
  expect(report.most).toBeLessThan(900);
  expect(report.blank).toBe(0);
  expect(await page.locator(".group.now").textContent()).toContain("Low");
  await press(page, "j", "j");
  await expect.poll(() => page.locator(".row a[aria-current]").count()).toBe(1);
});
