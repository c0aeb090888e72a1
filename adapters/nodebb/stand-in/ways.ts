/**
 * The ways into the forum, as its own routes take them: who calls is known to each hook exactly as far as NodeBB lets it be.
 */
import type { EditData, PostData, Row, Uid } from "../lib/types.js";
import { type Forum, MASTER } from "./forum.js";
import { updateTags } from "./posts.js";

/** Who makes a request: a signed-in account, or the bearer of a token (and, of a master token, whom it acts for). */
export type Who = { session: number } | { token: string; as: number };

/** A token that may act for anybody, acting for one. */
export const master = (as: number): Who => ({ token: MASTER, as });

const uidOf = (who: Who) => ("session" in who ? who.session : who.as);

/** A request as `buildReqObject` copies it: without cookies, with the bearer token and the CSRF token. */
function requestOf(who: Who, originalUrl: string, body: Row) {
  const headers: Record<string, string> = { host: "forum.example", "user-agent": "test" };
  if ("token" in who) headers.authorization = `Bearer ${who.token}`;
  const req: Row & { headers: Record<string, string> } = {
    uid: uidOf(who),
    headers,
    session: { csrfToken: "csrf-0000-secret" },
    originalUrl,
  };
  // What the storage knows of a request is alive: it may lead back to itself.
  return Object.assign(req, { body: { ...body, req } });
}

/** Everything a client, another plugin or another server can do. */
export function waysInto(forum: Forum) {
  const { hooks, core, queue, db } = forum;
  const room = { db, hooks };
  /** The storage knows the bearer of a token as nobody. */
  const within = <T>(who: Who, url: string, body: Row, work: (req: ReturnType<typeof requestOf>) => Promise<T>): Promise<T> => {
    const req = requestOf(who, url, body);
    return hooks.requests.run({ uid: "session" in who ? who.session : -1, req }, () => work(req));
  };
  const posting = (who: Who, url: string, body: Row, make: (data: PostData) => Promise<unknown>) =>
    within(who, url, body, async (req) => {
      const data: PostData = { ...body, uid: uidOf(who), req, ip: "192.0.2.1", timestamp: Date.now(), fromQueue: false };
      return (await queue.shouldQueue(uidOf(who), data)) ? queue.addToQueue(data) : make(data);
    });
  const editing = (who: Who, pid: Uid, body: Row) =>
    within(who, `/api/v3/posts/${pid}`, body, (req) => core.posts.edit({ ...body, pid, uid: uidOf(who), req } as EditData));
  return {
    /** `POST /api/v3/topics/:tid`, the composer and quick reply. */
    reply: (who: Who, tid: Uid, body: Row) => posting(who, `/api/v3/topics/${tid}`, { ...body, tid }, core.topics.reply),
    /** `POST /api/v3/topics`. */
    topic: (who: Who, body: Row) => posting(who, "/api/v3/topics", body, core.topics.post),
    /** `POST /compose` without scripts: the raw request, which refers to itself, and no address. */
    compose: (uid: number, tid: Uid, content: string) =>
      within({ session: uid }, "/compose", { tid, content }, async (plain) => {
        const req: Row = { ...plain };
        req.res = { req };
        const data = { uid, req, timestamp: Date.now(), content, fromQueue: false, tid } as unknown as PostData;
        return (await queue.shouldQueue(uid, data)) ? queue.addToQueue(data) : core.topics.reply(data);
      }),
    edit: editing,
    /** Restores the version before the last edit: an edit without anything but content. */
    async restore(who: Who, pid: Uid) {
      const [newest] = await db.getSortedSetRevRange(`post:${pid}:diffs`, 0, 0);
      return editing(who, pid, { content: JSON.parse(newest ?? "{}").old });
    },
    tags: (who: Who, tid: Uid, tags: string[]) => within(who, `/api/v3/topics/${tid}/tags`, { tags }, () => updateTags(room, tid, tags)),
    profile: (who: Who, body: Row) =>
      within(who, `/api/v3/users/${uidOf(who)}`, body, () => core.user.updateProfile(uidOf(who), { ...body, uid: uidOf(who) })),
    chat: (who: Who, roomId: Uid, content: string) =>
      within(who, `/api/v3/chats/${roomId}`, { message: content }, () => core.messaging.addMessage({ uid: uidOf(who), roomId, content })),
    chatEdit: (who: Who, roomId: Uid, mid: Uid, content: string) =>
      within(who, `/api/v3/chats/${roomId}/messages/${mid}`, { message: content }, () =>
        core.messaging.editMessage(uidOf(who), mid, roomId, content),
      ),
    editQueued: (id: string, change: Row) => queue.editQueued(id, change),
    look: (uid: number) => queue.page(uid),
    accept: (uid: number, id: string) => within({ session: uid }, `/api/v3/posts/queue/${id}`, {}, () => queue.submitFromQueue(id)),
    /** The same with a token: nobody, as far as hooks can tell. */
    acceptByToken: (token: string, id: string) =>
      within({ token, as: 1 }, `/api/v3/posts/queue/${id}`, {}, () => queue.submitFromQueue(id)),
    reject: (uid: number, id: string) => within({ session: uid }, `/api/v3/posts/queue/${id}`, {}, () => queue.removeFromQueue(id)),
    /** Another plugin answers within somebody's request: no `req`, no queue hook. */
    bot: (uid: number, tid: Uid, content: string, during?: Who) => {
      const answer = () => core.topics.reply({ uid, tid, content });
      return during ? within(during, "/", {}, answer) : answer();
    },
    /** ActivityPub `Create`: ids are addresses, the content is HTML, a refused note is dropped without a word. */
    note: (actor: string, tid: Uid, content: string, pid = `${actor}/notes/${Date.now()}`) =>
      core.topics.reply({ uid: actor, pid, tid, content, timestamp: Date.now(), _activitypub: { to: [], cc: [] } }).catch(() => null),
    /** ActivityPub `Update`: an edit without a request. */
    update: (actor: string, pid: string, content: string) => core.posts.edit({ uid: actor, pid, content, _activitypub: {} } as EditData),
  };
}
