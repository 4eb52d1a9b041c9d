/** Step 2: the waiting room. The patient sees that they are seen, with whom the visit is, and when. */

import { button, el, fill, heading } from "../dom";
import { pharmacistName } from "../stage";
import { appointment } from "../when";
import { deviceCheck } from "../call/place";
import type { Scene, Step } from "./step";

export const waiting: Step = (scene, actions) => {
  const { words } = scene;
  const seen = el("p", { class: "lead" });
  const check = deviceCheck(scene, actions);
  const facts = el("dl", { class: "facts" });
  const element = el(
    "div",
    { class: "step" },
    heading(words.waiting.heading),
    seen,
    check.element,
    facts,
    el("p", {}, words.waiting.stay),
    button(words.leave.button, "leave", actions.leave, "quiet-press"),
  );
  update(scene);
  return { element, update };

  function update({ consult, visit }: Scene): void {
    const told = visit?.pharmacist_name ?? "";
    const name = consult ? pharmacistName(consult, told) : told;
    const here = Object.values(consult?.participants ?? {}).some((one) => one.role === "pharmacist" && one.present);
    fill(seen, !name ? words.waiting.seenPlain : here ? words.waiting.seen(name) : words.waiting.notYet(name));
    const when = appointment(consult?.planned_at || visit?.planned_at || "", words.tag);
    const title = visit?.pharmacist_title ? `, ${visit.pharmacist_title}` : "";
    fill(
      facts,
      ...(name ? [el("dt", {}, words.waiting.your), el("dd", {}, `${name}${title}`)] : []),
      ...(when ? [el("dt", {}, words.waiting.when), el("dd", {}, when)] : []),
    );
  }
};
