// What moderators teach, as a section of the page: exceptions, texts and policies tried.
import { html } from "lit";
import type { Section } from "../shell/sections.js";

/** `#/learning/exceptions?post=p-1&finding=0`, `#/learning/try`, `#/learning/dry-run` */
export const learning: Section = {
  id: "learning",
  label: "section.learning",
  load: () => import("./cs-learning.js"),
  render: ({ desk, state, path }) => html`<cs-learning .desk=${desk} .state=${state} .path=${path}></cs-learning>`,
};
