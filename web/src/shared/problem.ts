/** Medication therapy problems and the letters to prescribers about them. */

export type Need = "indication" | "effectiveness" | "safety" | "adherence";
export type Rationale =
  | ""
  | "duplicate-therapy"
  | "no-indication"
  | "non-drug-therapy"
  | "recreational-use"
  | "treats-side-effect"
  | "preventive-therapy"
  | "untreated-condition"
  | "synergistic-therapy"
  | "more-effective-drug"
  | "condition-refractory"
  | "dosage-form"
  | "contraindicated-choice"
  | "not-effective"
  | "dose-too-low"
  | "frequency-too-low"
  | "administration-weakens"
  | "interaction-weakens"
  | "storage"
  | "duration-too-short"
  | "monitoring-effect"
  | "side-effect"
  | "unsafe-for-patient"
  | "allergic-reaction"
  | "interaction-harms"
  | "changed-too-fast"
  | "administration-harms"
  | "dose-too-high"
  | "frequency-too-high"
  | "duration-too-long"
  | "monitoring-safety"
  | "does-not-understand"
  | "cannot-afford"
  | "prefers-not"
  | "forgets"
  | "not-available"
  | "cannot-administer";
export type ProblemStage = "open" | "sent" | "accepted" | "changed" | "declined" | "resolved";
export type LetterStage = "requested" | "drafted" | "failed" | "sent";

export type FollowedBy = "pharmacist" | "prescriber" | "patient" | "caregiver";

/** What is looked after by a day; `about` is the id of a problem or to-do item, "" for neither. */
export interface FollowUp {
  id: string;
  due: string;
  by: FollowedBy;
  what: string;
  about: string;
  stage: "planned" | "done";
  note: string;
  postponed: number;
  closed_at: string;
}

export interface Problem {
  id: string;
  need: Need;
  title: string;
  detail: string;
  alert_id: string;
  medications: string[];
  rationale: Rationale;
  recommendation: string;
  evidence: string;
  prescriber: string;
  stage: ProblemStage;
  outcome: string;
}

/** A problem as a page writes it: what it leaves out is empty, and where it stands is kept by the server. */
export type NewProblem = Pick<Problem, "id" | "need" | "title"> & Partial<Problem>;

export interface Letter {
  id: string;
  prescriber: string;
  problems: string[];
  address: string;
  reply_by: string;
  stage: LetterStage;
  sha256: string;
  html_sha256: string;
  based_on: number;
  drafted_at: string;
  sent_at: string;
  sent_by: string;
  code: string;
}
