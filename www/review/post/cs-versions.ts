// Earlier texts of a post, and what the next one changed.
import { html, nothing, type PropertyValues } from "lit";
import { customElement, state as internal } from "lit/decorators.js";
import { moment } from "../locale/time.js";
import { DetailElement } from "./detail-element.js";
import { difference } from "./difference.js";
import { BODY, changedTexts, versionsOf } from "./texts.js";

/** `<cs-versions>` */
@customElement("cs-versions")
export class CsVersions extends DetailElement {
  /** Which of the texts is compared with the present one; the one before it at first. */
  @internal() private chosen = -1;

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    return super.shouldUpdate(changed) || (changed as Map<PropertyKey, unknown>).has("chosen");
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("detail")) this.chosen = this.detail.versions.length - 1;
  }

  #choice() {
    const { locale } = this.state.settings;
    const choose = (event: Event) => {
      this.chosen = Number((event.target as HTMLSelectElement).value);
    };
    return html`
      <label class="pick versions-pick"><span>${this.t("versions.compare")}</span>
        <select class="field" @change=${choose}>
          ${this.detail.versions.map(
            ({ version, replacedAt }, index) =>
              html`<option value=${index} ?selected=${index === this.chosen}>${this.t("versions.one", { n: version, time: moment(replacedAt, locale) })}</option>`,
          )}
        </select>
      </label>
    `;
  }

  protected override render() {
    const { versions, erasedAt } = this.detail;
    if (versions.length === 0 || erasedAt !== null) return nothing;
    const all = versionsOf(this.detail);
    const [before, now] = [all[this.chosen], all.at(-1)];
    if (!before || !now) return nothing;
    const changed = changedTexts(before.submission, now.submission);
    return html`
      <section aria-labelledby="versions-title">
        <h3 id="versions-title">${this.t("versions.title")} <span class="count">${versions.length}</span></h3>
        ${this.#choice()}
        ${changed.length ? nothing : html`<p class="soft">${this.t("diff.none")}</p>`}
        ${changed.map(
          ({ field, before, after }) => html`
            ${field === BODY ? nothing : html`<h4 class="soft">${this.t("post.field", { name: field })}</h4>`}
            ${difference(before, after, this.state.settings.locale)}
          `,
        )}
      </section>
    `;
  }
}
