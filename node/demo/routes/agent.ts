/**
 * Asking the agent for something, in private.
 */
import { Hono } from "hono";
import { z } from "zod";
import { refuse } from "../problem.js";
import { Body, bodyOf, callerOf, type Demo, personOf } from "./context.js";

const NewTask = z.object({ thread: z.string(), text: Body.optional() });

/** `/api/agent/tasks`; `addressOf` tells the agent's process where the forum is. */
export function agentRoutes(demo: Demo): Hono {
  const { forum, sessions, tasks } = demo;
  const taskOf = (id: string, allowed: (invoker: string) => boolean) => {
    const task = tasks.get(id);
    if (!task || !allowed(task.invoker))
      throw refuse(404, "no such task", "ask the agent again: tasks are forgotten when the demo restarts");
    return task;
  };
  return new Hono()
    .post("/agent/tasks", async (context) => {
      const person = await personOf(demo, context);
      const wanted = await bodyOf(NewTask, context);
      if (!forum.store.thread(wanted.thread)) throw refuse(404, "no such thread", "open a thread first");
      const { text, thread } = wanted;
      const order = { thread, invoker: person.id, ...(text === undefined ? {} : { text }) };
      const task = tasks.start(order, { address: new URL(context.req.url).origin, token: sessions.agentToken });
      return context.json({ task }, 202);
    })
    .get("/agent/tasks/:id", async (context) => {
      const person = await personOf(demo, context);
      return context.json({ task: taskOf(context.req.param("id"), (invoker) => invoker === person.id) });
    })
    .post("/agent/tasks/:id/answer", async (context) => {
      const { person } = await callerOf(demo, context);
      if (person.kind !== "agent") throw refuse(403, "the agent only", "this is where the agent hands in its private answer");
      const { text } = await bodyOf(z.object({ text: Body }), context);
      taskOf(context.req.param("id"), () => true).answer = text;
      return context.body(null, 204);
    });
}
