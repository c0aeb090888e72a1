// The statistics, as a section of the page.
import { html } from "lit";
import type { Section } from "../shell/sections.js";

/** `#/statistics?from=2026-11-01&to=2026-11-22` */
export const statistics: Section = {
  id: "statistics",
  label: "section.statistics",
  load: () => import("./cs-statistics.js"),
  render: ({ desk, state, path }) => html`<cs-statistics .desk=${desk} .state=${state} .path=${path}></cs-statistics>`,
};
