/**
 * What is said of a published post, in public and on the server: in its text, in lists, feeds, mails and federation, and in the API
 * under a key of its own. Only what is verified or declared is said.
 *
 * Kept under `countersign:post:<pid>`: anything added to NodeBB's own `post:<pid>` would be public and would stay.
 */
"use strict";

const keys = require("./keys");

/** @typedef {import("./types").Uid} Uid */
/** @typedef {import("./types").Row} Row */
/** @typedef {import("./types").Ruling} Ruling */
/** @typedef {import("./types").Label} Label */

/** @param {Row | null | undefined} row @returns {Label | null} */
function labelOf(row) {
  if (!row?.origin) return null;
  const { origin, basis, disclosure, digitalSourceType, requestedBy } = /** @type {Record<string, string>} */ (row);
  const said = { origin, basis, disclosure, digitalSourceType, requestedBy };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value));
  return /** @type {Label} */ ({ ...given, flagged: String(row.flagged) === "true", cleared: String(row.cleared) === "true" });
}

/** @param {import("./plugin").Rooms} rooms */
function createLabels({ core, terms, agents, asHtml }) {
  const { db, posts, translator } = core;
  const t = (/** @type {string} */ key, /** @type {string[]} */ ...values) =>
    translator.translate(values.length > 0 ? translator.compile(`countersign:${key}`, ...values) : `[[countersign:${key}]]`);

  /** Who wrote it, as much as may be said; null when that is nothing. @param {Ruling} ruling */
  function originOf({ outcome, verdict = outcome?.verdict, kind }) {
    const known = { label: /** @type {const} */ ("agent"), basis: /** @type {const} */ ("verified"), evidence: [] };
    const origin = verdict ? terms.publicOrigin(verdict.origin) : kind === "agent" ? known : null;
    return origin === null || origin.basis === "none" || origin.label === "human" ? null : origin;
  }

  /** @param {Ruling} ruling @returns {Label | null} */
  function made(ruling) {
    const { action, outcome, verdict = outcome?.verdict, cleared = false } = ruling;
    const flagged = action === "flag";
    const origin = originOf(ruling);
    if (origin === null) return flagged ? { origin: "unknown", basis: "none", flagged, cleared } : null;
    const request = verdict?.request ?? { status: /** @type {const} */ ("unrequested"), why: "" };
    const words = terms.termsOf({ origin, request }, cleared);
    const said = words === null ? {} : { disclosure: words.disclosure, digitalSourceType: words.digitalSourceType[0] };
    const by = request.by === undefined ? {} : { requestedBy: request.by };
    return { origin: origin.label, basis: origin.basis, ...said, ...by, flagged, cleared };
  }

  /** @param {Uid} pid @param {Label | null} label @param {string | null} postId */
  async function keep(pid, label, postId) {
    if (label === null) return;
    await db.setObject(keys.label(pid), { ...label });
    await db.sortedSetAdd(keys.LABELS, Date.now(), String(pid));
    if (label.flagged && postId !== null) await db.setObjectField(keys.FLAGS, postId, String(pid));
    posts.clearCachedPost(pid);
  }

  /** @param {Label} label */
  async function sentences({ origin, disclosure, requestedBy, flagged, cleared }) {
    const asker = requestedBy === undefined ? undefined : (await core.user.getUserFields(requestedBy, ["username"])).username;
    const who = disclosure === undefined && origin !== "service" ? [] : [await t(`label.${origin}`)];
    const asked = asker ? [await t("label.requested", String(asker))] : [];
    return [...who, ...asked, ...(cleared ? [await t("label.cleared")] : []), ...(flagged && !cleared ? [await t("label.flagged")] : [])];
  }

  /** @param {Label} label @param {string} type */
  async function badge(label, type) {
    const said = (await sentences(label)).join(" · ");
    if (said === "") return "";
    if (type === "plaintext") return `${said}\n\n`;
    if (type === "markdown") return `*${said}*\n\n`;
    const data = label.disclosure ? ` data-ai-disclosure="${asHtml(label.disclosure)}"` : "";
    return `<p class="countersign-label${label.flagged && !label.cleared ? " countersign-flagged" : ""}"${data}>${asHtml(said)}</p>\n`;
  }

  /** @template {{ posts: Row[] }} T @param {T} payload */
  async function postFields(payload) {
    const shown = payload.posts.filter((post) => post?.pid && post.countersign === undefined);
    const rows = await db.getObjects(shown.map(({ pid }) => keys.label(/** @type {Uid} */ (pid))));
    for (const [place, post] of shown.entries()) {
      const label = labelOf(rows[place]);
      if (label !== null) post.countersign = label;
    }
    return payload;
  }

  return {
    /** Keeps what a post is published as. @param {Uid} pid @param {Ruling} ruling */
    save: (pid, ruling) => keep(pid, made(ruling), ruling.postId),

    /** An edit does not take away what was said of the post: an agent's words stay in it. @param {Uid} pid @param {Ruling} ruling */
    async edited(pid, ruling) {
      const [before, after] = [labelOf(await db.getObject(keys.label(pid))), made(ruling)];
      if (before === null) return keep(pid, after, ruling.postId);
      const { flagged = false, cleared = false } = after ?? {};
      return keep(pid, { ...before, flagged, cleared }, ruling.postId);
    },

    /** The post a flagged record is about. @param {string} postId */
    flaggedPid: async (postId) => /** @type {string | null} */ (await db.getObjectField(keys.FLAGS, postId)),

    /** A moderator has cleared a flagged post. @param {string} pid */
    async clear(pid) {
      const label = labelOf(await db.getObject(keys.label(pid)));
      if (label !== null) await keep(pid, { ...label, cleared: true }, null);
    },

    /** @param {{ postData: Row, type?: string }} payload */
    async badge(payload) {
      const { postData, type = "default" } = payload;
      const label = postData?.pid ? labelOf(await db.getObject(keys.label(/** @type {Uid} */ (postData.pid)))) : null;
      if (label !== null) postData.content = `${await badge(label, type)}${postData.content ?? ""}`;
      return payload;
    },

    /** The label of each post, for the API and for themes. @param {{ posts: Row[] }} payload */
    postFields,

    /** Whole posts; whoever asks for single fields is asking for something else. @param {{ posts: Row[], fields: string[] }} payload */
    wholePosts: async (payload) => (payload.fields.length === 0 ? postFields(payload) : payload),

    /** @param {{ profile: { content: string }[], uid: Uid }} payload */
    async profileBadge(payload) {
      const kind = await agents().kindOf(payload.uid);
      if (kind !== "agent" && kind !== "service") return payload;
      const content = `<span class="countersign-author">${asHtml(await t(`author.${kind}`))}</span>`;
      return { ...payload, profile: [...payload.profile, { content }] };
    },

    /** @param {{ object: Row, post: Row }} payload */
    async note(payload) {
      const label = labelOf(await db.getObject(keys.label(/** @type {Uid} */ (payload.post?.pid))));
      const type = label?.origin === "agent" ? "Application" : label?.origin === "service" ? "Service" : null;
      if (type !== null) payload.object.generator = { type, name: await t(`author.${label?.origin}`) };
      return payload;
    },

    /** An account's ActivityPub document, with the type of actor it is. @param {Row} actor @param {Uid} uid */
    async actor(actor, uid) {
      const kind = await agents().kindOf(uid);
      return kind === "agent" ? { ...actor, type: "Application" } : kind === "service" ? { ...actor, type: "Service" } : actor;
    },

    /** @param {{ posts: Row[] }} payload */
    async purged({ posts: gone }) {
      const pids = gone.map(({ pid }) => String(pid));
      await db.deleteAll(pids.map(keys.label));
      await db.sortedSetRemove(keys.LABELS, pids);
    },
  };
}

module.exports = { createLabels };
