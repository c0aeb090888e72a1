/**
 * Somebody's private drafts: what an agent wrote for them and nobody asked for. They read it here, and publish it as the agent's
 * answer, under their own name, or not at all.
 */
"use strict";

/** @typedef {import("./types").HostRequest} HostRequest */
/** @typedef {import("countersign/gate").PostDetail} PostDetail */

/** What the page shows of a draft; templates escape it. @param {PostDetail} draft */
function shown({ id, contentHash, submission: { post }, thread, author, submittedAt, verdict }) {
  const why = [verdict?.request.why, ...(verdict?.findings.map(({ title }) => title) ?? [])].filter(Boolean);
  const { body, fields: { title = thread.title ?? "" } = {} } = post;
  return { id, contentHash, body, title, author: author.handle, submittedAt, why: why.join("; ") };
}

/** @param {import("./plugin").Rooms} rooms */
function createDrafts({ core, gate }) {
  const owned = (/** @type {HostRequest} */ { uid }) => String(uid);

  /** The gate, or the forum's words for its absence. */
  function open() {
    const found = gate();
    if (found === null) throw new Error("[[countersign:error.unrecorded]]");
    return found;
  }

  /** @type {Record<string, (id: string, owner: string, body: import("./types").Row) => Promise<unknown>>} */
  const steps = {
    publish: async (id, owner, { contentHash, as }) => {
      const how = as === "self" ? { as: /** @type {const} */ ("self") } : {};
      const { action, problem } = await open().drafts.publish(id, owner, { ...how, contentHash: String(contentHash) });
      return { action, detail: problem?.detail ?? null };
    },
    discard: (id, owner) => open().drafts.discard(id, owner),
    edit: async (id, owner, { body }) => ({ contentHash: (await open().drafts.edit(id, owner, String(body))).contentHash }),
  };

  return {
    /** @param {HostRequest} request @param {Parameters<import("./types").Handler>[1]} response */
    async page(request, response) {
      const drafts = open().drafts;
      const summaries = request.uid > 0 ? await drafts.list(owned(request)) : [];
      const list = await Promise.all(summaries.map(({ id }) => drafts.get(id, owned(request))));
      response.render("countersign-drafts", { title: "[[countersign:drafts.title]]", drafts: list.map(shown), loggedIn: request.uid > 0 });
    },

    /** @param {HostRequest} request @param {unknown} response */
    async step(request, response) {
      const { id = "", step = "" } = request.params;
      const take = steps[step];
      if (!(request.uid > 0) || take === undefined) return core.routes.formatApiResponse(404, response);
      try {
        return core.routes.formatApiResponse(200, response, (await take(id, owned(request), request.body)) ?? {});
      } catch (cause) {
        return core.routes.formatApiResponse(400, response, cause);
      }
    },
  };
}

module.exports = { createDrafts };
