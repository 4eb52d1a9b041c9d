/** What goes over the socket and over HTTP around the values of `protocol.ts`. */

import type { Event, FollowUp, Role } from "./protocol";

export interface Failure {
  ok: false;
  code: string;
  message: string;
  detail?: Record<string, unknown>;
}

export interface Member {
  id: string;
  role: Role;
  name: string;
}

export interface Page {
  ok: true;
  events: Event[];
  to: number;
  head: number;
  more: boolean;
}

export type JoinAnswer = (Page & { member: Member }) | Failure;
export type FetchAnswer = Page | Failure;
export type CommandAnswer = { ok: true; seq: number } | Failure;

/** Covers `from`..`to` without a gap, also where the list of a patient leaves some out. */
export interface Batch {
  consult_id: string;
  from: number;
  to: number;
  events: Event[];
}

export interface Head {
  consult_id: string;
  seq: number;
}

export interface ConsultRow {
  id: string;
  patient_name: string;
  birth_date: string;
  kind: string;
  modality: string;
  planned_at: string;
  phase: "scheduled" | "open" | "closed";
  opened_at: string;
  closed_at: string;
  pharmacist_id: string;
  pharmacist_name: string;
  lines: number;
  medications: number;
  to_confirm: number;
  alerts_critical: number;
  alerts_open: number;
  problems: number;
  /** The patient is here and not let in. */
  waiting?: boolean;
  takeaway_stage: string;
  /** YYYY-MM-DD, "" where none is due. */
  takeaway_due: string;
  takeaway_sent: string;
  last_at: string;
  /** Those still planned, the first due first. */
  follow_ups: FollowUp[];
}

export interface Me {
  id: string;
  /** Of a pharmacist: the site has a mail server. */
  mail?: boolean;
  role: Role;
  name: string;
  consult_id: string;
}

export interface DrugName {
  name: string;
  ingredients: string[];
  kind: string;
  /** As they are commonly sold, weakest first. */
  strengths?: string[];
}

export interface CheckPoint {
  number: string | number;
  text: string;
  passed: boolean;
  place: string;
}

/** A sentence above the reading target that the pharmacist can change. */
export interface HardSentence {
  place: string;
  text: string;
  grade: number;
  suggestions: string[];
}

export interface Review {
  points: CheckPoint[];
  grade: number;
  hard: HardSentence[];
}
