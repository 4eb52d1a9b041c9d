import { expect, it } from "vitest";
import { emptyConsult } from "../../src/shared/consult";
import type { MedicationMention, NoteLine } from "../../src/shared/protocol";
import { findingsOf } from "../../src/workspace/notes/answers";
import { markOf } from "../../src/workspace/notes/marks";
import { mention, noteLine } from "../shared/samples";

const reference = mention(8, 10, "it", { ingredients: [], match: "class", status: "stopped" });
const stopped = (id: string): NoteLine =>
  noteLine(id, "stopped it", { medications: [], context: { section: "", status: "", effects: "", referred: [reference] } });
const names = (id: string, text: string, change: Partial<MedicationMention> = {}): NoteLine =>
  noteLine(id, text, { medications: [mention(0, text.length, text, { ingredients: [text], ...change })] });
const quiet = (id: string): NoteLine => noteLine(id, "so she says", { medications: [] });

const found = (...lines: NoteLine[]) =>
  findingsOf(lines[lines.length - 1]!, {
    ...emptyConsult("c1"),
    lines: Object.fromEntries(lines.map((one) => [one.id, one])),
    order: lines.map((one) => one.id),
  });

it("underlines a word that stands for the patient's drug named last, and waits for a person", () => {
  const [one] = found(names("a", "warfarin"), names("b", "digoxin", { subject: "other" }), stopped("c"));

  expect(one).toMatchObject({ mention: { text: "warfarin", start: 8, end: 10, status: "stopped" }, meant: { lineId: "a", text: "it" } });
  expect(markOf(one!)).toBe("confirm");
});

it("says nothing where no drug was named near before", () => {
  expect(found(stopped("a"))).toEqual([]);
  expect(found(names("a", "warfarin"), quiet("b"), quiet("c"), quiet("d"), stopped("e"))).toEqual([]);
});
