// What other rooms add to a post: an act beside the decision, such as an exception for a false alarm or a report to export.
import type { TemplateResult } from "lit";
import type { PostDetail } from "../api/types.js";
import { falseAlarm } from "../learning/tool.js";
import type { Desk } from "../state/desk.js";
import type { State } from "../state/state.js";

/** What a tool is rendered with. */
export type ToolProps = { desk: Desk; state: State; detail: PostDetail };

/** A tool: rendered under the evidence of every post, by an element of its own. */
export type PostTool = { id: string; render(props: ToolProps): TemplateResult };

/** The tools, in their order. */
export const POST_TOOLS: readonly PostTool[] = [falseAlarm];
