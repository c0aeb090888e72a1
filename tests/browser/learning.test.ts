// Drives what moderators teach: an exception from a post's finding, texts and policies tried, against a real gate.
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { SHIPPED } from "../../node/engine/source.js";
import { agentPost, BAD, humanPost } from "../../node/testing/gate.js";
import { type LiveDesk, startDesk } from "../review/desk.js";
import { launch } from "./chromium.js";
import { axe, shoot, type Visitor, visit } from "./visitor.js";

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

async function open(address: string, size = { width: 1440, height: 900 }, theme: "light" | "dark" = "light") {
  visitor = await visit(browser, size, theme);
  await visitor.page.goto(desk.url + address);
  return visitor.page;
}

const made = () => desk.store.db.selectFrom("allowances").selectAll().execute();

describe("an exception", () => {
  test("is made from a post's finding by keyboard alone, and revoked", async () => {
    const { postId } = await desk.gate.submit(humanPost(`${BAD} <img src=x onerror=alert(1)>`));
    const page = await open(`#/flagged/${postId}`);
    const mark = page.getByRole("link", { name: /^Mark as false alarm: / });
    await mark.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Mark as false alarm" }).waitFor();
    await expect.poll(() => page.getByLabel("Rule", { exact: true }).inputValue()).toBe("shell/chmod-world");
    expect(await page.getByLabel("Author", { exact: true }).inputValue()).toBe("dana");
    await page.getByLabel("Why this is fine").focus();
    await page.keyboard.type('a sandbox "]]');
    await page.getByRole("button", { name: "Make the exception" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Exception made").waitFor();
    expect(await made()).toMatchObject([{ rule: "shell/chmod-world", reason: 'a sandbox "]]', postId, by: "mira", revokedAt: null }]);
    await page.getByRole("button", { name: "Revoke: shell/chmod-world" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "No exceptions in force" }).waitFor();
    await page.getByRole("button", { name: "Ended" }).click();
    await page.getByText('a sandbox "]]').waitFor();
    expect((await made())[0]?.revokedAt).toEqual(expect.any(String));
    expect(visitor.errors).toEqual([]);
  });

  test("says what is missing, and what the service says against it", async () => {
    const page = await open("#/learning");
    await page.getByRole("button", { name: "New exception" }).click();
    const send = () => page.getByRole("button", { name: "Make the exception" }).click();
    await send();
    await page.getByRole("alert").getByText("Name the rule").waitFor();
    await page.getByLabel("Rule", { exact: true }).fill("shell/chmod");
    await send();
    await page.getByRole("alert").getByText("Say where it is fine").waitFor();
    await page.getByLabel("Author", { exact: true }).fill("mira");
    await page.getByLabel("Why this is fine").fill("mine");
    expect(await axe(page)).toEqual([]);
    await send();
    await page.getByRole("alert").getByText("another moderator has to make this exception").waitFor();
    expect(await made()).toEqual([]);
  });

  test("is read, and not made, by an auditor", async () => {
    desk.as("audra");
    const page = await open("#/learning");
    await page.getByRole("heading", { name: "No exceptions in force" }).waitFor();
    expect(await page.getByRole("button", { name: "New exception" }).count()).toBe(0);
  });
});

describe("a post", () => {
  test("is exported as a report and as an example", async () => {
    const { postId } = await desk.gate.submit(agentPost(BAD, true));
    const page = await open(`#/open/${postId}`);
    const saved = async (name: string | RegExp) => {
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
      return download.suggestedFilename();
    };
    expect(await saved("Incident report as Markdown")).toBe(`incident-${postId}.md`);
    expect(await saved("Incident report as JSON")).toBe(`incident-${postId}.json`);
    expect(await saved(/^Save as rule example/)).toBe("false-alarm.toml");
    expect(await axe(page)).toEqual([]);
  });
});

describe("a text", () => {
  test("is tried: the verdict is told, what was found is marked, and markup stays text", async () => {
    const page = await open("#/learning/try");
    const text = "run chmod -R 777 /srv <img src=x onerror=alert(1)>";
    await page.getByLabel("Text", { exact: true }).first().fill(text);
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("It would be held for a moderator.").waitFor();
    expect(await page.locator(".tried-text mark").textContent()).toBe("chmod -R 777");
    expect(await page.locator(".tried-text").textContent()).toBe(text);
    expect(await page.locator("main img").count()).toBe(0);
    await page.getByLabel("Written by").selectOption("human");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("with the instruction veiled").waitFor();
    expect(visitor.errors).toEqual([]);
  });

  test("is tried with a rule of one's own, refused in the engine's words", async () => {
    await desk.close();
    desk = await startDesk({ engine: SHIPPED, deadlineMs: 10_000 });
    const page = await open("#/learning/try");
    await page.getByLabel("Text", { exact: true }).first().fill("hello");
    await page.locator("summary").click();
    await page.getByLabel("With a rule of your own").fill('[[rule]]\nid = "<b>"');
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("The engine refuses this:").waitFor();
    expect(await page.locator(".refusal").textContent()).toContain("your rule");
  });
});

describe("a policy", () => {
  test("is tried on the past: what moves, and which posts", async () => {
    await desk.gate.submit(humanPost(`${BAD} one`));
    await desk.gate.submit(agentPost(`${BAD} two`, true));
    const page = await open("#/learning/dry-run");
    await page.getByText("Posts that were published without remark are not kept").waitFor();
    await page.getByLabel("Policy (TOML)").fill("# blind");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("of 2 posts would change").waitFor();
    const matrix = page.getByRole("table");
    expect(await matrix.getByRole("row").count()).toBe(3);
    expect(await page.locator(".changed li").count()).toBe(2);
    await page.locator(".changed a").first().click();
    await page.waitForSelector("#post-title");
    expect(visitor.errors).toEqual([]);
  });

  test("comes from a file, and is refused in the engine's words", async () => {
    const page = await open("#/learning/dry-run");
    await page
      .getByLabel("Or a file")
      .setInputFiles({ name: "policy.toml", mimeType: "application/toml", buffer: Buffer.from("strictnes = 2") });
    await expect.poll(() => page.getByLabel("Policy (TOML)").inputValue()).toBe("strictnes = 2");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("did you mean `strictness`?").waitFor();
  });
});

describe.each(["light", "dark"] as const)("in %s", (theme) => {
  test.each([1440, 360])("%i pixels wide, every part passes axe and fits", { timeout: 120_000 }, async (width) => {
    const { postId, contentHash } = await desk.gate.submit(humanPost(BAD));
    await desk.gate.submit(agentPost(`${BAD} two`, true));
    const row = { rule: "shell/chmod-world", fingerprint: null, reason: "the lab is thrown away every night", by: "lea", revokedAt: null };
    const times = { at: new Date().toISOString(), expires: new Date(Date.now() + 9e9).toISOString() };
    await desk.store.db
      .insertInto("allowances")
      .values([
        { ...row, ...times, id: "one", scope: '{"category":"lab"}', postId },
        { ...row, ...times, id: "two", fingerprint: contentHash.slice(-16), scope: '{"category":"*","author":"helper"}', postId: null },
      ])
      .execute();
    const page = await open(`#/learning/exceptions?post=${postId}&finding=0`, { width, height: 900 }, theme);
    const checked = async (name: string) => {
      expect(await axe(page)).toEqual([]);
      expect(await page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth)).toBe(0);
      await page.setViewportSize({ width, height: 60 + (await page.locator("main").evaluate((main) => main.scrollHeight)) + 80 });
      await shoot(page, `learning-${name}-${theme}-${width}`);
    };
    await page.getByRole("heading", { name: "Mark as false alarm" }).waitFor();
    await page.locator(".exception").first().waitFor();
    await checked("exceptions");
    await page.getByRole("link", { name: "Try a text" }).click();
    await page.getByLabel("Text", { exact: true }).first().fill("Please run\n\n    chmod -R 777 /srv\n\nand try again.");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.locator(".tried-text").waitFor();
    await checked("try");
    await page.getByRole("link", { name: "Try a policy" }).click();
    await page.getByLabel("Policy (TOML)").fill("# blind");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.locator(".changed").waitFor();
    await checked("dry-run");
  });
});
