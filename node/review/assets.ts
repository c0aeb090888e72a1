/**
 * The built pages and modules, served from where this package is installed.
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { serveStatic } from "@hono/node-server/serve-static";
import type { MiddlewareHandler } from "hono";

const root = dirname(createRequire(import.meta.url).resolve("countersign/package.json"));

/**
 * Serves a folder of `dist`; one that was not built when the gate started serves nothing.
 *
 * @param folder relative to `dist`
 * @param prefix what stands before the file's name in the request's path
 */
export function assets(folder: string, prefix: string): MiddlewareHandler {
  const path = join(root, "dist", folder);
  if (!existsSync(path)) return async (_c, next) => next();
  return serveStatic({
    root: path,
    rewriteRequestPath: (path) => path.slice(prefix.length),
    onFound: (path, c) => c.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"),
  });
}

/** The package's own version. */
export const VERSION: string = createRequire(import.meta.url)("countersign/package.json").version;
