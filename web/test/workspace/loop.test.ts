import { describe, expect, it } from "vitest";
import type { Answer, Consult, TodoItem } from "../../src/shared/protocol";
import { emptyConsult, foldEvents } from "../../src/shared/state";
import { applies, filled, loopAt, loopRows, loopsOf, nameOf, openQuestions, rowOf, type Item, type Step } from "../../src/workspace/guide/script";
import { medication, story } from "../shared/samples";

const item = (fields: Partial<Item>): Item =>
  ({ type: "choice", required: false, enable_when: [], enable_behavior: "all", for_each: "", items: [], ...fields }) as Item;
const said = item({ link_id: "said", required: true });
const again = item({ link_id: "again", enable_when: [{ question: "said", operator: "=", answer: ["retaught"] }] });
const each = item({ link_id: "each", type: "group", for_each: "todo", items: [said, again] });
const step = { for_each: "", items: [item({ link_id: "whole" }), each] } as unknown as Step;

const todo = (id: string, topic: string, es = ""): TodoItem => ({
  id, topic, action: "Do it.", why: "", problem_id: "", said: es ? [{ language: "es", topic: es, action: "", why: "" }] : [],
});
const answer = (todo_id: string, value: string): Answer => ({
  link_id: "said", values: [value], medication_id: "", source: "pharmacist", review: "confirmed", evidence: [], todo_id,
});

describe("the loop over the to-do list", () => {
  const consult: Consult = foldEvents(
    emptyConsult("c1"),
    story(
      { type: "medication_added", medication: medication({}) },
      { type: "todo_added", item: todo("walk", "Walking", "Caminar") },
      { type: "todo_added", item: todo("salt", "Salt") },
      { type: "script_answered", answer: answer("walk", "retaught") },
    ),
  );

  it("stands beside the questions that are asked once", () => {
    expect(loopsOf(step)).toEqual([{ each: "todo", items: [each] }]);
  });

  it("has one row an item, is at the first that is open, and a removed item leaves it", () => {
    const rows = loopRows("todo", consult);

    expect(rows.map((row) => [row.name, openQuestions([each], consult, row)])).toEqual([["Walking", 0], ["Salt", 1]]);
    expect(loopAt("todo", [each], consult, "")?.id).toBe("salt");
    expect(loopRows("todo", { ...consult, todos: { salt: consult.todos.salt! } }).map((row) => row.id)).toEqual(["salt"]);
  });

  it("looks at the answer for this item", () => {
    expect([applies(again, consult, "walk"), applies(again, consult, "salt")]).toEqual([true, false]);
  });

  it("names an item in the language of the talk where it has words in it", () => {
    const spanish = { ...consult, guidance: { ...consult.guidance, language: "es" } };

    expect([nameOf(spanish, "walk"), nameOf(spanish, "salt")]).toEqual(["Caminar", "Salt"]);
    expect(filled("Said back: {todo}", rowOf(consult, "walk"))).toBe("Said back: Walking");
    expect(filled("{medicine|upper_first} {strength}", { name: "aspirin", strength: "81 mg" })).toBe("Aspirin 81 mg");
    expect(filled("Do you take {medicine}?")).toBe("Do you take this medicine?");
  });
});
