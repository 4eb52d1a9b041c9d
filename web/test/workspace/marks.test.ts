import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import type { NoteLine, Review } from "../../src/shared/protocol";
import { emptyConsult } from "../../src/shared/state";
import { lineIds, setIds } from "../../src/workspace/notes/ids";
import { findingsOf } from "../../src/workspace/notes/answers";
import { findings, foundAt, markOf, place, setFindings, type Found } from "../../src/workspace/notes/marks";
import { effectMention, mention, noteLine } from "../shared/samples";

const seen = (line: NoteLine) => ({ line, found: findingsOf(line, emptyConsult("c1")) });

function editor(lines: NoteLine[]): EditorState {
  const state = EditorState.create({ doc: lines.map((line) => line.text).join("\n"), extensions: [lineIds, findings] });
  return state.update({ effects: setIds.of(lines.map((line) => line.id)) }).state.update({ effects: setFindings.of(lines.map(seen)) }).state;
}

function underlined(state: EditorState): string[] {
  const words: string[] = [];
  state.field(findings).between(0, state.doc.length, (from, to) => void words.push(state.sliceDoc(from, to)));
  return words;
}

const line = noteLine("a", "Eliquis and Aleve", { medications: [mention(0, 7, "Eliquis"), mention(12, 17, "Aleve")] });

describe("underlines", () => {
  it("stand under the words that were found, in their line", () => {
    expect(underlined(editor([noteLine("z", "nothing"), line]))).toEqual(["Eliquis", "Aleve"]);
  });

  it("move with the typing before the server has answered", () => {
    const typed = editor([line]).update({ changes: { from: 0, insert: "takes " } }).state;

    expect(underlined(typed)).toEqual(["Eliquis", "Aleve"]);
  });

  it("are replaced by the next answer for their line only", () => {
    const other = noteLine("b", "warfarin", { medications: [mention(0, 8, "warfarin")] });
    const state = editor([line, other]).update({ effects: setFindings.of([seen({ ...line, medications: [mention(12, 17, "Aleve")] })]) }).state;

    expect(underlined(state)).toEqual(["Aleve", "warfarin"]);
  });

  it("stand right behind letters of two code units", () => {
    const smile = noteLine("a", "😀 Aleve", { medications: [mention(2, 7, "Aleve")] });

    expect(underlined(editor([smile]))).toEqual(["Aleve"]);
  });
});

describe("an answer for words that have changed meanwhile", () => {
  it("keeps what stands before the change", () => {
    expect(place(0, 7, "Eliquis 5", "Eliquis 5 mg")).toEqual({ from: 0, to: 7 });
  });

  it("shifts what stands behind it", () => {
    expect(place(4, 9, "and Aleve", "and also Aleve")).toEqual({ from: 9, to: 14 });
  });

  it("drops what was changed itself", () => {
    expect(place(0, 7, "Eliquis", "Elixir")).toBeNull();
  });
});

describe("the kind of underline", () => {
  const medication = (change: object, review: Review = "proposed"): Found => ({ lineId: "a", kind: "medication", mention: mention(0, 1, "x", change), review });
  const effect = (change: object): Found => ({ lineId: "a", kind: "effect", mention: effectMention(0, 1, "x", change), review: "proposed" });

  it.each([
    [medication({}), "exact"],
    [medication({ match: "fuzzy" }), "confirm"],
    [medication({ match: "class" }), "confirm"],
    [medication({ match: "fuzzy" }, "confirmed"), "exact"],
    [medication({}, "rejected"), "quiet"],
    [medication({ status: "stopped" }), "quiet"],
    [medication({ subject: "other" }), "quiet"],
    [effect({}), "exact"],
    [effect({ negated: true }), "quiet"],
    [effect({ historical: true }), "quiet"],
    [effect({ uncertain: true }), "confirm"],
  ] as const)("%# tells sure, to confirm and quiet apart", (found, kind) => {
    expect(markOf(found)).toBe(kind);
  });
});

describe("what is at the cursor", () => {
  it("counts a place at either end of the words", () => {
    const set = editor([line]).field(findings);

    expect(foundAt(set, 7)?.found.mention.text).toBe("Eliquis");
    expect(foundAt(set, 9)).toBeNull();
  });
});
