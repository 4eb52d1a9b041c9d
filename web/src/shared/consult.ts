/** A consult before its first event, and small questions about one. */

import type { Consult, Takeaway } from "./protocol";

export function emptyConsult(id: string): Consult {
  return {
    id,
    seq: 0,
    phase: "none",
    kind: "cmr",
    modality: "video",
    script_id: "cmr",
    script_version: "",
    patient: null,
    pharmacist_id: "",
    planned_at: "",
    opened_at: "",
    closed_at: "",
    identity: null,
    participants: {},
    transcript_opened: {},
    writer_tab: "",
    writer_epoch: 0,
    lines: {},
    order: [],
    medications: {},
    settled: {},
    effects: {},
    conditions: {},
    allergies: {},
    labs: [],
    fills: [],
    stays: [],
    alerts: {},
    problems: {},
    checked: { based_on: 0, checked: 0, not_checked: [], data_date: "", failed: "" },
    guidance: {
      next: null,
      branches: [],
      done: [],
      urgent: [],
      counts: { steps: 0, asked: 0, answered: 0, proposed: 0, open: 0, fresh: 0 },
      drafts: [],
      labs: [],
      gaps: [],
      language: "en",
      adherence: [],
      refused: [],
      agreed: [],
      unasked: [],
    },
    step_id: "",
    language: "",
    answers: {},
    skipped: {},
    heeded: {},
    chat: [],
    todos: {},
    takeaways: [],
    takeaway_pending: false,
    takeaway_failed: "",
    takeaway_language: "",
    deliveries: {},
    email: null,
    representative: null,
    drawn: 0,
    letters: {},
    letters_drawn: 0,
    follow_ups: {},
    reports: {},
    pictures: [],
    rating: null,
  };
}

/** The newest version of the document. */
export function newestTakeaway(consult: Consult): Takeaway | null {
  return consult.takeaways[consult.takeaways.length - 1] ?? null;
}

/** One answer a question, or one a question and row of its loop: a medication or a to-do item. */
export function answerKey(linkId: string, rowId = ""): string {
  return rowId ? `${linkId}#${rowId}` : linkId;
}

/** The key of an answer or of a suggested question. */
export const keyOf = (one: { link_id: string; medication_id: string; todo_id: string }): string =>
  answerKey(one.link_id, one.medication_id || one.todo_id);
