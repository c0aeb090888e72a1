// The engine in a real browser answers with the same bytes as the core compiled natively.

import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { serveStatic } from "@hono/node-server/serve-static";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { recorded } from "../engine/replay.js";
import { launch } from "./chromium.js";

/** Serves the built engine on a free port until disposed of. */
async function serveEngine() {
  const app = new Hono()
    .get("/", (context) => context.html("<!doctype html><title>replay</title>"))
    .use("/engine/*", serveStatic({ root: "dist" }));
  const server = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: () => server.close() };
}

test("every case has the recorded bytes in Chromium", async () => {
  using server = await serveEngine();
  await using browser = await launch();
  const page = await browser.newPage();
  await page.goto(server.address);
  const cases = recorded();
  const answers = await page.evaluate(async (items) => {
    // A string the bundler does not follow: the module is the server's.
    const { loadEngine } = await import(/* @vite-ignore */ `${location.origin}/engine/browser.js`);
    const answers: { name: string; verdict: string }[] = [];
    for (const { name, policy, submission } of items) {
      const engine = await loadEngine(policy);
      answers.push({ name, verdict: JSON.stringify(engine.check(submission).verdict) });
    }
    return answers;
  }, cases);
  expect(answers).toEqual(cases.map(({ name, verdict }) => ({ name, verdict })));
});
