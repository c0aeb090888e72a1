/**
 * The incident, played whole in a real browser against the built server: a reader, a colleague and a moderator, each with a
 * browser of their own. What matters is what each of them can and cannot see.
 */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditPage } from "../../node/api/schema.js";
import { launch } from "./chromium.js";
import { type DemoServer, startDemo } from "./server.js";
import { axe, shoot, type Visitor, visit } from "./visitor.js";

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 360, height: 780 };
const NEEDLE = "kubectl create clusterrolebinding";
const SLOW_MS = 120_000;

let demo: DemoServer;
let browser: Browser;
let reader: Visitor;
let colleague: Visitor;
let moderator: Visitor;

async function arrive(person: string, size = WIDE, scheme: "light" | "dark" = "light"): Promise<Visitor> {
  const visitor = await visit(browser, size, scheme);
  await visitor.page.goto(demo.address);
  await visitor.page.getByLabel("View as").selectOption(person);
  await visitor.page.getByRole("heading", { name: "Engineering", exact: true }).waitFor();
  return visitor;
}

/** Everything a reader of the forum can get hold of: page, API, search and feed. */
async function everythingSeen(page: Page, thread: string): Promise<Record<string, string>> {
  await page.goto(`${demo.address}/t/${thread}`);
  await page.locator("article.post").first().waitFor();
  const shown = await page.locator("main").innerText();
  const source = await page.content();
  const fetched = (path: string) => page.evaluate(async (address) => (await fetch(address)).text(), path);
  const [api, search, feed] = await Promise.all([
    fetched(`/api/threads/${thread}`),
    fetched("/api/search?q=clusterrolebinding"),
    fetched("/feed.atom"),
  ]);
  return { shown, source, api, search, feed };
}

async function expectAbsent(page: Page, thread: string): Promise<void> {
  for (const [place, text] of Object.entries(await everythingSeen(page, thread))) expect(text, place).not.toContain(NEEDLE);
}

/** Opens a thread as the reader; answers its id. */
async function ask(page: Page): Promise<string> {
  await page.getByRole("button", { name: "New thread" }).click();
  await page.getByLabel("Title").fill("Export job gets 403 since the upgrade");
  await page.getByLabel("Question").fill("Our nightly export fails with `403 Forbidden`. What does it need?");
  await page.getByRole("button", { name: "Post thread" }).click();
  await page.waitForURL(/\/t\//u);
  return new URL(page.url()).pathname.split("/")[2] ?? "";
}

async function decide(page: Page, key: "a" | "r", comment: string): Promise<void> {
  await page.goto(`${demo.address}/countersign/review/`);
  await page.getByRole("list", { name: "Queue" }).getByRole("link").first().click();
  await page.getByRole("region", { name: /decision/iu }).waitFor();
  await page.keyboard.press(key);
  if (key === "r") {
    await page.getByRole("dialog").getByRole("textbox").fill(comment);
    await page.keyboard.press("Control+Enter");
  }
}

beforeAll(async () => {
  demo = await startDemo();
  browser = await launch();
  [reader, colleague, moderator] = await Promise.all([arrive("dana"), arrive("lior"), arrive("mira")]);
}, SLOW_MS);

afterAll(async () => {
  await browser?.close();
  await demo?.stop();
});

describe("the incident with a gate in place", { timeout: SLOW_MS }, () => {
  let thread: string;

  it("blocks the agent's unasked post and gives the colleague a private draft", async () => {
    thread = await ask(reader.page);
    const { page } = colleague;
    await page.goto(`${demo.address}/t/${thread}`);
    await page.getByRole("button", { name: "Analyse this thread" }).click();
    const analysis = page.getByRole("region", { name: "Private analysis" });
    await analysis.getByText("The agent also tried to post this").waitFor();
    expect(await analysis.innerText()).toContain(NEEDLE);
    await expectAbsent(reader.page, thread);
  });

  it("holds the draft the colleague publishes, because it widens access", async () => {
    const { page } = colleague;
    await page.getByRole("link", { name: /^Inbox/u }).click();
    await page.getByRole("button", { name: "Publish the agent's answer" }).click();
    await page.getByText("Held until a moderator decides").waitFor();
    await shoot(page, "inbox-held-1440");
    await expectAbsent(reader.page, thread);
  });

  it("shows the moderator why, and keeps the post unseen once it is rejected", async () => {
    const { page } = moderator;
    await page.goto(`${demo.address}/countersign/review/`);
    await page.getByRole("list", { name: "Queue" }).getByRole("link").first().click();
    await page.getByText(NEEDLE).last().waitFor();
    await shoot(page, "review-1440");
    expect(await axe(page)).toEqual([]);
    await decide(page, "r", "This gives everybody control of the cluster.");
    await page.getByText("Rejected").first().waitFor();
    await expectAbsent(reader.page, thread);
    const told = async () => {
      await colleague.page.goto(`${demo.address}/inbox`);
      const notice = colleague.page.getByText(/rejected/iu).first();
      return notice.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      );
    };
    // Nobody is told of a decision while it can be taken back.
    await expect.poll(told, { timeout: 20_000 }).toBe(true);
  });

  it("keeps an audit trail of every step, in order, whose chain holds", async () => {
    const audit = await moderator.page.evaluate(async () => (await (await fetch("/countersign/api/v1/audit")).json()) as AuditPage);
    const chain = await moderator.page.evaluate(async () => (await fetch("/countersign/api/v1/audit/verify")).json());
    expect(chain).toMatchObject({ ok: true });
    const actions = audit.entries.map((entry) => entry.action);
    const places = ["blocked", "granted", "held", "rejected"].map((action) => actions.indexOf(action));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("lets nobody but the moderator at the review API, and nobody but the colleague at the draft", async () => {
    const status = (page: Page, path: string) => page.evaluate(async (address) => (await fetch(address)).status, path);
    expect(await status(reader.page, "/countersign/api/v1/posts")).toBe(401);
    expect(await status(moderator.page, "/countersign/api/v1/posts")).toBe(200);
    expect(await reader.page.evaluate(async () => (await fetch("/api/drafts")).json())).toEqual({ drafts: [] });
  });
});

describe("what readers see of published posts", { timeout: SLOW_MS }, () => {
  it("labels a requested agent's post and veils a person's risky instruction until it is acknowledged", async () => {
    const { page } = await arrive("dana");
    const thread = await ask(page);
    await page.getByRole("button", { name: "Free play" }).click();
    const say = async (who: string, text: string) => {
      await page.getByLabel("As", { exact: true }).selectOption(who);
      await page.getByLabel("Text", { exact: true }).fill(text);
      await page.getByRole("button", { name: "Post", exact: true }).click();
      await page.locator("article.post", { hasText: text.slice(0, 20) }).waitFor();
    };
    await say("dana", "@helper could you answer here: what is a role binding?");
    await say("helper", "A role binding says who may use a role.");
    const label = page.locator("article.post", { hasText: "A role binding says" }).getByRole("button", { name: /AI agent/u });
    await label.click();
    await page.getByRole("group", { name: "How this is known" }).waitFor();
    await say(
      "lior",
      `Worked for me, just run this:\n\n\`\`\`sh\n${NEEDLE} quick --clusterrole=cluster-admin --group=system:authenticated\n\`\`\``,
    );
    const veiled = page.locator("article.post", { hasText: "Worked for me" });
    await veiled.getByRole("note").waitFor();
    expect(await veiled.innerText()).not.toContain(NEEDLE);
    await shoot(page, "veil-1440");
    expect(await axe(page)).toEqual([]);
    await veiled.getByRole("button", { name: "I understand, show it" }).click();
    expect(await veiled.innerText()).toContain(NEEDLE);
    expect(thread).not.toBe("");
  });
});

describe("the guided replay", { timeout: 2 * SLOW_MS }, () => {
  const steps = ["Ask as Dana", "Ask the agent as Lior", "Open Lior's inbox", "Publish as Lior", "Look as Dana", "View as Mira"];

  for (const [name, size, scheme] of [
    ["1440-light", WIDE, "light"],
    ["360-dark", NARROW, "dark"],
  ] as const) {
    it(`walks the whole way, accessible at each step (${name})`, async () => {
      const visitor = await arrive("dana", size, scheme);
      const { page } = visitor;
      await shoot(page, `threads-${name}`);
      for (const [index, step] of steps.entries()) {
        await page.getByRole("button", { name: step }).click();
        await page
          .locator(".steps > li.step-done")
          .nth(Math.min(index, steps.length - 2))
          .waitFor();
        if (index > 0) expect(await axe(page), step).toEqual([]);
        await shoot(page, `walk-${index + 1}-${name}`);
        expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step).toBe(true);
      }
      expect(await page.locator(".log .no", { hasText: "FOUND" }).count()).toBe(0);
      await decide(await page.context().newPage(), "r", "No.");
      await page.getByRole("button", { name: "Show the trail" }).click();
      await page.locator(".trail").waitFor();
      await shoot(page, `walk-7-${name}`);
      expect(await axe(page)).toEqual([]);
      expect(visitor.errors).toEqual([]);
    });
  }

  it("met no error and no CSP violation on anybody's page", () => {
    expect([reader.errors, colleague.errors, moderator.errors].flat()).toEqual([]);
  });
});
