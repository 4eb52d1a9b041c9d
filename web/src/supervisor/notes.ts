/** The words of side notes and of stage directions. */

import type { Rating, Reply } from "../shared/told";
import { count, keepUnits, listWords, sigWords } from "../shared/format";
import type { AcknowledgeReason, Alert, Consult, Event, Evidence, Medication } from "../shared/protocol";
import { MED_STATUS, NEEDS, REASONS } from "../shared/words";
import type { ScriptWords } from "./transcript";

export interface SideNote {
  kind: "critical" | "warning" | "info" | "answer" | "medication";
  text: string;
  detail: string;
  at: string;
  seq: number;
  /** The line that caused it, "" where none is known. */
  lineId: string;
  alert?: Alert;
  /** What was done about it, each with its time. */
  answers: { text: string; at: string }[];
}

const newest = (evidence: readonly Evidence[]): string => evidence[evidence.length - 1]?.line_id ?? "";

function row(event: Event, verb: string, medication: Medication): SideNote {
  const sig = sigWords(medication.sig);
  const status = medication.status === "active" ? "" : MED_STATUS[medication.status].toLowerCase();
  return {
    kind: "medication",
    text: `${medication.name} ${verb}`,
    detail: verb === "edited" ? [medication.ingredients.join(" + "), sig, status].filter(Boolean).join(", ") : "",
    at: event.at,
    seq: event.seq,
    answers: [],
    lineId: newest(medication.evidence),
  };
}

/** What stands beside a line; null for what is no side note. */
export function sideWords(event: Event, consult: Consult): SideNote | null {
  const { data, at, seq } = event;
  const base = { at, seq, lineId: "", answers: [] };
  switch (data.type) {
    case "alert_raised":
      return { ...base, kind: data.alert.indicator, text: keepUnits(data.alert.title), detail: keepUnits(data.alert.why), alert: data.alert };
    case "alert_withdrawn":
    case "alert_acknowledged":
    case "alert_reopened":
    case "alert_accepted": {
      const alert = consult.alerts[data.alert_id]?.alert;
      if (!alert) return null;
      if (data.type === "alert_withdrawn")
        return { ...base, kind: "answer", text: "No longer holds", detail: "", alert };
      if (data.type === "alert_reopened") return { ...base, kind: "answer", text: "The answer is taken back", detail: "", alert };
      if (data.type === "alert_accepted")
        return { ...base, kind: "answer", text: `Put on the plan (${NEEDS[data.problem.need].toLowerCase()})`, detail: "", alert };
      const reason = REASONS[data.reason as AcknowledgeReason] ?? data.reason;
      return { ...base, kind: "answer", text: `Acknowledged: ${[reason, data.comment].filter(Boolean).join(". ")}`, detail: "", alert };
    }
    case "medication_confirmed":
      return row(event, "confirmed", data.medication);
    case "medication_rejected":
      return row(event, "rejected", data.medication);
    case "medication_edited":
      return row(event, "edited", data.medication);
    case "medication_reopened":
      return row(event, "open again", data.medication);
    case "effect_reviewed":
      return { ...base, kind: "medication", text: `${data.effect.concept} ${data.effect.review}`, detail: "side effect", lineId: newest(data.effect.evidence) };
    case "allergy_recorded":
      if (data.allergy.source === "history" || !data.allergy.evidence.length) return null;
      return { ...base, kind: "medication", text: `Allergy to ${data.allergy.substance} ${data.allergy.review}`, detail: data.allergy.reaction, lineId: newest(data.allergy.evidence) };
    default:
      return null;
  }
}

/** What happened in the room or to the consult; "" for what a reader need not see. */
export function stageWords(event: Event, words: ScriptWords): string {
  const { data, actor } = event;
  const who = actor.name || actor.role;
  switch (data.type) {
    case "consult_opened":
      return "The visit begins";
    case "consult_closed":
      return data.reason ? `The visit ends: ${data.reason}` : "The visit ends";
    case "participant_joined":
      return data.participant.role === "supervisor" ? "" : `${data.participant.name || data.participant.role} ${data.participant.state === "waiting" ? "comes and waits" : "is here"}`;
    case "participant_left":
      return actor.role === "supervisor" ? "" : `${who} leaves`;
    case "participant_admitted":
      return `The ${partOf(data.member_id)} is let in`;
    case "participant_returned":
      return `The ${partOf(data.member_id)} is sent back to wait`;
    case "medication_reported":
      return `${who} answers on ${data.report.medication_id.replace(/^med:/, "")}: ${REPLIES[data.report.reply]}${data.report.words ? `, “${data.report.words}”` : ""}`;
    case "picture_sent":
      return `${who} sends a picture`;
    case "visit_rated":
      return `${who} rates the visit. ${ratingWords(data.rating)}${data.rating.words ? ` “${data.rating.words}”` : ""}`;
    case "identity_confirmed":
      return `Identity confirmed: ${listWords(data.identity.identifiers)}, by ${data.identity.method.replaceAll("_", " ")}`;
    case "script_step_skipped":
      return `Skipped: ${words.step(data.step_id)} (${data.reason})`;
    case "script_step_resumed":
      return `Taken up again: ${words.step(data.step_id)}`;
    case "medication_added":
      return data.medication.source === "history" ? "" : `${data.medication.name} added by hand`;
    case "condition_recorded":
      return data.condition.source === "history" ? "" : `Condition recorded: ${data.condition.name}`;
    case "allergy_recorded":
      return data.allergy.source === "history" ? "" : `Allergy recorded: ${data.allergy.substance}`;
    case "problem_added":
      return `Problem noted: ${data.problem.title}`;
    case "todo_added":
      return `To-do: ${data.item.action}`;
    case "todo_edited":
      return `To-do changed: ${data.item.action}`;
    case "todo_removed":
      return "A to-do item is taken off the list";
    case "checks_failed":
      return "The checks did not run";
    case "takeaway_drafted":
      return `Takeaway drafted, version ${data.version}`;
    case "takeaway_signed":
      return `Takeaway signed by ${who}, version ${data.version}`;
    case "takeaway_issued":
      return `Takeaway given to the patient, version ${data.version}`;
    case "takeaway_recalled":
      return `Takeaway version ${data.version} recalled by ${who}: ${data.reason}`;
    case "takeaway_delivered":
      return `Takeaway version ${data.delivery.version} sent (${data.delivery.by}): ${data.delivery.proof}`;
    case "delivery_failed":
      return `Takeaway version ${data.delivery.version} not sent (${data.delivery.by}): ${data.delivery.code}`;
    case "takeaway_voided":
      return `Takeaway version ${data.version} is void`;
    case "takeaway_failed":
      return data.code === "unchanged" ? "" : "Takeaway could not be made";
    default:
      return "";
  }
}

export interface Summary {
  critical: number;
  answered: number;
  open: number;
  confirmed: number;
  toConfirm: number;
}

export function summary(consult: Consult): Summary {
  const alerts = Object.values(consult.alerts);
  const critical = alerts.filter((one) => one.alert.indicator === "critical");
  const kept = Object.values(consult.medications).filter((one) => one.review !== "rejected");
  return {
    critical: critical.length,
    answered: critical.filter((one) => one.stage !== "raised").length,
    open: alerts.filter((one) => one.stage === "raised").length,
    confirmed: kept.filter((one) => one.review === "confirmed").length,
    toConfirm: kept.filter((one) => one.review === "proposed").length,
  };
}

const REPLIES: Record<Reply, string> = { right: "it is right", wrong: "it is not right", unsure: "not sure" };

/** The two questions after the visit, with the patient's answers. */
export function ratingWords({ helped, worked }: Pick<Rating, "helped" | "worked">): string {
  return `Helped with the medicines: ${helped}. Could see and hear well: ${worked}.`;
}

/** "patient", "caregiver" or "interpreter", with which a member id begins. */
function partOf(memberId: string): string {
  const [part] = memberId.split(":");
  return part === "caregiver" || part === "interpreter" ? part : "patient";
}

export function summaryWords(consult: Consult): string[] {
  const { critical, answered, open, confirmed, toConfirm } = summary(consult);
  return [
    critical ? `${count(critical, "critical alert")}, ${answered} answered` : "No critical alert was raised",
    open ? `${count(open, "alert")} still open` : "",
    consult.rating ? ratingWords(consult.rating) : "",
    `${count(confirmed, "medication")} confirmed${toConfirm ? `, ${toConfirm} not` : ""}`,
  ].filter(Boolean);
}
