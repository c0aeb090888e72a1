/**
 * The log in the words of security tools: what happened to a post as a Detection Finding of the Open Cybersecurity Schema Framework
 * (https://schema.ocsf.io, class 2004). Ids, codes and rule names only; never a text of a post.
 */
import type { AuditEntry } from "../api/schema.js";

/** The version of the schema these events keep to. */
export const OCSF_VERSION = "1.8.0";

const [CREATE, UPDATE, CLOSE] = [1, 2, 3] as const;
const [NEW, IN_PROGRESS, SUPPRESSED, RESOLVED, ARCHIVED] = [1, 2, 3, 4, 5] as const;

type Meaning = { activity: 1 | 2 | 3; status: number; title: string };

/** What each word of the log means; the words not here are no news of a finding. */
const MEANING: Record<string, Meaning> = {
  held: { activity: CREATE, status: NEW, title: "a post was held before anyone could act on it" },
  blocked: { activity: CREATE, status: NEW, title: "a post nobody asked for was not published" },
  flagged: { activity: CREATE, status: NEW, title: "a post was published with an instruction veiled" },
  claimed: { activity: UPDATE, status: IN_PROGRESS, title: "a moderator looks at a post" },
  released: { activity: UPDATE, status: NEW, title: "a moderator gave a post back" },
  escalated: { activity: UPDATE, status: IN_PROGRESS, title: "a post waits for a lead" },
  "approved-once": { activity: UPDATE, status: IN_PROGRESS, title: "a post has one approval and needs another" },
  undone: { activity: UPDATE, status: NEW, title: "a decision on a post was taken back" },
  approved: { activity: CLOSE, status: SUPPRESSED, title: "a moderator approved a post" },
  redacted: { activity: CLOSE, status: RESOLVED, title: "a moderator published a post without some of its parts" },
  rejected: { activity: CLOSE, status: RESOLVED, title: "a moderator rejected a post" },
  returned: { activity: CLOSE, status: RESOLVED, title: "a moderator returned a post as a draft" },
  expired: { activity: CLOSE, status: ARCHIVED, title: "nobody decided on a post in time" },
  withdrawn: { activity: CLOSE, status: ARCHIVED, title: "a post was withdrawn before it was decided on" },
};

const ACTIVITIES = { 1: "Create", 2: "Update", 3: "Close" } as const;
const STATUSES: Record<number, string> = { 1: "New", 2: "In Progress", 3: "Suppressed", 4: "Resolved", 5: "Archived" };

/** By the gate's own severity: none, low, medium, high, critical, and what could not be read at all. */
const SEVERITIES = [
  { severity_id: 1, severity: "Informational" },
  { severity_id: 2, severity: "Low" },
  { severity_id: 3, severity: "Medium" },
  { severity_id: 4, severity: "High" },
  { severity_id: 5, severity: "Critical" },
  { severity_id: 0, severity: "Unknown" },
] as const;

const UNKNOWN = SEVERITIES.length - 1;
const strings = (value: unknown): string[] => (Array.isArray(value) ? value.filter((entry) => typeof entry === "string") : []);

function findingInfo(entry: AuditEntry, title: string) {
  const rules = strings(entry.detail.rules);
  const analytic = {
    name: rules[0] ?? "countersign policy",
    type_id: 1,
    type: "Rule",
    ...(rules[0] === undefined ? {} : { uid: rules[0] }),
  };
  return { uid: entry.postId, title, analytic, modified_time: Date.parse(entry.at), ...(rules.length > 0 ? { types: rules } : {}) };
}

function metadata({ seq, hash, at, action, postId }: AuditEntry, version: string) {
  const product = { name: "Countersign", vendor_name: "Countersign", uid: "countersign", version };
  const event = { uid: hash, sequence: seq, event_code: action, correlation_uid: postId, original_time: at };
  return { version: OCSF_VERSION, product, log_name: "countersign-audit", log_provider: "countersign", ...event };
}

/**
 * An entry as a Detection Finding; undefined for one that is no news of a finding.
 *
 * @param severity the post's severity as the gate ranks it: 0 none, 1 low … 4 critical, 5 not read
 * @param version Countersign's own
 */
export function detectionFinding(entry: AuditEntry, severity: number | undefined, version: string): Record<string, unknown> | undefined {
  const meaning = Object.hasOwn(MEANING, entry.action) ? MEANING[entry.action] : undefined;
  if (meaning === undefined || entry.postId === null) return undefined;
  const { activity, status, title } = meaning;
  return {
    category_uid: 2,
    category_name: "Findings",
    class_uid: 2004,
    class_name: "Detection Finding",
    activity_id: activity,
    activity_name: ACTIVITIES[activity],
    type_uid: 200_400 + activity,
    type_name: `Detection Finding: ${ACTIVITIES[activity]}`,
    time: Date.parse(entry.at),
    ...(SEVERITIES[severity ?? UNKNOWN] ?? SEVERITIES[UNKNOWN]),
    status_id: status,
    status: STATUSES[status],
    is_alert: activity === CREATE,
    message: title,
    metadata: metadata(entry, version),
    finding_info: findingInfo(entry, title),
    actor: entry.actor === "countersign" ? { app_name: "countersign" } : { user: { uid: entry.actor } },
    resources: [{ uid: entry.postId, type: "post" }],
  };
}
