/** Answers to script questions and what the script makes of the state, as `consult/domain/answer.py` has them. */

import type { Evidence, Need, Review, TodoWords } from "./protocol";

export interface Answer {
  link_id: string;
  values: string[];
  medication_id: string;
  source: "pharmacist" | "note" | "patient";
  review: Review;
  evidence: Evidence[];
  todo_id: string;
}

export interface OpenBranch {
  branch_id: string;
  because: string;
  /** The words of the notes that raise a red flag, as they came. */
  evidence?: Evidence[];
  /** How a red flag was dismissed before the notes said it again; "" where they did not. */
  put_aside?: string;
}

export interface Suggestion {
  step_id: string;
  link_id: string;
  medication_id: string;
  why: string;
  /** The words to speak, in the guidance's language, names filled in. */
  say: string;
  text: string;
  todo_id: string;
}

/** Questions that apply now; `fresh` ones arose in the talk and are not answered yet. */
export interface Counts {
  steps: number;
  asked: number;
  answered: number;
  proposed: number;
  open: number;
  fresh: number;
}

/** A problem with a to-do item that an answer gives rise to. */
export interface Draft {
  id: string;
  block: string;
  need: Need;
  title: string;
  todo_topic: string;
  todo_action: string;
  todo_why: string;
  because: string;
  medications: string[];
  todo_said: TodoWords[];
}

/** A value that was answered and is not among the laboratory values yet. */
export interface LabDraft {
  name: string;
  value: number;
  unit: string;
  link_id: string;
}

/** A preventive measure that a rule calls for; its words stand under `prevention` of the script. */
export interface CareGap {
  rule: string;
  because: string;
  status: "due" | "ask";
}

/** What the fill history of this year shows for one measure; percent and goal are of the days from first to last. */
export interface Adherence {
  measure: string;
  title: string;
  covered: number;
  days: number;
  percent: number;
  goal: number;
  first: string;
  last: string;
  /** Why the measure itself would leave the patient out; "" where it would not. */
  not_counted: string;
  /** The days on which something was filled. */
  fills: number;
}

/** What the script makes of the state. While `urgent` names a red flag, `next` is its question. */
export interface Guidance {
  next: Suggestion | null;
  branches: OpenBranch[];
  done: string[];
  urgent: string[];
  counts: Counts;
  drafts: Draft[];
  labs: LabDraft[];
  gaps: CareGap[];
  /** Of the words for the patient: those of `next` and of the drafts' to-do items. */
  language: string;
  adherence: Adherence[];
  /** Purposes to which the patient has said no: telehealth, transcript, prescriber, caregiver. */
  refused: string[];
  /** Purposes to which the patient has agreed. */
  agreed: string[];
  /** Purposes that the script asks for and nobody has asked yet. */
  unasked: string[];
}
