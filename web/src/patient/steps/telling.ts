/** Steps that only tell: what happened, and what to do. */

import { el, heading } from "../dom";
import type { Step } from "./step";

export const noLink: Step = ({ words: { noLink: said } }) => ({
  element: el("div", { class: "step" }, heading(said.heading), el("p", { class: "lead" }, said.what)),
});
export const opening: Step = ({ words }) => ({
  element: el("div", { class: "step" }, heading(words.title), el("p", {}, words.opening)),
});
