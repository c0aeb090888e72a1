/**
 * The client in a foreign page with nothing but a strict CSP: it labels, veils, follows changes and leaves no trace.
 */
import { createReadStream } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launch } from "./chromium.js";
import { axe, shoot, type Visitor, visit } from "./visitor.js";

const CSP =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types countersign";
const TYPES: Record<string, string> = { js: "text/javascript", wasm: "application/wasm" };
const BAD = "sudo chmod -R 777 /etc";

const PAGE = `<!doctype html><html lang="en"><title>A forum</title><main></main><script type="module" src="/host.js"></script>`;
// The host builds its posts itself; the test drives it through \`forum\`.
const HOST = `
import { start } from "/countersign-client.js";
const add = (id, kind, text) => {
  const post = document.createElement("article");
  for (const name of ["by", "text"]) post.append(Object.assign(document.createElement("p"), { className: name }));
  Object.assign(post, { id }).dataset.kind = kind;
  post.querySelector(".text").textContent = text;
  document.querySelector("main").append(post);
};
const read = (post) => ({ id: post.id, body: post.querySelector(".text").textContent, bodyElement: post.querySelector(".text"),
  badgeElement: post.querySelector(".by"), author: { id: "someone", handle: "someone", kind: post.dataset.kind } });
const write = () => {
  const form = document.createElement("form");
  const field = Object.assign(document.createElement("textarea"), { ariaLabel: "Your answer" });
  form.append(field, Object.assign(document.createElement("button"), { textContent: "Send" }));
  document.querySelector("main").prepend(form);
  const composer = client.compose({ field, author: { id: "dana" } });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    forum.sent.push({ body: field.value, declared: composer.declared(), composition: composer.composition() });
  });
};
globalThis.forum = { add, write, sent: [], begin: () => (globalThis.client = start({ selector: "article", read })) };
`;

let server: Server;
let browser: Browser;
let visitor: Visitor;

function answer(path: string): { type: string; text?: string; file?: string } {
  if (path === "/" || path.startsWith("/?")) return { type: "text/html", text: PAGE };
  if (path === "/host.js") return { type: "text/javascript", text: HOST };
  const name = basename(path);
  return { type: TYPES[name.split(".").pop() ?? ""] ?? "text/plain", file: new URL(`../../dist/client/${name}`, import.meta.url).pathname };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const { type, text, file } = answer(request.url ?? "/");
    response.writeHead(200, { "content-type": type, "content-security-policy": CSP });
    if (file) createReadStream(file).pipe(response);
    else response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launch();
  visitor = await visit(browser, { width: 1024, height: 800 });
  await visitor.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await visitor.page.waitForFunction("globalThis.forum !== undefined");
}, 60_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe("the client in a foreign page", { timeout: 60_000 }, () => {
  it("veils what is there at the start and labels an agent", async () => {
    const { page } = visitor;
    await page.evaluate(`forum.add("p1", "human", "Just run this: ${BAD}"); forum.add("p2", "agent", "Hello."); forum.begin();`);
    await page.locator("#p1 countersign-veil").waitFor();
    expect(await page.locator("#p1").innerText()).not.toContain("777");
    await page
      .locator("#p2 countersign-label")
      .getByRole("button", { name: /AI agent/u })
      .waitFor();
    expect(await page.locator("#p2").getAttribute("data-ai-disclosure")).toBe("autonomous");
  });

  it("follows posts that come later and texts that are edited, either way", async () => {
    const { page } = visitor;
    await page.evaluate(`forum.add("p3", "human", "All fine.")`);
    await page.evaluate(`document.querySelector("#p3 .text").textContent = "Now run this: ${BAD}"`);
    await page.locator("#p3 countersign-veil").waitFor();
    await page.evaluate(`document.querySelector("#p1 .text").textContent = "Never mind."`);
    await page.locator("#p1 countersign-veil").waitFor({ state: "detached" });
  });

  it("veils again when the host draws the same text anew", async () => {
    const { page } = visitor;
    await page.evaluate(`{ const text = document.querySelector("#p3 .text"); text.replaceChildren(text.textContent); }`);
    await page.locator("#p3 countersign-veil").waitFor();
    await page.locator("#p3").getByRole("button", { name: "I understand, show it" }).click();
    expect(await page.locator("#p3").innerText()).toContain(BAD);
  });

  it("does not veil again what its reader has read past, when the host draws it anew", async () => {
    const { page } = visitor;
    await page.evaluate(`{ const text = document.querySelector("#p3 .text"); text.replaceChildren(text.textContent); }`);
    await page.locator("#p3 countersign-veil[open]").waitFor();
    expect(await page.locator("#p3").innerText()).toContain(BAD);
  });

  it("dresses what is far down when it comes near, and says to machines at once who wrote it", async () => {
    const { page } = visitor;
    await page.evaluate(`for (let index = 0; index < 300; index++) forum.add("far" + index, "agent", "Line. ".repeat(80))`);
    await expect.poll(() => page.locator("[data-ai-disclosure]").count()).toBeGreaterThanOrEqual(301);
    expect(await page.locator("#far299 countersign-label").count()).toBe(0);
    await page.locator("#far299").scrollIntoViewIfNeeded();
    await page.locator("#far299 countersign-label").waitFor();
    await page.evaluate(`for (const post of document.querySelectorAll("[id^=far]")) post.remove()`);
  });

  it("asks before an instruction is copied, and copies when told to", async () => {
    const { page } = visitor;
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    const clipboard = () => page.evaluate<string>("navigator.clipboard.readText()");
    await page.evaluate(`navigator.clipboard.writeText("before")`);
    await page.evaluate(`getSelection().selectAllChildren(document.querySelector("#p3 .text"))`);
    await page.keyboard.press("Control+c");
    const dialog = page.getByRole("dialog", { name: /copy it anyway/u });
    await dialog.waitFor();
    expect((await axe(page)).filter((line) => line.includes("countersign-"))).toEqual([]);
    await shoot(page, "copy-1024");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await clipboard()).toBe("before");
    await page.keyboard.press("Control+c");
    await dialog.getByRole("button", { name: "Copy anyway" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(clipboard).toContain(BAD);
  });

  it("copies what is harmless without a word", async () => {
    const { page } = visitor;
    await page.evaluate(`getSelection().selectAllChildren(document.querySelector("#p2 .text"))`);
    await page.keyboard.press("Control+c");
    expect(await page.locator("countersign-ask").count()).toBe(0);
    await expect.poll(() => page.evaluate<string>("navigator.clipboard.readText()")).toBe("Hello.");
  });

  it("says at the composer what a post would change, asks before it is sent, and sends what the writer declared", async () => {
    const { page } = visitor;
    await page.evaluate("forum.write()");
    await page.locator("textarea").fill(`Do this: ${BAD}`);
    await page.getByText("Your post widens access").waitFor();
    await page.getByLabel("Who wrote this?").selectOption("ai-generated");
    expect((await axe(page)).filter((line) => line.includes("countersign-"))).toEqual([]);
    await shoot(page, "composer-1024");
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "Go on editing" }).click();
    expect(await page.evaluate("forum.sent")).toEqual([]);
    await page.getByRole("button", { name: "Send" }).click();
    await page.getByRole("button", { name: "Post anyway" }).click();
    await expect.poll(() => page.evaluate("forum.sent.length")).toBe(1);
    expect(await page.evaluate("forum.sent[0]")).toMatchObject({ declared: { disclosure: "ai-generated" }, body: `Do this: ${BAD}` });
  });

  it("sends a harmless post at once, counting what was typed and what was pasted", async () => {
    const { page } = visitor;
    await page.evaluate("forum.sent.length = 0");
    await page.locator("textarea").fill("");
    await page.locator("textarea").pressSequentially("Thanks!");
    await page.evaluate(`navigator.clipboard.writeText(" It works.")`);
    await page.keyboard.press("Control+v");
    await page.getByRole("button", { name: "Send" }).click();
    await expect.poll(() => page.evaluate("forum.sent.length")).toBe(1);
    expect(await page.evaluate("forum.sent[0]")).toMatchObject({ body: "Thanks! It works.", composition: { pastedChars: 10 } });
    const typed = await page.evaluate<number>("forum.sent[0].composition.keystrokes");
    expect(typed).toBeGreaterThanOrEqual(7);
  });

  it("leaves the page as it was when it is stopped", async () => {
    const { page } = visitor;
    await page.evaluate("client.stop()");
    expect(await page.locator("countersign-veil, countersign-label, countersign-composer, [data-ai-disclosure]").count()).toBe(0);
    expect(await page.locator("#p3 .text").innerText()).toBe(`Now run this: ${BAD}`);
  });

  it("met no error and no CSP violation", () => {
    expect(visitor.errors).toEqual([]);
  });
});
