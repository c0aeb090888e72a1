/**
 * A question before something that cannot be taken back, in a dialog the keyboard and a screen reader can answer.
 */
import type { Finding } from "countersign";
import { make, shadow, sheet } from "./dom.js";
import { ASK } from "./style.js";

let style: CSSStyleSheet | undefined;

/** What is asked: `no` is what Escape answers, and has the focus. */
export interface Question {
  title: string;
  findings: readonly Finding[];
  /** Stands before the safer ways. */
  instead: string;
  yes: string;
  no: string;
  /** A last sentence under the findings. */
  note?: string;
}

/** `<countersign-ask>`: lives as long as its question. */
export class CountersignAsk extends HTMLElement {
  /** Puts the question over the page; resolves to whether it was answered with yes. */
  put(question: Question): Promise<boolean> {
    style ??= sheet(ASK);
    const [dialog, yes, no] = parts(question);
    shadow(this, [style]).append(dialog);
    document.body.append(this);
    return new Promise((resolve) => {
      dialog.addEventListener("close", () => {
        this.remove();
        resolve(dialog.returnValue === "yes");
      });
      yes.addEventListener("click", () => dialog.close("yes"));
      no.addEventListener("click", () => dialog.close("no"));
      dialog.showModal();
    });
  }
}

function parts({ title, findings, instead, yes, no, note }: Question): [HTMLDialogElement, HTMLElement, HTMLElement] {
  const why = [...new Set(findings.map((finding) => finding.why))];
  const safer = [...new Set(findings.map((finding) => finding.safer))].filter(Boolean);
  const agree = make("button", { type: "button" }, yes);
  const refuse = make("button", { type: "button", class: "main", autofocus: "" }, no);
  const dialog = make(
    "dialog",
    { "aria-labelledby": "title" },
    make("h2", { id: "title" }, title),
    make("ul", {}, ...why.map((line) => make("li", {}, line))),
    ...(safer.length > 0 ? [make("p", { class: "safer" }, `${instead}: ${safer.join("; ")}`)] : []),
    ...(note === undefined ? [] : [make("p", {}, note)]),
    make("div", { class: "acts" }, refuse, agree),
  );
  return [dialog as HTMLDialogElement, agree, refuse];
}

/** Asks. One question is open at a time: while it is, every other is answered with no. */
export async function ask(question: Question): Promise<boolean> {
  if (document.querySelector("countersign-ask")) return false;
  if (!customElements.get("countersign-ask")) customElements.define("countersign-ask", CountersignAsk);
  return new CountersignAsk().put(question);
}
