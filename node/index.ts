/**
 * Countersign's server side, as a host forum uses it: `import { createGate } from "countersign/gate"`.
 */
export type * from "./api/host.js";
export { PROBLEMS, ProblemError, type ProblemKind, problemResponse } from "./api/problems.js";
export type * from "./api/schema.js";
export type { SubmissionInput } from "./api/wire.js";
export { discussion, jsonLdScript, type PostLd } from "./disclosure/json-ld.js";
export { type ActorType, type AiDisclosure, actorType, publicOrigin, type Terms, termsOf } from "./disclosure/terms.js";
export type { Publishing } from "./drafts/drafts.js";
export type { Refused, Reloaded } from "./engine/live.js";
export type { Engine, EngineSource } from "./engine/source.js";
export { createGate } from "./gate/gate.js";
export { contentHash } from "./gate/hash.js";
export type { KeySource, Published } from "./identity/directory.js";
export type { Identity } from "./identity/identify.js";
export { jsonLogger, type Logger } from "./log.js";
export { openPostgres, type PostgresConfig } from "./store/postgres.js";
export { openSqlite } from "./store/sqlite.js";
export { type Store, StoreError } from "./store/store.js";
