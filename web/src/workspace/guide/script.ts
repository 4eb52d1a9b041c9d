/** The script as the server describes it, and which of its questions apply now. */

import { answerKey } from "../../shared/consult";
import type { Consult, Medication } from "../../shared/protocol";

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
  for_each: "" | "medication";
  items: Item[];
}

export interface Step {
  id: string;
  title: string;
  phase: string;
  say: string;
  patient_topic: string;
  record: string;
  done_when: string;
  for_each: "" | "medication";
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

/** The rows that the loop over medications goes through. */
export const loopRows = (consult: Consult): Medication[] =>
  Object.values(consult.medications).filter(
    (row) => row.review !== "rejected" && ["active", "intended", "unknown"].includes(row.status),
  );

const leaves = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => (item.type === "group" ? leaves(item.items) : [item]));

export { leaves as questionsIn };

export function openQuestions(items: readonly Item[], consult: Consult, row: Medication): number {
  return leaves(items).filter((item) => {
    if (!item.required || !applies(item, consult, row.id)) return false;
    const answer = consult.answers[answerKey(item.link_id, row.id)];
    return !answer || answer.review !== "confirmed" || !answer.values.length;
  }).length;
}

/** The questions of a step that are asked of each medication. */
export const loopItems = (step: Step): Item[] =>
  step.for_each === "medication" ? step.items : step.items.filter((item) => item.for_each === "medication");

/** The medication the loop is at: the chosen one, else the first with an open question. */
export function loopAt(items: readonly Item[], consult: Consult, chosen: string): Medication | undefined {
  const rows = loopRows(consult);
  return rows.find((row) => row.id === chosen) ?? rows.find((row) => openQuestions(items, consult, row) > 0) ?? rows[0];
}

/**
 * Does the question apply? Conditions on answers are tested here; conditions on facts are the server's to judge,
 * so a question with one is shown.
 */
export function applies(item: Item, consult: Consult, medicationId = ""): boolean {
  if (!item.enable_when.length) return true;
  const test = (condition: ScriptCondition): boolean => holds(condition, consult, medicationId);
  return item.enable_behavior === "any" ? item.enable_when.some(test) : item.enable_when.every(test);
}

function holds(condition: ScriptCondition, consult: Consult, medicationId: string): boolean {
  const values = valuesOf(condition, consult, medicationId);
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
function valuesOf(condition: ScriptCondition, consult: Consult, medicationId: string): string[] | null {
  if (condition.question) return answersTo(condition.question, consult, medicationId);
  const row = consult.medications[medicationId];
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

function answersTo(linkId: string, consult: Consult, medicationId: string): string[] {
  const own = medicationId ? consult.answers[answerKey(linkId, medicationId)] : undefined;
  if (own && own.review !== "rejected") return own.values;
  return Object.values(consult.answers)
    .filter((one) => one.link_id === linkId && one.review !== "rejected" && (!medicationId || !one.medication_id))
    .flatMap((one) => one.values);
}

function compare(value: number, operator: string, limit: number): boolean {
  if (Number.isNaN(value) || Number.isNaN(limit)) return false;
  if (operator === ">") return value > limit;
  if (operator === "<") return value < limit;
  return operator === ">=" ? value >= limit : value <= limit;
}
