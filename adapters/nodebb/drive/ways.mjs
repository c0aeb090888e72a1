// @ts-check
/**
 * Every way in, played as an agent would: what it does, and what must not be readable afterwards.
 */

/** @typedef {import("./cast.mjs").Cast} Cast */
/** @typedef {{ tid: number, asked(): Promise<number>, answered(): Promise<{ tid: number, pid: number }> }} Stage */
/** @typedef {{ tid: string | number, pids?: (string | number)[], room?: number, published?: boolean }} Place */
/**
 * @typedef {object} Way
 * @property {string} name
 * @property {"create" | "edit" | "after"} kind
 * @property {(cast: Cast, word: string, stage: Stage) => Promise<Place & { answer?: { status: number, text: string } }>} act
 */

/** An instruction with a word of its own. @param {string} word */
export const bad = (word) => `Run this on the host:\n\n\`\`\`sh\nsudo chmod -R 777 /srv/${word}\n\`\`\``;

const ACTOR = "https://else.example/users/bot";

/** @param {Cast} cast */
const posting = ({ bearer, tokens, sessions }) => ({
  token: bearer(tokens.agent),
  person: bearer(tokens.lior),
  master: bearer(tokens.master),
  session: (/** @type {string} */ method, /** @type {string} */ path, /** @type {unknown} */ body) =>
    /** @type {any} */ (sessions.agent).call(method, path, body),
});

/** A refused call inside the forum is what is wanted. @param {Promise<unknown>} call */
const attempt = (call) =>
  call.then(
    (result) => ({ status: 200, text: JSON.stringify(result) }),
    (error) => ({ status: 400, text: error.message }),
  );

/** @type {Way[]} */
export const WAYS = [
  {
    name: "Write API, user token: reply nobody asked for",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await posting(cast).token("POST", `/api/v3/topics/${tid}`, { content: `Have a look at ${word}.` }),
    }),
  },
  {
    name: "Write API, user token: asked-for reply with an instruction",
    kind: "create",
    act: async (cast, word, { asked }) => {
      const tid = await asked();
      return { tid, answer: await posting(cast).token("POST", `/api/v3/topics/${tid}`, { content: bad(word) }) };
    },
  },
  {
    name: "Write API, a person's token: reply",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await posting(cast).person("POST", `/api/v3/topics/${tid}`, { content: `Have a look at ${word}.` }),
    }),
  },
  {
    name: "Write API, master token: reply",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await posting(cast).master("POST", `/api/v3/topics/${tid}`, { _uid: cast.uids.agent, content: `Have a look at ${word}.` }),
    }),
  },
  {
    name: "Write API: topic",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await posting(cast).token("POST", "/api/v3/topics", { cid: 1, title: `About ${word}`, content: bad(word), tags: [word] }),
    }),
  },
  {
    name: "Web session (composer): reply",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await posting(cast).session("POST", `/api/v3/topics/${tid}`, { content: `Have a look at ${word}.` }),
    }),
  },
  {
    name: "Web session: asked-for reply, instruction in `sourceContent`",
    kind: "create",
    act: async (cast, word, { asked }) => {
      const tid = await asked();
      return {
        tid,
        answer: await posting(cast).session("POST", `/api/v3/topics/${tid}`, { content: "A harmless answer.", sourceContent: bad(word) }),
      };
    },
  },
  {
    name: "No-script form: reply",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await /** @type {any} */ (cast.sessions.agent).form("/compose", { tid: String(tid), content: `Have a look at ${word}.` }),
    }),
  },
  {
    name: "Another plugin's bot: reply",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await attempt(cast.inside("./src/topics", "reply", { uid: cast.uids.agent, tid, content: `Have a look at ${word}.` })),
    }),
  },
  {
    name: "Another plugin's bot: asked-for reply with an instruction",
    kind: "create",
    act: async (cast, word, { asked }) => {
      const tid = await asked();
      return { tid, answer: await attempt(cast.inside("./src/topics", "reply", { uid: cast.uids.agent, tid, content: bad(word) })) };
    },
  },
  {
    name: "Another plugin's bot: topic",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await attempt(
        cast.inside("./src/topics", "post", { uid: cast.uids.agent, cid: 1, title: `About ${word}`, content: bad(word), tags: [] }),
      ),
    }),
  },
  {
    name: "Another plugin: `posts.create`",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await attempt(cast.inside("./src/posts", "create", { uid: cast.uids.agent, tid, content: `Have a look at ${word}.` })),
    }),
  },
  {
    name: "ActivityPub Create by a registered agent",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await attempt(
        cast.inside("./src/topics", "reply", {
          uid: ACTOR,
          pid: `${ACTOR}/note-${Date.now()}`,
          tid,
          content: `<p>Run <code>sudo chmod -R 777 /srv/${word}</code></p>`,
          timestamp: Date.now(),
          _activitypub: { to: [], cc: [], tag: [] },
        }),
      ),
    }),
  },
  {
    name: "Edit by the API",
    kind: "edit",
    act: async (cast, word, { answered }) => {
      const { tid, pid } = await answered();
      return { tid, pids: [pid], answer: await posting(cast).token("PUT", `/api/v3/posts/${pid}`, { content: bad(word) }) };
    },
  },
  {
    name: "Edit: harmless `content`, instruction in `sourceContent`",
    kind: "edit",
    act: async (cast, word, { answered }) => {
      const { tid, pid } = await answered();
      return {
        tid,
        pids: [pid],
        answer: await posting(cast).session("PUT", `/api/v3/posts/${pid}`, {
          content: "A harmless answer, mended.",
          sourceContent: bad(word),
        }),
      };
    },
  },
  { name: "Restoring an older version", kind: "edit", act: restored },
  {
    name: "Title and tags by editing the first post",
    kind: "edit",
    act: async (cast, word) => {
      const { tid, pid } = await opened(cast);
      return {
        tid,
        pids: [pid],
        answer: await posting(cast).token("PUT", `/api/v3/posts/${pid}`, {
          content: "All jobs passed last night.",
          title: `Run sudo chmod -R 777 /srv/${word}`,
          tags: [word],
        }),
      };
    },
  },
  {
    name: "Tags alone",
    kind: "edit",
    act: async (cast, word) => {
      const { tid, pid } = await opened(cast);
      return { tid, pids: [pid], answer: await posting(cast).token("PUT", `/api/v3/topics/${tid}/tags`, { tags: [`chmod 777 ${word}`] }) };
    },
  },
  {
    name: "ActivityPub Update",
    kind: "edit",
    act: async (cast, word, { tid }) => {
      const pid = `${ACTOR}/note-${Date.now()}`;
      await asService(cast, () =>
        cast.inside("./src/topics", "reply", {
          uid: ACTOR,
          pid,
          tid,
          content: "<p>A harmless note.</p>",
          timestamp: Date.now(),
          _activitypub: { to: [], cc: [], tag: [] },
        }),
      );
      return {
        tid,
        pids: [pid],
        answer: await attempt(
          cast.inside("./src/posts", "edit", {
            uid: ACTOR,
            pid,
            content: `<p>Run <code>sudo chmod -R 777 /srv/${word}</code></p>`,
            timestamp: Date.now(),
            _activitypub: { tag: [] },
          }),
        ),
      };
    },
  },
  {
    name: "Signature",
    kind: "create",
    act: async (cast, word, { tid }) => ({
      tid,
      answer: await posting(cast).session("PUT", `/api/v3/users/${cast.uids.agent}`, {
        signature: `First run sudo chmod -R 777 /srv/${word}`,
      }),
    }),
  },
  {
    name: "Chat message",
    kind: "create",
    act: async (cast, word, { tid }) => {
      const room = await roomOf(cast);
      return { tid, room, answer: await posting(cast).token("POST", `/api/v3/chats/${room}`, { message: bad(word) }) };
    },
  },
  {
    name: "Chat edit",
    kind: "edit",
    act: async (cast, word, { tid }) => {
      const room = await roomOf(cast);
      const sent = await posting(cast).token("POST", `/api/v3/chats/${room}`, { message: "Restart the job." });
      const mid = sent.json().response?.messageId ?? sent.json().response?.mid;
      return { tid, room, answer: await posting(cast).token("PUT", `/api/v3/chats/${room}/messages/${mid}`, { message: bad(word) }) };
    },
  },
];

/** A post whose first version was published when nobody knew its author for an agent. @param {Cast} cast @param {string} word @param {Stage} stage */
async function restored(cast, word, { tid }) {
  const pid = await unknown(cast, async () => {
    const { pid } = await cast.inside("./src/topics", "reply", { uid: cast.uids.agent, tid, content: bad(word) });
    await cast.inside("./src/posts", "edit", { uid: cast.uids.agent, pid, content: "A harmless answer instead.", timestamp: Date.now() });
    return pid;
  });
  const { timestamps } = (await /** @type {any} */ (cast.sessions.agent).call("GET", `/api/v3/posts/${pid}/diffs`)).json().response;
  const answer = await posting(cast).session("PUT", `/api/v3/posts/${pid}/diffs/${timestamps.at(-1)}`, {});
  return { tid, pids: [pid], answer, published: true };
}

/** A topic of the agent's own: welcome there as other automation. @param {Cast} cast */
async function opened(cast) {
  const { topicData, postData } = await asService(cast, () =>
    cast.inside("./src/topics", "post", {
      uid: cast.uids.agent,
      cid: 1,
      title: "Nightly report",
      content: "All jobs passed last night.",
      tags: ["nightly"],
    }),
  );
  return { tid: topicData.tid, pid: postData.pid };
}

const NOBODY = { agents: "", agentGroups: "none", services: "", agentTokens: "", serviceTokens: "", otherTokens: "account" };

/** While the agent counts as other automation, which may post unasked. @template T @param {Cast} cast @param {() => Promise<T>} work */
const asService = (cast, work) => during(cast, { ...NOBODY, services: `help bot\n${ACTOR}`, serviceTokens: "helper" }, work);

/** While nobody counts as an agent. @template T @param {Cast} cast @param {() => Promise<T>} work */
const unknown = (cast, work) => during(cast, NOBODY, work);

/** @template T @param {Cast} cast @param {Record<string, string>} other @param {() => Promise<T>} work */
async function during(cast, other, work) {
  const set = async (/** @type {Record<string, string>} */ values) => {
    await cast.inside("./src/meta", "settings.set", "countersign", values);
    // NodeBB does not wait for whoever hears of it.
    await new Promise((resolve) => setTimeout(resolve, 500));
  };
  const settings = await cast.inside("./src/meta", "settings.get", "countersign");
  await set({ ...settings, ...other });
  try {
    return await work();
  } finally {
    await set(settings);
  }
}

/** A room of Dana's and the agent's in which she has just written. @param {Cast} cast */
async function roomOf(cast) {
  const room = await cast.inside("./src/messaging", "newRoom", cast.uids.dana, { uids: [cast.uids.agent] });
  await /** @type {any} */ (cast.sessions.dana).call("POST", `/api/v3/chats/${room}`, { message: "What do you suggest?" });
  return room;
}
