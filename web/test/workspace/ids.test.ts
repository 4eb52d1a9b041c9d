import { EditorState, type TransactionSpec } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { editorLines, lineIds, setIds } from "../../src/workspace/notes/ids";

function editor(doc: string, ids: string[]): EditorState {
  const state = EditorState.create({ doc, extensions: [lineIds] });
  return state.update({ effects: setIds.of(ids) }).state;
}

/** The lines after a change; ids that were not there before read "new". */
function after(state: EditorState, spec: TransactionSpec): string[] {
  const known = new Set(state.field(lineIds));
  return editorLines(state.update(spec).state).map(({ id, text }) => `${known.has(id) ? id : "new"}:${text}`);
}

describe("the id of a line", () => {
  const state = editor("one\ntwo\nthree", ["a", "b", "c"]);

  it("stays while its words change", () => {
    expect(after(state, { changes: { from: 4, to: 7, insert: "2" } })).toEqual(["a:one", "b:2", "c:three"]);
  });

  it("stays with the words when Enter is pressed at their end", () => {
    expect(after(state, { changes: { from: 7, insert: "\n" } })).toEqual(["a:one", "b:two", "new:", "c:three"]);
  });

  it("goes down with the words when Enter is pressed before them", () => {
    expect(after(state, { changes: { from: 4, insert: "\n" } })).toEqual(["a:one", "new:", "b:two", "c:three"]);
  });

  it("stays with the first part of a line that is split", () => {
    expect(after(state, { changes: { from: 5, insert: "\n" } })).toEqual(["a:one", "b:t", "new:wo", "c:three"]);
  });

  it("of the first line stays when two are joined", () => {
    expect(after(state, { changes: { from: 3, to: 4 } })).toEqual(["a:onetwo", "c:three"]);
  });

  it("of the words stays when an empty line above is taken out", () => {
    const spaced = editor("one\n\nthree", ["a", "b", "c"]);

    expect(after(spaced, { changes: { from: 4, to: 5 } })).toEqual(["a:one", "c:three"]);
  });

  it("goes when its line is deleted", () => {
    expect(after(state, { changes: { from: 4, to: 8 } })).toEqual(["a:one", "c:three"]);
  });

  it("is new for each pasted line", () => {
    expect(after(state, { changes: { from: 3, insert: "\nx\ny" } })).toEqual(["a:one", "new:x", "new:y", "b:two", "c:three"]);
  });

  it("stays through several changes at once", () => {
    const changes = [
      { from: 0, insert: "1 " },
      { from: 4, to: 7, insert: "2\n2b" },
      { from: 13, insert: "!" },
    ];

    expect(after(state, { changes })).toEqual(["a:1 one", "b:2", "new:2b", "c:three!"]);
  });

  it("is never given twice", () => {
    const once = state.update({ changes: { from: 3, insert: "\n\n\n" } }).state;
    const ids = once.field(lineIds);

    expect(new Set(ids).size).toBe(once.doc.lines);
  });
});
