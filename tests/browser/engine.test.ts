// The engine in a real browser answers with the same bytes as the core compiled natively.

import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import type { Engine, Setup } from "countersign";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { recorded } from "../engine/replay.js";
import { launch } from "./chromium.js";

/** A page that loads the engine as any page would, and leaves it where the test can reach it. */
const PAGE = `<!doctype html><title>replay</title>
<script type="module">import { loadEngine } from "/engine/browser.js"; globalThis.loadEngine = loadEngine;</script>`;

/** Serves the built engine on a free port until disposed of. */
async function serveEngine() {
  const app = new Hono().get("/", (context) => context.html(PAGE)).use("/engine/*", serveStatic({ root: "dist" }));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: () => server.close() };
}

test("every case has the recorded bytes in Chromium", async () => {
  using server = await serveEngine();
  await using browser = await launch();
  const page = await browser.newPage();
  await page.goto(server.address);
  await page.waitForFunction(() => "loadEngine" in globalThis);
  const cases = recorded();
  const answers = await page.evaluate(async (items) => {
    const { loadEngine } = globalThis as unknown as { loadEngine: (setup: Setup) => Promise<Engine> };
    const answers: { name: string; verdict: string }[] = [];
    for (const { name, policy, submission } of items) {
      const engine = await loadEngine({ policy });
      const answer = engine.check(submission);
      answers.push({ name, verdict: JSON.stringify("verdict" in answer ? answer.verdict : answer) });
    }
    return answers;
  }, cases);
  expect(answers).toEqual(cases.map(({ name, verdict }) => ({ name, verdict })));
});
