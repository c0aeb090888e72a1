/**
 * A stand-in for `src/posts/queue.js`: what is diverted, stored, told to moderators, edited without a hook, and published.
 */
import type { Core, PostData, QueueItem, Row } from "../lib/types.js";
import type { Room } from "./posts.js";

type Needs = Room & { topics: Core["topics"]; notifications: Core["notifications"]; moderators(): Promise<string[]> };

const typeOf = (data: PostData): QueueItem["type"] => {
  if (Object.hasOwn(data, "crosspostCid")) return "crosspost";
  if (Object.hasOwn(data, "tid")) return "reply";
  if (Object.hasOwn(data, "cid")) return "topic";
  throw new Error("[[error:invalid-type]]");
};

/** What the queue offers beyond what the plugin uses: the forum's own routes. */
export type StandInQueue = Pick<Core["posts"], "addToQueue" | "getFromQueue" | "submitFromQueue" | "removeFromQueue"> & {
  shouldQueue(uid: number, data: PostData): Promise<boolean>;
  /** `PUT /posts/queue/:id`: the author's, or a moderator's, and no hook fires. */
  editQueued(id: string, change: Row): Promise<void>;
  /** The page a moderator looks at. */
  page(uid: number): Promise<(QueueItem & Row)[]>;
  list(): Promise<string[]>;
};

/** Opens the queue; as in a fresh forum it is switched off, so only plugins divert to it. */
export function createQueue({ db, hooks, topics, notifications, moderators }: Needs): StandInQueue {
  let counter = 0;
  const parsed = async (id: string): Promise<QueueItem | null> => {
    const row = await db.getObject(`post:queue:${id}`);
    if (!row) return null;
    return { ...(row as unknown as QueueItem), data: { ...JSON.parse(String(row.data)), fromQueue: true } };
  };
  const drop = async (id: string) => {
    await notifications.rescind([`post-queue-${id}`]);
    await db.sortedSetRemove("post:queue", id);
    await db.delete(`post:queue:${id}`);
  };
  const tell = async (id: string, type: string, data: PostData) => {
    const bodyLong = type === "reply" ? String(data.sourceContent || data.content) : String(data.title);
    const created = await notifications.create({ type: "post-queue", nid: `post-queue-${id}`, bodyLong, path: `/post-queue/${id}` });
    const content = String(data.sourceContent || data.content);
    if (created) await notifications.push({ ...created, content, topic: { title: data.title, tid: data.tid } }, await moderators());
  };
  return {
    shouldQueue: async (uid, data) => (await hooks.fire("filter:post.shouldQueue", { shouldQueue: false, uid, data })).shouldQueue,
    async addToQueue(data) {
      const type = typeOf(data);
      counter += 1;
      const id = `${type}-${Date.now()}${counter}`;
      const { req: _gone, ...payload } = (await hooks.fire("filter:post-queue.save", { id, uid: data.uid, type, data })).data;
      await db.sortedSetAdd("post:queue", Date.now(), id);
      await db.setObject(`post:queue:${id}`, { id, uid: data.uid, type, data: JSON.stringify(payload) });
      await tell(id, type, payload as PostData);
      return { id, type, queued: true };
    },
    getFromQueue: parsed,
    async submitFromQueue(id) {
      const item = await parsed(id);
      if (!item) return null;
      const { data } = await hooks.fire("filter:post-queue:submitFromQueue", { data: item });
      const made = data.type === "topic" ? (await topics.post(data.data)).postData : await topics.reply(data.data);
      await drop(id);
      await hooks.fire("action:post-queue:submitFromQueue", { data });
      return made;
    },
    async removeFromQueue(id) {
      const data = await parsed(id);
      if (!data) return null;
      await hooks.fire("filter:post-queue:removeFromQueue", { data });
      await drop(id);
      return data;
    },
    async editQueued(id, change) {
      const item = await parsed(id);
      if (item) await db.setObjectField(`post:queue:${id}`, "data", JSON.stringify({ ...item.data, ...change }));
    },
    list: () => db.getSortedSetRange("post:queue", 0, -1),
    async page(uid) {
      const items = await Promise.all((await db.getSortedSetRange("post:queue", 0, -1)).map(parsed));
      const posts = items.flatMap((item) =>
        item ? [{ ...item, data: { ...item.data, content: item.data.sourceContent || item.data.content } }] : [],
      );
      const shown = await hooks.fire("filter:post-queue.get", { posts, req: { uid } });
      return shown.posts as (QueueItem & Row)[];
    },
  };
}
