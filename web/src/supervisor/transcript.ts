/** The events of a consult, read as a play: who said or wrote what, when, with what it caused beside it. */

import { ROLES } from "../shared/people";
import type { Alert, Consult, Event, MedicationMention, Speaker } from "../shared/protocol";
import { emptyConsult, foldEvent } from "../shared/state";
import { t } from "../shared/texts";
import { plainly } from "../shared/turning";
import { stageWords, sideWords, type SideNote } from "./notes";

export interface LineEntry {
  kind: "line";
  key: string;
  seq: number;
  at: string;
  lineId: string;
  author: string;
  speaker: Speaker;
  text: string;
  /** Earlier wordings that stood before they were corrected, oldest first. */
  before: { text: string; at: string }[];
  removedAt: string;
  conflict: boolean;
  failed: boolean;
  found: string[];
  side: SideNote[];
}

export interface ChatEntry {
  kind: "chat";
  key: string;
  seq: number;
  at: string;
  author: string;
  text: string;
  side: SideNote[];
}

/** Something that happened in the room or to the consult; a step is a heading to jump to. */
export interface StageEntry {
  kind: "stage" | "step" | "answer";
  key: string;
  seq: number;
  at: string;
  text: string;
  stepId: string;
  /** It is about the takeaway. */
  paper: boolean;
  side: SideNote[];
}

export type Entry = LineEntry | ChatEntry | StageEntry;

/** What the transcript needs to know of the script: the words behind its ids. */
export interface ScriptWords {
  step: (id: string) => string;
  question: (linkId: string) => string;
  option: (linkId: string, code: string) => string;
}

export const noScript: ScriptWords = { step: (id) => id, question: (id) => id, option: (_id, code) => code };

/** A pause after which a change of a line counts as a correction and not as typing. */
const TYPING_MS = 20_000;

export function transcript(events: readonly Event[], words: ScriptWords = noScript): Entry[] {
  const entries: Entry[] = [];
  const lines = new Map<string, LineEntry>();
  let consult = emptyConsult("");
  let last: LineEntry | undefined;

  const stage = (event: Event, kind: StageEntry["kind"], text: string, stepId = "") =>
    entries.push({ kind, key: `e${event.seq}`, seq: event.seq, at: event.at, text: plainly(text), stepId, paper: /^takeaway_|^delivery_/.test(event.data.type), side: [] });

  for (const event of events) {
    const before = consult;
    consult = foldEvent(consult, event);
    const { data } = event;
    switch (data.type) {
      case "note_line_put": {
        const known = lines.get(data.line_id);
        if (known) correct(known, before, event, data.text);
        else {
          const entry = newLine(event, data.line_id, data.speaker, data.text, data.conflicts_with !== "");
          lines.set(data.line_id, entry);
          entries.push(entry);
        }
        last = lines.get(data.line_id);
        break;
      }
      case "note_line_removed": {
        const known = lines.get(data.line_id);
        if (known) known.removedAt = event.at;
        break;
      }
      case "mentions_found": {
        const known = lines.get(data.line_id);
        if (known) Object.assign(known, { found: foundWords(data.medications), failed: false });
        break;
      }
      case "line_not_analysed": {
        const known = lines.get(data.line_id);
        if (known) known.failed = true;
        break;
      }
      case "chat_message_sent":
        entries.push({
          kind: "chat",
          key: `e${event.seq}`,
          seq: event.seq,
          at: event.at,
          author: event.actor.name || (ROLES[event.actor.role] ?? event.actor.role),
          text: plainly(data.text),
          side: [],
        });
        break;
      case "script_step_entered":
        stage(event, "step", words.step(data.step_id), data.step_id);
        break;
      case "script_answered": {
        if (data.answer.review !== "confirmed") break;
        const row = consult.medications[data.answer.medication_id];
        const values = data.answer.values.map((code) => words.option(data.answer.link_id, code)).join(", ");
        const question = words.question(data.answer.link_id)
          .replaceAll("{medicine}", row?.name ?? t("this medicine"))
          .replaceAll("{todo}", consult.todos[data.answer.todo_id]?.topic ?? t("this item"));
        if (values) stage(event, "answer", `${question} ${values}`);
        break;
      }
      default: {
        const said = sideWords(event, consult);
        const note = said && { ...said, text: plainly(said.text), detail: plainly(said.detail) };
        if (note) beside(entries, lines, last, note, event, consult);
        else {
          const text = stageWords(event, words);
          if (text) stage(event, "stage", text);
        }
      }
    }
  }
  return entries.filter((entry) => entry.kind !== "line" || entry.text.trim() || entry.removedAt || entry.before.length);
}

/**
 * A note stands beside the line that caused it; without one, beside what was written last. What was done about an
 * alert stands under the alert.
 */
function beside(
  entries: Entry[],
  lines: Map<string, LineEntry>,
  last: LineEntry | undefined,
  note: SideNote,
  event: Event,
  consult: Consult,
): void {
  if (note.kind === "answer" && note.alert) {
    const notes = entries.flatMap((entry) => entry.side).filter((one) => one.alert?.id === note.alert?.id);
    const standing = notes.sort((a, b) => b.seq - a.seq)[0];
    if (standing) return void standing.answers.push({ text: note.text, at: note.at });
  }
  const cause = note.alert ? causeOf(note.alert, consult, lines) : lines.get(note.lineId);
  const place = cause ?? last ?? entries[entries.length - 1];
  if (place) return void place.side.push(note);
  const record = { kind: "stage" as const, key: `e${event.seq}`, seq: event.seq, at: event.at, stepId: "", paper: false };
  entries.push({ ...record, text: t("Known from the record"), side: [note] });
}

/** The newest of the lines that name the medications of an alert: the one that brought it up. */
function causeOf(alert: Alert, consult: Consult, lines: Map<string, LineEntry>): LineEntry | undefined {
  const named = alert.medications
    .flatMap((id) => consult.medications[id]?.evidence ?? [])
    .map((evidence) => lines.get(evidence.line_id))
    .filter((line): line is LineEntry => line !== undefined);
  return named.sort((a, b) => b.seq - a.seq)[0];
}

function newLine(event: Event, lineId: string, speaker: Speaker, text: string, conflict: boolean): LineEntry {
  return {
    kind: "line",
    key: `l${lineId}`,
    seq: event.seq,
    at: event.at,
    lineId,
    author: event.actor.name || (ROLES[event.actor.role] ?? event.actor.role),
    speaker,
    text: plainly(text),
    before: [],
    removedAt: "",
    conflict,
    failed: false,
    found: [],
    side: [],
  };
}

/** Typing on is not a correction; changing what had come to rest is. */
function correct(entry: LineEntry, before: Consult, event: Event, text: string): void {
  const stood = before.lines[entry.lineId];
  if (stood && stood.text.trim() && stood.text !== text && !text.startsWith(stood.text.trimEnd())) {
    const rested = !stood.open || new Date(event.at).getTime() - new Date(stood.at).getTime() > TYPING_MS;
    if (rested) entry.before.push({ text: plainly(stood.text), at: stood.at });
  }
  entry.text = plainly(text);
  entry.removedAt = "";
}

const OR = t(" or ");
const A_CLASS = t("a class of medicines");

function foundWords(medications: readonly MedicationMention[]): string[] {
  return medications
    .filter((one) => one.match !== "exact" && one.subject !== "other")
    .map((one) => {
      const names = one.candidates.map(({ name }) => name).join(OR) || A_CLASS;
      return t("“%(text)s” read as %(names)s, to be confirmed", { text: one.text, names });
    });
}

export interface Mark {
  key: string;
  at: string;
  words: string;
  kind: "step" | "critical" | "takeaway";
}

/** Where to jump: steps, critical alerts, stages of the takeaway. */
export function marksOf(entries: readonly Entry[]): Mark[] {
  return entries.flatMap((entry): Mark[] => {
    const marks: Mark[] = [];
    if (entry.kind === "step") marks.push({ key: entry.key, at: entry.at, words: entry.text, kind: "step" });
    if (entry.kind === "stage" && entry.paper)
      marks.push({ key: entry.key, at: entry.at, words: entry.text, kind: "takeaway" });
    for (const note of entry.side)
      if (note.kind === "critical") marks.push({ key: entry.key, at: note.at, words: note.text, kind: "critical" });
    return marks;
  });
}
