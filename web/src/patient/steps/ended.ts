/** Steps that tell that the page is over, why, and what to do. */

import { el, fill, heading } from "../dom";
import { laterWords } from "../words/later";
import type { Scene, Step } from "./step";

type Said = ReturnType<typeof laterWords>;

function telling(pick: (say: Said, why: string) => { heading: string; what: string }): Step {
  return (scene) => {
    const element = el("div", { class: "step" });
    let shown = "";
    const update = ({ words, why }: Scene): void => {
      const { heading: title, what } = pick(laterWords(words.t), why);
      if (what !== shown) fill(element, heading(title), el("p", { class: "lead" }, what));
      shown = what;
    };
    update(scene);
    return { element, update };
  };
}

export const expired = telling((say, why) => say.closed[why] ?? say.expired);
export const done = telling((say) => say.done);
export const missed = telling((say) => say.missed);
