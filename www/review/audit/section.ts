// The audit log, as a section of the page.
import { html } from "lit";
import type { Section } from "../shell/sections.js";

/** `#/audit?post=p-1&actor=mira` */
export const audit: Section = {
  id: "audit",
  label: "section.audit",
  load: () => import("./cs-audit.js"),
  render: ({ desk, state, path }) => html`<cs-audit .desk=${desk} .state=${state} .path=${path}></cs-audit>`,
};
