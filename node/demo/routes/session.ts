/**
 * Viewing as somebody, and their inbox: drafts of agents' answers and notices.
 */
import { Hono } from "hono";
import { z } from "zod";
import { PEOPLE } from "../people.js";
import { refuse } from "../problem.js";
import type { DraftRow } from "../shapes.js";
import { Body, bodyOf, type Demo, personOf } from "./context.js";

const Publish = z.object({ as: z.enum(["agent", "self"]).optional(), contentHash: z.string().optional() });

/** `/api/session`, `/api/drafts`, `/api/notices`. */
export function sessionRoutes(demo: Demo): Hono {
  const { gate } = demo.forum;
  return new Hono()
    .get("/session", (context) => {
      const caller = demo.sessions.caller(context.req.raw);
      return context.json({ person: caller?.person ?? null, people: [...PEOPLE.values()] });
    })
    .post("/session", async (context) => {
      const { as } = await bodyOf(z.object({ as: z.string() }), context);
      const person = PEOPLE.get(as);
      if (person?.kind !== "human") throw refuse(400, "nobody to view as", `choose one of the people, not \`${as}\``);
      context.header("set-cookie", demo.sessions.start(person));
      return context.json({ person, people: [...PEOPLE.values()] });
    })
    .get("/notices", async (context) => {
      const { id } = await personOf(demo, context);
      return context.json({ notices: demo.forum.store.notices(id) });
    })
    .get("/drafts", async (context) => {
      const { id } = await personOf(demo, context);
      const summaries = await gate.drafts.list(id);
      const details = await Promise.all(summaries.map((summary) => gate.drafts.get(summary.id, id)));
      const drafts: DraftRow[] = details.map((draft) => ({
        id: draft.id,
        agent: draft.author.id,
        thread: draft.thread.id,
        title: draft.thread.title ?? "a new thread",
        at: draft.submittedAt,
        body: draft.submission.post.body,
        contentHash: draft.contentHash,
        edited: draft.audit.findLast(({ action }) => action === "edited" || action === "submitted")?.action === "edited",
      }));
      return context.json({ drafts });
    })
    .post("/drafts/:id/publish", async (context) => {
      const owner = (await personOf(demo, context)).id;
      const { as, contentHash } = await bodyOf(Publish, context);
      const how = { ...(as === undefined ? {} : { as }), ...(contentHash === undefined ? {} : { contentHash }) };
      const outcome = await gate.drafts.publish(context.req.param("id"), owner, how);
      const { action, postId, problem } = outcome;
      return context.json({ action, postId, problem: problem ?? null });
    })
    .put("/drafts/:id", async (context) => {
      const owner = (await personOf(demo, context)).id;
      const { body } = await bodyOf(z.object({ body: Body }), context);
      await gate.drafts.edit(context.req.param("id"), owner, body);
      return context.body(null, 204);
    })
    .post("/drafts/:id/discard", async (context) => {
      await gate.drafts.discard(context.req.param("id"), (await personOf(demo, context)).id);
      return context.body(null, 204);
    });
}
