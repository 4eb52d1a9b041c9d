/** Steps that only tell: what happened, and what to do. */

import { el, heading } from "../dom";
import type { Scene, Step } from "./step";

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
