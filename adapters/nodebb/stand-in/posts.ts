/**
 * A stand-in for `src/posts` and `src/topics`: creating, editing, restoring, tagging and reading posts, with NodeBB's order of hooks.
 */
import type { Core, EditData, PostData, Row, Uid } from "../lib/types.js";
import type { StandInDatabase } from "./database.js";
import type { Hooks } from "./hooks.js";

/** What the forum's rooms share. */
export type Room = { db: StandInDatabase; hooks: Hooks };

const isUri = (id: unknown) => typeof id === "string" && id.includes("://");

/** `posts.create`: the internal way that fires one filter only. */
export async function create({ db, hooks }: Room, data: PostData): Promise<Row> {
  const pid = data.pid ?? (await db.incrObjectField("global", "nextPid"));
  const { uid, tid, sourceContent, toPid, handle } = data;
  const given = { pid, uid, tid, content: String(data.content), sourceContent, timestamp: Date.now(), toPid };
  const { post } = await hooks.fire("filter:post.create", { post: { ...given, ...(handle && !Number(uid) ? { handle } : {}) }, data });
  await db.setObject(`post:${pid}`, post);
  await db.sortedSetAdd(`tid:${tid}:posts`, Date.now() + Number(isUri(pid) ? 0 : pid) / 1e6, String(pid));
  await db.sortedSetAdd("posts:pid", Date.now(), String(pid));
  await hooks.fire("action:post.save", { post: { ...post } });
  return post;
}

async function filterTags({ hooks }: Room, tags: unknown, cid: unknown): Promise<string[]> {
  if (!Array.isArray(tags)) return [];
  return (await hooks.fire("filter:tags.filter", { tags: [...tags], cid })).tags;
}

/** Makes topics and replies. */
export function createTopics(room: Room): Pick<Core, "topics">["topics"] & { create(data: PostData): Promise<Uid> } {
  const { db, hooks } = room;
  const topics = {
    async create(data: PostData): Promise<Uid> {
      const tid = data.tid ?? (await db.incrObjectField("global", "nextTid"));
      const tags = Array.isArray(data.tags) && data.tags.length > 0 ? { tags: data.tags.join(",") } : {};
      const topic: Row = { tid, uid: data.uid, cid: data.cid, title: data.title, mainPid: 0, ...tags };
      await db.setObject(`topic:${tid}`, (await hooks.fire("filter:topic.create", { topic, data })).topic);
      await db.sortedSetAdd("topics:tid", Date.now(), String(tid));
      return tid;
    },
    async post(given: PostData) {
      const data: PostData = await hooks.fire("filter:topic.post", given);
      data.content = String(data.content || "").trimEnd();
      data.title = String(data.title ?? "").trim() || String(data.content).split(". ")[0];
      data.tags = await filterTags(room, data.tags, data.cid);
      data.tid = await topics.create(data);
      const postData = await create(room, data);
      await db.setObjectField(`topic:${data.tid}`, "mainPid", postData.pid);
      return { topicData: (await db.getObject(`topic:${data.tid}`)) ?? {}, postData };
    },
    async reply(given: PostData) {
      const data: PostData = await hooks.fire("filter:topic.reply", given);
      if (!(await db.getObject(`topic:${data.tid}`))) throw new Error("[[error:no-topic]]");
      data.content = String(data.content || "").trimEnd();
      return create(room, data);
    },
    async getTopicFields(tid: Uid): Promise<Row> {
      const topic = (await db.getObject(`topic:${tid}`)) ?? {};
      const tags = String(topic.tags ?? "")
        .split(",")
        .filter(Boolean);
      return { ...topic, tags: tags.map((value) => ({ value })) };
    },
  };
  return topics;
}

/** `PUT /topics/:tid/tags`: no filter but the one that names neither topic nor user. */
export async function updateTags(room: Room, tid: Uid, tags: string[]): Promise<void> {
  const { cid } = (await room.db.getObject(`topic:${tid}`)) ?? {};
  const kept = await filterTags(room, tags, cid);
  await room.db.setObjectField(`topic:${tid}`, "tags", kept.join(","));
}

/** `posts.edit`: by the API with `req`, by restoring and by federation without. */
export async function edit({ db, hooks }: Room, data: EditData): Promise<Row> {
  const before = (await db.getObject(`post:${data.pid}`)) ?? {};
  const topic = (await db.getObject(`topic:${before.tid}`)) ?? {};
  const old = String(before.sourceContent || before.content);
  const given: Row = { content: data.content, sourceContent: data.sourceContent, editor: data.uid, edited: Date.now() };
  const { post } = await hooks.fire("filter:post.edit", { req: data.req, post: given, data, uid: data.uid });
  await db.setObject(`post:${data.pid}`, post);
  const isMain = String(topic.mainPid) === String(data.pid);
  if (isMain && data.title) await db.setObjectField(`topic:${before.tid}`, "title", String(data.title).trim());
  if (isMain && Array.isArray(data.tags)) await db.setObjectField(`topic:${before.tid}`, "tags", data.tags.join(","));
  const now = String(data.sourceContent || data.content);
  if (now !== old) await db.sortedSetAdd(`post:${data.pid}:diffs`, Date.now(), JSON.stringify({ old }));
  return { ...before, ...post };
}

/** What readers get: the text as a page, a feed and a mail render it. */
export async function render({ hooks }: Room, row: Row, type = "default"): Promise<string> {
  const postData = { ...row, content: String(row.sourceContent || row.content || "") };
  return String((await hooks.fire("filter:parse.post", { postData, type })).postData.content);
}
