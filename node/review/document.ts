/**
 * The API's description without a running gate: for the published document and for the test that it is current.
 */
import { createApi } from "./app.js";
import { DOCUMENT } from "./openapi.js";

/** Stands for everything a handler would use: describing routes calls none. */
const unreached = new Proxy(() => undefined, { get: (_target, name) => (name === Symbol.toPrimitive ? () => "" : unreached) }) as never;

/** The OpenAPI document as JSON text, its keys in a fixed order and ending in a line end. */
export function openApiText(): string {
  const api = createApi({ gate: unreached, context: unreached, learning: unreached, access: unreached });
  return `${JSON.stringify(api.getOpenAPI31Document(DOCUMENT), null, 2)}\n`;
}
