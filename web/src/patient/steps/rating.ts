/** Two questions after the visit. Nobody has to answer. */

import { button, el, fill } from "../dom";
import type { Verdict } from "../../shared/told";
import { laterWords } from "../words/later";
import type { Actions, Scene, StepView } from "./step";

const VERDICTS: readonly Verdict[] = ["yes", "partly", "no"];

export function rating(scene: Scene, actions: Actions): StepView {
  const say = laterWords(scene.words.t).rating;
  const error = el("p", { class: "error", role: "alert" });
  const field = el("textarea", { id: "rating-words", rows: "2", maxlength: "1000" });
  const send = button(say.send, "send", () => undefined, "main-press");
  send.type = "submit";
  const form = el(
    "form",
    { novalidate: true, onsubmit: submit },
    question("helped", say.helped),
    question("worked", say.worked),
    el("div", {}, el("label", { for: field.id }, say.words), field),
    error,
    send,
  );
  const thanks = el("p", { tabindex: "-1" }, say.thanks);
  const element = el("section", { class: "panel rating", "aria-labelledby": "rating-title" }, el("h2", { id: "rating-title" }, say.heading), form, thanks);
  update(scene);
  return { element, update };

  function update({ consult }: Scene): void {
    const done = Boolean(consult?.rating);
    const focused = form.contains(document.activeElement);
    form.hidden = done;
    thanks.hidden = !done;
    if (done && focused) thanks.focus();
  }

  function question(name: string, words: string): HTMLElement {
    return el(
      "fieldset",
      {},
      el("legend", {}, words),
      el(
        "div",
        { class: "choices" },
        ...VERDICTS.map((one) =>
          el("label", { class: "choice" }, el("input", { type: "radio", name, value: one }), el("span", {}, say.verdicts[one])),
        ),
      ),
    );
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const given = new FormData(form);
    const [helped, worked] = ["helped", "worked"].map((name) => given.get(name) as Verdict | null);
    fill(error);
    if (!helped || !worked) {
      fill(error, say.both);
      form.querySelector<HTMLElement>(`input[name="${helped ? "worked" : "helped"}"]`)?.focus();
      return;
    }
    send.disabled = true;
    try {
      await actions.tell("rate_visit", { helped, worked, words: field.value.trim() });
      actions.announce(say.thanks);
    } catch {
      fill(error, say.failed);
    }
    send.disabled = false;
  }
}
