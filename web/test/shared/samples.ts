/** Small complete values for tests. */

import type {
  Actor,
  Alert,
  Event,
  EventData,
  Medication,
  MedicationMention,
  EffectMention,
  NoteLine,
} from "../../src/shared/protocol";

export const pharmacist: Actor = { id: "ph1", role: "pharmacist", name: "Dana Reed" };

export function event(seq: number, data: EventData, at = "2026-11-23T10:00:00Z", actor = pharmacist): Event {
  return { seq, consult_id: "c1", command_id: `k${seq}`, at, actor, data };
}

/** Events numbered from 1. */
export const story = (...data: EventData[]): Event[] => data.map((one, index) => event(index + 1, one));

export function medication(change: Partial<Medication> = {}): Medication {
  return {
    id: "med:apixaban",
    name: "Eliquis",
    ingredients: ["apixaban"],
    match: "exact",
    sig: { strength: "5 mg", dose: null, route: null, frequency: "2/day", as_needed: false, duration: null, timing: null },
    status: "active",
    why: "",
    prescriber: "",
    source: "note",
    review: "proposed",
    started: "",
    last_fill: "",
    previous: "",
    candidates: [],
    evidence: [],
    ...change,
  };
}

export function mention(start: number, end: number, text: string, change: Partial<MedicationMention> = {}): MedicationMention {
  return {
    start,
    end,
    text,
    ingredients: [text],
    match: "exact",
    strength: null,
    dose: null,
    route: null,
    frequency: null,
    as_needed: false,
    duration: null,
    timing: null,
    previous: null,
    indication: null,
    status: "active",
    subject: "patient",
    confidence: 1,
    candidates: [],
    flags: [],
    likely_strength: null,
    cues: [],
    ...change,
  };
}

export function effectMention(start: number, end: number, text: string, change: Partial<EffectMention> = {}): EffectMention {
  return {
    start,
    end,
    text,
    concept: text,
    negated: false,
    uncertain: false,
    historical: false,
    subject: "patient",
    suspected: [],
    confidence: 1,
    cues: [],
    severity: null,
    onset: null,
    match: "exact",
    ...change,
  };
}

export function alert(id: string, change: Partial<Alert> = {}): Alert {
  return {
    id,
    kind: "interaction",
    between: ["apixaban", "naproxen"],
    severity: "major",
    indicator: "warning",
    title: `Alert ${id}`,
    why: "",
    action: "",
    source: "",
    mechanism: "",
    factors: [],
    medications: [],
    rule: "",
    todo_topic: "",
    todo_action: "",
    todo_why: "",
    todo_said: [],
    ...change,
  };
}

export function put(line_id: string, after: string, rev: number, text: string, change: Partial<Extract<EventData, { type: "note_line_put" }>> = {}): EventData {
  return { type: "note_line_put", line_id, after, rev, text, open: false, speaker: "pharmacist", conflicts_with: "", ...change };
}

export function noteLine(id: string, text: string, change: Partial<NoteLine> = {}): NoteLine {
  return {
    id,
    rev: 1,
    text,
    open: false,
    speaker: "pharmacist",
    author: pharmacist,
    at: "",
    conflicts_with: "",
    analysed: 1,
    failed: "",
    medications: [],
    effects: [],
    heard: [],
    context: { section: "", status: "", effects: "", referred: [] },
    since: {},
    ...change,
  };
}
