// The shapes of the review service, taken from its own schemas (types only), so that page and service cannot disagree.
import type { FieldSpan, Problem, Severity } from "../../../node/api/schema.js";

export type {
  Allowance,
  AllowRequest,
  AuditEntry,
  AuditPage,
  AuditVerification,
  BulkRequest,
  BulkResult,
  CannedReason,
  Counts,
  DecisionRequest,
  DryRunResult,
  Facets,
  FieldSpan,
  Finding,
  Moderator,
  PostDetail,
  PostEvent,
  PostPage,
  PostQuery,
  PostState,
  PostSummary,
  PostVersion,
  Problem,
  SavedView,
  Session,
  Severity,
  Spread,
  Statistics,
  Step,
  Submission,
  TryResult,
  Verdict,
} from "../../../node/api/schema.js";

/** A finding that a redaction would leave in. */
export type Remaining = { rule: string; title: string; severity: Severity; span: FieldSpan };

/** A problem of a step: `findings` are what a redaction would leave in. */
export type Refusal = Problem & { findings?: readonly Remaining[] };
