import { expect, it } from "vitest";
import { emptyConsult } from "../../src/shared/consult";
import type { Medication, NoteLine } from "../../src/shared/protocol";
import { findingsOf } from "../../src/workspace/notes/answers";
import { markOf } from "../../src/workspace/notes/marks";
import { medication, mention, noteLine } from "../shared/samples";

const reference = mention(8, 10, "it", { ingredients: [], match: "class", status: "stopped" });
const context = { section: "", status: "", effects: "", referred: [reference] };
const line: NoteLine = noteLine("c", "stopped it", { medications: [], context });

const row = (name: string, ...evidence: [string, number][]): Medication =>
  medication({
    id: `med:${name}`,
    name,
    ingredients: [name],
    review: "proposed",
    evidence: evidence.map(([line_id, start]) => ({ line_id, rev: 1, start, end: start + 2 })),
  });
const found = (...rows: Medication[]) =>
  findingsOf(line, {
    ...emptyConsult("c1"),
    lines: { c: line },
    order: ["a", "c"],
    medications: Object.fromEntries(rows.map((one) => [one.id, one])),
  });

it("underlines a word that stands for a drug of which it told, and waits for a person", () => {
  const [one, ...more] = found(row("warfarin", ["a", 0], ["c", 8]), row("digoxin", ["b", 0]));

  expect(one).toMatchObject({ mention: { text: "warfarin", start: 8, end: 10, status: "stopped" }, meant: { lineId: "a", text: "it" } });
  expect(markOf(one!)).toBe("confirm");
  expect(more).toEqual([]);
});

it("tells of each drug that it stands for", () => {
  expect(found(row("warfarin", ["a", 0], ["c", 8]), row("digoxin", ["b", 0], ["c", 8])).map((one) => one.mention.text)).toEqual([
    "warfarin",
    "digoxin",
  ]);
});

it("says nothing where it told of no drug", () => {
  expect(found()).toEqual([]);
  expect(found(row("warfarin", ["a", 0]))).toEqual([]);
});
