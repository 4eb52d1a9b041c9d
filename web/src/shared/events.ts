/** What has happened in one consult, as the wire tells it; `consult/domain/events/` has the same. */

import type { Answer, Guidance } from "./guidance";
import type { FollowUp, Letter, Problem } from "./problem";
import type {
  Actor,
  Alert,
  Allergy,
  Condition,
  Effect,
  EffectMention,
  Fill,
  Stay,
  Heard,
  LineContext,
  Identity,
  Lab,
  Medication,
  MedicationMention,
  Participant,
  MtmEnrollment,
  Patient,
  Speaker,
  TodoItem,
  Unchecked,
} from "./protocol";
import type { Picture, Rating, Report } from "./told";
import type { Copy, Delivery, PaperLine, Representative } from "./takeaway";

export type EventData =
  | {
      type: "consult_scheduled";
      patient: Patient;
      pharmacist_id: string;
      planned_at: string;
      kind: string;
      modality: string;
      script_id: string;
    }
  | { type: "consult_opened" }
  | { type: "consult_closed"; reason: string }
  | { type: "participant_joined"; participant: Participant }
  | { type: "participant_left"; member_id: string }
  | { type: "participant_admitted"; member_id: string; override?: string }
  | { type: "transcript_opened"; reason: string }
  | { type: "participant_returned"; member_id: string }
  | { type: "phone_chosen"; member_id: string; wanted: boolean }
  | { type: "identity_confirmed"; identity: Identity }
  | { type: "writer_taken"; tab_id: string; epoch: number }
  | {
      type: "note_line_put";
      line_id: string;
      after: string;
      rev: number;
      text: string;
      open: boolean;
      speaker: Speaker;
      conflicts_with: string;
    }
  | { type: "note_line_moved"; line_id: string; after: string }
  | { type: "note_line_removed"; line_id: string }
  | {
      type: "mentions_found";
      line_id: string;
      rev: number;
      medications: MedicationMention[];
      effects: EffectMention[];
      heard: Heard[];
      context?: LineContext; // events of before this field have none
    }
  | { type: "line_not_analysed"; line_id: string; rev: number; code: string }
  | { type: "medication_proposed"; medication: Medication }
  | { type: "medication_dropped"; medication_id: string }
  | { type: "medication_added"; medication: Medication }
  | { type: "medication_confirmed"; medication: Medication }
  | { type: "medication_rejected"; medication: Medication }
  | { type: "medication_edited"; medication: Medication }
  | { type: "medication_reopened"; medication: Medication }
  | { type: "effect_proposed"; effect: Effect }
  | { type: "effect_dropped"; effect_id: string }
  | { type: "effect_reviewed"; effect: Effect }
  | { type: "condition_recorded"; condition: Condition }
  | { type: "condition_removed"; condition_id: string }
  | { type: "allergy_proposed"; allergy: Allergy }
  | { type: "allergy_recorded"; allergy: Allergy }
  | { type: "allergy_removed"; allergy_id: string }
  | { type: "lab_recorded"; lab: Lab }
  | { type: "fills_recorded"; fills: Fill[]; stays: Stay[] }
  | { type: "patient_completed"; patient: Patient }
  | { type: "enrollment_recorded"; enrollment: MtmEnrollment }
  | { type: "alert_raised"; alert: Alert }
  | { type: "alert_changed"; alert: Alert }
  | { type: "alert_withdrawn"; alert_id: string }
  | { type: "alert_acknowledged"; alert_id: string; reason: string; comment: string }
  | { type: "alert_accepted"; alert_id: string; problem: Problem }
  | { type: "alert_reopened"; alert_id: string }
  | { type: "problem_added"; problem: Problem }
  | { type: "problem_removed"; problem_id: string }
  | {
      type: "regimen_assessed";
      based_on: number;
      checked: number;
      not_checked: Unchecked[];
      data_date: string;
      failed: string;
    }
  | { type: "checks_failed"; code: string }
  | { type: "guidance_changed"; guidance: Guidance }
  | { type: "script_step_entered"; step_id: string }
  | { type: "language_chosen"; language: string }
  | { type: "script_recorded"; version: string }
  | { type: "script_answered"; answer: Answer }
  | { type: "answer_proposed"; answer: Answer }
  | { type: "answer_dropped"; key: string }
  | { type: "script_step_skipped"; step_id: string; reason: string }
  | { type: "script_step_resumed"; step_id: string }
  | { type: "medication_reported"; report: Report }
  | { type: "picture_sent"; picture: Picture }
  | { type: "visit_rated"; rating: Rating }
  | { type: "chat_message_sent"; message_id: string; text: string; caption?: boolean }
  | { type: "todo_added"; item: TodoItem }
  | { type: "todo_edited"; item: TodoItem }
  | { type: "todo_removed"; item_id: string }
  | { type: "takeaway_requested"; language: string }
  | { type: "takeaway_failed"; code: string }
  | {
      type: "takeaway_drafted";
      version: number;
      sha256: string;
      html_sha256: string;
      based_on: number;
      language: string;
      copies: Copy[];
      failing: string[];
      grade: number;
      lines: PaperLine[];
      reviewed: string[];
    }
  | { type: "takeaway_reviewed"; version: number; lines: string[] }
  | { type: "takeaway_signed"; version: number; sha256: string }
  | { type: "takeaway_issued"; version: number; sha256: string; override: string }
  | { type: "takeaway_voided"; version: number; because: string }
  | { type: "takeaway_recalled"; version: number; reason: string }
  | { type: "delivery_requested"; delivery: Delivery }
  | { type: "delivery_begun"; delivery: Delivery }
  | { type: "takeaway_delivered"; delivery: Delivery }
  | { type: "delivery_failed"; delivery: Delivery }
  | { type: "email_consent_recorded"; address: string; agreed: boolean }
  | { type: "representative_named"; representative: Representative | null; override?: string }
  | { type: "letter_requested"; letter: Letter }
  | { type: "letter_drafted"; letter: Letter }
  | { type: "letter_failed"; letter: Letter }
  | { type: "letter_sent"; letter: Letter; delivery: Delivery; problems: Problem[] }
  | { type: "problem_answered"; problem: Problem }
  | { type: "follow_up_planned"; follow_up: FollowUp }
  | { type: "follow_up_postponed"; follow_up: FollowUp }
  | { type: "follow_up_done"; follow_up: FollowUp }
  | { type: "follow_up_dropped"; follow_up_id: string };

export type EventType = EventData["type"];

export interface Event {
  seq: number;
  consult_id: string;
  command_id: string;
  at: string;
  actor: Actor;
  data: EventData;
}
