/**
 * What the routes share: who is asking and how a request's body is read.
 */
import type { Context } from "hono";
import { z } from "zod";
import type { Forum } from "../forum.js";
import { PEOPLE } from "../people.js";
import { refuse } from "../problem.js";
import type { Caller, Sessions } from "../session.js";
import type { Tasks } from "../tasks.js";

/** Everything a route may touch. */
export interface Demo {
  forum: Forum;
  sessions: Sessions;
  tasks: Tasks;
}

/** The agent that signed the request; null when it is not signed. A signature that does not hold is refused, not passed over. */
async function signerOf({ forum }: Demo, request: Request): Promise<Caller | null> {
  const identity = await forum.gate.identify(request);
  if (identity === null) return null;
  const person = PEOPLE.get(identity.agent);
  if (person?.kind !== "agent") throw refuse(403, "no such agent here", `\`${identity.agent}\` has no account in this forum`);
  return { person, auth: "signature", identity };
}

/** Who is asking; 401 when nobody known is. Call it before the body is read: a signature covers the body too. */
export async function callerOf(demo: Demo, context: Context): Promise<Caller> {
  const caller = (await signerOf(demo, context.req.raw)) ?? demo.sessions.caller(context.req.raw);
  const how = "choose a person to view as (`POST /api/session`), or send the agent's bearer token or signature";
  if (!caller) throw refuse(401, "who is asking?", how);
  return caller;
}

/** The same for what only people do. */
export async function personOf(demo: Demo, context: Context): Promise<Caller["person"]> {
  const { person } = await callerOf(demo, context);
  if (person.kind !== "human") throw refuse(403, "people only", "an agent cannot do this: a person has to, in the forum's page");
  return person;
}

/** The request's JSON body as `schema` wants it; 400 with the first thing that is wrong. */
export async function bodyOf<Schema extends z.ZodType>(schema: Schema, context: Context): Promise<z.infer<Schema>> {
  const text = await context.req.text();
  const json = parse(text);
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".") || "body";
  throw refuse(400, "malformed request", `\`${where}\`: ${issue?.message.toLowerCase() ?? "not what was expected"}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refuse(400, "malformed request", "send a JSON body");
  }
}

/** The text of a post. */
export const Body = z.string().trim().min(1).max(20_000);
