// A button that copies a text, exactly, and says so.
import { html, type TemplateResult } from "lit";
import { type Locale, say } from "../locale/locale.js";

const SAID_MS = 2_000;

/** Copies by the old way where the new one is missing: a forum served without TLS has no `navigator.clipboard`. */
function copyOldWay(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/**
 * A button that copies `text` and nothing else.
 *
 * @param name what is copied, for those who do not see what stands beside the button
 */
export function copyButton(text: string, name: string, locale: Locale): TemplateResult {
  const click = async (event: Event) => {
    const button = event.currentTarget as HTMLButtonElement;
    const done = await copy(text);
    button.focus();
    const said = button.querySelector("[role=status]");
    if (!said || !done) return;
    said.textContent = say(locale, "record.copied");
    button.dataset.done = "true";
    setTimeout(() => {
      said.textContent = "";
      delete button.dataset.done;
    }, SAID_MS);
  };
  return html`<button type="button" class="button quiet link copy" aria-label="${say(locale, "record.copy")}: ${name}" @click=${click}><span>${say(locale, "record.copy")}</span><span role="status"></span></button>`;
}
