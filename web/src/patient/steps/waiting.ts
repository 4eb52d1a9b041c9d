/** Step 2: the waiting room. The patient sees that they are seen, with whom the visit is, and when. */

import { button, el, fill, heading } from "../dom";
import { pharmacistName } from "../stage";
import { appointment } from "../when";
import { deviceCheck } from "../call/place";
import type { Scene, Step } from "./step";

export const waiting: Step = (scene, actions) => {
  const { words, part } = scene;
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
    el("p", {}, part === "patient" ? words.waiting.stay : words.waiting.guest),
    button(words.leave.button, "leave", actions.leave, "quiet-press"),
  );
  void import("./later").catch(() => undefined); // so that being let in needs no waiting
  update(scene);
  return { element, update };

  function update(now: Scene): void {
    const { consult, visit } = now;
    check.update?.(now);
    const told = visit?.pharmacist_name ?? "";
    const name = consult ? pharmacistName(consult, told) : told;
    const here = Object.values(consult?.participants ?? {}).some((one) => one.role === "pharmacist" && one.present);
    const guest = part !== "patient";
    fill(seen, !name ? words.waiting.seenPlain : here ? words.waiting.seen(name) : words.waiting.notYet(name));
    const when = appointment(consult?.planned_at || visit?.planned_at || "", words.tag);
    const title = visit?.pharmacist_title ? `, ${visit.pharmacist_title}` : "";
    fill(
      facts,
      ...(name ? [el("dt", {}, guest ? words.waiting.withWhom : words.waiting.your), el("dd", {}, `${name}${title}`)] : []),
      ...(when ? [el("dt", {}, words.waiting.when), el("dd", {}, when)] : []),
    );
  }
};
