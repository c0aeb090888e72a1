/**
 * What is played against a host, as data: who says what, after which question, and whether anybody may read it.
 */
/** Who posts in a scenario. */
export type Role = "human" | "agent";

/** One thing tried. */
export type Scenario = {
  name: string;
  author: Role;
  step: "submit" | "edit";
  question: string;
  /** The text, with the word to look for in it. */
  text: (word: string) => string;
  /** The rendered field it stands in; the body when left out. */
  field?: string;
  wanted: "visible" | "not visible";
};

/** A scenario, or one for each rendered field of the host. */
type Template = { perField(fields: readonly string[]): Scenario[] };

const ASKED = "@helper how do I fix this?";
const UNASKED = "How do I fix this?";
const harmless = (word: string) => `Restart the job and look for ${word} in its log.`;
const command = (word: string) => `Run this on the host:\n\n\`\`\`sh\nsudo chmod -R 777 /srv/${word}\n\`\`\``;
const inline = (word: string) => `Run sudo chmod -R 777 /srv/${word}`;

const one = (scenario: Scenario): Template => ({ perField: () => [scenario] });
const each = (scenario: Omit<Scenario, "field">): Template => ({
  perField: (fields) => fields.map((field) => ({ ...scenario, name: `${scenario.name}: \`${field}\``, field })),
});

const agent = { author: "agent", wanted: "not visible" } as const;

/** Everything that is tried, in order. */
export const SCENARIOS: readonly Template[] = [
  one({ name: "a person's reply", author: "human", step: "submit", question: UNASKED, text: harmless, wanted: "visible" }),
  one({ name: "a person's edit", author: "human", step: "edit", question: UNASKED, text: harmless, wanted: "visible" }),
  one({
    name: "an agent's reply that somebody asked for",
    author: "agent",
    step: "submit",
    question: ASKED,
    text: harmless,
    wanted: "visible",
  }),
  one({ ...agent, name: "an agent's reply nobody asked for", step: "submit", question: UNASKED, text: harmless }),
  one({
    ...agent,
    name: "an agent's reply to a question that only quotes a mention",
    step: "submit",
    question: "> @helper\n\nWho uses that?",
    text: harmless,
  }),
  one({ ...agent, name: "an agent's asked-for reply with an instruction", step: "submit", question: ASKED, text: command }),
  each({ ...agent, name: "an agent's asked-for reply with an instruction in", step: "submit", question: ASKED, text: inline }),
  one({ ...agent, name: "an agent's edit that brings an instruction in", step: "edit", question: ASKED, text: command }),
  each({ ...agent, name: "an agent's edit that brings an instruction into", step: "edit", question: ASKED, text: inline }),
  one({
    ...agent,
    name: "an agent's reply larger than can be read",
    step: "submit",
    question: ASKED,
    text: (word) => `${word} ${"lorem ipsum ".repeat(100_000)}`,
  }),
];
