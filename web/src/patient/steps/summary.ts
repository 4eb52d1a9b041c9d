/** The takeaway: read it, print it, keep it. */

import { takeawayUrl } from "../../shared/api";
import { button, el, icon } from "../dom";
import type { LaterWords } from "../words/later";

export function summaryLinks(consultId: string, version: number, say: LaterWords): HTMLElement {
  const page = takeawayUrl(consultId, version, "html", "patient");
  const pdf = `${takeawayUrl(consultId, version, "pdf", "patient")}&download=1`;
  return el(
    "div",
    { class: "summary" },
    el(
      "a",
      { class: "press main-press", href: page, target: "_blank", rel: "noopener" },
      icon("read"),
      el("span", {}, say.after.read, el("span", { class: "unseen" }, ` (${say.after.newWindow})`)),
    ),
    button(say.after.print, "print", () => print(page)),
    el("a", { class: "press", href: pdf }, icon("save"), el("span", {}, say.after.save)),
    el("p", { class: "forms" }, say.after.forms),
    el("ul", { class: "forms" }, ...FORMS.map(([form, name]) => other(takeawayUrl(consultId, version, form, "patient"), say.after[name], say))),
  );
}

const FORMS = [
  ["large.html", "large"],
  ["larger.html", "larger"],
  ["contrast.html", "contrast"],
  ["txt", "plain"],
] as const;

function other(href: string, name: string, say: LaterWords): HTMLElement {
  const link = el("a", { href, target: "_blank", rel: "noopener" }, name, el("span", { class: "unseen" }, ` (${say.after.newWindow})`));
  return el("li", {}, link);
}

/** Prints the stored page itself, in a frame out of sight, not this page around it. */
function print(page: string): void {
  document.querySelector("iframe.printing")?.remove();
  const frame = el("iframe", { class: "printing", src: page, "aria-hidden": "true", tabindex: "-1" });
  frame.addEventListener("load", () => {
    frame.contentWindow?.focus();
    frame.contentWindow?.print();
  });
  document.body.append(frame);
}
