/**
 * The checklist for a host, as a program: `import { tryHost } from "countersign/testkit"`.
 */
export type { Role, Scenario } from "./scenarios.js";
export { type Coverage, type Host, type Made, type NewPost, type Result, tryHost } from "./testkit.js";
