// Every word of the page comes through here, so that a language is one file.
import { de } from "./de.js";
import { en } from "./en.js";

/** A name of a sentence; English is the list of all there are. */
export type Key = keyof typeof en;

/** The languages there are, by BCP 47 tag. Adding one is adding its file here. */
export const LANGUAGES = { en, de } satisfies Record<string, Record<Key, string>>;
/** A language there is. */
export type Locale = keyof typeof LANGUAGES;

/** Whether there is a sentence of this name; for names made of the service's words. */
export const isKey = (name: string): name is Key => Object.hasOwn(en, name);

/** The first of a reader's languages there is, or English. */
export function preferred(languages: readonly string[]): Locale {
  const names = languages.map((language) => language.split("-")[0]);
  return names.find((name): name is Locale => name !== undefined && Object.hasOwn(LANGUAGES, name)) ?? "en";
}

/**
 * A sentence in `locale`, its `{name}` places filled. Values go in as they are: the result is text, never markup.
 *
 * @example
 * say("en", "queue.found", { found: 2, loaded: 50 }); // "2 of 50 loaded"
 */
export function say(locale: Locale, key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  return LANGUAGES[locale][key].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}

/** A word for the service's own `name` under `prefix`, or the name itself when there is none. */
export function word(locale: Locale, prefix: string, name: string): string {
  const key = `${prefix}.${name}`;
  return isKey(key) ? say(locale, key) : name;
}
