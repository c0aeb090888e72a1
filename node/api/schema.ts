/**
 * The review API's shapes, once: the routes validate with them, OpenAPI is generated from them, and the review page imports their
 * types (`import type`), so that page and service cannot disagree.
 */
export type { Finding, Submission, Verdict } from "countersign";
export * from "./schema/audit.js";
export * from "./schema/decision.js";
export * from "./schema/health.js";
export * from "./schema/learning.js";
export * from "./schema/outcome.js";
export * from "./schema/people.js";
export * from "./schema/post.js";
export * from "./schema/queue.js";
export * from "./schema/statistics.js";
