/**
 * The log to take away, its anchors, and the keys that verify both.
 */
import { createRoute, z } from "@hono/zod-openapi";
import { ProblemError } from "../api/problems.js";
import { json, type Mount, OPEN, READS, refusals } from "../review/routes/mount.js";
import { checkpoint } from "./checkpoint.js";
import { exported, FORMATS } from "./export.js";

const tags = ["audit"];
const text = (type: string, description: string) => ({ description, content: { [type]: { schema: z.string() } } });

const exportAudit = createRoute({
  method: "get",
  path: "/audit/export",
  operationId: "exportAudit",
  summary: "The log, streamed: every entry, or OCSF Detection Findings; one JSON object a line",
  tags,
  ...READS,
  request: { query: z.object({ format: z.enum(FORMATS).default("jsonl"), since: z.iso.datetime({ offset: true }).optional() }) },
  responses: { 200: text("application/jsonl", "the log"), ...refusals("malformed-request") },
});

const signCheckpoint = createRoute({
  method: "get",
  path: "/audit/checkpoint",
  operationId: "getCheckpoint",
  summary: "The gate's signature over the log's last entry, to be kept elsewhere: a log cut off later no longer verifies with it",
  tags,
  ...READS,
  responses: { 200: text("application/jwt", "a compact JWS"), ...refusals("not-found") },
});

const Jwks = z.object({
  keys: z.array(z.object({ kty: z.string(), crv: z.string(), x: z.string(), kid: z.string(), alg: z.string(), use: z.string() })),
});

const publicKeys = createRoute({
  method: "get",
  path: "/.well-known/jwks.json",
  operationId: "getKeys",
  summary: "The public keys of receipts, grants and checkpoints, former ones among them",
  tags,
  ...OPEN,
  responses: { 200: json(Jwks, "a JSON Web Key Set (RFC 7517)") },
});

/** A stream that asks for the next piece when the last one was taken, and fails where the pieces fail. */
function streamed(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await pieces.return(undefined)),
  });
}

/** Mounts `GET /audit/export` and `GET /audit/checkpoint`. */
export const mountExport: Mount = (api, { context }) => {
  api.openapi(exportAudit, (c) => {
    const { format, since } = c.req.valid("query");
    const pieces = exported(context.db, format, since === undefined ? undefined : new Date(since).toISOString());
    const name = `countersign-audit.${format === "jsonl" ? "jsonl" : "ocsf.jsonl"}`;
    const headers = { "content-type": "application/jsonl; charset=utf-8", "content-disposition": `attachment; filename="${name}"` };
    return c.body(streamed(pieces), 200, headers) as never;
  });
  api.openapi(signCheckpoint, async (c) => {
    const signed = await checkpoint(context);
    if (signed === null) throw new ProblemError("not-found", "the log is empty: there is nothing to sign yet");
    return c.body(signed, 200, { "content-type": "application/jwt" }) as never;
  });
};

/** Mounts `GET /.well-known/jwks.json`, outside the API. */
export const mountKeys: Mount = (app, { context }) => {
  app.openapi(publicKeys, (c) =>
    c.json({ keys: context.signer.keys() as z.infer<typeof Jwks>["keys"] }, 200, { "cache-control": "public, max-age=300" }),
  );
};
