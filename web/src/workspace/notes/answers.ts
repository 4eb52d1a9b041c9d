/** What the answer keys at the cursor do to the thing found there. */

import type { Allergy, Commands, Consult, Medication, MedicationMention, NoteLine } from "../../shared/protocol";
import { needsChoice } from "../regimen/rows";
import type { Found } from "./marks";

/** The regimen row that a mention has suggested: the one whose evidence names its place. */
export function rowOf(found: Pick<Found, "lineId" | "kind" | "mention">, consult: Consult): Medication | undefined {
  if (found.kind !== "medication") return undefined;
  const mention = found.mention as MedicationMention;
  const rows = Object.values(consult.medications);
  const here = rows.filter((row) =>
    row.evidence.some((one) => one.line_id === found.lineId && one.start === mention.start),
  );
  const wanted = [...mention.ingredients].sort().join("+");
  return here.find((row) => [...row.ingredients].sort().join("+") === wanted) ?? here[0];
}

/** The allergy that a mention has suggested. */
export function allergyOf(found: Pick<Found, "lineId" | "kind" | "mention">, consult: Consult): Allergy | undefined {
  if (found.kind !== "medication" || (found.mention as MedicationMention).status !== "allergy") return undefined;
  const { start } = found.mention;
  return Object.values(consult.allergies).find((row) =>
    row.evidence.some((one) => one.line_id === found.lineId && one.start === start),
  );
}

/**
 * What a line says of a drug that it does not name: the span is that of "it", the drugs are those of the rows whose
 * evidence names that place ("both" speaks of two). `lineId` is the line in which the drug was named.
 */
function inferred(line: NoteLine, consult: Consult): Found[] {
  return line.context.referred.flatMap((reference) =>
    Object.values(consult.medications).flatMap((row): Found[] => {
      const place = row.evidence.findIndex((one) => one.line_id === line.id && one.start === reference.start);
      if (place < 0) return [];
      const mention = { ...reference, text: row.name, ingredients: row.ingredients, match: row.match };
      const lineId = row.evidence[place - 1]?.line_id ?? line.id;
      return [{ lineId: line.id, kind: "medication", mention, review: row.review, meant: { lineId, text: reference.text } }];
    }),
  );
}

/** What was found in a line, in order, with what a person has said to each. */
export function findingsOf(line: NoteLine, consult: Consult): Found[] {
  const medications = line.medications.map((mention): Found => {
    const found = { lineId: line.id, kind: "medication" as const, mention };
    const row = allergyOf(found, consult) ?? rowOf(found, consult);
    return { ...found, review: row?.review ?? "proposed" };
  });
  const effects = line.effects.map((mention): Found => {
    const review = consult.effects[`effect:${mention.concept}`]?.review ?? "proposed";
    return { lineId: line.id, kind: "effect", mention, review };
  });
  return [...medications, ...inferred(line, consult), ...effects].sort((a, b) => a.mention.start - b.mention.start);
}

export type CardCommand =
  | { type: "confirm_medication"; data: Commands["confirm_medication"] }
  | { type: "reject_medication"; data: Commands["reject_medication"] }
  | { type: "record_allergy"; data: Commands["record_allergy"] }
  | { type: "remove_allergy"; data: Commands["remove_allergy"] }
  | { type: "confirm_effect"; data: Commands["confirm_effect"] }
  | { type: "reject_effect"; data: Commands["reject_effect"] };

/** The command behind Alt+Enter or Alt+Backspace, null where a person has to choose first or nothing waits. */
export function answerCommand(found: Found, answer: "confirm" | "reject", consult: Consult): CardCommand | null {
  if (found.kind === "effect") {
    const effect_id = `effect:${(found.mention as { concept: string }).concept}`;
    if (consult.effects[effect_id]?.review !== "proposed") return null;
    return { type: answer === "confirm" ? "confirm_effect" : "reject_effect", data: { effect_id } };
  }
  const allergy = allergyOf(found, consult);
  if (allergy) {
    if (allergy.review !== "proposed") return null;
    return answer === "confirm"
      ? { type: "record_allergy", data: { allergy } }
      : { type: "remove_allergy", data: { allergy_id: allergy.id } };
  }
  const row = rowOf(found, consult);
  if (!row || row.review !== "proposed") return null;
  if (answer === "reject") return { type: "reject_medication", data: { medication_id: row.id } };
  if (needsChoice(row)) return null;
  const only = row.match === "fuzzy" ? row.candidates[0] : undefined;
  const chosen = only ? { ingredients: only.ingredients, name: only.name } : {};
  return { type: "confirm_medication", data: { medication_id: row.id, ...chosen } };
}
