// @ts-check
/**
 * Everything through which somebody could read a text: pages, APIs, raw, feeds, search, other people's notifications, mail, federation.
 */

/** @typedef {import("./cast.mjs").Cast} Cast */

/** Who else could be shown it; moderators look into the queue and the desk, which are for them. */
const READERS = ["dana", "lior", "omar"];

/**
 * Where a text can be read.
 *
 * @param {Cast} cast
 * @param {string} word a word of the text that is nowhere else
 * @param {{ tid: string | number, pids?: (string | number)[], cid?: number }} place
 * @returns {Promise<string[]>} the names of the readers that show it
 */
export async function whereRead(cast, word, { tid, pids = [], cid = 1 }) {
  const { guest, sessions, uids, inside } = cast;
  /** @type {[string, () => Promise<string>][]} */
  const readers = [
    ["page", async () => (await guest(`/topic/${tid}`)).text],
    ["topic API", async () => (await guest(`/api/topic/${tid}`)).text],
    ["topic feed", async () => (await guest(`/topic/${tid}.rss`)).text],
    ["category", async () => (await guest(`/api/category/${cid}`)).text],
    ["category feed", async () => (await guest(`/category/${cid}/recentposts.rss`)).text],
    ["recent", async () => (await guest("/api/recent")).text],
    ["recent feed", async () => (await guest("/recentposts.rss")).text],
    ["agent's posts", async () => (await guest("/api/user/help-bot/posts")).text],
    [
      "search",
      async () =>
        (await sessions.dana?.get(`/api/search?term=${word}&in=titlesposts`))?.text
          .replaceAll(`term=${word}`, "")
          .replaceAll(`"${word}"`, "") ?? "",
    ],
    ["tags", async () => (await guest("/api/tags")).text],
    ["mail", async () => JSON.stringify(await inside("mails", ""))],
    ...READERS.map(
      (name) =>
        /** @type {[string, () => Promise<string>]} */ ([
          `${name}'s notifications`,
          async () => (await sessions[name]?.get("/api/notifications"))?.text ?? "",
        ]),
    ),
    ...["mira", "milo"].map(
      (name) =>
        /** @type {[string, () => Promise<string>]} */ ([
          `${name}'s notifications`,
          async () => (await sessions[name]?.get("/api/notifications"))?.text ?? "",
        ]),
    ),
    ...pids.flatMap(
      (pid) =>
        /** @type {[string, () => Promise<string>][]} */ ([
          ["post API", async () => (await sessions.dana?.get(`/api/v3/posts/${encodeURIComponent(pid)}`))?.text ?? ""],
          ["raw", async () => (await sessions.dana?.get(`/api/v3/posts/${encodeURIComponent(pid)}/raw`))?.text ?? ""],
          ["federated note", async () => (await guest(`/post/${encodeURIComponent(pid)}`, { accept: "application/activity+json" })).text],
        ]),
    ),
    ["signature", async () => JSON.stringify(await inside("./src/user", "getUserField", uids.agent, "signature"))],
  ];
  const shown = await Promise.all(readers.map(async ([name, look]) => ((await look()).includes(word) ? name : null)));
  return [...new Set(shown.filter((name) => name !== null))];
}
