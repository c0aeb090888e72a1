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
 * @param dist where the package's build is
 */
export function assets(folder: string, prefix: string, dist: string = join(root, "dist")): MiddlewareHandler {
  const path = join(dist, folder);
  if (!existsSync(path)) return async (_c, next) => next();
  const serve = serveStatic({ root: path, rewriteRequestPath: (asked) => asked.slice(prefix.length) });
  return async (c, next) => {
    const response = await serve(c, next);
    // Where there is no such file the answer is the next handler's, and no response yet.
    if (!(response instanceof Response)) return response;
    response.headers.set("cache-control", c.req.path.includes("/assets/") ? "private, max-age=31536000, immutable" : "no-cache");
    return response;
  };
}

/** The package's own version. */
export const VERSION: string = createRequire(import.meta.url)("countersign/package.json").version;
