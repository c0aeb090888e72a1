/**
 * The API's description without a running gate: for the published document and for the test that it is current.
 */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Access } from "../session/access.js";
import { createApi, mountBeside } from "./app.js";
import type { Env } from "./guard.js";
import { DOCUMENT, describe } from "./openapi.js";

/** Stands for everything a handler would use: describing routes calls none. */
const unreached = new Proxy(() => undefined, { get: (_target, name) => (name === Symbol.toPrimitive ? () => "" : unreached) }) as never;

/** Every way to sign in, so that each is described; limits count, and would have to be numbers. */
const everyWay: Access = {
  basePath: "/countersign",
  authenticate: unreached,
  addressOf: unreached,
  networkOf: unreached,
  signingIn: unreached,
  signedInHere: unreached,
  link: unreached,
  limits: null,
};

/** The OpenAPI document as JSON text, its keys in a fixed order and ending in a line end. */
export function openApiText(): string {
  const rooms = { gate: unreached, context: unreached, learning: unreached, access: everyWay, metrics: unreached, submitToken: unreached };
  const api = createApi(rooms);
  describe(api, mountBeside(new OpenAPIHono<Env>(), rooms));
  return `${JSON.stringify(api.getOpenAPI31Document(DOCUMENT), null, 2)}\n`;
}
