/**
 * A stand-in for NodeBB, NOT NodeBB: it fires the hooks of version 4.15 with the payloads, order and omissions measured on a running
 * one, so that the plugin can be tried where NodeBB itself cannot be fetched. `README.md` names the facts it reproduces.
 */
import type { Core, PostData, Row, Uid } from "../lib/types.js";
import plugin from "../plugin.json" with { type: "json" };
import { createDatabase } from "./database.js";
import { Hooks } from "./hooks.js";
import { type Account, createPeople, slugify } from "./people.js";
import { create, createTopics, edit, type Room, render } from "./posts.js";
import { createQueue } from "./queue.js";
import { createMessaging, createNotifications, type Mail } from "./tell.js";
import { createTranslator } from "./translator.js";

/** The token that may act for anybody. */
export const MASTER = "master-0000-secret";

/** A running stand-in. */
export type Forum = Awaited<ReturnType<typeof startForum>>;

/** The methods of the plugin's library, by the names in `plugin.json`. */
export type Library = Record<string, unknown>;

/** Registers a library's methods as `plugin.json` says; a name without a method is an error, where NodeBB only warns. */
function register(hooks: Hooks, library: Library) {
  for (const { hook, method, priority = 10 } of plugin.hooks as { hook: string; method: string; priority?: number }[]) {
    const found = library[method];
    if (typeof found !== "function")
      throw new Error(`\`plugin.json\` names \`${method}\` for \`${hook}\`, which the library does not have`);
    hooks.register(hook, (payload) => found(payload), priority);
  }
}

/** Everything anybody may read of a post or a topic, one text: page, API, raw, feed, list. */
async function visible(room: Room): Promise<string> {
  const { db, hooks } = room;
  const pids = await db.getSortedSetRange("posts:pid", 0, -1);
  const tids = await db.getSortedSetRange("topics:tid", 0, -1);
  const rows = (await db.getObjects(pids.map((pid) => `post:${pid}`))).filter(
    (row) => row !== null && String(row.deleted) !== "1",
  ) as Row[];
  const { posts } = await hooks.fire("filter:post.getPostSummaryByPids", { posts: structuredClone(rows), uid: 0 });
  const pages = await Promise.all(rows.map((row) => render(room, row)));
  const topics = await db.getObjects(tids.map((tid) => `topic:${tid}`));
  return [...pages, JSON.stringify(posts), ...rows.map((row) => String(row.sourceContent || row.content)), JSON.stringify(topics)].join(
    "\n",
  );
}

/**
 * Starts a forum with accounts, and with the plugin when a library is given.
 *
 * @param accounts who is there
 * @param build makes the plugin's library from NodeBB's modules
 */
export async function startForum(accounts: readonly Account[], build?: (core: Core) => Library, config: Record<string, unknown> = {}) {
  const hooks = new Hooks();
  const db = createDatabase();
  const room: Room = { db, hooks };
  const mails: Mail[] = [];
  const logged: string[] = [];
  const people = await createPeople(db, hooks, accounts, MASTER);
  const topics = createTopics(room);
  const notifications = createNotifications(room, mails);
  const moderators = async () => (await people.groups.getMembersOfGroups(["administrators", "Global Moderators"])).flat();
  const queue = createQueue({ ...room, topics, notifications, moderators });
  const messaging = createMessaging(room);
  const routes = new Map<string, unknown>();
  const saved = new Map<string, Row>();
  const core: Core = {
    ...people,
    db,
    topics,
    notifications,
    messaging,
    posts: {
      ...queue,
      getPostData: (pid) => db.getObject(`post:${pid}`),
      getPostsFields: async (pids) => (await db.getObjects(pids.map((pid) => `post:${pid}`))).filter((row) => row !== null),
      edit: (data) => edit(room, data),
      delete: (pid) => db.setObjectField(`post:${pid}`, "deleted", 1),
      clearCachedPost: () => undefined,
    },
    settings: {
      get: async (hash) => ({ ...saved.get(hash) }),
      async set(hash, values) {
        saved.set(hash, values);
        await hooks.fire("action:settings.set", { plugin: hash, settings: values });
      },
    },
    translator: createTranslator(new URL("../languages/en-GB/countersign.json", import.meta.url)),
    routes: {
      setupPageRoute: (_router, path, controller) => routes.set(`GET ${path}`, controller),
      setupAdminPageRoute: (_router, path, controller) => routes.set(`GET ${path}`, controller),
      setupApiRoute: (_router, verb, path, _middlewares, controller) => routes.set(`${verb.toUpperCase()} ${path}`, controller),
      formatApiResponse: (status, _response, payload) => ({ status, payload }),
    },
    published: () => undefined,
    mocks: { actors: { user: async (uid) => ({ id: String(uid), type: "Person" }) } },
    nconf: { get: (key) => config[key] },
    meta: { config: {} },
    slugify,
    log: { warn: (line) => logged.push(line), error: (line) => logged.push(line) },
  };
  const library = build?.(core) ?? {};
  const router = { use: (handler: unknown) => routes.set("use", handler) };
  if (build) {
    register(hooks, library);
    await hooks.fire("static:app.load", { router });
    await hooks.fire("static:api.routes", { router, middleware: { ensureLoggedIn: null } });
  }
  return {
    core,
    db,
    hooks,
    queue,
    messaging,
    mails,
    logged,
    routes,
    library,
    visible: () => visible(room),
    createPost: (data: PostData) => create(room, data),
    createTopic: (data: PostData) => topics.create(data),
    render: (pid: Uid, type?: string) => db.getObject(`post:${pid}`).then((row) => render(room, row ?? {}, type)),
  };
}
