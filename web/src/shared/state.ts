/** The state of one consult, folded from its events exactly as `consult/domain/evolve.py` does. */

import type {
  AlertRow,
  Consult,
  EffectMention,
  Event,
  EventType,
  Heard,
  LineContext,
  NoteLine,
  Participant,
  Takeaway,
} from "./protocol";
import { keyOf } from "./consult";

export { answerKey, emptyConsult, newestTakeaway } from "./consult";

/** Events after which the takeaway would say something else. */
const DRAWN: ReadonlySet<EventType> = new Set<EventType>([
  "medication_added",
  "medication_confirmed",
  "medication_rejected",
  "medication_edited",
  "medication_reopened",
  "effect_reviewed",
  "allergy_recorded",
  "allergy_removed",
  "todo_added",
  "todo_edited",
  "todo_removed",
  "representative_named",
  "patient_completed",
]);

/** Events after which a letter to a prescriber would say something else. */
const LETTERED: ReadonlySet<EventType> = new Set<EventType>([
  "medication_added",
  "medication_confirmed",
  "medication_rejected",
  "medication_edited",
  "medication_reopened",
  "alert_accepted",
  "problem_added",
  "problem_removed",
]);

/**
 * The consult after one more event; the one before is left as it is.
 *
 * Total: an event whose subject is missing (a patient is sent only a part) or whose type is unknown (an older
 * page beside a newer server) changes nothing but `seq`.
 */
export function foldEvent(consult: Consult, event: Event): Consult {
  const after = apply(consult, event);
  const drawn = DRAWN.has(event.data.type) ? event.seq : consult.drawn;
  const letters_drawn = LETTERED.has(event.data.type) ? event.seq : consult.letters_drawn;
  return { ...after, seq: event.seq, drawn, letters_drawn };
}

export function foldEvents(consult: Consult, events: readonly Event[]): Consult {
  return events.reduce(foldEvent, consult);
}

function put<V>(rows: Record<string, V>, key: string, value: V): Record<string, V> {
  return { ...rows, [key]: value };
}

function drop<V>(rows: Record<string, V>, key: string): Record<string, V> {
  const { [key]: _gone, ...rest } = rows;
  return rest;
}

const NO_CONTEXT: LineContext = { section: "", status: "", effects: "", referred: [], tells: "" };
const NOTHING_FOUND = { medications: [], effects: [], heard: [], context: NO_CONTEXT, since: {} };

/** What a line says, with the event since which it does: that of its last reading, else `seq`. */
function sinceOf(
  known: Record<string, number>,
  effects: readonly EffectMention[],
  heard: readonly Heard[],
  seq: number,
): Record<string, number> {
  const says = [
    ...effects
      .filter((one) => !(one.negated || one.uncertain || one.historical || one.subject === "other"))
      .map((one) => `effect:${one.concept}`),
    ...heard.flatMap((one) => one.values.map((value) => `${one.link_id}=${value}`)),
  ];
  return Object.fromEntries(says.map((said) => [said, known[said] ?? seq]));
}

/** `order` with the line below `after`; at the top for "", at the end where `after` is gone. */
function place(order: readonly string[], lineId: string, after: string): string[] {
  const rest = order.filter((one) => one !== lineId);
  const above = rest.indexOf(after);
  const at = after === "" ? 0 : above >= 0 ? above + 1 : rest.length;
  return [...rest.slice(0, at), lineId, ...rest.slice(at)];
}

function member(consult: Consult, memberId: string, change: Partial<Participant>): Consult {
  const known = consult.participants[memberId];
  if (!known) return consult;
  return { ...consult, participants: put(consult.participants, memberId, { ...known, ...change }) };
}

function line(consult: Consult, lineId: string, change: Partial<NoteLine>): Consult {
  const known = consult.lines[lineId];
  if (!known) return consult;
  return { ...consult, lines: put(consult.lines, lineId, { ...known, ...change }) };
}

function alertRow(consult: Consult, alertId: string, change: Partial<AlertRow>): Consult {
  const known = consult.alerts[alertId];
  if (!known) return consult;
  return { ...consult, alerts: put(consult.alerts, alertId, { ...known, ...change }) };
}

function takeaway(consult: Consult, version: number, change: Partial<Takeaway>): Consult {
  const takeaways = consult.takeaways.map((one) => (one.version === version ? { ...one, ...change } : one));
  return { ...consult, takeaways };
}

function apply(consult: Consult, event: Event): Consult {
  const data = event.data;
  switch (data.type) {
    case "consult_scheduled":
      return {
        ...consult,
        phase: "scheduled",
        kind: data.kind,
        modality: data.modality,
        script_id: data.script_id,
        patient: data.patient,
        pharmacist_id: data.pharmacist_id,
        planned_at: data.planned_at,
      };
    case "consult_opened":
      return { ...consult, phase: "open", opened_at: event.at };
    case "consult_closed":
      return { ...consult, phase: "closed", closed_at: event.at };
    case "participant_joined":
      return { ...consult, participants: put(consult.participants, data.participant.id, data.participant) };
    case "participant_left":
      return member(consult, data.member_id, { present: false });
    case "participant_admitted":
      return member(consult, data.member_id, { state: "admitted" });
    case "transcript_opened":
      return { ...consult, transcript_opened: put(consult.transcript_opened, event.actor.id, data.reason) };
    case "participant_returned":
      return member(consult, data.member_id, { state: "waiting" });
    case "phone_chosen":
      return member(consult, data.member_id, { by_phone: data.wanted });
    case "identity_confirmed":
      return { ...consult, identity: data.identity };
    case "writer_taken":
      return { ...consult, writer_tab: data.tab_id, writer_epoch: data.epoch };
    case "note_line_put": {
      const known = consult.lines[data.line_id];
      const row: NoteLine = {
        analysed: 0,
        ...NOTHING_FOUND,
        ...known,
        id: data.line_id,
        rev: data.rev,
        text: data.text,
        open: data.open,
        speaker: data.speaker,
        author: event.actor,
        at: event.at,
        conflicts_with: data.conflicts_with || (known?.conflicts_with ?? ""),
        failed: "",
      };
      const order = known ? consult.order : place(consult.order, data.line_id, data.after);
      return { ...consult, lines: put(consult.lines, row.id, row), order };
    }
    case "note_line_moved":
      return { ...consult, order: place(consult.order, data.line_id, data.after) };
    case "note_line_removed":
      return {
        ...consult,
        lines: drop(consult.lines, data.line_id),
        order: consult.order.filter((one) => one !== data.line_id),
      };
    case "mentions_found":
      return line(consult, data.line_id, {
        analysed: data.rev,
        failed: "",
        medications: data.medications,
        effects: data.effects,
        heard: data.heard,
        context: data.context ?? NO_CONTEXT,
        since: sinceOf(consult.lines[data.line_id]?.since ?? {}, data.effects, data.heard, event.seq),
      });
    case "line_not_analysed":
      return line(consult, data.line_id, {
        analysed: data.rev,
        ...NOTHING_FOUND,
        failed: data.code,
      });
    case "medication_proposed":
      return { ...consult, medications: put(consult.medications, data.medication.id, data.medication) };
    case "medication_dropped":
      return { ...consult, medications: drop(consult.medications, data.medication_id) };
    case "medication_added":
    case "medication_confirmed":
    case "medication_rejected":
    case "medication_edited":
      return {
        ...consult,
        medications: put(consult.medications, data.medication.id, data.medication),
        settled: put(consult.settled, data.medication.id, data.medication),
        reports: drop(consult.reports, data.medication.id),
      };
    case "medication_reopened": {
      const row = data.medication;
      const settled = drop(consult.settled, row.id);
      return {
        ...consult,
        medications: put(consult.medications, row.id, row),
        settled: row.source === "note" ? settled : put(settled, row.id, row),
      };
    }
    case "effect_proposed":
      return { ...consult, effects: put(consult.effects, data.effect.id, data.effect) };
    case "effect_reviewed": {
      const { effect } = data;
      const heeded = effect.review === "rejected" ? put(consult.heeded, effect.id, event.seq) : consult.heeded;
      return { ...consult, effects: put(consult.effects, effect.id, effect), heeded };
    }
    case "effect_dropped":
      return { ...consult, effects: drop(consult.effects, data.effect_id) };
    case "condition_recorded":
      return { ...consult, conditions: put(consult.conditions, data.condition.id, data.condition) };
    case "condition_removed":
      return { ...consult, conditions: drop(consult.conditions, data.condition_id) };
    case "allergy_proposed":
    case "allergy_recorded":
      return { ...consult, allergies: put(consult.allergies, data.allergy.id, data.allergy) };
    case "allergy_removed":
      return { ...consult, allergies: drop(consult.allergies, data.allergy_id) };
    case "lab_recorded":
      return { ...consult, labs: [...consult.labs, data.lab] };
    case "fills_recorded":
      return { ...consult, fills: data.fills, stays: data.stays };
    case "patient_completed":
      return { ...consult, patient: data.patient };
    case "enrollment_recorded":
      return { ...consult, patient: consult.patient && { ...consult.patient, mtm: data.enrollment } };
    case "alert_raised":
      return {
        ...consult,
        alerts: put(consult.alerts, data.alert.id, { alert: data.alert, stage: "raised", reason: "", comment: "" }),
      };
    case "alert_changed": {
      const known = consult.alerts[data.alert.id] ?? { stage: "raised" as const, reason: "", comment: "" };
      return { ...consult, alerts: put(consult.alerts, data.alert.id, { ...known, alert: data.alert }) };
    }
    case "alert_withdrawn":
      return alertRow(consult, data.alert_id, { stage: "withdrawn" });
    case "alert_acknowledged":
      return alertRow(consult, data.alert_id, {
        stage: "acknowledged",
        reason: data.reason,
        comment: data.comment,
      });
    case "alert_accepted": {
      const after = alertRow(consult, data.alert_id, { stage: "accepted" });
      return { ...after, problems: put(after.problems, data.problem.id, data.problem) };
    }
    case "alert_reopened":
      return alertRow(consult, data.alert_id, { stage: "raised", reason: "", comment: "" });
    case "problem_added":
    case "problem_answered":
      return { ...consult, problems: put(consult.problems, data.problem.id, data.problem) };
    case "problem_removed":
      return { ...consult, problems: drop(consult.problems, data.problem_id) };
    case "regimen_assessed": {
      const { based_on, checked, not_checked, data_date, failed } = data;
      return { ...consult, checked: { based_on, checked, not_checked, data_date, failed: failed ?? "" } };
    }
    case "checks_failed":
      return { ...consult, checked: { ...consult.checked, failed: data.code } };
    case "guidance_changed":
      return { ...consult, guidance: data.guidance };
    case "script_step_entered":
      return { ...consult, step_id: data.step_id, skipped: drop(consult.skipped, data.step_id) };
    case "language_chosen":
      return { ...consult, language: data.language };
    case "script_recorded":
      return { ...consult, script_version: data.version };
    case "answer_dropped":
      return { ...consult, answers: drop(consult.answers, data.key) };
    case "answer_proposed":
      return { ...consult, answers: put(consult.answers, keyOf(data.answer), data.answer) };
    case "script_answered": {
      const key = keyOf(data.answer);
      return {
        ...consult,
        answers: put(consult.answers, key, data.answer),
        heeded: put(consult.heeded, key, event.seq),
      };
    }
    case "script_step_skipped":
      return {
        ...consult,
        skipped: put(consult.skipped, data.step_id, data.reason),
        heeded: put(consult.heeded, data.step_id, event.seq),
      };
    case "script_step_resumed":
      return { ...consult, skipped: drop(consult.skipped, data.step_id) };
    case "medication_reported":
      return { ...consult, reports: put(consult.reports, data.report.medication_id, data.report) };
    case "picture_sent":
      return { ...consult, pictures: [...consult.pictures, data.picture] };
    case "visit_rated":
      return { ...consult, rating: data.rating };
    case "chat_message_sent": {
      const message = { id: data.message_id, author: event.actor, text: data.text, at: event.at, caption: data.caption ?? false };
      return { ...consult, chat: [...consult.chat, message] };
    }
    case "todo_added":
    case "todo_edited":
      return { ...consult, todos: put(consult.todos, data.item.id, data.item) };
    case "todo_removed":
      return { ...consult, todos: drop(consult.todos, data.item_id) };
    case "takeaway_requested":
      return { ...consult, takeaway_pending: true, takeaway_failed: "", takeaway_language: data.language };
    case "takeaway_failed":
      return { ...consult, takeaway_pending: false, takeaway_failed: data.code };
    case "takeaway_drafted": {
      const { version, sha256, html_sha256, based_on, language, copies, failing, grade, lines, reviewed } = data;
      const made = { version, sha256, html_sha256, based_on, language, copies, failing, grade, lines, reviewed };
      const draft: Takeaway = { ...EMPTY, ...made, drafted_at: event.at };
      return { ...consult, takeaways: [...consult.takeaways, draft], takeaway_pending: false };
    }
    case "takeaway_reviewed":
      return takeaway(consult, data.version, { reviewed: data.lines });
    case "takeaway_signed":
      return takeaway(consult, data.version, {
        stage: "signed",
        signed_by: event.actor.name,
        signed_at: event.at,
      });
    case "takeaway_issued": {
      const { version, sha256, override } = data;
      const takeaways = consult.takeaways.map((one) =>
        one.stage === "issued" && one.version !== version ? { ...one, stage: "superseded" as const } : one,
      );
      const after = { ...consult, takeaways };
      const now = { stage: "issued" as const, issued_at: event.at, override };
      // A patient hears of a version first when it is issued; its drafting was not sent.
      return takeaways.some((one) => one.version === version)
        ? takeaway(after, version, now)
        : { ...after, takeaways: [...takeaways, { ...EMPTY, version, sha256, ...now }] };
    }
    case "takeaway_recalled":
      return takeaway(consult, data.version, { stage: "recalled", recalled_because: data.reason });
    case "delivery_requested":
    case "delivery_begun":
    case "takeaway_delivered":
    case "delivery_failed": {
      const delivery = { ...data.delivery, at: event.at };
      const after = { ...consult, deliveries: put(consult.deliveries, delivery.id, delivery) };
      const letter = consult.letters[delivery.letter_id];
      if (!letter || data.type !== "delivery_requested") return after;
      return { ...after, letters: put(consult.letters, letter.id, { ...letter, sent_by: event.actor.name }) };
    }
    case "letter_requested":
    case "letter_failed":
      return { ...consult, letters: put(consult.letters, data.letter.id, data.letter) };
    case "letter_drafted": {
      const letter = { ...data.letter, drafted_at: event.at };
      return { ...consult, letters: put(consult.letters, letter.id, letter) };
    }
    case "letter_sent": {
      const letter = { ...data.letter, sent_at: event.at };
      const delivery = { ...data.delivery, at: event.at };
      return {
        ...consult,
        letters: put(consult.letters, letter.id, letter),
        deliveries: put(consult.deliveries, delivery.id, delivery),
        problems: data.problems.reduce((rows, one) => put(rows, one.id, one), consult.problems),
      };
    }
    case "follow_up_planned":
    case "follow_up_postponed":
      return { ...consult, follow_ups: put(consult.follow_ups, data.follow_up.id, data.follow_up) };
    case "follow_up_done": {
      const done = { ...data.follow_up, closed_at: event.at };
      return { ...consult, follow_ups: put(consult.follow_ups, done.id, done) };
    }
    case "follow_up_dropped":
      return { ...consult, follow_ups: drop(consult.follow_ups, data.follow_up_id) };
    case "email_consent_recorded":
      return { ...consult, email: { address: data.address, agreed: data.agreed, at: event.at } };
    case "representative_named":
      return { ...consult, representative: data.representative };
    case "takeaway_voided":
      return takeaway(consult, data.version, { stage: "voided", voided_because: data.because });
    default:
      return consult;
  }
}

const EMPTY: Takeaway = {
  version: 0,
  stage: "drafted",
  sha256: "",
  html_sha256: "",
  based_on: 0,
  drafted_at: "",
  signed_by: "",
  signed_at: "",
  issued_at: "",
  voided_because: "",
  language: "",
  copies: [],
  failing: [],
  grade: 0,
  override: "",
  recalled_because: "",
  lines: [],
  reviewed: [],
};
