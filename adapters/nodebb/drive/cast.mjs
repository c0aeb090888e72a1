// @ts-check
/**
 * Who is in the forum: Dana asks, Lior invokes an agent, Omar operates it, Mira and Milo moderate, and the agent itself.
 */
import { randomBytes } from "node:crypto";
import { clientsOf } from "./client.mjs";

const PEOPLE = { dana: "Dana", lior: "Lior", omar: "Omar", mira: "Mira", milo: "Milo", agent: "Help Bot" };

/** What a forum sets so that new accounts need not wait; the post queue is off, so what it holds was put there by the plugin. */
const CONFIG = {
  postQueue: 0,
  postDelay: 0,
  initialPostDelay: 0,
  newbiePostDelay: 0,
  newbiePostEditDuration: 0,
  "min:rep:signature": 0,
  chatMessageDelay: 0,
  newbieChatMessageDelay: 0,
  "reputation:disabled": 1,
  includeUnverifiedEmails: 1,
  sendValidationEmail: 0,
  notificationSendDelay: 1,
};

/** The plugin's settings while a forum is driven. */
const SETTINGS = {
  queue: "forum",
  agents: "help bot = omar\nhttps://else.example/users/bot = omar",
  agentGroups: "agents",
  agentTokens: "helper",
  serviceTokens: "",
  otherTokens: "agent",
  chat: "on",
  policy: "",
};

/**
 * Makes the accounts, groups and tokens, once more in a forum that has them already.
 *
 * @param {string} url
 */
export async function gather(url) {
  const { inside, session, bearer, guest } = clientsOf(url);
  for (const [key, value] of Object.entries(CONFIG)) await inside("./src/meta", "configs.set", key, value);
  if (!(await inside("./src/groups", "exists", "agents"))) await inside("./src/groups", "create", { name: "agents" });
  /** @type {Record<string, number>} */
  const uids = {};
  /** @type {Record<string, Awaited<ReturnType<typeof session>>>} */
  const sessions = {};
  for (const [key, username] of Object.entries(PEOPLE)) {
    const password = randomBytes(12).toString("hex");
    const slug = username.toLowerCase().replace(" ", "-");
    const email = `${slug}@forum.example`;
    const known = await inside("./src/user", "getUidByUserslug", slug);
    const uid = known ?? (await inside("./src/user", "create", { username, email, password }));
    await inside("./src/user", "reset.updateExpiry", uid).catch(() => undefined);
    await inside("./src/user", "setUserField", uid, "password", await inside("./src/user", "hashPassword", password));
    await inside("./src/user", "setUserFields", uid, { email, "email:confirmed": 1, passwordExpiry: 0 });
    for (const type of ["post-queue", "countersign", "new-reply"])
      await inside("./src/user", "setSetting", uid, `notificationType_${type}`, "notificationemail");
    sessions[key] = await session(username, password);
    uids[key] = uid;
  }
  await inside("./src/groups", "join", "agents", uids.agent);
  for (const key of ["mira", "milo"]) await inside("./src/groups", "join", "Global Moderators", uids[key]);
  const token = (/** @type {number | undefined} */ uid, /** @type {string} */ description) =>
    inside("./src/api", "utils.tokens.generate", { uid, description });
  const tokens = {
    agent: await token(uids.agent, "helper"),
    lior: await token(uids.lior, "script"),
    master: await token(0, "master"),
    mira: await token(uids.mira, "tools"),
  };
  await inside("./src/meta", "settings.set", "countersign", SETTINGS);
  return { url, inside, guest, uids, sessions, tokens, bearer };
}

/** @typedef {Awaited<ReturnType<typeof gather>>} Cast */
