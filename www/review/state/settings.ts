// Remembers what a moderator set for themselves. A browser that keeps nothing still gets a working page.
import { preferred } from "../locale/locale.js";
import type { Settings } from "./state.js";

const KEY = "countersign.review";

function stored(): Partial<Settings> {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Settings>;
  } catch {
    return {};
  }
}

/** The settings of this browser, or what its languages suggest. */
export const readSettings = (): Settings => ({ locale: preferred(navigator.languages), theme: "auto", keys: true, ...stored() });

/** Keeps `settings` and dresses the page in them. */
export function applySettings(settings: Settings): void {
  const root = document.documentElement;
  root.lang = settings.locale;
  if (settings.theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = settings.theme;
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Private windows may refuse to keep anything; the settings then last as long as the page.
  }
}
