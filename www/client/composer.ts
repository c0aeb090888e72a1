/**
 * Checks a post while it is written: says what it would change, notices a pasted answer and lets its writer say who wrote it.
 *
 * It asks once before the form is sent and never stops anybody: the server decides.
 */
import type { Composition, Declared, Severity, Submission } from "countersign";
import { ask } from "./ask.js";
import { CountersignComposer } from "./composer-notice.js";
import { count } from "./composition.js";
import { shownFindings } from "./decorate.js";
import type { PageVerdict, RemoteEngine } from "./engine.js";
import type { Locale } from "./locale.js";

/** What a composer check needs. */
export interface ComposerOptions {
  /** Where the post is written: a text field, or any element whose text it is. */
  field: HTMLElement;
  /** The form that sends it; the field's own when left out. Without one, call `confirm` before sending. */
  form?: HTMLFormElement | null;
  /** Who writes. */
  author: Submission["post"]["author"];
  /** Who checks. */
  engine: RemoteEngine;
  locale: Locale;
  /** The mildest finding that is told of. */
  veilFrom: Severity;
}

/** A running composer check. */
export interface Composer {
  /** What to send along as `post.composition`. */
  composition(): Composition;
  /** What to send along as `post.declared`; undefined when nothing was declared. */
  declared(): Declared | undefined;
  /** Asks when the text has an instruction; resolves to whether to send. */
  confirm(): Promise<boolean>;
  /** Takes everything away. */
  stop(): void;
}

/** Milliseconds after the last key before a text is read. */
const SETTLE_MS = 400;

const textOf = (field: HTMLElement): string => ("value" in field ? String(field.value) : (field.innerText ?? ""));

/** Watches a field. */
export function watchComposer(options: ComposerOptions): Composer {
  const { field, engine, locale, veilFrom } = options;
  const counting = count(field);
  if (!customElements.get("countersign-composer")) customElements.define("countersign-composer", CountersignComposer);
  const notice = new CountersignComposer();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let read: { body: string; verdict: PageVerdict | null } = { body: "", verdict: null };

  const declared = (): Declared | undefined => (notice.writer === "none" ? undefined : { disclosure: notice.writer });

  const check = async (): Promise<PageVerdict | null> => {
    const body = textOf(field);
    if (body === read.body) return read.verdict;
    const said = declared();
    const post = { body, author: options.author, composition: counting.counted(), ...(said ? { declared: said } : {}) };
    const [answer] = await engine.check([{ now: new Date().toISOString(), post }]).catch(() => []);
    read = { body, verdict: answer && "verdict" in answer ? answer.verdict : null };
    const suspected = said === undefined && read.verdict?.origin.basis === "suspected";
    notice.show(shownFindings(read.verdict, veilFrom), suspected, locale.composer);
    return read.verdict;
  };

  const again = () => {
    read = { body: "", verdict: null };
    void check();
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), SETTLE_MS);
  };

  const confirm = async (): Promise<boolean> => {
    const findings = shownFindings(await check(), veilFrom);
    if (findings.length === 0) return true;
    const { question, send, edit } = locale.composer;
    return ask({ title: locale.composer.found(findings), findings, instead: locale.instead, yes: send, no: edit, note: question });
  };

  const form = options.form ?? field.closest("form");
  const unguard = form ? guardForm(form, confirm) : () => {};

  notice.build(locale.composer, again);
  field.after(notice);
  field.addEventListener("input", changed);
  changed();
  return {
    composition: counting.counted,
    declared,
    confirm,
    stop() {
      clearTimeout(timer);
      field.removeEventListener("input", changed);
      counting.stop();
      unguard();
      notice.remove();
    },
  };
}

/** Holds a form's submission until `confirm` agrees, then sends it as it would have been sent. */
function guardForm(form: HTMLFormElement, confirm: () => Promise<boolean>): () => void {
  let agreed = false;
  const submitted = (event: SubmitEvent) => {
    if (agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void confirm().then((yes) => {
      if (!yes) return;
      agreed = true;
      form.requestSubmit(event.submitter);
      agreed = false;
    });
  };
  form.addEventListener("submit", submitted, { capture: true });
  return () => form.removeEventListener("submit", submitted, { capture: true });
}
