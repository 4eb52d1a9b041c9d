/** The script as the server describes it, and which of its questions apply now. */

import { answerKey } from "../../shared/consult";
import type { Consult, Suggestion, TodoWords } from "../../shared/protocol";
import { t } from "../../shared/texts";

export type ItemType =
  | "boolean"
  | "choice"
  | "open-choice"
  | "string"
  | "text"
  | "integer"
  | "decimal"
  | "date"
  | "display"
  | "group";

/** What the same questions are asked of, one by one. */
export type Loop = "medication" | "todo";

/** One round of a loop; the id of a medication or of a to-do item, and what it is called. */
export interface LoopRow {
  each: Loop;
  id: string;
  name: string;
  /** Of a medication, "" where it is not known. */
  strength: string;
}

export interface ScriptCondition {
  question?: string;
  fact?: string;
  name?: string;
  operator: "exists" | "=" | "!=" | ">" | "<" | ">=" | "<=" | "contains";
  answer: string[];
}

export interface Item {
  link_id: string;
  text: string;
  type: ItemType;
  required: boolean;
  repeats: boolean;
  help: string;
  unit: string;
  answer_option: { code: string; text: string }[];
  enable_when: ScriptCondition[];
  enable_behavior: "all" | "any";
  for_each: "" | Loop;
  items: Item[];
}

export interface Step {
  id: string;
  title: string;
  phase: string;
  /** In which its words are: that of the talk, or of the page where the step is for the pharmacist alone. */
  language: string;
  say: string;
  patient_topic: string;
  record: string;
  done_when: string;
  for_each: "" | Loop;
  branches: "none" | "ask" | "hold";
  items: Item[];
}

export interface Branch {
  id: string;
  title: string;
  urgent: boolean;
  say: string;
  do: string[];
  /** Numbers to call in the emergency, and the questions that hold where the patient is. */
  call: string[];
  place: string;
  call_back: string;
  items: Item[];
}

/** What an authority calls for; rules with the same `care` are about the same thing. */
export interface CareRule {
  rule: string;
  care: string;
  title: string;
  authority: string;
  interval: string;
  action: string;
  /** The patient's to-do item about it, where the script has one. */
  todo: { topic: string; action: string; why: string; said: TodoWords[] } | null;
}

export interface Script {
  id: string;
  /** The tag of the language that the patient's words are in. */
  language: string;
  /** The languages that it can be held in. */
  languages: string[];
  title: string;
  sections: { id: string; title: string; steps: Step[] }[];
  branches: Branch[];
  prevention: CareRule[];
}

export const stepsOf = (script: Script): Step[] => script.sections.flatMap((section) => section.steps);

const deep = (items: readonly Item[]): Item[] => items.flatMap((item) => [item, ...deep(item.items)]);

/** The question of this id, wherever it stands in the script. */
export const itemOf = (script: Script, linkId: string): Item | undefined =>
  deep([...stepsOf(script), ...script.branches].flatMap((block) => block.items)).find((item) => item.link_id === linkId);

/** The step the pharmacist is in: the one entered, else the first that is neither done nor skipped. */
export function currentStep(script: Script, consult: Consult): Step | undefined {
  const steps = stepsOf(script);
  return (
    steps.find((step) => step.id === consult.step_id) ??
    steps.find((step) => !consult.guidance.done.includes(step.id) && !(step.id in consult.skipped)) ??
    steps[0]
  );
}

export function stepState(step: Step, consult: Consult): "done" | "skipped" | "open" {
  if (step.id in consult.skipped) return "skipped";
  return consult.guidance.done.includes(step.id) ? "done" : "open";
}

/** The language that a question is put in. */
export const languageOf = (script: Script, linkId: string): string =>
  stepsOf(script).find((step) => deep(step.items).some((item) => item.link_id === linkId))?.language ?? script.language;

/** Why a question of a step is asked next, as the server says it; "" for one of a branch. */
export function placeWords(next: Suggestion, script: Script, consult: Consult): string {
  const steps = stepsOf(script);
  const place = steps.findIndex((step) => deep(step.items).some((item) => item.link_id === next.link_id));
  if (place < 0) return "";
  const row = next.medication_id || next.todo_id;
  if (row) return t("%(name)s: not asked yet", { name: nameOf(consult, row) });
  const here = steps.findIndex((step) => step.id === currentStep(script, consult)?.id);
  const { title } = steps[place]!;
  if (place === here) return t("Still open here: %(title)s", { title });
  return place < here ? t("Left open earlier: %(title)s", { title }) : t("Next: %(title)s", { title });
}

/** The rows that a loop goes through: the regimen, or the plan so far. */
export function loopRows(each: Loop, consult: Consult): LoopRow[] {
  const ids =
    each === "todo"
      ? Object.keys(consult.todos)
      : Object.values(consult.medications)
          .filter((row) => row.review !== "rejected" && ["active", "intended", "unknown"].includes(row.status))
          .map((row) => row.id);
  return ids.map((id) => rowOf(consult, id, each));
}

/** What a medication or a to-do item is called, an item in the language of the talk; "" for neither. */
export function nameOf(consult: Consult, rowId: string): string {
  const item = consult.todos[rowId];
  const said = item?.said.find((one) => one.language === consult.guidance.language)?.topic;
  return consult.medications[rowId]?.name ?? said ?? item?.topic ?? "";
}

/** The row of this id, for the texts that are about it. */
export const rowOf = (consult: Consult, id: string, each: Loop = id in consult.todos ? "todo" : "medication"): LoopRow => ({
  each,
  id,
  name: nameOf(consult, id),
  strength: consult.medications[id]?.sig.strength ?? "",
});

const FILTERS: Record<string, (text: string) => string> = {
  lower: (text) => text.toLowerCase(),
  upper_first: (text) => text.slice(0, 1).toUpperCase() + text.slice(1),
};

/** A text of the script with the names of the row that it is about filled in, as `consult/scripts/wording.py` does. */
export function filled(text: string, row?: Pick<LoopRow, "name" | "strength">): string {
  const values: Record<string, string> = {
    medicine: row?.name || "this medicine",
    strength: row?.strength ?? "",
    todo: row?.name || "this item",
  };
  return text.replace(/\{(medicine|strength|todo)((?:\|\w+)*)\}/g, (_slot, name: string, filters: string) =>
    filters.split("|").reduce((value, filter) => FILTERS[filter]?.(value) ?? value, values[name]!),
  );
}

const leaves = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => (item.type === "group" ? leaves(item.items) : [item]));

export { leaves as questionsIn };

export function openQuestions(items: readonly Item[], consult: Consult, row: LoopRow): number {
  return leaves(items).filter((item) => {
    if (!item.required || !applies(item, consult, row.id)) return false;
    const answer = consult.answers[answerKey(item.link_id, row.id)];
    return !answer || answer.review !== "confirmed" || !answer.values.length;
  }).length;
}

/** The loops of a step: the whole step, or the groups in it that are asked of each medication or to-do item. */
export function loopsOf(step: Step): { each: Loop; items: Item[] }[] {
  if (step.for_each) return [{ each: step.for_each, items: step.items }];
  return (["medication", "todo"] as const)
    .map((each) => ({ each, items: step.items.filter((item) => item.for_each === each) }))
    .filter((loop) => loop.items.length > 0);
}

/** The row the loop is at: the chosen one, else the first with an open question. */
export function loopAt(each: Loop, items: readonly Item[], consult: Consult, chosen: string): LoopRow | undefined {
  const rows = loopRows(each, consult);
  return rows.find((row) => row.id === chosen) ?? rows.find((row) => openQuestions(items, consult, row) > 0) ?? rows[0];
}

/**
 * Does the question apply? Conditions on answers are tested here; conditions on facts are the server's to judge,
 * so a question with one is shown.
 */
export function applies(item: Item, consult: Consult, rowId = ""): boolean {
  if (!item.enable_when.length) return true;
  const test = (condition: ScriptCondition): boolean => holds(condition, consult, rowId);
  return item.enable_behavior === "any" ? item.enable_when.some(test) : item.enable_when.every(test);
}

function holds(condition: ScriptCondition, consult: Consult, rowId: string): boolean {
  const values = valuesOf(condition, consult, rowId);
  if (values === null) return true;
  const { operator, answer } = condition;
  switch (operator) {
    case "exists":
      return values.length > 0 === !(answer.length === 1 && answer[0] === "no");
    case "=":
      return values.some((value) => answer.includes(value.toLowerCase()));
    case "!=":
      return !values.some((value) => answer.includes(value.toLowerCase()));
    case "contains":
      return values.some((value) => answer.some((part) => value.toLowerCase().includes(part)));
    default:
      return values.some((value) => answer.some((limit) => compare(Number(value), operator, Number(limit))));
  }
}

/** The values that a condition looks at; null where only the server knows them. */
function valuesOf(condition: ScriptCondition, consult: Consult, rowId: string): string[] | null {
  if (condition.question) return answersTo(condition.question, consult, rowId);
  const row = consult.medications[rowId];
  if (!row) return null;
  const facts: Record<string, string> = {
    medication_route: row.sig.route ?? "",
    medication_source: row.source,
    medication_status: row.status,
    medication_as_needed: row.sig.as_needed ? "yes" : "no",
  };
  const fact = facts[condition.fact ?? ""];
  return fact === undefined ? null : fact ? [fact] : [];
}

function answersTo(linkId: string, consult: Consult, rowId: string): string[] {
  const own = rowId ? consult.answers[answerKey(linkId, rowId)] : undefined;
  if (own && own.review !== "rejected") return own.values;
  return Object.values(consult.answers)
    .filter((one) => one.link_id === linkId && one.review !== "rejected" && (!rowId || (!one.medication_id && !one.todo_id)))
    .flatMap((one) => one.values);
}

function compare(value: number, operator: string, limit: number): boolean {
  if (Number.isNaN(value) || Number.isNaN(limit)) return false;
  if (operator === ">") return value > limit;
  if (operator === "<") return value < limit;
  return operator === ">=" ? value >= limit : value <= limit;
}
