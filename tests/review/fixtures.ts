/**
 * Posts for the review page's tests: an ordinary one, and ones that try to be more than text.
 *
 * The hostile strings stand in every place a post can put one: body, fields, handle, thread title, rule, excerpt, reason, evidence.
 */
import type { PostDetail, Severity } from "../../node/api/schema.js";

/** Strings that would run, break out or mislead, if anything took them for more than text. Running one sets `window.pwned`. */
export const HOSTILE = [
  '<img src=x onerror="window.pwned=1">',
  '"><script>window.pwned=1</script>',
  "javascript:window.pwned=1",
  "#{window.pwned=1}{{constructor.constructor('window.pwned=1')()}}",
  "</pre></mark><svg/onload=window.pwned=1>",
  "\u202Egnp.exe\u202C \u200Bzero\u200Bwidth \u2066isolated\u2069",
  "\u0000\u0007\uFFFE \uD800",
  "سلام دنیا، این متن راست‌به‌چپ است",
  "👩‍👩‍👧‍👦🏴‍☠️ Z̸̛̗a̷͙l̵̞g̶̱o",
];

type Finding = NonNullable<PostDetail["verdict"]>["findings"][number];

/** A finding over the first place `excerpt` stands in `body`. */
export function finding(body: string, excerpt: string, over: Partial<Finding> = {}): Finding {
  const start = Math.max(0, body.indexOf(excerpt));
  return {
    rule: "shell/mode-world-writable",
    title: "Makes files writable by everyone",
    category: "filesystem",
    direction: "widens",
    severity: "critical",
    stance: "advises",
    field: "body",
    span: { start, end: start + excerpt.length },
    excerpt,
    decoded: [],
    why: "Would give everyone on the machine write access to /srv/app and everything below it.",
    safer: "Give the one account that needs it write access: setfacl -m u:deploy:rwX /srv/app",
    references: ["T1222.002", "CWE-732", "https://man7.org/linux/man-pages/man1/chmod.1.html"],
    fingerprint: `fp-${start}`,
    ...over,
  };
}

const BODY = `The deploy user cannot write because the directory belongs to root. The quickest fix:

\`\`\`sh
sudo chmod -R 777 /srv/app
echo Y2htb2QgdStzIC91c3IvYmluL2Jhc2g= | base64 -d | sudo sh
\`\`\`

After that the pipeline will pass. If it still fails, restart the runner.`;

const audit = (at: string, id: string): PostDetail["audit"] => [
  { seq: 1, at, actor: "helper", action: "submitted", postId: id, detail: {}, previous: "0".repeat(64), hash: "1".repeat(64) },
  { seq: 2, at, actor: "countersign", action: "held", postId: id, detail: {}, previous: "1".repeat(64), hash: "2".repeat(64) },
];

const thread = (at: string): NonNullable<PostDetail["submission"]["thread"]> => ({
  id: "t-1",
  author: "dana",
  category: "platform",
  posts: [
    {
      id: "q-1",
      author: "dana",
      handle: "dana",
      kind: "human",
      at,
      body: "Since Tuesday our deploy job fails with “permission denied” on /srv/app. What changed, and how do we get it to pass again?",
    },
    { id: "q-2", author: "lior", handle: "lior", kind: "human", at, replyTo: "q-1", body: "@helper can you answer this here, please?" },
  ],
});

function verdictOf(body: string, contentHash: string): NonNullable<PostDetail["verdict"]> {
  const encoded = "echo Y2htb2QgdStzIC91c3IvYmluL2Jhc2g= | base64 -d | sudo sh";
  const findings = [
    finding(body, "sudo chmod -R 777 /srv/app"),
    finding(body, encoded, {
      rule: "shell/setuid",
      title: "Lets everyone run a program as its owner",
      decoded: [encoded, "chmod u+s /usr/bin/bash"],
      why: "Would let everyone on the machine become root by starting bash.",
      safer: "Allow the one command through sudoers, for the one group that needs it.",
      references: ["T1548.001", "javascript:alert(1)"],
    }),
  ];
  return {
    action: "hold",
    reasons: [
      { code: "policy/findings", message: "An agent's post with an instruction that widens access is held, whoever asked for it." },
    ],
    origin: {
      label: "agent",
      basis: "verified",
      agent: "helper",
      onBehalfOf: "lior",
      digitalSourceType: "trainedAlgorithmicMedia",
      evidence: [{ signal: "identity/token", detail: "Posted with the API token of the registered agent helper." }],
    },
    request: {
      status: "requested",
      via: "mention",
      by: "lior",
      post: "q-2",
      why: "lior mentioned @helper in this thread and asked for an answer here.",
    },
    findings,
    mentions: [finding(body, "permission", { stance: "reports", title: "Reports a refused access", severity: "low" })],
    contentHash,
    engine: { version: "0.1.0", pack: "9f2c1b7a4e6d8c0b", policy: "default" },
  };
}

/** An ordinary held post: an agent was asked, and answers with two critical instructions, one of them disguised. */
export function ordinary(id: string, submittedAt: string, severity: Severity = "critical"): PostDetail {
  const contentHash = `sha256-${id.replaceAll(/\W/g, "").padEnd(64, "a").slice(0, 64)}`;
  return {
    id,
    version: 1,
    state: "held",
    action: "hold",
    severity,
    title: "Makes files writable by everyone",
    excerpt: "sudo chmod -R 777 /srv/app",
    author: { id: "helper", handle: "helper", kind: "agent" },
    agent: "helper",
    onBehalfOf: "lior",
    asker: "lior",
    thread: { id: "t-1", title: "Deploy job: permission denied on /srv/app" },
    category: "platform",
    submittedAt,
    decidedAt: null,
    claimedBy: null,
    claimedUntil: null,
    escalatedBy: null,
    rules: ["shell/mode-world-writable", "shell/setuid"],
    submission: {
      post: { body: BODY, thread: "t-1", replyTo: "q-2", author: { id: "helper", handle: "helper", kind: "agent" }, onBehalfOf: "lior" },
      thread: thread(submittedAt),
      now: submittedAt,
    },
    verdict: verdictOf(BODY, contentHash),
    undecided: null,
    notes: [],
    contentHash,
    operator: "olga",
    decision: null,
    receipt: null,
    audit: audit(submittedAt, id),
    history: { posted: 212, held: 9, rejected: 4 },
    versions: [],
    exposure: { seen: 0, acknowledged: 0 },
    undo: null,
    erasedAt: null,
  };
}

/** A post whose every text is hostile, with 200 findings over one another. */
export function hostile(id: string, submittedAt: string): PostDetail {
  const all = HOSTILE.join("\n");
  const body = `${all}\n${"chmod 777 / && ".repeat(400)}\n${"x".repeat(20_000)}`;
  const at = (index: number): Partial<Finding> => ({
    title: HOSTILE[index % HOSTILE.length] ?? "",
    rule: all,
    why: all,
    safer: all,
    references: HOSTILE,
    decoded: index % 3 ? [] : HOSTILE,
    span: { start: index * 7, end: index * 7 + 30 },
    severity: (["low", "medium", "high", "critical"] as const)[index % 4] ?? "low",
  });
  const base = ordinary(id, submittedAt);
  const verdict = verdictOf(body, base.contentHash);
  return {
    ...base,
    title: HOSTILE[0] ?? "",
    excerpt: all,
    author: { id: "mallory", handle: HOSTILE[1] ?? "", kind: "agent" },
    onBehalfOf: HOSTILE[5] ?? "",
    thread: { id: "t-2", title: HOSTILE[4] ?? "" },
    rules: HOSTILE,
    notes: HOSTILE,
    submission: {
      ...base.submission,
      post: { ...base.submission.post, body, fields: { title: all, [HOSTILE[0] ?? ""]: HOSTILE[2] ?? "" } },
      thread: {
        id: "t-2",
        category: HOSTILE[3] ?? "",
        posts: HOSTILE.map((text, n) => ({ id: `h-${n}`, author: text, handle: text, body: text })),
      },
    },
    verdict: {
      ...verdict,
      reasons: HOSTILE.map((message) => ({ code: message, message })),
      origin: { ...verdict.origin, agent: HOSTILE[0] ?? "", evidence: HOSTILE.map((text) => ({ signal: text, detail: text })) },
      request: { status: "requested", by: HOSTILE[0] ?? "", why: all },
      findings: Array.from({ length: 200 }, (_, index) => finding(body, "chmod", at(index))),
      mentions: [finding(body, "chmod", at(1))],
    },
  };
}

/** A post the gate could not decide on. */
export function undecided(id: string, submittedAt: string): PostDetail {
  const base = ordinary(id, submittedAt);
  return {
    ...base,
    title: "Could not be read in time",
    severity: null,
    rules: [],
    verdict: null,
    undecided: "the engine did not answer within 250 ms",
  };
}

/** A post nobody asked for: a private draft of the person who asked the agent to analyse. */
export function blocked(id: string, submittedAt: string): PostDetail {
  const base = ordinary(id, submittedAt);
  const verdict = verdictOf(BODY, base.contentHash);
  const request = {
    status: "unrequested" as const,
    why: "Nobody in this thread asked helper to answer here; lior asked it to analyse, elsewhere.",
  };
  return {
    ...base,
    state: "blocked",
    action: "block",
    title: "Nobody asked for it here",
    severity: null,
    verdict: { ...verdict, action: "block", request, findings: [] },
  };
}

/** A post that was edited twice before anybody decided. */
export function edited(id: string, submittedAt: string): PostDetail {
  const base = ordinary(id, submittedAt, "high");
  const earlier = (version: number, body: string) => ({
    version,
    contentHash: `sha256-${version}`,
    replacedAt: submittedAt,
    submission: { ...base.submission, post: { ...base.submission.post, body } },
  });
  const first = BODY.replace("sudo chmod -R 777 /srv/app", "sudo chown -R deploy: /srv/app").replace("The quickest fix:", "A clean fix:");
  return { ...base, version: 3, versions: [earlier(1, first), earlier(2, first.replace("A clean fix:", "The fix:"))] };
}

/** A post that two moderators have to approve, and that `by` have approved. */
export function twofold(id: string, submittedAt: string, by: string[]): PostDetail {
  return { ...ordinary(id, submittedAt), approvals: { needed: 2, by } };
}
