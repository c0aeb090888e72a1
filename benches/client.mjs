// What the client costs the page's main thread: a thousand posts, a third of them by agents, a tenth with an instruction, checked,
// disclosed, labelled and veiled in Chromium. Prints milliseconds of processor time (the thread's own: other programs on the machine
// do not count) that the page's tasks took from `start` on, all of them, the longest and the parts, beside the same page without it.
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import { basename } from "node:path";
import { chromium } from "playwright-core";

const POSTS = 1000;
const ROUNDS = 5;
const SETTLE_MS = 5_000;
const BAD = "sudo chmod -R 777 /srv/app";
const WORDS = "The deploy job fails since Tuesday with a message about a directory that it cannot write to, and nobody changed anything.";

const HOST = `
import { start } from "/countersign-client.js";
const read = (post) => ({ id: post.id, body: post.querySelector(".text").textContent, bodyElement: post.querySelector(".text"),
  badgeElement: post.querySelector(".by"), author: { id: post.dataset.by, handle: post.dataset.by, kind: post.dataset.kind } });
const make = (index) => {
  const post = document.createElement("article");
  post.id = "p" + index;
  post.dataset.kind = index % 3 === 0 ? "agent" : "human";
  post.dataset.by = index % 3 === 0 ? "helper" : "someone" + index;
  const by = Object.assign(document.createElement("p"), { className: "by", textContent: post.dataset.by });
  const text = Object.assign(document.createElement("div"), { className: "text", textContent: "${WORDS} ".repeat(8) + (index % 10 === 0 ? " Just run ${BAD} and try again." : "") });
  post.append(by, text);
  return post;
};
document.querySelector("main").append(...Array.from({ length: ${POSTS} }, (_, index) => make(index)));
globalThis.begin = () => (globalThis.client = start({ selector: "article", read }));
globalThis.done = () => document.querySelectorAll("[data-ai-disclosure]").length >= ${Math.ceil(POSTS / 3)} && document.querySelectorAll("countersign-veil").length >= 1;
`;
const PAGE = `<!doctype html><html lang="en"><title>A forum</title><main></main><script type="module" src="/host.js"></script>`;
const TYPES = { js: "text/javascript", wasm: "application/wasm" };

function serve() {
  const server = createServer((request, response) => {
    const name = basename(request.url ?? "/");
    const type = name === "" ? "text/html" : (TYPES[name.split(".").pop()] ?? "text/plain");
    response.writeHead(200, { "content-type": type });
    if (name === "") response.end(PAGE);
    else if (name === "host.js") response.end(HOST);
    else
      createReadStream(new URL(`../dist/client/${name}`, import.meta.url))
        .on("error", () => response.end())
        .pipe(response);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** What the trace calls the parts of a task. */
const PARTS = ["FunctionCall", "UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"];

/** Milliseconds of the main thread's processor time in a trace. */
function costs(events) {
  const main = new Set(
    events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const own = events.filter(({ pid, tid, tdur }) => tdur !== undefined && main.has(`${pid}/${tid}`));
  const of = (name) => own.filter((event) => event.name === name).map(({ tdur }) => tdur / 1000);
  const sum = (name) => of(name).reduce((total, ms) => total + ms, 0);
  const parts = Object.fromEntries(PARTS.map((name) => [name, sum(name)]));
  return { all: sum("RunTask"), longest: Math.max(0, ...of("RunTask")), ...parts };
}

/** One page, with the client or without. */
async function round(browser, address, begin) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(address);
  await page.waitForFunction("globalThis.begin !== undefined");
  await page.waitForTimeout(500);
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const includedCategories = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"];
  await session.send("Tracing.start", { transferMode: "ReportEvents", traceConfig: { includedCategories } });
  await page.evaluate(begin ? "void begin()" : "void 0");
  await page.waitForTimeout(SETTLE_MS);
  const ended = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await ended;
  const done = await page.evaluate("done()");
  await page.close();
  if (begin && !done) throw new Error(`the posts were not done after ${SETTLE_MS} ms: the machine is too busy to measure`);
  return costs(events);
}

const server = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium" });
const [plain, guarded] = [[], []];
const address = `http://127.0.0.1:${server.address().port}/`;
for (let index = 0; index < ROUNDS; index++) {
  plain.push(await round(browser, address, false));
  guarded.push(await round(browser, address, true));
}
await browser.close();
server.close();
const middle = (rounds, key) => rounds.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)];
console.log(`${POSTS} posts, middle of ${ROUNDS} rounds, milliseconds of the main thread`);
console.log(`  ${"".padEnd(20)} ${"without".padStart(8)} ${"with".padStart(8)}`);
const figure = (rounds, key) => middle(rounds, key).toFixed(1).padStart(8);
for (const key of ["all", "longest", ...PARTS]) console.log(`  ${key.padEnd(20)} ${figure(plain, key)} ${figure(guarded, key)}`);
