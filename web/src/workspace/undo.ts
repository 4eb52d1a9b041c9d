/** What takes an action back: for each command, computed from the state before it, the commands that restore it. */

import { keyOf } from "../shared/consult";
import type { Commands, CommandType, Consult } from "../shared/protocol";
import { t } from "../shared/texts";

export type Step = { [T in CommandType]: { type: T; data: Commands[T] } }[CommandType];

export interface Undoable {
  /** What was done, as one reads it after "Undo: ". */
  words: string;
  steps: Step[];
}

type Inverse<T extends CommandType> = (data: Commands[T], before: Consult) => Undoable | null;

const one = (words: string, ...steps: Step[]): Undoable => ({ words, steps });

const confirming = (name: string): string => t("confirming %(name)s", { name });
const rejecting = (name: string): string => t("rejecting %(name)s", { name });

/** Brings a row of the regimen back to where it stood. */
function restoredRow(id: string, verb: (name: string) => string, before: Consult): Undoable | null {
  const row = before.medications[id];
  if (!row) return null;
  const words = verb(row.name);
  if (row.review === "proposed") return one(words, { type: "reopen_medication", data: { medication_id: id } });
  if (row.review === "rejected") return one(words, { type: "reject_medication", data: { medication_id: id } });
  return one(words, { type: "edit_medication", data: { medication: row } });
}

function restoredEffect(id: string, verb: (name: string) => string, before: Consult): Undoable | null {
  const row = before.effects[id];
  if (!row) return null;
  const type = { proposed: "reopen_effect", confirmed: "confirm_effect", rejected: "reject_effect" } as const;
  return one(verb(row.concept), { type: type[row.review], data: { effect_id: id } });
}

const INVERSES: { [T in CommandType]?: Inverse<T> } = {
  confirm_medication: ({ medication_id }, before) => restoredRow(medication_id, confirming, before),
  reject_medication: ({ medication_id }, before) => restoredRow(medication_id, rejecting, before),
  edit_medication({ medication }, before) {
    const row = before.medications[medication.id];
    if (!row) return null;
    const values: Step = { type: "edit_medication", data: { medication: row } };
    const review = row.review === "confirmed" ? [] : restoredRow(row.id, () => "", before)!.steps;
    return one(t("editing %(name)s", { name: row.name }), values, ...review);
  },
  add_medication: ({ medication }) =>
    one(t("adding %(name)s", { name: medication.name }), { type: "reject_medication", data: { medication_id: medication.id } }),
  confirm_effect: ({ effect_id }, before) => restoredEffect(effect_id, confirming, before),
  reject_effect: ({ effect_id }, before) => restoredEffect(effect_id, rejecting, before),
  record_allergy({ allergy }, before) {
    const known = before.allergies[allergy.id];
    const words = t("recording the allergy to %(substance)s", { substance: allergy.substance });
    if (known?.review === "confirmed") return one(words, { type: "record_allergy", data: { allergy: known } });
    if (known?.review === "proposed") return one(words, { type: "reopen_allergy", data: { allergy_id: known.id } });
    return one(words, { type: "remove_allergy", data: { allergy_id: allergy.id } });
  },
  remove_allergy({ allergy_id }, before) {
    const known = before.allergies[allergy_id];
    if (!known) return null;
    const words = t("removing the allergy to %(substance)s", { substance: known.substance });
    return known.review === "proposed"
      ? one(words, { type: "reopen_allergy", data: { allergy_id } })
      : one(words, { type: "record_allergy", data: { allergy: known } });
  },
  record_condition({ condition }, before) {
    const known = before.conditions[condition.id];
    const back: Step = known
      ? { type: "record_condition", data: { condition: known } }
      : { type: "remove_condition", data: { condition_id: condition.id } };
    return one(t("recording %(name)s", { name: condition.name }), back);
  },
  remove_condition({ condition_id }, before) {
    const known = before.conditions[condition_id];
    return known ? one(t("removing %(name)s", { name: known.name }), { type: "record_condition", data: { condition: known } }) : null;
  },
  acknowledge_alert: ({ alert_id }, before) => reopened(alert_id, (name) => t("acknowledging %(name)s", { name }), before),
  accept_alert: ({ alert_id }, before) => reopened(alert_id, (name) => t("adding to the plan: %(name)s", { name }), before),
  add_problem: ({ problem }) => one(t("noting %(title)s", { title: problem.title }), { type: "remove_problem", data: { problem_id: problem.id } }),
  remove_problem({ problem_id }, before) {
    const known = before.problems[problem_id];
    return known ? one(t("removing %(name)s", { name: known.title }), { type: "add_problem", data: { problem: known } }) : null;
  },
  add_todo: ({ item }) => one(t("adding %(name)s", { name: item.topic }), { type: "remove_todo", data: { item_id: item.id } }),
  edit_todo({ item }, before) {
    const known = before.todos[item.id];
    return known ? one(t("changing %(topic)s", { topic: known.topic }), { type: "edit_todo", data: { item: known } }) : null;
  },
  remove_todo({ item_id }, before) {
    const known = before.todos[item_id];
    return known ? one(t("removing %(name)s", { name: known.topic }), { type: "add_todo", data: { item: known } }) : null;
  },
  skip_step: ({ step_id }) => one(t("setting a question aside"), { type: "resume_step", data: { step_id } }),
  resume_step({ step_id }, before) {
    const reason = before.skipped[step_id];
    return reason ? one(t("taking a question up again"), { type: "skip_step", data: { step_id, reason } }) : null;
  },
  enter_step: (_data, before) =>
    before.step_id ? one(t("going to another step"), { type: "enter_step", data: { step_id: before.step_id } }) : null,
  answer_question({ answer }, before) {
    const known = before.answers[keyOf(answer)];
    return one(t("the answer"), { type: "answer_question", data: { answer: known ?? { ...answer, values: [], evidence: [] } } });
  },
};

function reopened(alertId: string, verb: (name: string) => string, before: Consult): Undoable | null {
  const row = before.alerts[alertId];
  if (!row) return null;
  const again: Step[] =
    row.stage === "acknowledged"
      ? [{ type: "acknowledge_alert", data: { alert_id: alertId, reason: row.reason as never, comment: row.comment } }]
      : [];
  return one(verb(row.alert.title), { type: "reopen_alert", data: { alert_id: alertId } }, ...again);
}

/** Null where there is nothing to take back: what was sent, signed or typed is undone in its own way. */
export function inverse<T extends CommandType>(type: T, data: Commands[T], before: Consult): Undoable | null {
  const make = INVERSES[type] as Inverse<T> | undefined;
  return make ? make(data, before) : null;
}

/** Actions that began within this time are one action: "Confirm 9 exact" is undone at once. */
const TOGETHER_MS = 300;
const MOST = 50;

export class UndoStack {
  private done: { entries: Undoable[]; at: number }[] = [];

  push(entry: Undoable, at: number): void {
    const last = this.done[this.done.length - 1];
    if (last && at - last.at <= TOGETHER_MS) {
      last.entries.push(entry);
      last.at = at;
    } else {
      this.done.push({ entries: [entry], at });
      if (this.done.length > MOST) this.done.shift();
    }
  }

  /** An action that was refused has nothing to undo. */
  forget(entry: Undoable): void {
    for (const one of this.done) one.entries = one.entries.filter((other) => other !== entry);
    this.done = this.done.filter((one) => one.entries.length > 0);
  }

  /** What would be undone now, "" for nothing. */
  get words(): string {
    const last = this.done[this.done.length - 1];
    if (!last) return "";
    const [first] = last.entries;
    return last.entries.length > 1 ? t("%(what)s and %(number)s more", { what: first!.words, number: last.entries.length - 1 }) : first!.words;
  }

  pop(): Undoable | undefined {
    const { words } = this;
    const last = this.done.pop();
    return last && { words, steps: [...last.entries].reverse().flatMap((one) => one.steps) };
  }
}
