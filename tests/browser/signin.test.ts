// Signing in by a one-time link in a real browser, under the service's own content security policy: what the page does with the
// secret, what a second use is told, and signing out.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Service, startService } from "../../node/serve/server.js";
import { engine, folder } from "../../node/testing/gate.js";
import { launch } from "./chromium.js";
import { expectWell } from "./desk.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const WHO = { id: "mira", name: "Mira", role: "lead" } as const;

async function service(): Promise<Service> {
  const settings = { store: `${folder()}/gate.db`, host: "127.0.0.1", port: 0, signIn: "link" } as const;
  const running = await startService(settings, { engine, workers: 1, log: { log: () => undefined } });
  onTestFinished(() => running.close());
  return running;
}

async function newPage(colorScheme: "light" | "dark" = "light", width = 1440): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 } });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
  return { page, complaints };
}

test("a link signs in once, by keyboard, and its secret is gone from the address", async () => {
  const { address, gate } = await service();
  const link = `${address}${await gate.signInLink(WHO)}`;
  const { page, complaints } = await newPage();
  await page.goto(link);
  await page.getByRole("button", { name: "Sign in" }).waitFor();
  expect(page.url()).not.toContain("#");
  await expectWell(page);
  await page.screenshot({ path: "tests/output/signin-1440-light.png" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/review\//);
  expect(complaints).toEqual([]);

  const second = await newPage("dark", 360);
  await second.page.goto(link);
  await second.page.getByRole("button", { name: "Sign in" }).click();
  await second.page.getByText("this link was used or is older than ten minutes").waitFor();
  await expectWell(second.page);
  await second.page.screenshot({ path: "tests/output/signin-360-dark.png" });
});

test("signing out is a plain form, and ends the session", async () => {
  const { address, gate } = await service();
  const { page, complaints } = await newPage();
  await page.goto(`${address}${await gate.signInLink(WHO)}`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(/\/review\//);
  await page.goto(`${address}/countersign/signout`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(/\/signedout$/);
  await expectWell(page);
  expect(complaints).toEqual([]);
  await page.goto(`${address}/countersign/review/`);
  expect(page.url()).toBe(`${address}/countersign/signin`);
});
