// @ts-check
/**
 * An engine by script, for tests of the gate: it finds `chmod -R 777` and `AdministratorAccess`, believes mentions and grants, and
 * on demand hangs, traps or takes its time. The gate's tests are about the gate; the real engine has its own.
 */
import { createHash } from "node:crypto";

/** @typedef {import("countersign").Submission} Submission */

const VERSION = { version: "test", pack: "test", policy: "test" };
const ACTS = {
  HANG: () => {
    for (;;);
  },
  TRAP: () => {
    throw new Error("unreachable");
  },
  SLOW: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60),
  EXIT: () => process.exit(7),
};

/** @param {Submission["post"]} post */
function hash(post) {
  const digest = createHash("sha256");
  for (const [name, text] of Object.entries({ ...post.fields, body: post.body }).sort())
    digest.update(`${name}\0${Buffer.byteLength(text)}\0${text}\0`);
  return `sha256-${digest.digest("hex")}`;
}

/** @param {Submission} submission @returns {import("countersign").Request} */
function request({ post, thread, grants = [] }) {
  if (post.author.kind !== "agent") return { status: "not-applicable", why: "the author is not an agent" };
  const [grant] = grants;
  if (grant) return { status: "requested", via: "grant", by: grant.by, why: `granted by ${grant.by}` };
  const asked = thread?.posts?.find(({ body }) => body.includes(`@${post.author.handle ?? post.author.id}`));
  if (asked) return { status: "requested", via: "mention", by: asked.author, post: asked.id, why: `asked by ${asked.author}` };
  return { status: "unrequested", why: "nobody in this thread asked this agent" };
}

/** @param {string} body @returns {import("countersign").Finding[]} */
function findings(body) {
  const match = /chmod -R 777|AdministratorAccess/.exec(body);
  if (!match) return [];
  const [excerpt] = match;
  /** @type {import("countersign").Severity} */
  const severity = excerpt.startsWith("chmod") ? "critical" : "high";
  const place = { field: "body", span: { start: match.index, end: match.index + excerpt.length }, excerpt, decoded: [] };
  const words = { title: "opens a folder to everyone", why: "everyone gains control", safer: "name the one who needs it" };
  const rule = {
    rule: "shell/chmod-world",
    category: "files",
    direction: /** @type {const} */ ("widens"),
    severity: severity,
  };
  return [{ ...rule, ...place, ...words, stance: "advises", references: [], fingerprint: "0123456789abcdef" }];
}

/** @param {boolean} agent @param {boolean} asked @param {boolean} found @returns {import("countersign").Verdict["action"]} */
function decide(agent, asked, found) {
  if (!agent) return found ? "flag" : "publish";
  if (!asked) return "block";
  return found ? "hold" : "label";
}

/** The agent `helper`, with the origin a policy names for it. @param {string | undefined} policy @returns {import("countersign").Agent[]} */
function signing(policy) {
  const signatureAgent = /signature_agent = "(.+)"/.exec(policy ?? "")?.[1];
  return signatureAgent === undefined ? [] : [{ id: "helper", signatureAgent }];
}

/** @param {import("countersign").Setup} [setup] */
export async function loadEngine({ policy } = {}) {
  if (policy?.includes("strictnes ")) throw new Error("unknown key `strictnes`: did you mean `strictness`?");
  if (policy?.includes("die")) process.exit(9);
  return {
    version: () => VERSION,
    agents: () => [
      { id: "registered", handles: [], apps: ["registered-app"], operator: "olga", signatureAgent: "https://agent.example" },
      ...signing(policy),
    ],
    /** @param {Submission} submission @returns {import("countersign").Answer} */
    check(submission) {
      const { post } = submission;
      for (const [word, act] of Object.entries(ACTS)) if (post.body.includes(word)) act();
      const agent = post.author.kind === "agent";
      const asked = request(submission);
      const found = policy?.includes("blind") ? [] : findings(post.body);
      const action = decide(agent, asked.status === "requested", found.length > 0);
      const origin = {
        label: agent ? /** @type {const} */ ("agent") : /** @type {const} */ ("human"),
        basis: /** @type {const} */ ("declared"),
        evidence: [],
      };
      const approvals = policy?.includes("two_person") && action === "hold" ? { approvals: 2 } : {};
      const reasons = [{ code: `test/${action}`, message: `the test engine says ${action}` }];
      return {
        verdict: {
          action,
          reasons,
          origin,
          request: asked,
          findings: found,
          mentions: [],
          contentHash: hash(post),
          ...approvals,
          engine: VERSION,
        },
      };
    },
  };
}
