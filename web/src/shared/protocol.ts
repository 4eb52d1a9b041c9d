/** The words of the wire: values, events, commands and answers, with the field names of `consult/domain`. */

import type { Answer, Guidance } from "./guidance";
import type { FollowUp, Letter, Problem } from "./problem";
import type { Delivery, EmailConsent, Representative, Takeaway } from "./takeaway";
import type { Picture, Rating, Report } from "./told";

// --- values

export type Role = "pharmacist" | "patient" | "caregiver" | "interpreter" | "supervisor" | "system";
export type Match = "exact" | "fuzzy" | "class";
export type EffectMatch = "exact" | "pattern" | "fuzzy";
export type Status =
  | "active"
  | "stopped"
  | "not-taken"
  | "on-hold"
  | "intended"
  | "completed"
  | "unknown"
  | "allergy";
export type Subject = "patient" | "other";
export type Review = "proposed" | "confirmed" | "rejected";
export type Source = "history" | "note" | "hand" | "patient";
export type Speaker = "pharmacist" | "patient" | "caregiver";
export type AlertKind =
  | "interaction"
  | "duplication"
  | "condition"
  | "age"
  | "allergy"
  | "renal"
  | "food_herb"
  | "dose"
  | "monitoring";
export type Severity = "contraindicated" | "major" | "moderate" | "minor";
export type Indicator = "critical" | "warning" | "info";
export type AlertStage = "raised" | "acknowledged" | "accepted" | "withdrawn";
export type Phase = "none" | "scheduled" | "open" | "closed";
export type IdentityMethod = "video" | "phone" | "phone_callback" | "in_person";
export type AcknowledgeReason =
  | "monitoring-arranged"
  | "dose-adjusted"
  | "tolerated"
  | "benefit-outweighs-risk"
  | "prescriber-contacted"
  | "not-taking"
  | "rule-wrong"
  | "other";

export interface Actor {
  id: string;
  role: Role;
  name: string;
}

export interface Participant {
  id: string;
  role: Role;
  name: string;
  state: "waiting" | "admitted";
  present: boolean;
  /** Would rather talk by phone. */
  by_phone: boolean;
}

export interface Identity {
  method: IdentityMethod;
  identifiers: string[];
  by: string;
  at: string;
}

export interface MtmEnrollment {
  enrolled_on: string;
  met_criteria: boolean | null;
  met_criteria_on: string;
  opted_out_on: string;
  opt_out_reason: string;
  contract_id: string;
  targeted_by: "" | "chronic-diseases" | "drug-management";
}

export interface Patient {
  id: string;
  name: string;
  birth_date: string;
  sex: "f" | "m" | "";
  phone: string;
  address: string;
  language: string;
  plan_name: string;
  member_id: string;
  mtm: MtmEnrollment | null;
}

export interface Cue {
  sets: string;
  start: number;
  end: number;
  text: string;
}

export interface Candidate {
  name: string;
  ingredients: string[];
  score: number;
}

export interface MedicationMention {
  start: number;
  end: number;
  text: string;
  ingredients: string[];
  match: Match;
  strength: string | null;
  dose: string | null;
  route: string | null;
  frequency: string | null;
  as_needed: boolean;
  duration: string | null;
  timing: string | null;
  previous: string | null;
  indication: string | null;
  status: Status;
  subject: Subject;
  confidence: number;
  candidates: Candidate[];
  flags: string[];
  cues: Cue[];
  /** What a number without a unit stands for, by what is sold; `strength` is null then. */
  likely_strength: string | null;
}

export interface EffectMention {
  start: number;
  end: number;
  text: string;
  concept: string;
  negated: boolean;
  uncertain: boolean;
  historical: boolean;
  subject: Subject;
  suspected: string[];
  confidence: number;
  cues: Cue[];
  severity: string | null;
  onset: string | null;
  match: EffectMatch;
}

/** What a line says in answer to a script question; `medication` is the start of a mention, -1 for none. */
export interface Heard {
  link_id: string;
  values: string[];
  start: number;
  end: number;
  medication: number;
  several: boolean;
}

export interface Sig {
  strength: string | null;
  dose: string | null;
  route: string | null;
  frequency: string | null;
  as_needed: boolean;
  duration: string | null;
  timing: string | null;
}

export interface Evidence {
  line_id: string;
  rev: number;
  start: number;
  end: number;
}

/** How it is taken as the pharmacist has put it for the patient; it holds for this sig only. */
export interface Directions {
  language: string;
  words: string;
  sig: Sig;
}

export interface Medication {
  id: string;
  name: string;
  ingredients: string[];
  match: Match;
  sig: Sig;
  status: Status;
  why: string;
  prescriber: string;
  source: Source;
  review: Review;
  started: string;
  last_fill: string;
  previous: string;
  candidates: Candidate[];
  evidence: Evidence[];
  /** What the paper says instead of the program's words. */
  directions?: Directions[];
}

export interface Condition {
  id: string;
  name: string;
  since: string;
  source: "history" | "note" | "hand";
}

export interface Allergy {
  id: string;
  substance: string;
  ingredients: string[];
  reaction: string;
  review: Review;
  source: "history" | "note" | "hand";
  evidence: Evidence[];
}

export interface Lab {
  name: string;
  value: number;
  unit: string;
  at: string;
}

export interface Fill {
  name: string;
  date: string;
  days_supply: number;
  ingredients: string[];
  quantity: number | null;
  source: string;
}

/** From admission to discharge, both included. */
export interface Stay {
  first: string;
  last: string;
}

export interface Effect {
  id: string;
  concept: string;
  words: string;
  suspected: string[];
  historical: boolean;
  review: Review;
  evidence: Evidence[];
  severity: string;
  onset: string;
}

export interface Factor {
  name: string;
  value: string;
  effect: "raises" | "lowers" | "missing" | "neutral";
}

export interface Alert {
  id: string;
  kind: AlertKind;
  between: string[];
  severity: Severity;
  indicator: Indicator;
  title: string;
  why: string;
  action: string;
  source: string;
  mechanism: string;
  factors: Factor[];
  medications: string[];
  rule: string;
  todo_topic: string;
  todo_action: string;
  todo_why: string;
  todo_said: TodoWords[];
}

export interface Unchecked {
  name: string;
  reason: string;
}

export interface TodoWords {
  language: string;
  topic: string;
  action: string;
  why: string;
}

export interface TodoItem {
  id: string;
  topic: string;
  action: string;
  why: string;
  problem_id: string;
  said: TodoWords[];
  also?: string[]; // further problems that the same step answers
}

export type { FollowedBy, FollowUp, Letter, LetterStage, Need, Problem, ProblemStage, Rationale } from "./problem";
export type { Copy, Delivery, Edition, EmailConsent, PaperLine, Representative, Takeaway, TakeawayStage, Way } from "./takeaway";
export type { Adherence, Answer, CareGap, Counts, Draft, Guidance, LabDraft, OpenBranch, Suggestion } from "./guidance";

/**
 * What a line says of others: a heading holds for the lines under it; `referred` speaks of the drugs named last;
 * `tells` that their "name" or whose they are ("person") was wrong, what a symptom came from ("cause"), of a
 * "thing", or whom a relative speaks for ("for mom").
 */
export interface LineContext {
  section: string;
  status: string;
  effects: string;
  referred: MedicationMention[];
  tells?: string;
}

// --- the state of one consult

export interface NoteLine {
  id: string;
  rev: number;
  text: string;
  open: boolean;
  speaker: Speaker;
  author: Actor;
  at: string;
  conflicts_with: string;
  analysed: number;
  failed: string;
  medications: MedicationMention[];
  effects: EffectMention[];
  heard: Heard[];
  context: LineContext;
  /** What the line says, with the seq of the event since which it does. */
  since: Record<string, number>;
}

export interface AlertRow {
  alert: Alert;
  stage: AlertStage;
  reason: string;
  comment: string;
}

export interface ChatMessage {
  id: string;
  author: Actor;
  text: string;
  at: string;
  /** What staff says aloud, written for who cannot hear it. */
  caption: boolean;
}

export interface Checked {
  based_on: number;
  checked: number;
  not_checked: Unchecked[];
  data_date: string;
  failed: string;
}

export interface Consult {
  id: string;
  seq: number;
  phase: Phase;
  kind: string;
  modality: string;
  script_id: string;
  script_version: string;
  patient: Patient | null;
  pharmacist_id: string;
  planned_at: string;
  opened_at: string;
  closed_at: string;
  identity: Identity | null;
  participants: Record<string, Participant>;
  /** Why each supervisor reads although the patient did not want a transcript. */
  transcript_opened: Record<string, string>;
  writer_tab: string;
  writer_epoch: number;
  lines: Record<string, NoteLine>;
  order: string[];
  medications: Record<string, Medication>;
  settled: Record<string, Medication>;
  effects: Record<string, Effect>;
  conditions: Record<string, Condition>;
  allergies: Record<string, Allergy>;
  labs: Lab[];
  fills: Fill[];
  /** Days in a hospital or nursing facility. */
  stays: Stay[];
  alerts: Record<string, AlertRow>;
  problems: Record<string, Problem>;
  checked: Checked;
  guidance: Guidance;
  step_id: string;
  /** Chosen for the talk; "" is the patient's own. */
  language: string;
  answers: Record<string, Answer>;
  skipped: Record<string, string>;
  /** The seq at which something was last skipped, answered or rejected. */
  heeded: Record<string, number>;
  chat: ChatMessage[];
  todos: Record<string, TodoItem>;
  takeaways: Takeaway[];
  takeaway_pending: boolean;
  takeaway_failed: string;
  takeaway_language: string;
  deliveries: Record<string, Delivery>;
  email: EmailConsent | null;
  representative: Representative | null;
  drawn: number;
  letters: Record<string, Letter>;
  letters_drawn: number;
  follow_ups: Record<string, FollowUp>;
  reports: Record<string, Report>;
  pictures: Picture[];
  rating: Rating | null;
}

export type { Event, EventData, EventType } from "./events";
export type { Commands, CommandType } from "./commands";
