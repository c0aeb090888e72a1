// The sections of the page. One that is not the queue brings what it renders and joins the list here: one line.
import type { TemplateResult } from "lit";
import { audit } from "../audit/section.js";
import { learning } from "../learning/section.js";
import type { Key } from "../locale/locale.js";
import type { Desk } from "../state/desk.js";
import type { State } from "../state/state.js";
import { statistics } from "../statistics/section.js";

/** What a section is rendered with. `path` is the rest of its address, such as `rules?days=30`, to be read and written by itself. */
export type SectionProps = { desk: Desk; state: State; path: string };

/**
 * A section: its place in the address (`#/<id>`), its name, and what it shows inside `<main>`.
 *
 * `render` is called at every change of the page's state, so it hands `desk` and `state` to an element of its own, which asks the
 * service through `desk.http` and reads the language from `state.settings.locale` (`DeskElement` does both). `load` fetches the
 * section's code when it is first shown.
 *
 * @example
 * export const statistics: Section = {
 *   id: "statistics",
 *   label: "section.statistics",
 *   load: () => import("./cs-statistics.js"),
 *   render: ({ desk, state, path }) => html`<cs-statistics .desk=${desk} .state=${state} .path=${path}></cs-statistics>`,
 * };
 */
export type Section = {
  id: string;
  label: Key;
  load?: () => Promise<unknown>;
  render(props: SectionProps): TemplateResult;
};

/** The sections beside the queue, in the order the bar shows them. */
export const SECTIONS: readonly Section[] = [statistics, learning, audit];

/** Every address there is, the queue's first. */
export const SECTION_IDS: readonly string[] = ["queue", ...SECTIONS.map(({ id }) => id)];
