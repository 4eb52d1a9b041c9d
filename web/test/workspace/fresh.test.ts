import { describe, expect, it } from "vitest";
import { emptyConsult } from "../../src/shared/consult";
import type { Answer, Consult, Suggestion } from "../../src/shared/protocol";
import { isBehind } from "../../src/workspace/guide/fresh";
import type { Script } from "../../src/workspace/guide/script";

const NEXT = { step_id: "open", link_id: "asked", medication_id: "", todo_id: "", why: "", say: "", text: "" } as Suggestion;
const SCRIPT = { branches: [{ id: "flag", items: [{ link_id: "asked", type: "boolean", items: [] }] }] } as unknown as Script;
const said = (review: Answer["review"], ...values: string[]): Answer => ({ link_id: "asked", values, medication_id: "", source: "pharmacist", review, evidence: [], todo_id: "" });
const consult = (change: Partial<Consult>): Consult => ({ ...emptyConsult("c1"), ...change });
const raised = { ...emptyConsult("c1").guidance, branches: [{ branch_id: "flag", because: "", put_aside: "answered: no" }] };

describe("what to ask next is behind", () => {
  it.each<[string, Partial<Consult>, number, boolean]>([
    ["once it was answered, until the program has looked again", { answers: { asked: said("confirmed", "no") }, heeded: { asked: 7 } }, 6, true],
    ["where the program looked before the answer and told it after", { answers: { asked: said("confirmed", "no") }, heeded: { asked: 7 } }, 8, true],
    ["once it was set aside", { skipped: { asked: "later" }, heeded: { asked: 7 } }, 6, true],
    ["once its step was skipped", { skipped: { open: "no time" }, heeded: { open: 7 } }, 6, true],
    ["once its branch was skipped", { skipped: { flag: "not now" }, heeded: { flag: 7 } }, 6, true],
    ["not while nobody has answered", { heeded: { other: 7 } }, 6, false],
    ["not while an answer read from the notes waits for a yes", { answers: { asked: said("proposed", "no") } }, 6, false],
    ["not where the answer was taken away", { answers: { asked: said("confirmed") }, heeded: { asked: 5 } }, 6, false],
    ["not where the notes raise the red flag again", { answers: { asked: said("confirmed", "no") }, heeded: { asked: 5 }, guidance: raised }, 6, false],
    ["where that was answered again", { answers: { asked: said("confirmed", "no") }, heeded: { asked: 9 }, guidance: raised }, 6, true],
  ])("%s", (_when, change, guidedAt, behind) => {
    expect(isBehind(NEXT, consult(change), guidedAt, SCRIPT)).toBe(behind);
  });

  it("is told of one row of a loop alone", () => {
    const row = { ...NEXT, medication_id: "med:a" };

    expect(isBehind(row, consult({ heeded: { "asked#med:b": 7 } }), 6, SCRIPT)).toBe(false);
    expect(isBehind(row, consult({ heeded: { "asked#med:a": 7 } }), 6, SCRIPT)).toBe(true);
  });
});
