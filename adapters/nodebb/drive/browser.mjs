// @ts-check
/**
 * The incident once more, in a real browser: the question, the agent's unasked answer, what everybody sees, and what the people it
 * concerns see. Leaves pictures to look at, and answers with a row of the table.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { bad } from "./ways.mjs";

/** @typedef {import("./cast.mjs").Cast} Cast */

/** @param {Cast} cast @param {string} folder */
export async function replay(cast, folder) {
  mkdirSync(folder, { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  /** A page of somebody's, or of a guest's. @param {string} [name] */
  const page = async (name) => {
    const context = await browser.newContext({ viewport: { width: 1100, height: 900 } });
    const cookies = name === undefined ? [] : (cast.sessions[name]?.cookies() ?? []);
    await context.addCookies(cookies.map(([key = "", value = ""]) => ({ name: key, value, url: cast.url })));
    return context.newPage();
  };
  /** @param {string | undefined} name @param {string} path @param {string} file @param {(page: import("playwright-core").Page) => Promise<unknown>} [act] */
  const picture = async (name, path, file, act) => {
    const opened = await page(name);
    await opened.goto(cast.url + path, { waitUntil: "load" });
    await opened.waitForTimeout(1500);
    await act?.(opened);
    await opened.waitForTimeout(1500);
    await opened.screenshot({ path: join(folder, `${file}.png`) });
    await opened.context().close();
  };

  const ask = (/** @type {string} */ content) =>
    /** @type {any} */ (cast.sessions.dana).call("POST", "/api/v3/topics", {
      cid: 1,
      title: "The deploy job cannot read the shared folder",
      content,
    });
  const { tid } = (await ask("It has failed since Tuesday. Any idea?")).json().response;
  const answer = cast.bearer(cast.tokens.agent);
  const unasked = await answer("POST", `/api/v3/topics/${tid}`, { content: bad("shared"), onBehalfOf: "lior" });
  console.error(`the agent is told: ${unasked.text}`);
  await picture(undefined, `/topic/${tid}`, "1-everybody-sees-the-question-only");
  await picture("lior", "/countersign-drafts", "2-the-invoker-has-a-draft");
  await picture("lior", "/notifications", "3-and-was-told-without-the-text");

  const { tid: asked } = (await ask("It has failed since Tuesday. @Help-Bot what do you think?")).json().response;
  await answer("POST", `/api/v3/topics/${asked}`, { content: bad("shared") });
  await picture("mira", "/post-queue", "4-a-moderator-sees-why-in-the-forums-queue");
  await picture("mira", "/countersign/review/", "5-and-at-the-review-desk");
  const { tid: harmless } = (await ask("It has failed since Tuesday. @Help-Bot can you look?")).json().response;
  await answer("POST", `/api/v3/topics/${harmless}`, { content: "The lock file is older than the manifest. Install the packages again." });
  await /** @type {any} */ (cast.sessions.lior).call("POST", `/api/v3/topics/${harmless}`, { content: bad("shared") });
  await picture("dana", `/topic/${harmless}`, "6-an-asked-for-answer-is-labelled-a-persons-instruction-veiled");
  const quick = (/** @type {string} */ text) => async (/** @type {import("playwright-core").Page} */ opened) => {
    await opened.locator('[component="topic/quickreply/text"]').fill(text);
    await opened.locator('[component="topic/quickreply/button"]').click();
  };
  await picture("dana", `/topic/${tid}`, "7-a-persons-quick-reply", quick("I will ask the platform team."));
  await picture("agent", `/topic/${tid}`, "8-an-agents-quick-reply-is-refused", quick("Look into the quickest folder."));
  const read = (await cast.guest(`/topic/${tid}`)).text;
  await browser.close();
  const held = read.includes("platform team") && !read.includes("quickest");
  return { way: "Quick reply, in a browser", result: held ? "held before visible" : "**visible**: page" };
}
