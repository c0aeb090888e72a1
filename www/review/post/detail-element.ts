// What the parts of one post share: they render again only when the post or the language changed, not with every key press.
import type { PropertyValues } from "lit";
import { property } from "lit/decorators.js";
import type { Finding, PostDetail } from "../api/types.js";
import { DeskElement } from "../shell/element.js";
import type { State } from "../state/state.js";

/** An element that shows one post. */
export abstract class DetailElement extends DeskElement {
  @property({ attribute: false }) detail!: PostDetail;

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    const before: State | undefined = changed.get("state");
    return changed.has("detail") || before?.settings !== this.state.settings;
  }

  /** The findings, numbered from 1 in this order everywhere: as the engine gave them. */
  protected get findings(): readonly Finding[] {
    return this.detail.verdict?.findings ?? [];
  }

  /** Brings a finding's place in the text into view and gives it the focus. */
  protected showMark(index: number): void {
    const mark = document.getElementById(`mark-${index + 1}`);
    mark?.scrollIntoView({ block: "center" });
    mark?.focus({ preventScroll: true });
  }

  /** Brings a finding's card into view and gives it the focus. */
  protected showCard(index: number): void {
    const card = document.getElementById(`finding-${index + 1}`);
    card?.scrollIntoView({ block: "center" });
    card?.focus({ preventScroll: true });
  }
}
