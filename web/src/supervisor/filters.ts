/** What of the transcript is shown. */

import { t } from "../shared/texts";
import type { Entry } from "./transcript";

export const PARTS = {
  notes: t("Notes"),
  alerts: t("Alerts"),
  findings: t("Decisions"),
  answers: t("Answers"),
  chat: t("Chat"),
  room: t("Room and papers"),
} as const;

export type Part = keyof typeof PARTS;

const OF_KIND: Record<Entry["kind"], Part | ""> = { line: "notes", chat: "chat", answer: "answers", stage: "room", step: "" };

/** Steps stay as headings, unless nothing under them is left; side notes go or stay by their own kind. */
export function filtered(entries: readonly Entry[], hidden: ReadonlySet<Part>): Entry[] {
  if (!hidden.size) return [...entries];
  const shown = entries.flatMap((entry): Entry[] => {
    const side = entry.side.filter((note) => !hidden.has(note.kind === "medication" || note.kind === "answer" ? "findings" : "alerts"));
    const part = OF_KIND[entry.kind];
    // A note whose alert is looked for stays with it: an alert without its words says little.
    if (part && hidden.has(part) && !side.length) return [];
    return [{ ...entry, side }];
  });
  return shown.filter((entry, index) => entry.kind !== "step" || (shown[index + 1] !== undefined && shown[index + 1]!.kind !== "step"));
}
