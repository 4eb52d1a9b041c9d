/** Step 4 and the other ends: the summary after the visit, having left, and what to do when a link does not help. */

import { button, el, fill, heading } from "../dom";
import { pharmacistName, summaryOf, takenBack } from "../stage";
import type { Scene, Step } from "./step";
import { summaryLinks } from "./summary";

export const after: Step = (scene, actions) => {
  const { words } = scene;
  const thanks = el("p", { class: "lead" });
  const place = el("div", { class: "summary-place" });
  let version = -1;
  const element = el(
    "div",
    { class: "step" },
    heading(words.after.heading),
    thanks,
    place,
    button(words.leave.signOut, "done", actions.signOut, "quiet-press"),
  );
  update(scene);
  return { element, update };

  function update({ consult, visit }: Scene): void {
    if (consult === null) return;
    fill(thanks, words.after.thanks(pharmacistName(consult, visit?.pharmacist_name ?? "") || words.someone));
    const summary = summaryOf(consult);
    if ((summary?.version ?? 0) === version) return;
    if (summary && version === 0) actions.announce(words.visit.ready);
    version = summary?.version ?? 0;
    if (summary) fill(place, el("p", {}, words.after.ready), summaryLinks(consult.id, summary.version, words));
    else fill(place, el("p", {}, takenBack(consult) ? words.after.recalled : words.after.notReady));
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

/** A step that only tells: what happened, and what to do. */
function telling(pick: (scene: Scene) => { heading: string; what: string }): Step {
  return (scene) => {
    const { heading: title, what } = pick(scene);
    return { element: el("div", { class: "step" }, heading(title), el("p", { class: "lead" }, what)) };
  };
}

export const noLink = telling(({ words }) => words.noLink);
export const expired = telling(({ words }) => words.expired);
export const done = telling(({ words }) => words.done);
export const missed = telling(({ words }) => words.missed);
export const opening: Step = ({ words }) => ({
  element: el("div", { class: "step" }, heading(words.title), el("p", {}, words.opening)),
});
