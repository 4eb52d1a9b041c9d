/**
 * Captions: what the pharmacist says, in writing, as the pharmacist types it. No speech recognition: Chromium's sends the
 * sound to a service outside of the site, and doses are what machines hear wrong most often.
 */

import type { Consult } from "../../shared/protocol";
import { plainly } from "../../shared/turning";
import { button, el, fill } from "../dom";
import { pharmacistName } from "../stage";
import { laterWords } from "../words/later";
import type { Scene, StepView } from "./step";

const SIZES = ["small", "middle", "large"] as const;
type Size = (typeof SIZES)[number];
interface Choice {
  /** null until somebody has chosen: then they are shown as soon as there are any. */
  on: boolean | null;
  size: Size;
}

const LINES = 3;
const KEPT = "consult-captions";

/** The newest lines of what is said, oldest first. */
export const captionLines = (consult: Consult): { id: string; text: string }[] =>
  consult.chat.filter((message) => message.caption).slice(-LINES);

export function captions(scene: Scene): StepView {
  const say = laterWords(scene.words.t).captions;
  const choice = kept();
  const log = el("div", { class: "caption-lines", role: "log", "aria-live": "polite", "aria-labelledby": "captions-title" });
  const sizes = el("div", { class: "caption-sizes", role: "group", "aria-label": say.size });
  const turn = button("", "read", () => change({ on: !shown }), "quiet-press caption-turn");
  const head = el("div", { class: "captions-head" }, el("h2", { id: "captions-title" }, say.heading), turn, sizes);
  const element = el("section", { class: "captions", "aria-labelledby": "captions-title" }, log, head);
  const buttons = SIZES.map((size) => {
    const one = el("button", { type: "button", class: `caption-size is-${size}`, "aria-label": say.sizes[size], onclick: () => change({ size }) }, "A");
    sizes.append(one);
    return one;
  });
  let shown = false;
  let seen = "";
  let latest = scene;
  draw();
  return { element, update };

  function update(now: Scene): void {
    latest = now;
    draw();
  }

  function change(part: Partial<Choice>): void {
    Object.assign(choice, part);
    keep(choice);
    draw();
  }

  function draw(): void {
    const { consult } = latest;
    const lines = consult ? captionLines(consult) : [];
    shown = choice.on ?? lines.length > 0;
    element.dataset.size = choice.size;
    element.classList.toggle("is-off", !shown);
    log.hidden = sizes.hidden = !shown;
    turn.querySelector("span")!.textContent = shown ? say.hide : say.show;
    turn.setAttribute("aria-label", shown ? say.hideThem : say.show);
    buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(SIZES[at] === choice.size)));
    const key = lines.map((line) => line.id).join(" ") || "none";
    if (key === seen) return;
    // Lines that stay are left alone, so that only what is new is read out.
    const name = (consult && pharmacistName(consult, latest.visit?.pharmacist_name ?? "")) || latest.words.someone;
    if (!lines.length) fill(log, el("p", { class: "caption-none" }, say.none(name)));
    else {
      const here = new Map([...log.children].map((line) => [(line as HTMLElement).dataset.id ?? "", line]));
      const wanted = new Set(lines.map((line) => line.id));
      // The newest stands first: on a small screen that is where the eyes are.
      for (const [id, line] of here) if (!wanted.has(id)) line.remove();
      for (const { id, text } of lines) if (!here.has(id)) log.prepend(el("p", { class: "caption-line", "data-id": id }, plainly(text)));
    }
    seen = key;
  }
}

function kept(): Choice {
  const choice: Choice = { on: null, size: "middle" };
  try {
    const read = JSON.parse(localStorage.getItem(KEPT) ?? "{}") as Partial<Choice>;
    if (typeof read.on === "boolean") choice.on = read.on;
    if (read.size && SIZES.includes(read.size)) choice.size = read.size;
  } catch {
    // nothing is kept in a private window
  }
  return choice;
}

function keep(choice: Choice): void {
  try {
    localStorage.setItem(KEPT, JSON.stringify(choice));
  } catch {
    // nothing to keep it in
  }
}
