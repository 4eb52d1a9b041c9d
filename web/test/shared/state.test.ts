import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import type { Consult, Event, EventData, EventType } from "../../src/shared/protocol";
import { emptyConsult, foldEvent, foldEvents } from "../../src/shared/state";
import { alert, event, medication, mention, pharmacist, put, story } from "./samples";

const fold = (...data: EventData[]): Consult => foldEvents(emptyConsult("c1"), story(...data));

const patient = {
  id: "p1", name: "Maria Lopez", birth_date: "1952-05-04", sex: "f" as const, phone: "", address: "",
  language: "en", plan_name: "", member_id: "", mtm: null };
const scheduled: EventData = {
  type: "consult_scheduled", patient, pharmacist_id: "ph1", planned_at: "2026-11-23T09:00:00Z", kind: "cmr", modality: "phone", script_id: "cmr",
};
const problem = { id: "problem:1", need: "safety" as const, title: "Bleeding", detail: "", alert_id: "a1", medications: [], rationale: "" as const, recommendation: "", evidence: "", prescriber: "", stage: "open" as const, outcome: "" };
const todo = { id: "todo:1", topic: "Pain", action: "Use acetaminophen", why: "", problem_id: "", said: [] };
const drafted: EventData = { type: "takeaway_drafted", version: 1, sha256: "s", html_sha256: "h", based_on: 3, language: "en", copies: [], failing: [], grade: 4, lines: [], reviewed: [] };

describe("the consult and its members", () => {
  it("is scheduled, opened and closed at the times of the events", () => {
    const consult = fold(scheduled, { type: "consult_opened" }, { type: "consult_closed", reason: "" });

    expect(consult).toMatchObject({ phase: "closed", modality: "phone", patient, opened_at: "2026-11-23T10:00:00Z", closed_at: "2026-11-23T10:00:00Z", seq: 3 });
  });

  it("keeps a member who has left, admitted or not", () => {
    const participant = { id: "pat", role: "patient" as const, name: "Maria", state: "waiting" as const, present: true, by_phone: false };
    const consult = fold(
      { type: "participant_joined", participant },
      { type: "participant_admitted", member_id: "pat" },
      { type: "participant_left", member_id: "pat" },
    );
    const back = foldEvent(consult, event(4, { type: "participant_returned", member_id: "pat" }));

    expect(consult.participants.pat).toEqual({ ...participant, state: "admitted", present: false });
    expect(back.participants.pat?.state).toBe("waiting");
  });

  it("remembers identity and writer", () => {
    const identity = { method: "phone" as const, identifiers: ["name", "date of birth"], by: "ph1", at: "t" };
    const consult = fold({ type: "identity_confirmed", identity }, { type: "writer_taken", tab_id: "t1", epoch: 1 });

    expect(consult).toMatchObject({ identity, writer_tab: "t1", writer_epoch: 1 });
  });
});

describe("note lines", () => {
  it("stand below the line that they were put after, at the end where that is gone", () => {
    const consult = fold(put("a", "", 1, "A"), put("b", "a", 1, "B"), put("c", "a", 1, "C"), put("d", "gone", 1, "D"), put("e", "", 1, "E"));

    expect(consult.order).toEqual(["e", "a", "c", "b", "d"]);
  });

  it("keep their place and their findings when they are put again", () => {
    const found: EventData = { type: "mentions_found", line_id: "a", rev: 1, medications: [mention(0, 7, "Eliquis")], effects: [], heard: [] };
    const consult = fold(put("a", "", 1, "Eliquis"), put("b", "a", 1, "B"), found, put("a", "b", 2, "Eliquis 5", { open: true }));

    expect(consult.order).toEqual(["a", "b"]);
    expect(consult.lines.a).toMatchObject({ rev: 2, analysed: 1, open: true, author: pharmacist });
    expect(consult.lines.a?.medications).toHaveLength(1);
  });

  it("say that they could not be analysed until they are put again", () => {
    const failed = fold(put("a", "", 1, "A"), { type: "line_not_analysed", line_id: "a", rev: 1, code: "timeout" });
    const again = foldEvent(failed, event(3, put("a", "", 2, "A!")));

    expect(failed.lines.a).toMatchObject({ failed: "timeout", analysed: 1, medications: [], effects: [] });
    expect(again.lines.a?.failed).toBe("");
  });

  it("stay marked as written twice", () => {
    const consult = fold(put("a", "", 1, "A"), put("a.1", "a", 1, "B", { conflicts_with: "a" }), put("a.1", "a", 2, "C"));

    expect(consult.lines["a.1"]).toMatchObject({ conflicts_with: "a", text: "C" });
  });

  it("are moved and removed", () => {
    const consult = fold(put("a", "", 1, "A"), put("b", "a", 1, "B"), { type: "note_line_moved", line_id: "b", after: "" }, { type: "note_line_removed", line_id: "a" });

    expect(consult.order).toEqual(["b"]);
    expect(Object.keys(consult.lines)).toEqual(["b"]);
  });
});

describe("regimen and what bears on it", () => {
  it("settles only what a person left, and marks the takeaway as changed", () => {
    const consult = fold({ type: "medication_proposed", medication: medication() });
    const confirmed = foldEvent(consult, event(2, { type: "medication_confirmed", medication: medication({ review: "confirmed" }) }));

    expect(consult).toMatchObject({ settled: {}, drawn: 0 });
    expect(confirmed.settled["med:apixaban"]?.review).toBe("confirmed");
    expect(confirmed.drawn).toBe(2);
  });

  it.each(["medication_added", "medication_rejected", "medication_edited"] as const)("%s settles the row", (type) => {
    const consult = fold({ type, medication: medication() });

    expect(consult.settled).toEqual({ "med:apixaban": medication() });
    expect(consult.medications).toEqual(consult.settled);
    expect(consult.drawn).toBe(1);
  });

  it("drops a proposal whose words are gone", () => {
    const consult = fold({ type: "medication_proposed", medication: medication() }, { type: "medication_dropped", medication_id: "med:apixaban" });

    expect(consult.medications).toEqual({});
  });

  it("holds effects, conditions, allergies and values", () => {
    const effect = { id: "effect:edema", concept: "edema", words: "puffy", suspected: [], historical: false, review: "proposed" as const, evidence: [], severity: "", onset: "" };
    const condition = { id: "k1", name: "diabetes", since: "", source: "hand" as const };
    const allergy = { id: "allergy:penicillin", substance: "penicillin", ingredients: [], reaction: "", review: "proposed" as const, source: "note" as const, evidence: [] };
    const lab = { name: "egfr", value: 41, unit: "", at: "" };
    const consult = fold(
      { type: "effect_proposed", effect }, { type: "condition_recorded", condition }, { type: "allergy_proposed", allergy }, { type: "lab_recorded", lab },
      { type: "effect_reviewed", effect: { ...effect, review: "confirmed" } },
    );
    const emptied = foldEvents(consult, [
      event(6, { type: "effect_dropped", effect_id: effect.id }), event(7, { type: "condition_removed", condition_id: "k1" }),
      event(8, { type: "allergy_recorded", allergy: { ...allergy, review: "confirmed" } }), event(9, { type: "allergy_removed", allergy_id: allergy.id }),
    ]);

    expect(consult).toMatchObject({ effects: { [effect.id]: { review: "confirmed" } }, conditions: { k1: condition }, allergies: { [allergy.id]: allergy }, labs: [lab], drawn: 5 });
    expect(emptied).toMatchObject({ effects: {}, conditions: {}, allergies: {}, drawn: 9 });
  });
});

describe("alerts and problems", () => {
  it("keeps an answer when the alert changes, forgets it when it is raised again", () => {
    const answered = fold({ type: "alert_raised", alert: alert("a1") }, { type: "alert_acknowledged", alert_id: "a1", reason: "tolerated", comment: "years" });
    const changed = foldEvent(answered, event(3, { type: "alert_changed", alert: alert("a1", { why: "new" }) }));
    const raised = foldEvent(changed, event(4, { type: "alert_raised", alert: alert("a1", { indicator: "critical" }) }));

    expect(changed.alerts.a1).toMatchObject({ stage: "acknowledged", reason: "tolerated", comment: "years", alert: { why: "new" } });
    expect(raised.alerts.a1).toMatchObject({ stage: "raised", reason: "", comment: "" });
  });

  it("makes a problem of an accepted alert, and withdraws", () => {
    const consult = fold({ type: "alert_raised", alert: alert("a1") }, { type: "alert_accepted", alert_id: "a1", problem }, { type: "alert_withdrawn", alert_id: "a1" }, { type: "problem_added", problem: { ...problem, id: "p2" } }, { type: "problem_removed", problem_id: "p2" });

    expect(consult.alerts.a1?.stage).toBe("withdrawn");
    expect(consult.problems).toEqual({ [problem.id]: problem });
  });

  it("remembers what was checked and what to ask next", () => {
    const guidance = { ...emptyConsult("c").guidance, next: { step_id: "s", link_id: "l", medication_id: "", why: "w", say: "s", text: "t", todo_id: "" }, done: ["open"] };
    const consult = fold({ type: "regimen_assessed", based_on: 4, checked: 3, not_checked: [], data_date: "2026-10-01", failed: "" }, { type: "guidance_changed", guidance });

    expect(consult.checked).toEqual({ based_on: 4, checked: 3, not_checked: [], data_date: "2026-10-01", failed: "" });
    expect(consult.guidance).toEqual(guidance);
  });
});

describe("script, chat, plan and takeaway", () => {
  it("takes a step that is entered out of the skipped ones", () => {
    const consult = fold({ type: "script_step_skipped", step_id: "cost", reason: "no time" }, { type: "script_step_entered", step_id: "cost" });

    expect(consult).toMatchObject({ step_id: "cost", skipped: {} });
  });

  it("keeps one answer a question and medication or to-do item", () => {
    const answer = { link_id: "why", values: ["pain"], medication_id: "med:x", source: "pharmacist" as const, review: "confirmed" as const, evidence: [], todo_id: "" };
    const about = (medication_id: string, todo_id = "") => ({ type: "script_answered" as const, answer: { ...answer, medication_id, todo_id } });
    const consult = fold(about("med:x"), about(""), about("", "todo-1"));

    expect(Object.keys(consult.answers)).toEqual(["why#med:x", "why", "why#todo-1"]);
  });

  it("appends chat in order, with who said it", () => {
    const consult = fold({ type: "chat_message_sent", message_id: "m1", text: "Hello" });

    expect(consult.chat).toEqual([{ id: "m1", author: pharmacist, text: "Hello", at: "2026-11-23T10:00:00Z", caption: false }]);
  });

  it("holds the to-do list", () => {
    const consult = fold({ type: "todo_added", item: todo }, { type: "todo_edited", item: { ...todo, why: "safer" } });
    const removed = foldEvent(consult, event(3, { type: "todo_removed", item_id: todo.id }));

    expect(consult.todos).toEqual({ [todo.id]: { ...todo, why: "safer" } });
    expect(removed).toMatchObject({ todos: {}, drawn: 3 });
  });

  it("follows a takeaway from request to void", () => {
    const asked = fold({ type: "takeaway_requested", language: "" });
    const failed = foldEvent(asked, event(2, { type: "takeaway_failed", code: "timeout" }));
    const signed = foldEvents(failed, [event(3, { type: "takeaway_requested", language: "" }), event(4, drafted), event(5, { type: "takeaway_signed", version: 1, sha256: "s" })]);
    const issued = foldEvent(signed, event(6, { type: "takeaway_issued", version: 1, sha256: "s", override: "" }));
    const voided = foldEvent(issued, event(7, { type: "takeaway_voided", version: 1, because: "new-draft" }));

    expect(asked.takeaway_pending).toBe(true);
    expect(failed).toMatchObject({ takeaway_pending: false, takeaway_failed: "timeout" });
    expect(signed).toMatchObject({ takeaway_pending: false, takeaway_failed: "" });
    expect(signed.takeaways[0]).toMatchObject({ stage: "signed", signed_by: "Dana Reed" });
    expect(issued.takeaways[0]).toMatchObject({ stage: "issued", issued_at: "2026-11-23T10:00:00Z" });
    expect(voided.takeaways[0]).toMatchObject({ stage: "voided", voided_because: "new-draft" });
  });
});

describe("the fold is total", () => {
  const lonely: EventData[] = [
    { type: "participant_left", member_id: "x" }, { type: "participant_admitted", member_id: "x" }, { type: "participant_returned", member_id: "x" },
    { type: "note_line_removed", line_id: "x" }, { type: "mentions_found", line_id: "x", rev: 1, medications: [], effects: [], heard: [] },
    { type: "line_not_analysed", line_id: "x", rev: 1, code: "c" }, { type: "alert_withdrawn", alert_id: "x" },
    { type: "alert_acknowledged", alert_id: "x", reason: "other", comment: "" }, { type: "takeaway_signed", version: 9, sha256: "" },
    { type: "takeaway_voided", version: 9, because: "" }, { type: "medication_dropped", medication_id: "x" }, { type: "todo_removed", item_id: "x" },
  ];

  it.each(lonely.map((data) => [data.type, data] as const))("%s of something unknown changes nothing but the seq", (_type, data) => {
    const before = emptyConsult("c1");
    const after = foldEvent(before, event(1, data));

    expect({ ...after, seq: 0, drawn: 0 }).toEqual(before);
  });

  it("shows an issued takeaway to a patient who was never sent the draft", () => {
    const consult = fold({ type: "takeaway_issued", version: 2, sha256: "s", override: "" });

    expect(consult.takeaways).toMatchObject([{ version: 2, stage: "issued" }]);
  });

  it("passes over events of a newer server", () => {
    const unknown = { type: "pill_photographed" } as unknown as EventData;

    expect(fold(unknown).seq).toBe(1);
  });

  it("leaves the state before as it was", () => {
    const before = fold(put("a", "", 1, "A"));
    const copy = structuredClone(before);
    foldEvent(before, event(2, put("a", "", 2, "B")));

    expect(before).toEqual(copy);
  });
});

const golden = new URL("../../../tests/golden/events.json", import.meta.url);

test.skipIf(!existsSync(golden))("folds every golden case as the server does", () => {
  const { cases } = JSON.parse(readFileSync(golden, "utf-8")) as { cases: { name: string; events: Event[]; state: Consult }[] };
  const types = new Set<EventType>();
  let folded: Consult | undefined;
  for (const { name, events, state } of cases) {
    for (const one of events) types.add(one.data.type);
    // A case goes on from the one before it, unless it begins a consult of its own.
    folded = foldEvents(events[0]?.seq === 1 || !folded ? emptyConsult(state.id) : folded, events);
    expect(folded, name).toEqual(state);
  }

  expect(cases.length).toBeGreaterThan(0);
  expect(types.size).toBeGreaterThan(40);
});
