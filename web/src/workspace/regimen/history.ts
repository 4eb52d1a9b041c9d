/** What has become of a row: since the record, and step by step in this consult. */

import { sigWords } from "../../shared/format";
import type { Event, Medication } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { MED_STATUS, REPLIES } from "../../shared/words";

const NO_DIRECTIONS = t("no directions");
const WITHOUT = t("without directions");
const NO_REASON = t("no known reason");
const UNKNOWN = t("not known");
const NOBODY = t("nobody known");

export interface RowStep {
  seq: number;
  at: string;
  who: string;
  words: string;
}

const VERBS: Record<string, string> = {
  medication_proposed: t("read from the notes"),
  medication_confirmed: t("confirmed"),
  medication_rejected: t("rejected"),
  medication_edited: t("edited"),
  medication_reopened: t("taken back, waits again"),
};

/** Each step of a row, oldest first, with what it changed; a line that is read again and says the same is no step. */
export function rowHistory(events: readonly Event[], id: string): RowStep[] {
  const steps: RowStep[] = [];
  let before: Medication | null = null;
  let read = false;
  for (const { seq, at, actor, data } of events) {
    if (data.type === "medication_dropped" && data.medication_id === id) {
      steps.push({ seq, at, who: actor.name, words: t("gone: no line says it any more") });
      before = null;
      read = false;
      continue;
    }
    if (data.type === "medication_reported" && data.report.medication_id === id) {
      const said = [REPLIES[data.report.reply], data.report.words && `“${data.report.words}”`].filter(Boolean).join(": ");
      steps.push({ seq, at, who: actor.name, words: t("the patient says %(said)s", { said }) });
      continue;
    }
    if (!("medication" in data) || data.medication.id !== id) continue;
    const row = data.medication;
    const verb =
      data.type === "medication_added" ? (row.source === "history" ? t("on the record") : t("added by hand")) : VERBS[data.type];
    if (!verb) continue;
    const changed = before ? changes(before, row) : [sigWords(row.sig)].filter(Boolean);
    const again = read && data.type === "medication_proposed";
    read = data.type === "medication_proposed";
    before = row;
    if (again && !changed.length) continue;
    steps.push({ seq, at, who: read ? "" : actor.name, words: [verb, ...changed].join(": ") });
  }
  return steps;
}

/** What differs between two states of a row, in words: "5 mg twice a day, was 2.5 mg twice a day". */
export function changes(before: Medication, after: Medication): string[] {
  const found: string[] = [];
  const sig = [sigWords(before.sig), sigWords(after.sig)] as const;
  if (sig[0] !== sig[1]) found.push(t("%(after)s, was %(before)s", { after: sig[1] || NO_DIRECTIONS, before: sig[0] || WITHOUT }));
  if (before.status !== after.status) found.push(t("%(after)s, was %(before)s", { after: MED_STATUS[after.status].toLowerCase(), before: MED_STATUS[before.status].toLowerCase() }));
  if (before.name !== after.name) found.push(t("called %(after)s, was %(before)s", { after: after.name, before: before.name }));
  if (before.why !== after.why) found.push(t("for %(after)s, was %(before)s", { after: after.why || NO_REASON, before: before.why || UNKNOWN }));
  if (before.prescriber !== after.prescriber) found.push(t("by %(prescriber)s", { prescriber: after.prescriber || NOBODY }));
  const told = (row: Medication): string => (row.directions ?? []).map((one) => `${one.language} ${one.words}`).join();
  if (told(before) !== told(after)) found.push(t("the words of the paper were changed"));
  return found.length ? [found.join("; ")] : [];
}

/**
 * How a row differs from the record that the consult began with: "new", "changed" with the old value, or "" for no
 * difference. Without a record nothing counts as new.
 */
export function sinceRecord(row: Medication, recorded: ReadonlyMap<string, Medication>): { kind: "" | "new" | "changed"; words: string } {
  if (!recorded.size) return { kind: "", words: "" };
  const before = recorded.get(row.id);
  if (!before) return { kind: "new", words: t("not on the record") };
  const sig = [sigWords(before.sig), sigWords(row.sig)] as const;
  if (before.status !== row.status) return { kind: "changed", words: t("was %(before)s", { before: MED_STATUS[before.status].toLowerCase() }) };
  if (sig[0] !== sig[1]) return { kind: "changed", words: t("was %(before)s", { before: sig[0] || WITHOUT }) };
  return { kind: "", words: "" };
}
