/** Whether what is to be asked next was found out after what was last answered or set aside. */

import { keyOf } from "../../shared/consult";
import type { Consult, Suggestion } from "../../shared/protocol";
import { questionsIn, type Script } from "./script";

type Known = Pick<Consult, "answers" | "skipped" | "heeded" | "guidance">;

/**
 * The program says what to ask next a moment after it was told an answer, on a busy machine some seconds after; until
 * then its word is of a question that is behind. `guidedAt` is the seq of its newest word. A red flag that the notes
 * raise again is asked in spite of its answer: its branch then says why it was put aside.
 */
export function isBehind(next: Suggestion, { answers, skipped, heeded, guidance }: Known, guidedAt: number, script: Script | null): boolean {
  const branch = script?.branches.find((one) => [...questionsIn(one.items)].some((item) => item.link_id === next.link_id));
  const keys = [keyOf(next), next.link_id, next.step_id, branch?.id ?? ""];
  if (keys.some((key) => (heeded[key] ?? 0) > guidedAt)) return true;
  const answer = answers[keyOf(next)];
  const dealtWith = keys.some((key) => key in skipped) || (answer?.review === "confirmed" && answer.values.some(Boolean));
  return dealtWith && !guidance.branches.some((one) => one.put_aside);
}
