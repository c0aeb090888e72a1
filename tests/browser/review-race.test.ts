// Two moderators at once, each in a browser of their own: neither overwrites the other, and whoever was later sees what changed.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ordinary } from "../review/fixtures.js";
import { ago, Desk, press } from "./desk.js";

const desk = new Desk();
beforeAll(() => desk.launch());
afterAll(() => desk.end());
beforeEach(() => desk.serve([ordinary("p-1", ago(12)), ordinary("p-2", ago(9), "high"), ordinary("p-3", ago(5), "medium")]));
afterEach(() => desk.close());

const both = async () => [await desk.open({ at: "#/queue/open/p-2" }), await desk.open({ at: "#/queue/open/p-2", as: "noa" })] as const;

test("of two decisions at the same moment one is taken, the other shows the difference", async () => {
  const [mira, noa] = await both();
  let release = () => {};
  desk.service.hold = new Promise((done) => {
    release = done;
  });
  await press(mira, "a");
  await press(noa, "r");
  await noa.getByRole("dialog").waitFor();
  await press(noa, "2", "Enter");
  await noa.getByRole("dialog").waitFor({ state: "hidden" });
  desk.service.hold = null;
  release();
  await expect.poll(() => desk.state("p-2")).toMatch(/approved|rejected/);
  const by = desk.service.posts.get("p-2")?.decision?.by;
  const later = by === "mira" ? noa : mira;
  const conflict = later.getByRole("alert", { name: "Someone was faster" });
  await conflict.getByText(/Held → (Approved|Rejected)/).waitFor();
  expect(desk.service.posts.get("p-2")).toMatchObject({ version: 2, decision: { by } });
  await conflict.getByRole("button", { name: "Show the current post" }).click();
  await later.getByText(new RegExp(`(Approved|Rejected) by ${by}`)).waitFor();
});

test("a claim is one moderator's: the other sees whose, for how long, and no buttons", async () => {
  const [mira, noa] = await both();
  await press(mira, "c");
  await noa.getByText(/mira has claimed this post 1[45]m/).waitFor();
  expect(await noa.locator(".decide-acts button").count()).toBe(0);
  await press(mira, "c");
  await noa.getByRole("button", { name: /Approve/ }).waitFor();
});

test("a change under an open form is not slipped in under it", async () => {
  const [mira, noa] = await both();
  await press(mira, "d");
  await mira.getByRole("dialog").waitFor();
  await press(noa, "c");
  await mira.getByRole("alert", { name: "Someone was faster" }).getByText("nobody → noa").waitFor();
});

test("a text edited meanwhile is shown word by word", async () => {
  const page = await desk.open({ at: "#/queue/open/p-2" });
  const { submission } = ordinary("p-2", ago(1));
  const body = submission.post.body.replace("777", "770");
  desk.service.change("p-2", { contentHash: "sha256-new", submission: { ...submission, post: { ...submission.post, body } } }, true);
  await press(page, "a");
  const conflict = page.getByRole("alert", { name: "Someone was faster" });
  expect(await conflict.locator("del").textContent()).toMatch(/removed:\s+777/);
  expect(await conflict.locator("ins").textContent()).toMatch(/added:\s+770/);
  expect(desk.state("p-2")).toBe("held");
});

test("what the service refuses is put back, in the list and in the post", async () => {
  const page = await desk.open({ at: "#/queue/open/p-2" });
  desk.service.refuse = 500;
  await press(page, "c");
  await page.getByText("Not claimed").waitFor();
  expect(await page.getByText("Claimed by you").count()).toBe(0);
  await press(page, "a");
  await page.getByText("Not approved").waitFor();
  expect(await page.locator(".row").count()).toBe(3);
});

test("a decision whose answer got lost is asked for again and taken once", async () => {
  const page = await desk.open({ at: "#/queue/open/p-2" });
  await page.route("**/posts/p-2/approve", async (route) => {
    await page.unroute("**/posts/p-2/approve");
    await route.fetch();
    await route.abort();
  });
  await press(page, "a");
  await page.getByText("Approved and sent to be published").waitFor();
  expect(desk.service.posts.get("p-2")).toMatchObject({ state: "approved", version: 2 });
});
