// What a post offers beside its decision: teaching the gate that a finding was a false alarm, and reporting what happened.
import { html } from "lit";
import type { PostTool } from "../post/tools.js";
import "./cs-teach.js";

/** The tool under the evidence of every post. */
export const falseAlarm: PostTool = {
  id: "teach",
  render: ({ desk, state, detail }) => html`<cs-teach .desk=${desk} .state=${state} .detail=${detail}></cs-teach>`,
};
