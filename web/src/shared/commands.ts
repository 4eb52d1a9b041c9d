/** Commands that a page may send, with the field names of `consult/domain/commands/`. */

import type { FollowedBy, Need, NewProblem, Rationale } from "./problem";
import type { Speaker, IdentityMethod, AcknowledgeReason, Medication, MtmEnrollment, Condition, Allergy, Lab, TodoItem, Answer, Way, Edition } from "./protocol";
import type { Reply, Verdict } from "./told";

export interface Commands {
  open_consult: Record<string, never>;
  close_consult: { reason?: string };
  admit_participant: { member_id: string; override?: string };
  open_transcript: { reason: string };
  return_participant: { member_id: string };
  choose_phone: { wanted: boolean };
  confirm_identity: { method: IdentityMethod; identifiers: string[] };
  take_writer: { tab_id: string };
  put_note_line: {
    line_id: string;
    after: string;
    base_rev: number;
    text: string;
    open?: boolean;
    speaker?: Speaker;
    epoch?: number | null;
  };
  move_note_line: { line_id: string; after: string };
  remove_note_line: { line_id: string };
  confirm_medication: { medication_id: string; ingredients?: string[]; name?: string };
  reject_medication: { medication_id: string };
  edit_medication: { medication: Medication };
  add_medication: { medication: Medication };
  confirm_effect: { effect_id: string };
  reject_effect: { effect_id: string };
  record_condition: { condition: Condition };
  remove_condition: { condition_id: string };
  record_allergy: { allergy: Allergy };
  remove_allergy: { allergy_id: string };
  record_lab: { lab: Lab };
  acknowledge_alert: { alert_id: string; reason: AcknowledgeReason; comment?: string };
  accept_alert: { alert_id: string; need?: Need | null; title?: string; rationale?: Rationale };
  add_problem: { problem: NewProblem };
  remove_problem: { problem_id: string };
  enter_step: { step_id: string };
  choose_language: { language: "en" | "es" };
  answer_question: { answer: Answer };
  skip_step: { step_id: string; reason: string };
  resume_step: { step_id: string };
  reopen_medication: { medication_id: string };
  reopen_effect: { effect_id: string };
  reopen_allergy: { allergy_id: string };
  reopen_alert: { alert_id: string };
  report_medication: { medication_id: string; reply: Reply; words?: string };
  rate_visit: { helped: Verdict; worked: Verdict; words?: string };
  send_chat: { message_id: string; text: string; caption?: boolean };
  add_todo: { item: TodoItem };
  edit_todo: { item: TodoItem };
  remove_todo: { item_id: string };
  draft_takeaway: { language?: "" | "en" | "es" };
  review_takeaway: { version: number; sha256: string; lines: string[] };
  sign_takeaway: { version: number; sha256: string };
  issue_takeaway: { version: number; sha256: string; override?: string };
  recall_takeaway: { version: number; reason: string };
  deliver_takeaway: { delivery_id: string; version: number; by: Way; to?: string; edition?: Edition };
  record_email_consent: { address: string; agreed: boolean };
  name_representative: { name: string; relation?: string; override?: string };
  write_letter: { letter_id: string; prescriber: string; problems: string[]; address?: string; reply_by?: string };
  send_letter: { delivery_id: string; letter_id: string; sha256: string; by: Way; to?: string };
  record_response: {
    problem_id: string;
    stage: "open" | "accepted" | "changed" | "declined" | "resolved";
    outcome?: string;
  };
  record_enrollment: { enrollment: MtmEnrollment; plan_name?: string; member_id?: string };
  plan_follow_up: { follow_up_id: string; due: string; by: FollowedBy; what: string; about?: string };
  postpone_follow_up: { follow_up_id: string; due: string; note: string };
  finish_follow_up: { follow_up_id: string; note?: string };
  drop_follow_up: { follow_up_id: string };
}

export type CommandType = keyof Commands;
