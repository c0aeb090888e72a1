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
import { type Visitor, visit } from "./visitor.js";

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
globalThis.forum = { add, begin: () => (globalThis.client = start({ selector: "article", read })) };
`;

let server: Server;
let browser: Browser;
let visitor: Visitor;

function answer(path: string): { type: string; text?: string; file?: string } {
  if (path === "/") return { type: "text/html", text: PAGE };
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

  it("leaves the page as it was when it is stopped", async () => {
    const { page } = visitor;
    await page.evaluate("client.stop()");
    expect(await page.locator("countersign-veil, countersign-label, [data-ai-disclosure]").count()).toBe(0);
    expect(await page.locator("#p3 .text").innerText()).toBe(`Now run this: ${BAD}`);
  });

  it("met no error and no CSP violation", () => {
    expect(visitor.errors).toEqual([]);
  });
});
