/**
 * Visitors of a page in a browser, who note every error they meet.
 */
import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";

const OUTPUT = new URL("../output/", import.meta.url).pathname;

/** A visitor: a page with its own cookies and the errors it met. */
export interface Visitor {
  page: Page;
  /** Console errors, CSP violations, exceptions. Refusals of the gate (403) are not errors of the page. */
  errors: string[];
}

const EXPECTED = /the server responded with a status of 40[139]/u;

/** Opens a visitor's first page. */
export async function visit(
  browser: Browser,
  size: { width: number; height: number },
  colorScheme: "light" | "dark" = "light",
): Promise<Visitor> {
  const context = await browser.newContext({ viewport: size, colorScheme });
  const visitor: Visitor = { page: await context.newPage(), errors: [] };
  const watch = (page: Page) => {
    page.on("pageerror", (error) => visitor.errors.push(error.message));
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type()) && !EXPECTED.test(message.text())) visitor.errors.push(message.text());
    });
  };
  watch(visitor.page);
  context.on("page", watch);
  return visitor;
}

/** The accessibility rules a page breaks, with where. */
export async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}

/** Saves what a page looks like, whole. */
export async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: `${OUTPUT}${name}.png`, fullPage: true });
}
