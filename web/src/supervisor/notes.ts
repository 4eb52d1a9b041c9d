/** The words of side notes and of stage directions. */

import type { Rating, Reply, Verdict } from "../shared/told";
import { day, keepUnits, listWords, sigWords } from "../shared/format";
import { ROLES } from "../shared/people";
import type { AcknowledgeReason, Alert, Consult, Event, Evidence, Medication, Participant } from "../shared/protocol";
import { tn } from "../shared/counts";
import { t } from "../shared/texts";
import { DELIVERY_CODES, identifierWords, MED_STATUS, METHODS, NEEDS, REASONS, REVIEWS, skippedWords, WAYS } from "../shared/words";
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

function row(event: Event, verb: string, medication: Medication, edited = false): SideNote {
  const sig = sigWords(medication.sig);
  const paper = (medication.directions ?? []).filter((one) => sigWords(one.sig) === sig).map((one) => t("on the paper: “%(words)s”", { words: one.words }));
  const status = medication.status === "active" ? "" : MED_STATUS[medication.status].toLowerCase();
  return {
    kind: "medication",
    text: `${medication.name} ${verb}`,
    detail: edited ? [medication.ingredients.join(" + "), sig, status, ...paper].filter(Boolean).join(", ") : "",
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
        return { ...base, kind: "answer", text: t("No longer holds"), detail: "", alert };
      if (data.type === "alert_reopened") return { ...base, kind: "answer", text: t("The answer is taken back"), detail: "", alert };
      if (data.type === "alert_accepted")
        return { ...base, kind: "answer", text: t("Put on the plan (%(need)s)", { need: NEEDS[data.problem.need].toLowerCase() }), detail: "", alert };
      const reason = REASONS[data.reason as AcknowledgeReason] ?? data.reason;
      return { ...base, kind: "answer", text: t("Acknowledged: %(reason)s", { reason: [reason, data.comment].filter(Boolean).join(". ") }), detail: "", alert };
    }
    case "medication_confirmed":
      return row(event, t("confirmed"), data.medication);
    case "medication_rejected":
      return row(event, t("rejected"), data.medication);
    case "medication_edited":
      return row(event, t("edited"), data.medication, true);
    case "medication_reopened":
      return row(event, t("open again"), data.medication);
    case "effect_reviewed":
      return { ...base, kind: "medication", text: `${data.effect.concept} ${REVIEWS[data.effect.review]}`, detail: t("side effect"), lineId: newest(data.effect.evidence) };
    case "allergy_recorded":
      if (data.allergy.source === "history" || !data.allergy.evidence.length) return null;
      return { ...base, kind: "medication", text: t("Allergy to %(substance)s %(review)s", { substance: data.allergy.substance, review: REVIEWS[data.allergy.review] }), detail: data.allergy.reaction, lineId: newest(data.allergy.evidence) };
    default:
      return null;
  }
}

/** What happened in the room or to the consult; "" for what a reader need not see. */
export function stageWords(event: Event, words: ScriptWords): string {
  const { data, actor } = event;
  const who = actor.name || (ROLES[actor.role] ?? actor.role);
  switch (data.type) {
    case "consult_opened":
      return t("The visit begins");
    case "consult_closed":
      return data.reason ? t("The visit ends: %(reason)s", { reason: data.reason }) : t("The visit ends");
    case "participant_joined":
      return data.participant.role === "supervisor" ? "" : came(data.participant);
    case "participant_left":
      return actor.role === "supervisor" ? "" : t("%(who)s leaves", { who });
    case "participant_admitted":
      return data.override ? t("%(what)s, without the patient's consent: %(reason)s", { what: LET_IN[partOf(data.member_id)], reason: data.override }) : LET_IN[partOf(data.member_id)];
    case "transcript_opened":
      return t("%(who)s reads the transcript, which the patient did not want: %(reason)s", { who, reason: data.reason });
    case "participant_returned":
      return SENT_BACK[partOf(data.member_id)];
    case "phone_chosen":
      return data.wanted ? t("%(who)s would rather talk by phone", { who }) : t("%(who)s talks by video after all", { who });
    case "medication_reported":
      return t("%(who)s answers on %(medication)s: %(reply)s", { who, medication: data.report.medication_id.replace(/^med:/, ""), reply: REPLIES[data.report.reply] }) + (data.report.words ? `, “${data.report.words}”` : "");
    case "picture_sent":
      return t("%(who)s sends a picture", { who });
    case "visit_rated":
      return [t("%(who)s rates the visit.", { who }), ratingWords(data.rating), data.rating.words && `“${data.rating.words}”`].filter(Boolean).join(" ");
    case "identity_confirmed":
      return t("Identity confirmed: %(identifiers)s (%(method)s)", { identifiers: listWords(data.identity.identifiers.map(identifierWords)), method: METHODS[data.identity.method].toLowerCase() });
    case "script_step_skipped":
      return t("Skipped: %(step)s (%(reason)s)", { step: words.step(data.step_id), reason: skippedWords(data.reason) });
    case "script_step_resumed":
      return t("Taken up again: %(step)s", { step: words.step(data.step_id) });
    case "medication_added":
      return data.medication.source === "history" ? "" : t("%(medication)s added by hand", { medication: data.medication.name });
    case "condition_recorded":
      return data.condition.source === "history" ? "" : t("Condition recorded: %(condition)s", { condition: data.condition.name });
    case "allergy_recorded":
      return data.allergy.source === "history" ? "" : t("Allergy recorded: %(substance)s", { substance: data.allergy.substance });
    case "problem_added":
      return t("Problem noted: %(title)s", { title: data.problem.title });
    case "todo_added":
      return t("To-do: %(action)s", { action: data.item.action });
    case "todo_edited":
      return t("To-do changed: %(action)s", { action: data.item.action });
    case "todo_removed":
      return t("A to-do item is taken off the list");
    case "follow_up_planned":
      return t("Follow-up planned for %(day)s: %(what)s", { day: day(data.follow_up.due), what: data.follow_up.what });
    case "follow_up_postponed":
      return t("Follow-up put off to %(day)s: %(what)s (%(note)s)", { day: day(data.follow_up.due), what: data.follow_up.what, note: data.follow_up.note });
    case "follow_up_done":
      return t("Follow-up done: %(what)s", { what: [data.follow_up.what, data.follow_up.note].filter(Boolean).join(", ") });
    case "enrollment_recorded":
      return t("Enrollment in the plan's program recorded");
    case "letter_sent":
      return t("Letter to %(prescriber)s sent (%(by)s): %(proof)s", { prescriber: data.letter.prescriber, by: WAYS[data.delivery.by].toLowerCase(), proof: data.delivery.proof });
    case "problem_answered":
      return t("Answer to %(problem)s: %(outcome)s", { problem: data.problem.title, outcome: data.problem.outcome || data.problem.stage });
    case "checks_failed":
      return t("The checks did not run");
    case "takeaway_drafted":
      return t("Takeaway drafted, version %(version)s", { version: data.version });
    case "takeaway_signed":
      return t("Takeaway signed by %(who)s, version %(version)s", { who, version: data.version });
    case "takeaway_issued":
      return t("Takeaway given to the patient, version %(version)s", { version: data.version });
    case "takeaway_recalled":
      return t("Takeaway version %(version)s recalled by %(who)s: %(reason)s", { version: data.version, who, reason: data.reason });
    case "takeaway_delivered":
      return t("Takeaway version %(version)s sent (%(by)s): %(proof)s", { version: data.delivery.version, by: WAYS[data.delivery.by].toLowerCase(), proof: data.delivery.proof });
    case "delivery_begun":
      return "";
    case "delivery_failed":
      if (data.delivery.code === "outcome-unknown")
        return data.delivery.letter_id
          ? t("Letter (%(by)s): not known whether it went out", { by: WAYS[data.delivery.by].toLowerCase() })
          : t("Takeaway version %(version)s (%(by)s): not known whether it went out", { version: data.delivery.version, by: WAYS[data.delivery.by].toLowerCase() });
      if (data.delivery.letter_id)
        return t("Letter not sent (%(by)s): %(code)s", { by: WAYS[data.delivery.by].toLowerCase(), code: DELIVERY_CODES[data.delivery.code] ?? data.delivery.code });
      return t("Takeaway version %(version)s not sent (%(by)s): %(code)s", { version: data.delivery.version, by: WAYS[data.delivery.by].toLowerCase(), code: DELIVERY_CODES[data.delivery.code] ?? data.delivery.code });
    case "takeaway_voided":
      return t("Takeaway version %(version)s is void", { version: data.version });
    case "takeaway_failed":
      return data.code === "unchanged" ? "" : t("Takeaway could not be made");
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

const VERDICTS: Record<Verdict, string> = { yes: t("yes"), partly: t("partly"), no: t("no") };
const REPLIES: Record<Reply, string> = { right: t("it is right"), wrong: t("it is not right"), unsure: t("not sure") };

/** The two questions after the visit, with the patient's answers. */
export function ratingWords({ helped, worked }: Pick<Rating, "helped" | "worked">): string {
  return t("Helped with the medicines: %(helped)s. Could see and hear well: %(worked)s.", { helped: VERDICTS[helped], worked: VERDICTS[worked] });
}

const LET_IN = {
  patient: t("The patient is let in"),
  caregiver: t("The caregiver is let in"),
  interpreter: t("The interpreter is let in"),
};
const SENT_BACK = {
  patient: t("The patient is sent back to wait"),
  caregiver: t("The caregiver is sent back to wait"),
  interpreter: t("The interpreter is sent back to wait"),
};

function came({ name, role, state }: Participant): string {
  const who = name || (ROLES[role] ?? role);
  return state === "waiting" ? t("%(who)s comes and waits", { who }) : t("%(who)s is here", { who });
}

/** "patient", "caregiver" or "interpreter", with which a member id begins. */
function partOf(memberId: string): keyof typeof LET_IN {
  const [part] = memberId.split(":");
  return part === "caregiver" || part === "interpreter" ? part : "patient";
}

export function summaryWords(consult: Consult): string[] {
  const { critical, answered, open, confirmed, toConfirm } = summary(consult);
  return [
    critical ? tn("%(count)s critical alert, %(answered)s answered", "%(count)s critical alerts, %(answered)s answered", critical, { answered }) : t("No critical alert was raised"),
    open ? tn("%(count)s alert still open", "%(count)s alerts still open", open) : "",
    consult.rating ? ratingWords(consult.rating) : "",
    tn("%(count)s medication confirmed", "%(count)s medications confirmed", confirmed) + (toConfirm ? t(", %(number)s not", { number: toConfirm }) : ""),
  ].filter(Boolean);
}
