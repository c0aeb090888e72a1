/**
 * What readers would see of a post, and nothing else: NodeBB renders `sourceContent` where there is one and `content` elsewhere,
 * so both are read, and so is everything else that ends up on a page.
 */
"use strict";

const { createHash } = require("node:crypto");

/** @param {unknown} value */
const text = (value) => (value === undefined || value === null ? "" : String(value));

/** @param {unknown} tags */
function tagText(tags) {
  if (!Array.isArray(tags)) return text(tags);
  return tags.map((tag) => text(tag && typeof tag === "object" ? tag.value : tag)).join(", ");
}

/**
 * The rendered texts of a post, trimmed as NodeBB trims them.
 *
 * @param {Pick<import("./types").PostData, "content" | "sourceContent" | "title" | "tags" | "handle">} data
 * @returns {{ body: string, fields: Record<string, string> }}
 */
function rendered({ content, sourceContent, title, tags, handle }) {
  const plain = text(content).trimEnd();
  const source = text(sourceContent).trimEnd();
  const rest = { title: text(title).trim(), tags: tagText(tags), handle: text(handle) };
  const shown = source === "" ? { body: plain } : { body: source, content: plain };
  const { body, ...fields } = { ...shown, ...rest };
  return { body, fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")) };
}

/**
 * A fingerprint of rendered texts, and of where they go, that does not need the engine.
 *
 * @param {{ body: string, fields: Record<string, string> }} texts
 * @param {...unknown} place
 */
function digest({ body, fields }, ...place) {
  const parts = [body, Object.entries(fields).sort(), place.map(text)];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex");
}

/**
 * The content fields NodeBB stores for a body that was judged.
 *
 * @param {{ body: string, fields?: Record<string, string> | undefined }} post
 */
function stored({ body, fields = {} }) {
  return fields.content === undefined ? { content: body } : { content: fields.content, sourceContent: body };
}

module.exports = { rendered, digest, stored, text, tagText };
