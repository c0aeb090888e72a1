/**
 * A stand-in for `src/user`, `src/groups` and `api.utils.tokens`: accounts, memberships, API tokens.
 */
import { createHash } from "node:crypto";
import type { Core, Row, Uid } from "../lib/types.js";
import type { StandInDatabase } from "./database.js";
import type { Hooks } from "./hooks.js";

/** An account to begin with. */
export type Account = { uid: number; username: string; groups?: string[]; tokens?: Record<string, string> };

/** As NodeBB's, for the names the tests use. */
export const slugify = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}._-]+/gu, "-");

const PROFILE = ["username", "email", "fullname", "groupTitle", "birthday", "signature", "aboutme"];

/** Accounts and what belongs to them. */
export type People = Pick<Core, "user" | "groups" | "tokens">;

function groupsOf(groups: Map<string, Set<string>>): Core["groups"] {
  return {
    isMemberOfAny: async (uid, names) => names.some((name) => groups.get(name)?.has(String(uid))),
    getUserGroupMembership: async (_set, uids) =>
      uids.map((uid) => [...groups].filter(([, members]) => members.has(String(uid))).map(([name]) => name)),
    getMembersOfGroups: async (names) => names.map((name) => [...(groups.get(name) ?? [])]),
  };
}

/** Opens accounts. A token with uid 0 is a master token: it names the account in `_uid`. */
export async function createPeople(db: StandInDatabase, hooks: Hooks, accounts: readonly Account[], masterToken: string): Promise<People> {
  const groups = new Map<string, Set<string>>();
  const tokens = new Map<string, { uid: number; description: string }>([[masterToken, { uid: 0, description: "master" }]]);
  for (const { uid, username, groups: memberships = [], tokens: own = {} } of accounts) {
    await db.setObject(`user:${uid}`, { uid, username, userslug: slugify(username) });
    for (const name of memberships) groups.set(name, (groups.get(name) ?? new Set()).add(String(uid)));
    for (const [description, token] of Object.entries(own)) tokens.set(token, { uid, description });
  }
  const isIn = (name: string, uid: Uid) => groups.get(name)?.has(String(uid)) ?? false;
  const fields = async (uid: Uid): Promise<Row> => (await db.getObject(`user:${uid}`)) ?? {};
  const user: Core["user"] = {
    getUserFields: fields,
    getUsersFields: async (uids) => Promise.all(uids.map(fields)),
    getUidByUserslug: async (slug) => accounts.find(({ username }) => slugify(username) === slug)?.uid ?? null,
    isAdministrator: async (uid) => isIn("administrators", uid),
    isGlobalModerator: async (uid) => isIn("Global Moderators", uid),
    isModerator: async (uid) => isIn("Global Moderators", uid) || isIn("administrators", uid),
    async updateProfile(uid, given) {
      const { data } = await hooks.fire("filter:user.updateProfile", { uid, data: given, fields: PROFILE });
      const changed = Object.fromEntries(PROFILE.filter((field) => typeof data[field] === "string").map((field) => [field, data[field]]));
      await db.setObject(`user:${data.uid}`, changed);
    },
  };
  return {
    user,
    groups: groupsOf(groups),
    tokens: {
      get: async (token) => tokens.get(token) ?? null,
      fingerprint: (token) => createHash("sha256").update(token).digest("hex"),
    },
  };
}
