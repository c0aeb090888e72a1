// A time that ticks: how long something has been waiting. All of them share one clock.
import { html, LitElement } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Locale } from "../locale/locale.js";
import { duration, moment } from "../locale/time.js";

const ages = new Set<CsAge>();
let timer: ReturnType<typeof setInterval> | undefined;

/** The clock runs only while there is something to tick. */
function tick(age: CsAge, on: boolean): void {
  if (on) ages.add(age);
  else ages.delete(age);
  if (ages.size === 0) clearInterval(timer);
  if (ages.size === 1 && on) timer = setInterval(() => ages.forEach((each) => void each.requestUpdate()), 1000);
}

/** `<cs-age since="2026-03-12T09:00:00Z">` reads "12m 5s". */
@customElement("cs-age")
export class CsAge extends LitElement {
  @property() since = "";
  @property() locale: Locale = "en";

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    tick(this, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    tick(this, false);
  }

  protected override render() {
    const seconds = (Date.now() - Date.parse(this.since)) / 1000;
    return html`<time datetime=${this.since} title=${moment(this.since, this.locale)}>${duration(Number.isNaN(seconds) ? 0 : seconds, this.locale)}</time>`;
  }
}
