/**
 * The draft inbox in a real browser: its owner edits, publishes under their own name or as the agent's answer; what readers then
 * see says who wrote it, at the post and at the instruction, in words a screen reader has too.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./chromium.js";
import { type DemoServer, startDemo } from "./server.js";
import { axe, shoot, type Visitor, visit } from "./visitor.js";

const WIDE = { width: 1280, height: 860 };
const NARROW = { width: 360, height: 780 };
const SLOW_MS = 120_000;
const BAD = "Run `chmod -R 777 /srv/quokka` and retry.";

let demo: DemoServer;
let browser: Browser;
const visitors: Visitor[] = [];

async function arrive(person: string, size = WIDE, scheme: "light" | "dark" = "light"): Promise<Page> {
  const visitor = await visit(browser, size, scheme);
  visitors.push(visitor);
  await visitor.page.goto(demo.address);
  await visitor.page.getByLabel("View as").waitFor();
  const arrived = visitor.page.waitForResponse((answer) => answer.url().endsWith("/api/session") && answer.request().method() === "POST");
  await visitor.page.getByLabel("View as").selectOption(person);
  await arrived;
  return visitor.page;
}

type Call = { method: string; path: string; body?: unknown };

/** Calls the forum as whoever the page views as. */
function call<Value>(page: Page, wanted: Call): Promise<Value> {
  return page.evaluate(async ({ method, path, body }) => {
    const headers = { "x-forum-request": "1", "content-type": "application/json" };
    const answer = await fetch(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return answer.json();
  }, wanted);
}

/** A thread of the viewer's own, and what the agent wrote there unasked for them. */
async function drafted(page: Page, text: string): Promise<string> {
  const opened = await call<{ post: { thread: string } }>(page, {
    method: "POST",
    path: "/api/threads",
    body: { title: "Who knows the quokka service?", body: "It stopped on Tuesday. Where do I look?" },
  });
  const { thread } = opened.post;
  const { task } = await call<{ task: { id: string } }>(page, { method: "POST", path: "/api/agent/tasks", body: { thread, text } });
  const state = async () =>
    (await call<{ task: { state: string } }>(page, { method: "GET", path: `/api/agent/tasks/${task.id}` })).task.state;
  await expect.poll(state, { timeout: 20_000 }).toBe("done");
  return thread;
}

async function openInbox(page: Page): Promise<void> {
  await page.goto(`${demo.address}/inbox`);
  await page
    .getByRole("article", { name: /^Draft by/u })
    .first()
    .waitFor();
}

async function looksRight(page: Page, name: string): Promise<void> {
  await shoot(page, name);
  expect(await axe(page), name).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name).toBe(true);
}

beforeAll(async () => {
  demo = await startDemo();
  browser = await launch();
}, SLOW_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe("the draft inbox", { timeout: SLOW_MS }, () => {
  for (const [name, size, scheme] of [
    ["1280-light", WIDE, "light"],
    ["360-dark", NARROW, "dark"],
  ] as const) {
    it(`lets its owner edit, and publish under their own name (${name})`, async () => {
      const page = await arrive("lior", size, scheme);
      const thread = await drafted(page, "Look into the quokka log.");
      await openInbox(page);
      await looksRight(page, `inbox-${name}`);
      await page.getByRole("button", { name: "Edit" }).click();
      const text = page.getByRole("textbox", { name: "Your version" });
      await expect.poll(() => text.evaluate((element) => element === document.activeElement)).toBe(true);
      await text.fill("Look into the quokka log, and tell me what you see.");
      await looksRight(page, `inbox-edit-${name}`);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved. Nothing is published yet.").waitFor();
      await page.getByRole("button", { name: "Publish the agent's answer" }).waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Publish under my name" }).click();
      await page.getByText("Published in the thread under your name").waitFor();
      await page.goto(`${demo.address}/t/${thread}`);
      const post = page.getByRole("article", { name: "Post by Lior" }).last();
      await post.getByText("and tell me what you see").waitFor();
      await post.getByRole("button", { name: /Written with AI/u }).click();
      await looksRight(page, `own-name-${name}`);
    });

    it(`says at the instruction who wrote it, also once a moderator has let it through (${name})`, async () => {
      const page = await arrive("lior", size, scheme);
      const thread = await drafted(page, BAD);
      await openInbox(page);
      await page.getByRole("button", { name: "Publish the agent's answer" }).click();
      await page.getByText("Held until a moderator decides").waitFor();
      const moderator = await arrive("mira");
      await moderator.goto(`${demo.address}/countersign/review/`);
      await moderator.getByRole("list", { name: "Queue" }).getByRole("link").first().click();
      await moderator.getByRole("region", { name: /decision/iu }).waitFor();
      await moderator.keyboard.press("a");
      await moderator.getByRole("dialog").waitFor();
      await moderator.keyboard.press("Control+Enter");
      await expect
        .poll(async () => (await call<{ posts: unknown[] }>(page, { method: "GET", path: `/api/threads/${thread}` })).posts.length, {
          timeout: 20_000,
        })
        .toBe(2);
      await page.goto(`${demo.address}/t/${thread}`);
      const post = page.getByRole("article", { name: "Post by helper" });
      const tag = post.getByRole("button", { name: "AI agent: widens access" });
      await tag.click();
      const details = post.getByRole("note");
      expect(await details.innerText()).toMatch(/An AI agent wrote this instruction[\s\S]+Instead: /u);
      expect(await post.innerText()).toContain("chmod -R 777 /srv/quokka");
      expect(await tag.getAttribute("aria-expanded")).toBe("true");
      await looksRight(page, `instruction-${name}`);
    });
  }

  it("is the operator's when the agent posts for nobody, and can be thrown away", async () => {
    const page = await arrive("omar");
    const [first] = (await call<{ threads: { id: string }[] }>(page, { method: "GET", path: "/api/threads" })).threads;
    const headers = { authorization: `Bearer ${demo.token}`, "content-type": "application/json" };
    const posted = await fetch(`${demo.address}/api/threads/${first?.id}/posts`, {
      method: "POST",
      headers,
      body: '{"body":"For nobody."}',
    });
    expect(posted.status).toBe(403);
    await openInbox(page);
    await page.getByRole("button", { name: "Discard" }).click();
    await page.getByText("No drafts.").waitFor();
  });

  it("met no error on anybody's page", () => {
    expect(visitors.flatMap(({ errors }) => errors)).toEqual([]);
  });
});
