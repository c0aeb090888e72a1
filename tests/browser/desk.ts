/**
 * The review page before the stand-in, for one file of tests: one browser, one service, a page for every moderator that is wanted.
 */
import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import type { PostDetail } from "../../node/api/schema.js";
import { type Service, startService } from "../review/service.js";
import { launch } from "./chromium.js";

const OUTPUT = new URL("../output/", import.meta.url).pathname;

/** An RFC 3339 time so many minutes ago. */
export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** How a page is opened: where, as whom, what it has to show before the test goes on, and how the browser is set. */
export type Opening = BrowserContextOptions & { at?: string; as?: string; ready?: string };

/** A browser and a service with posts of one's own. */
export class Desk {
  #browser: Browser | null = null;
  #contexts: BrowserContext[] = [];
  service!: Service;

  async launch(): Promise<void> {
    this.#browser = await launch();
  }

  async end(): Promise<void> {
    await this.#browser?.close();
  }

  /** Puts `posts` before whoever opens the page next. */
  async serve(posts: PostDetail[]): Promise<void> {
    this.service = await startService(posts);
  }

  /** Closes every page and the service. */
  async close(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
    await this.service.close();
  }

  /** Opens the page, by default at the open queue as Mira; waits until it shows something. */
  async open({ at = "", as = "mira", ready, ...options }: Opening = {}): Promise<Page> {
    if (!this.#browser) throw new Error("launch the browser first");
    const context = await this.#browser.newContext({
      viewport: { width: 1440, height: 900 },
      locale: "en-GB",
      extraHTTPHeaders: { "x-as": as },
      ...options,
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    await page.goto(this.service.url + at);
    await page.waitForSelector(ready ?? (/\/p-/.test(at) ? "#post-title" : ".row, .blank h2, .section"));
    return page;
  }

  /** Where a post stands. */
  state(id: string): string | undefined {
    return this.service.posts.get(id)?.state;
  }
}

/** Presses keys one after the other. */
export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Saves what a page looks like. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: `${OUTPUT}review-${name}.png` });
}

/** Expects no broken accessibility rule and no sideways scrolling. */
export async function expectWell(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`)),
  ).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
}
