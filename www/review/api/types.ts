// The shapes of the review service, taken from its own schemas (types only), so that page and service cannot disagree.
export type {
  AuditEntry,
  Counts,
  Finding,
  Moderator,
  PostDetail,
  PostEvent,
  PostPage,
  PostState,
  PostSummary,
  Problem,
  Session,
  Severity,
  Step,
  Submission,
  Verdict,
} from "../../../node/api/schema.js";
