import { describe, expect, it } from "vitest";
import type { Consult } from "../../src/shared/protocol";
import { emptyConsult, foldEvents } from "../../src/shared/state";
import { properNames } from "../../src/shared/api";
import type { ConsultRow } from "../../src/shared/wire";
import { alertGroups, checksTrouble, held, linesOf } from "../../src/workspace/alerts/order";
import { applies, type Item } from "../../src/workspace/guide/script";
import { dayLists, daysLeftWords } from "../../src/workspace/list/sort";
import { answerCommand } from "../../src/workspace/notes/answers";
import type { Found } from "../../src/workspace/notes/marks";
import { matching } from "../../src/workspace/palette/entries";
import { medicationKey, needsChoice, regimenGroups } from "../../src/workspace/regimen/rows";
import { alert, effectMention, medication, mention, put, story } from "../shared/samples";

const evidence = [{ line_id: "b", rev: 1, start: 4, end: 9 }];

describe("alerts", () => {
  const consult = foldEvents(
    emptyConsult("c1"),
    story(
      put("a", "", 1, "A"),
      put("b", "a", 1, "the Aleve"),
      { type: "medication_proposed", medication: medication({ evidence }) },
      { type: "alert_raised", alert: alert("info", { indicator: "info" }) },
      { type: "alert_raised", alert: alert("warn") },
      { type: "alert_raised", alert: alert("crit", { indicator: "critical", medications: ["med:apixaban"] }) },
      { type: "alert_raised", alert: alert("gone") },
      { type: "alert_withdrawn", alert_id: "gone" },
      { type: "alert_raised", alert: alert("done", { indicator: "critical" }) },
      { type: "alert_acknowledged", alert_id: "done", reason: "tolerated", comment: "" },
    ),
  );

  it("puts critical ones first, then the others, then answered ones, and keeps withdrawn ones in sight", () => {
    const { critical, open, answered, withdrawn } = alertGroups(consult);
    const ids = [critical, open, answered, withdrawn].map((rows) => rows.map((row) => row.alert.id));

    expect(ids).toEqual([["crit"], ["warn", "info"], ["done"], ["gone"]]);
  });

  it("says when silence means nothing: checks that fail, no knowledge, old knowledge", () => {
    const checked = { based_on: 5, checked: 3, not_checked: [], data_date: "2026-11-23", failed: "" };

    expect(checksTrouble(checked)).toBe("");
    expect(checksTrouble({ ...checked, failed: "analysis-timeout" })).toBe("failed");
    expect(checksTrouble({ ...checked, data_date: "" })).toBe("missing");
    expect(checksTrouble({ ...checked, failed: "data-expired" })).toBe("expired");
  });

  it("leads back to the line and the place of the words", () => {
    expect(linesOf(consult.alerts.crit!, consult)).toEqual([{ lineId: "b", number: 2, start: 4 }]);
  });

  it("moves nothing under the hand: what is answered stays, what is new waits", () => {
    const exists = (id: string): boolean => id !== "gone";

    expect(held(["a", "b", "gone"], ["c", "b"], exists)).toEqual({ shown: ["a", "b"], waiting: ["c"] });
  });
});

describe("the regimen", () => {
  it("separates what is taken from what is not, and counts what waits for a yes", () => {
    const rows = [
      medication({ id: "1" }),
      medication({ id: "2", review: "confirmed", status: "stopped" }),
      medication({ id: "3", status: "stopped" }),
      medication({ id: "4", review: "rejected" }),
    ];
    const consult = foldEvents(emptyConsult("c1"), story(...rows.map((row) => ({ type: "medication_proposed" as const, medication: row }))));
    const groups = regimenGroups(consult);

    expect([groups.present, groups.past, groups.rejected].map((part) => part.map((row) => row.id))).toEqual([["1", "3"], ["2"], ["4"]]);
    expect(groups.toConfirm).toBe(2);
  });

  it("names a row as the server does", () => {
    expect(medicationKey(["b", "a"], "X")).toBe("med:a+b");
    expect(medicationKey([], "  Blue Pill ")).toBe("med:blue pill");
  });

  it("asks a person where several drugs or none may be meant", () => {
    const candidate = { name: "metformin", ingredients: ["metformin"], score: 0.9 };

    expect(needsChoice(medication({ match: "fuzzy", candidates: [candidate, candidate] }))).toBe("candidate");
    expect(needsChoice(medication({ match: "class", ingredients: [] }))).toBe("drug");
    expect(needsChoice(medication())).toBe("");
  });
});

describe("the answer keys at the cursor", () => {
  const found: Found = { lineId: "b", kind: "medication", mention: mention(4, 9, "Aleve", { ingredients: ["naproxen"] }), review: "proposed" };
  const consult = (change: object): Consult => ({
    ...emptyConsult("c1"),
    medications: { "med:x": medication({ id: "med:x", ingredients: ["naproxen"], evidence, ...change }) },
  });

  it("confirm an exact row", () => {
    expect(answerCommand(found, "confirm", consult({}))).toEqual({ type: "confirm_medication", data: { medication_id: "med:x" } });
  });

  it("take the only candidate of a misspelling", () => {
    const candidates = [{ name: "naproxen", ingredients: ["naproxen"], score: 0.9 }];

    expect(answerCommand(found, "confirm", consult({ match: "fuzzy", candidates }))?.data).toEqual({ medication_id: "med:x", ingredients: ["naproxen"], name: "naproxen" });
  });

  it("do not choose among several", () => {
    const candidate = { name: "n", ingredients: ["n"], score: 0.9 };

    expect(answerCommand(found, "confirm", consult({ match: "fuzzy", candidates: [candidate, candidate] }))).toBeNull();
  });

  it("reject, and leave alone what stands", () => {
    expect(answerCommand(found, "reject", consult({}))?.type).toBe("reject_medication");
    expect(answerCommand(found, "reject", consult({ review: "confirmed" }))).toBeNull();
  });

  it("answer an allergy as an allergy", () => {
    const sulfa: Found = { ...found, mention: mention(4, 9, "sulfa", { status: "allergy" }) };
    const allergy = { id: "allergy:sulfa", substance: "sulfa", ingredients: [], reaction: "hives", review: "proposed" as const, source: "note" as const, evidence };
    const state = { ...emptyConsult("c1"), allergies: { [allergy.id]: allergy } };

    expect(answerCommand(sulfa, "confirm", state)).toEqual({ type: "record_allergy", data: { allergy } });
    expect(answerCommand(sulfa, "reject", state)).toEqual({ type: "remove_allergy", data: { allergy_id: "allergy:sulfa" } });
  });

  it("answer an effect by its concept", () => {
    const edema: Found = { lineId: "b", kind: "effect", mention: effectMention(0, 5, "puffy", { concept: "edema" }), review: "proposed" };
    const effect = { id: "effect:edema", concept: "edema", words: "puffy", suspected: [], historical: false, review: "proposed" as const, evidence: [], severity: "", onset: "" };
    const state = { ...emptyConsult("c1"), effects: { [effect.id]: effect } };

    expect(answerCommand(edema, "confirm", state)).toEqual({ type: "confirm_effect", data: { effect_id: "effect:edema" } });
  });
});

describe("questions of the script", () => {
  const item = (conditions: object[], behavior = "all"): Item => ({ enable_when: conditions, enable_behavior: behavior }) as unknown as Item;
  const answered = (values: string[], medication_id = ""): Consult => {
    const answer = { link_id: "q", values, medication_id, source: "pharmacist" as const, review: "confirmed" as const, evidence: [], todo_id: "" };
    return foldEvents(emptyConsult("c1"), story({ type: "script_answered", answer }));
  };
  const is = (answer: string[], operator = "=") => ({ question: "q", operator, answer });

  it.each([
    [item([]), [], true],
    [item([is(["yes"])]), ["yes"], true],
    [item([is(["yes"])]), ["no"], false],
    [item([is(["yes"])]), [], false],
    [item([is(["no"], "!=")]), [], true],
    [item([is([], "exists")]), ["x"], true],
    [item([is(["no"], "exists")]), ["x"], false],
    [item([is(["7"], ">")]), ["8"], true],
    [item([is(["7"], ">")]), ["lots"], false],
    [item([{ fact: "class", operator: "=", answer: ["opioid"] }]), [], true],
    [item([is(["yes"]), is(["no"])], "any"), ["no"], true],
  ])("%# apply as their conditions say", (question, values, applied) => {
    expect(applies(question, values.length ? answered(values) : emptyConsult("c1"))).toBe(applied);
  });

  it("look at the answer for this medication", () => {
    const consult = answered(["yes"], "med:a");

    expect(applies(item([is(["yes"])]), consult, "med:a")).toBe(true);
    expect(applies(item([is(["yes"])]), consult, "med:b")).toBe(false);
  });
});

describe("looking up a drug", () => {
  it("leaves out a misspelling beside the name that it stands for", () => {
    const names = [
      { name: "tylanol", ingredients: ["acetaminophen"], kind: "misspelling" },
      { name: "tylenol", ingredients: ["acetaminophen"], kind: "brand" },
      { name: "metforman", ingredients: ["metformin"], kind: "misspelling" },
    ];

    expect(properNames(names).map((one) => one.name)).toEqual(["tylenol", "metforman"]);
  });
});

describe("finding", () => {
  const entries = ["Go to notes", "End the visit", "Edit Eliquis"].map((words) => ({ group: "g", words, run: () => undefined }));

  it("wants every typed word and puts what begins with it first", () => {
    expect(matching(entries, "e").map((one) => one.words)[0]).toBe("End the visit");
    expect(matching(entries, "eliq ed").map((one) => one.words)).toEqual(["Edit Eliquis"]);
  });
});

describe("the list of the day", () => {
  const row = (id: string, phase: string, at: string) => ({ id, phase, planned_at: at, opened_at: at, closed_at: at }) as ConsultRow;

  it("sorts what waits soonest first and what is past newest first, and names the one to act on", () => {
    const now = new Date(2026, 10, 26, 9, 0);
    const at = (day: number): string => new Date(2026, 10, day, 10, 0).toISOString();
    const lists = dayLists(
      [
        row("w2", "scheduled", at(26)),
        row("w1", "scheduled", at(25)),
        row("far", "scheduled", at(27)),
        { ...row("here", "scheduled", at(26)), waiting: true },
        row("p1", "closed", "1"),
        row("p2", "closed", "2"),
        { ...row("s2", "closed", "3"), takeaway_due: "2026-12-05" },
        { ...row("s1", "closed", "4"), takeaway_due: "2026-11-27" },
      ],
      now,
    );
    const ids = (rows: ConsultRow[]): string[] => rows.map((one) => one.id);

    expect(ids(lists.here)).toEqual(["here"]);
    expect(ids(lists.today)).toEqual(["w1", "w2"]);
    expect(ids(lists.later)).toEqual(["far"]);
    expect(ids(lists.toSend)).toEqual(["s1", "s2"]);
    expect(ids(lists.past)).toEqual(["p2", "p1"]);
    expect(lists.primary).toBe("here");
    expect(daysLeftWords("2026-11-27", now)).toBe("1\u00a0day left");
    expect(daysLeftWords("2026-11-26", now)).toBe("last day today");
    expect(daysLeftWords("2026-11-24", now)).toBe("2\u00a0days overdue");
  });
});
