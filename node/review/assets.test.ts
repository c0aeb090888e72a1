import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { folder } from "../testing/gate.js";
import { assets } from "./assets.js";
import { clientHeaders } from "./guard.js";

function app() {
  const base = folder();
  const dist = join(base, "dist");
  mkdirSync(join(dist, "www/review/assets"), { recursive: true });
  mkdirSync(join(dist, "client"), { recursive: true });
  writeFileSync(join(base, "secret.json"), "secret");
  writeFileSync(join(dist, "secret.json"), "secret");
  writeFileSync(join(dist, "www/review/index.html"), "<!doctype html>");
  writeFileSync(join(dist, "www/review/assets/app-1.js"), "1");
  writeFileSync(join(dist, "client/engine.wasm"), "\0asm");
  const hono = new Hono();
  hono.get("/base/review/*", assets("www/review", "/base/review", dist));
  hono.get("/base/client/*", clientHeaders, assets("client", "/base/client", dist));
  return hono;
}

describe("assets", () => {
  it.each([
    ["/base/review/", "text/html", "no-cache"],
    ["/base/review/assets/app-1.js", "text/javascript", "immutable"],
    ["/base/client/engine.wasm", "application/wasm", "no-cache"],
  ])("serve %s as %s", async (path, type, cache) => {
    const response = await app().request(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toContain(type);
    expect(response.headers.get("cache-control")).toContain(cache);
  });

  it.each([
    "/base/client/../secret.json",
    "/base/client/%2e%2e/secret.json",
    "/base/client/..%2fsecret.json",
    "/base/client/..%2f..%2fsecret.json",
    "/base/client/%252e%252e%252fsecret.json",
    "/base/client/..%5csecret.json",
    "/base/client/.%00./secret.json",
    "/base/client//etc/passwd",
  ])("keep what is outside their folders: %s", async (path) => {
    const response = await app().request(path);
    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain("secret");
  });

  it("let a worker of the client run WebAssembly and nothing else", async () => {
    const policy = (await app().request("/base/client/engine.wasm")).headers.get("content-security-policy");
    expect(policy).toBe("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
  });

  it("serve nothing from a folder that was not built", async () => {
    const hono = new Hono();
    hono.get("/base/*", assets("absent", "/base", folder()));
    expect((await hono.request("/base/x.js")).status).toBe(404);
  });
});
