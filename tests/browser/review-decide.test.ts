// Every decision of the review page by keyboard alone: what is pressed, what the service was told, and where the moderator is then.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { blocked, ordinary, twofold, undecided } from "../review/fixtures.js";
import { ago, Desk, press } from "./desk.js";

const desk = new Desk();
beforeAll(() => desk.launch());
afterAll(() => desk.end());
beforeEach(() =>
  desk.serve([
    ordinary("p-1", ago(12)),
    ordinary("p-2", ago(9), "high"),
    ordinary("p-3", ago(5), "medium"),
    undecided("p-4", ago(2)),
    blocked("p-5", ago(60)),
    twofold("p-6", ago(6), []),
  ]),
);
afterEach(() => desk.close());

const at = (id: string) => ({ at: `#/queue/open/${id}` });
const decision = (id: string) => desk.service.posts.get(id)?.decision;

describe("by keyboard alone", () => {
  test("a moderator moves, claims, rejects with a reason, is at the next post, and takes it back", async () => {
    const page = await desk.open();
    await press(page, "j");
    await page.waitForSelector("#post-title");
    await press(page, "c");
    await page.getByRole("button", { name: "Release" }).waitFor();
    await expect.poll(() => desk.state("p-1")).toBe("claimed");
    await press(page, "r");
    await page.getByRole("dialog").waitFor();
    await press(page, "1", "Enter");
    await expect.poll(() => desk.state("p-1")).toBe("rejected");
    expect(decision("p-1")?.comment).toContain("more access than the question needs");
    await expect.poll(() => page.url()).toContain("#/queue/open/p-6");
    await press(page, "z");
    await expect.poll(() => desk.state("p-1")).toBe("held");
    await expect.poll(() => page.url()).toContain("#/queue/open/p-1");
  });

  test("a rejection without a reason is not sent; the forum's own reasons are offered", async () => {
    desk.service.reasons = [{ id: "own", title: "Ask the data team", text: "The data team decides who reads it." }];
    const page = await desk.open(at("p-2"));
    await press(page, "r");
    await page.getByRole("dialog").waitFor();
    await press(page, "Control+Enter");
    await page.getByText("Choose a reason or write one").waitFor();
    expect(desk.state("p-2")).toBe("held");
    await press(page, "1", "Enter");
    await expect.poll(() => decision("p-2")?.comment).toBe("The data team decides who reads it.");
  });

  test("a critical post is approved only after a second look, any other at once", async () => {
    const page = await desk.open(at("p-1"));
    await press(page, "a");
    await page.getByRole("dialog", { name: "Approve this post?" }).waitFor();
    await press(page, "Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(desk.state("p-1")).toBe("held");
    await press(page, "a", "Control+Enter");
    await expect.poll(() => desk.state("p-1")).toBe("approved");
    await page.goto(`${desk.service.url}#/queue/open/p-2`);
    await page.getByRole("article", { name: /High/ }).waitFor();
    await press(page, "a");
    await expect.poll(() => desk.state("p-2")).toBe("approved");
  });

  test("a post is returned as a draft with a comment, another escalated with a reason", async () => {
    const page = await desk.open(at("p-3"));
    await press(page, "d");
    await page.keyboard.type("Ask the owner first.");
    await press(page, "Control+Enter");
    await expect.poll(() => decision("p-3")).toMatchObject({ state: "returned", comment: "Ask the owner first." });
    await page.goto(`${desk.service.url}#/queue/open/p-2`);
    await page.getByRole("article", { name: /High/ }).waitFor();
    await press(page, "e", "Control+Enter");
    await page.getByText("Say why a lead has to decide it").waitFor();
    await page.keyboard.type("Touches payroll.");
    await press(page, "Control+Enter");
    await expect.poll(() => desk.service.posts.get("p-2")?.escalatedBy).toBe("mira");
    expect(desk.service.posts.get("p-2")?.audit.at(-1)?.detail.comment).toBe("Touches payroll.");
  });

  test("the findings are taken out, and what the gate still finds in the rest", async () => {
    const page = await desk.open(at("p-2"));
    const body = desk.service.posts.get("p-2")?.submission.post.body ?? "";
    await press(page, "b");
    const form = page.getByRole("dialog", { name: "Take parts out and publish the rest" });
    await form.waitFor();
    const preview = form.getByRole("region", { name: "What would be published" });
    expect(await preview.textContent()).not.toContain("chmod");
    await press(page, "1", "Control+Enter");
    await form.getByText("What is left would still hold these.").waitFor();
    expect(desk.state("p-2")).toBe("held");
    await form.getByRole("button", { name: "Keep this part: chmod -R" }).waitFor();
    await page.locator(".redact-source").focus();
    await page.locator(".redact-source").evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 10));
    await press(page, "Enter", "Control+Enter");
    await expect.poll(() => desk.state("p-2")).toBe("approved");
    const taken = decision("p-2")?.redactions?.map(({ start, end }) => body.slice(start, end));
    expect(taken).toEqual(expect.arrayContaining([expect.stringContaining("base64 -d"), "chmod -R ", "The deploy"]));
    await page.getByRole("button", { name: /Undo/ }).waitFor();
    await press(page, "z");
    await expect.poll(() => desk.state("p-2")).toBe("held");
  });

  test("many posts take one step: those that cannot are named first, and all of it is taken back", async () => {
    desk.service.change("p-2", { state: "claimed", claimedBy: "noa" }, true);
    const page = await desk.open();
    await press(page, "j");
    await page.waitForSelector("#post-title");
    await press(page, "*", "r");
    const form = page.getByRole("dialog", { name: "Reject the chosen posts?" });
    await form.getByText("4 will be rejected").waitFor();
    await form.getByText("1 cannot:").waitFor();
    await form.getByText("noa has claimed it").waitFor();
    expect(desk.state("p-1")).toBe("held");
    await press(page, "2", "Control+Enter");
    await expect.poll(() => ["p-1", "p-3", "p-4", "p-6"].map((id) => desk.state(id))).toEqual(Array(4).fill("rejected"));
    expect(desk.state("p-2")).toBe("claimed");
    await page.getByRole("button", { name: /Undo/ }).waitFor();
    await press(page, "z");
    await expect.poll(() => ["p-1", "p-3", "p-4", "p-6"].map((id) => desk.state(id))).toEqual(Array(4).fill("held"));
  });

  test("every key is behind ?, and single keys can be turned off", async () => {
    const page = await desk.open(at("p-2"));
    await press(page, "?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    for (const words of ["Reject, with a reason", "Undo the last decision", "Redact and publish the rest", "Choose and go down"])
      await keys.getByText(words).waitFor();
    await keys.getByRole("checkbox").uncheck();
    await press(page, "Escape");
    await keys.waitFor({ state: "hidden" });
    await press(page, "a");
    await page.waitForTimeout(200);
    expect(desk.state("p-2")).toBe("held");
  });
});

describe("who may decide", () => {
  test("of a post that takes two, the first approval leaves it held and says so, the second publishes it", async () => {
    const mira = await desk.open(at("p-6"));
    await mira.getByText("Two moderators have to approve this post.").waitFor();
    await press(mira, "a");
    await mira.getByText("you are the first").waitFor();
    await press(mira, "Control+Enter");
    await mira.getByText("another moderator has to approve it too").first().waitFor();
    expect(desk.state("p-6")).toBe("held");
    const noa = await desk.open({ ...at("p-6"), as: "noa" });
    await noa.getByText("So far: mira").waitFor();
    await press(noa, "a", "Control+Enter");
    await expect.poll(() => desk.state("p-6")).toBe("approved");
  });

  test("an auditor is shown everything and not one dead button", async () => {
    const page = await desk.open({ ...at("p-1"), as: "ada" });
    await page.getByText("Auditors read and decide nothing").waitFor();
    expect(await page.locator(".decide button").count()).toBe(0);
    await press(page, "a", "r", "x", "r");
    expect(await page.locator("dialog[open]").count()).toBe(0);
  });

  test("whoever asked for a post may reject it but not let it out", async () => {
    desk.service.change("p-2", { asker: "mira" }, true);
    const page = await desk.open(at("p-2"));
    await page.getByText("another moderator has to approve it").waitFor();
    const names = await page.locator(".decide button").allTextContents();
    expect(names.map((name) => name.trim().split(/\s+/)[0])).toEqual(["Reject", "Return", "Escalate", "Claim"]);
  });
});

describe("focus", () => {
  const inside = (name: string) => `#post, .queue, dialog, ${name}`;

  test("is never lost by a decision, a form or the next post", async () => {
    const page = await desk.open(at("p-2"));
    const lost = () => page.evaluate(() => document.activeElement === document.body);
    await page.getByRole("button", { name: /Approve/ }).focus();
    await press(page, "Enter");
    await expect.poll(() => desk.state("p-2")).toBe("approved");
    expect(await lost()).toBe(false);
    await press(page, "r");
    await page.getByRole("dialog").waitFor();
    await press(page, "Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect(await lost()).toBe(false);
    expect(await page.evaluate((places) => document.activeElement?.closest(places) !== null, inside("main"))).toBe(true);
  });
});
