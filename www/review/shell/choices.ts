// What a moderator chooses for themselves: colours and language. In the bar, or with the keys where the bar has no room.
import { html, type TemplateResult } from "lit";
import { LANGUAGES, type Locale, say } from "../locale/locale.js";
import type { Desk } from "../state/desk.js";
import type { Settings, State } from "../state/state.js";

const THEMES = ["auto", "light", "dark"] as const;
const chosen = (event: Event) => (event.target as HTMLSelectElement).value;

/** Two lists to choose from. */
export function choices({ settings }: State, desk: Desk): TemplateResult {
  const { locale } = settings;
  const languages = Object.keys(LANGUAGES) as Locale[];
  const theme = (event: Event) => desk.set({ theme: chosen(event) as Settings["theme"] });
  const language = (event: Event) => desk.set({ locale: chosen(event) as Locale });
  return html`
    <select class="field" aria-label=${say(locale, "top.theme")} @change=${theme}>
      ${THEMES.map((each) => html`<option value=${each} ?selected=${each === settings.theme}>${say(locale, `theme.${each}`)}</option>`)}
    </select>
    <select class="field" aria-label=${say(locale, "top.language")} @change=${language}>
      ${languages.map((each) => html`<option value=${each} lang=${each} ?selected=${each === locale}>${say(each, "page.name")}</option>`)}
    </select>
  `;
}
