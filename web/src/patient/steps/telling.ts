/** Steps that only tell: what happened, and what to do. */

import { el, fill, heading } from "../dom";
import type { Scene, Step } from "./step";

function telling(pick: (scene: Scene) => { heading: string; what: string }): Step {
  return (scene) => {
    const told = pick(scene);
    const title = heading(told.heading);
    const what = el("p", { class: "lead" }, told.what);
    const update = (now: Scene): void => {
      const then = pick(now);
      if (then.what === what.textContent) return;
      fill(title, then.heading);
      fill(what, then.what);
    };
    return { element: el("div", { class: "step" }, title, what), update };
  };
}

export const noLink = telling(({ words }) => words.noLink);
export const expired = telling(({ words, why }) => words.closed[why] ?? words.expired);
export const done = telling(({ words }) => words.done);
export const missed = telling(({ words }) => words.missed);
export const opening: Step = ({ words }) => ({
  element: el("div", { class: "step" }, heading(words.title), el("p", {}, words.opening)),
});
