// Posts, names, comments and saved views that try to be more than text: they run nothing, break nothing, and hide nothing.
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { HOSTILE, hostile, ordinary } from "../review/fixtures.js";
import { ago, Desk, press } from "./desk.js";

const desk = new Desk();
const all = HOSTILE.join("\n");
beforeAll(() => desk.launch());
afterAll(() => desk.end());
beforeEach(async () => {
  const post = hostile("p-6", ago(1));
  const decision = { by: HOSTILE[0] ?? "", at: ago(0), comment: all, state: "rejected" as const };
  await desk.serve([
    {
      ...post,
      category: HOSTILE[3] ?? "",
      versions: [
        { version: 1, contentHash: "x", replacedAt: all, submission: { ...post.submission, post: { ...post.submission.post, body: all } } },
      ],
    },
    { ...hostile("p-7", ago(2)), state: "rejected", decision, receipt: all },
    { ...hostile("p-8", ago(3)), state: "claimed", claimedBy: HOSTILE[1] ?? "", approvals: { needed: 2, by: HOSTILE } },
    ordinary("p-1", ago(4), "low"),
  ]);
  desk.service.reasons = HOSTILE.map((text, index) => ({ id: `r-${index}`, title: text, text }));
  for (const [index, name] of HOSTILE.slice(0, 6).entries())
    desk.service.views.set(`${name}`, { name: `${name}`, query: `state=open&q=${index}&rule=${encodeURIComponent(name)}` });
});
afterEach(() => desk.close());

/** Errors, exceptions and violations of the policy that a page met. */
function listen(page: Page): string[] {
  const broken: string[] = [];
  page.on("console", (message) => message.type() === "error" && broken.push(message.text()));
  page.on("pageerror", (error) => broken.push(error.message));
  return broken;
}

async function expectInert(page: Page): Promise<void> {
  expect(await page.evaluate(() => "pwned" in globalThis)).toBe(false);
  expect(await page.locator("body :is(script, svg, iframe, object, [onerror], [onload])").count()).toBe(0);
  expect(await page.locator("body img").count()).toBe(1);
  const addresses = await page.locator("body a").evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol));
  expect(new Set(addresses)).toEqual(new Set(["http:"]));
  const said = await page.evaluate(() => {
    const names = [...document.querySelectorAll("[aria-label], [title], option")].map(
      (each) => `${each.ariaLabel} ${each.getAttribute("title")} ${each.textContent}`,
    );
    return `${document.querySelector("main")?.textContent} ${names.join(" ")}`;
  });
  expect(said).toContain(HOSTILE[0]);
  expect(said).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B]/);
}

test("are text in the list, the post, every form and every filter, and run nothing", { timeout: 60_000 }, async () => {
  const page = await desk.open();
  const broken = listen(page);
  await page.goto(`${desk.service.url}#/queue/open/p-6?group=rule`);
  await page.waitForSelector("#finding-200");
  await expectInert(page);
  await press(page, "f");
  await page.locator("select[data-field=rule] option").nth(5).waitFor({ state: "attached" });
  await expectInert(page);
  for (const key of ["r", "b", "e"]) {
    await press(page, key);
    await page.getByRole("dialog").waitFor();
    await expectInert(page);
    await press(page, "Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
  }
  await press(page, "*", "r");
  await page.getByText(/will be rejected/).waitFor();
  await expectInert(page);
  await press(page, "Escape");
  for (const at of [
    "#/queue/rejected/p-7",
    "#/queue/open/p-8?q=%3Cimg%20src=x%20onerror=window.pwned=1%3E",
    `#/queue/open/p-8?${new URLSearchParams({ rule: HOSTILE[5] ?? "" })}`,
  ]) {
    await page.goto(desk.service.url + at);
    await page.waitForSelector("#post-title");
    await expectInert(page);
  }
  expect(broken).toEqual([]);
});

test("the safer alternative is copied, and nothing but it", async () => {
  const page = await desk.open({ at: "#/queue/open/p-1", permissions: ["clipboard-read", "clipboard-write"] });
  await page.getByRole("button", { name: "Copy: Safer" }).first().click();
  await page.getByText("Copied").first().waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    "Give the one account that needs it write access: setfacl -m u:deploy:rwX /srv/app",
  );
});
