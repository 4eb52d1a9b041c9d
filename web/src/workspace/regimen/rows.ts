/** The rows of the regimen in the order they are shown, and new rows as the domain makes them. */

import type { Consult, Evidence, Medication, Sig } from "../../shared/protocol";

export const emptySig: Sig = {
  strength: null,
  dose: null,
  route: null,
  frequency: null,
  as_needed: false,
  duration: null,
  timing: null,
};

export interface RegimenGroups {
  /** Taken or to be clarified, as they came. */
  present: Medication[];
  /** Stopped, finished or not taken. */
  past: Medication[];
  rejected: Medication[];
  toConfirm: number;
  /** Rows that the patient has called wrong or is not sure of. */
  doubted: number;
}

const PAST = new Set(["stopped", "completed", "not-taken"]);

export function regimenGroups(consult: Consult): RegimenGroups {
  const rows = Object.values(consult.medications);
  const kept = rows.filter((row) => row.review !== "rejected");
  return {
    present: kept.filter((row) => row.review === "proposed" || !PAST.has(row.status)),
    past: kept.filter((row) => row.review !== "proposed" && PAST.has(row.status)),
    rejected: rows.filter((row) => row.review === "rejected"),
    toConfirm: kept.filter((row) => row.review === "proposed").length,
    doubted: kept.filter((row) => ["wrong", "unsure"].includes(consult.reports[row.id]?.reply ?? "")).length,
  };
}

/** The id of a row: its ingredients, or the typed word where nothing is known about it (as `medication_key`). */
export function medicationKey(ingredients: readonly string[], name: string): string {
  return `med:${[...ingredients].sort().join("+") || name.trim().toLowerCase()}`.slice(0, 80);
}

export function newMedication(name: string, ingredients: string[]): Medication {
  return {
    id: medicationKey(ingredients, name),
    name,
    ingredients,
    match: "exact",
    sig: emptySig,
    status: "active",
    why: "",
    prescriber: "",
    source: "hand",
    review: "confirmed",
    started: "",
    last_fill: "",
    previous: "",
    candidates: [],
    evidence: [],
  };
}

/** The lines that evidence stands in, numbered as the notes show them. */
export function evidenceLines(
  evidence: readonly Evidence[],
  consult: Consult,
): { lineId: string; number: number; start: number }[] {
  const seen = new Map<string, { lineId: string; number: number; start: number }>();
  for (const one of evidence) {
    const number = consult.order.indexOf(one.line_id) + 1;
    if (number && !seen.has(one.line_id)) seen.set(one.line_id, { lineId: one.line_id, number, start: one.start });
  }
  return [...seen.values()];
}

/** May the row be confirmed with one key, or does a person have to choose first? */
export function needsChoice(row: Medication): "candidate" | "drug" | "" {
  if (row.match === "fuzzy" && row.candidates.length > 1) return "candidate";
  if (row.match === "class" && !row.ingredients.length) return "drug";
  return "";
}
