// @ts-check
/**
 * What moderators decide, in the forum's own queue, and what can be done to a post while it waits there.
 */
import { bad } from "./ways.mjs";

/** @typedef {import("./cast.mjs").Cast} Cast */
/** @typedef {{ rare(): string, ask(content: string): Promise<{ tid: number }>, pause(ms: number): Promise<unknown> }} Tools */

/** @param {boolean} good @param {string} what */
const row = (good, what) => (good ? what : `**not so**: ${what}`);

/** An agent's asked-for answer in the forum's queue. @param {Cast} cast @param {Tools} tools */
async function queued(cast, { rare, ask }) {
  const word = rare();
  const { tid } = await ask("It cannot read the shared folder. @Help-Bot can you help?");
  const answer = await cast.bearer(cast.tokens.agent)("POST", `/api/v3/topics/${tid}`, { content: bad(word) });
  const page = async () => (await cast.guest(`/topic/${tid}`)).text;
  return { word, tid, id: answer.json().response.id, page };
}

/** @param {Cast} cast @param {Tools} tools @returns {Promise<{ way: string, result: string }[]>} */
export async function decisions(cast, tools) {
  const mira = /** @type {any} */ (cast.sessions.mira);
  const agent = /** @type {any} */ (cast.sessions.agent);
  const accept = (/** @type {string} */ id) => mira.call("POST", `/api/v3/posts/queue/${id}`, {});
  const look = async (/** @type {string} */ id) => (await mira.get(`/api/post-queue/${id}`)).text;
  const rows = [];

  const first = await queued(cast, tools);
  const unread = await accept(first.id);
  const shown = await look(first.id);
  rows.push({ way: "Queue: moderators see why", result: row(shown.includes("Everyone may write"), "reason shown at the post") });
  rows.push({ way: "Queue: approved unread", result: row(unread.status === 400 && !(await first.page()).includes(first.word), "refused") });
  const byToken = await cast.bearer(cast.tokens.mira)("POST", `/api/v3/posts/queue/${first.id}`, {});
  rows.push({ way: "Queue: approved with a moderator's API token", result: row(byToken.status === 400, "refused") });
  const approved = await accept(first.id);
  if (approved.status !== 200) console.error(approved.text);
  rows.push({
    way: "Queue: approved by a moderator who has read it",
    result: row((await first.page()).includes(first.word), "published, labelled"),
  });

  const second = await queued(cast, tools);
  await look(second.id);
  const swapped = tools.rare();
  await agent.call("PUT", `/api/v3/posts/queue/${second.id}`, { content: bad(swapped) });
  const [stale, again] = [await accept(second.id), await accept(second.id)];
  const page = await second.page();
  const refused = stale.status === 400 && again.status === 400 && !page.includes(swapped) && !page.includes(second.word);
  rows.push({
    way: "Queue: text edited by its author after it was read",
    result: row(refused, "held: approval refused, the new text judged"),
  });
  await mira.call("DELETE", `/api/v3/posts/queue/${second.id}`, {});

  rows.push(await crosspost(cast, tools));
  return rows;
}

/** @param {Cast} cast @param {Tools} tools */
async function crosspost(cast, { ask }) {
  const { tid } = await ask("A question in one category.");
  const cid = (await cast.guest("/api/categories"))
    .json()
    .categories.map((/** @type {any} */ { cid }) => cid)
    .find((/** @type {number} */ each) => each !== 1);
  const answer = await /** @type {any} */ (cast.sessions.agent).call("POST", `/api/v3/topics/${tid}/crossposts`, { cid });
  return { way: "Cross-post", result: `no new text: the judged topic is listed once more (${answer.status})` };
}
