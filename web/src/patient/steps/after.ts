/** Step 4: the summary after the visit, two questions about it, and the way back for who has left. */

import { button, el, fill, heading } from "../dom";
import { pharmacistName, summaryOf, takenBack } from "../stage";
import { laterWords } from "../words/later";
import { rating } from "./rating";
import type { Scene, Step } from "./step";
import { summaryLinks } from "./summary";

export const after: Step = (scene, actions) => {
  const { words, part } = scene;
  const say = laterWords(words.t);
  const thanks = el("p", { class: "lead" });
  const place = el("div", { class: "summary-place" });
  if (part !== "patient") return { element: el("div", { class: "step" }, heading(say.guest.ended), el("p", { class: "lead" }, say.guest.thanks)) };
  const questions = rating(scene, actions);
  let version = -1;
  const element = el(
    "div",
    { class: "step" },
    heading(say.after.heading),
    thanks,
    place,
    questions.element,
    button(words.leave.signOut, "done", actions.signOut, "quiet-press"),
  );
  update(scene);
  return { element, update };

  function update(now: Scene): void {
    const { consult, visit } = now;
    questions.update?.(now);
    if (consult === null) return;
    fill(thanks, say.after.thanks(pharmacistName(consult, visit?.pharmacist_name ?? "") || words.someone));
    const summary = summaryOf(consult);
    if ((summary?.version ?? 0) === version) return;
    if (summary && version === 0) actions.announce(say.visit.ready);
    version = summary?.version ?? 0;
    if (summary) fill(place, el("p", {}, say.after.ready), summaryLinks(consult.id, summary.version, say));
    else fill(place, el("p", {}, takenBack(consult) ? say.after.recalled : say.after.notReady));
  }
};

export const left: Step = ({ words, consult, visit }, actions) => ({
  element: el(
    "div",
    { class: "step" },
    heading(words.leave.heading),
    el("p", { class: "lead" }, words.leave.what((consult && pharmacistName(consult, visit?.pharmacist_name ?? "")) || words.someone)),
    button(words.leave.back, "back", actions.comeBack, "main-press"),
    button(words.leave.signOut, "done", actions.signOut, "quiet-press"),
  ),
});
