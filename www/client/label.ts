/**
 * The label beside an author's name: says in words who wrote a post and, on request, how that is known.
 */
import type { Origin } from "countersign";
import { make, shadow, sheet } from "./dom.js";
import { english, type Locale, publicLabel } from "./locale.js";
import { LABEL } from "./style.js";

let style: CSSStyleSheet | undefined;

/**
 * `<countersign-label>`: empty for an origin that is not verified or declared.
 *
 * Themed by `--countersign-agent`, `-agent-soft`, `-agent-line`, `-surface`, `-text`, `-border`.
 */
export class CountersignLabel extends HTMLElement {
  #root: ShadowRoot | undefined;

  /** Fills the label; calling it again replaces what it said. */
  show(origin: Origin, locale: Locale = english): void {
    style ??= sheet(LABEL);
    this.#root ??= shadow(this, [style]);
    const key = publicLabel(origin);
    this.hidden = key === null;
    this.#root.replaceChildren(...(key === null ? [] : this.#parts(key, origin, locale)));
  }

  #parts(key: keyof Locale["label"], origin: Origin, locale: Locale): HTMLElement[] {
    const button = labelButton(locale.label[key], key, origin, locale);
    // Made when it is first asked for: most labels on a page never are.
    let panel: HTMLElement | undefined;
    const open = (wanted: boolean) => {
      if (!wanted && panel === undefined) return;
      if (panel === undefined) {
        panel = evidence(origin, locale);
        button.after(panel);
      }
      panel.hidden = !wanted;
      button.setAttribute("aria-expanded", String(wanted));
    };
    button.addEventListener("click", () => open(panel === undefined || panel.hidden === true));
    this.onkeydown = (event) => {
      if (event.key === "Escape") open(false);
    };
    this.addEventListener("focusout", () => open(false));
    return [button];
  }
}

function labelButton(label: string, key: keyof Locale["label"], origin: Origin, locale: Locale): HTMLElement {
  const behalf = origin.onBehalfOf === undefined ? "" : locale.onBehalfOf(origin.onBehalfOf);
  const name = locale.labelName(behalf === "" ? label : `${label} ${behalf}`);
  const button = make(
    "button",
    { type: "button", "aria-label": name, "aria-expanded": "false" },
    make("span", { class: `sign ${key}`, "aria-hidden": "true" }),
    label,
  );
  if (behalf !== "") button.append(make("span", { class: "for" }, behalf));
  return button;
}

function evidence(origin: Origin, locale: Locale): HTMLElement {
  const basis = origin.basis === "verified" || origin.basis === "declared" ? locale.basis[origin.basis] : "";
  const list = origin.evidence.map((one) => make("li", {}, one.detail));
  return make(
    "div",
    { class: "panel", id: "evidence", role: "group", "aria-label": locale.evidence },
    make("p", {}, basis),
    make("ul", {}, ...list),
  );
}
