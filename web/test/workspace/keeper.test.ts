import { EditorState, type TransactionSpec } from "@codemirror/state";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Refusal } from "../../src/shared/outbox";
import type { CommandType, Consult, EventData } from "../../src/shared/protocol";
import { emptyConsult, foldEvent } from "../../src/shared/state";
import { editorPort } from "../../src/workspace/notes/editor";
import { editorLines, lineIds } from "../../src/workspace/notes/ids";
import { NoteKeeper, type Session } from "../../src/workspace/notes/keeper";
import { event, put } from "../shared/samples";

interface Waiting {
  type: CommandType;
  data: Record<string, unknown>;
  answer: (outcome?: Refusal) => void;
}

/** A server that answers when it is told to, with the rules of `decide_notes.put`. */
class Desk implements Session {
  state: Consult = emptyConsult("c1");
  held = 0;
  waiting: Waiting[] = [];

  apply(...data: EventData[]): void {
    for (const one of data) this.state = foldEvent(this.state, event(this.state.seq + 1, one));
  }

  send = ((type: CommandType, data: Record<string, unknown>) =>
    new Promise<number>((resolve, reject) => {
      const answer = (refusal?: Refusal): void => {
        if (refusal) return reject(refusal);
        this.decide(type, data);
        resolve(this.state.seq);
      };
      this.waiting.push({ type, data, answer });
    })) as Session["send"];

  holds(_part: string, count: number): void {
    this.held = count;
  }

  private decide(type: CommandType, data: Record<string, unknown>): void {
    const id = data.line_id as string;
    if (type === "remove_note_line") return this.apply({ type: "note_line_removed", line_id: id });
    const known = this.state.lines[id];
    const { text, open, after } = data as { text: string; open: boolean; after: string };
    const base = data.base_rev as number;
    if (base === (known?.rev ?? 0)) this.apply(put(id, after, base + 1, text, { open }));
    else this.apply(put(`${id}.${base + 1}`, known ? id : after, 1, text, { open, conflicts_with: known ? id : "" }));
  }

  async answerAll(): Promise<void> {
    while (this.waiting.length) {
      this.waiting.shift()!.answer();
      await settle();
    }
  }
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

let desk: Desk;
let view: { state: EditorState; hasFocus: boolean; dispatch: (spec: TransactionSpec) => void };
let keeper: NoteKeeper;
const trouble = vi.fn();

const shown = (): string[] => editorLines(view.state).map((line) => line.text);
const saved = (): string[] => desk.state.order.map((id) => desk.state.lines[id]!.text);
const sent = () => desk.waiting.map(({ type, data }) => ({ type, ...data }));

function type(from: number, insert: string, to = from): void {
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: from + insert.length } });
  keeper.flush();
}

beforeEach(() => {
  desk = new Desk();
  view = {
    state: EditorState.create({ extensions: [lineIds] }),
    hasFocus: true,
    dispatch(spec) {
      this.state = this.state.update(spec).state;
    },
  };
  trouble.mockReset();
  desk.apply({ type: "consult_opened" }, { type: "writer_taken", tab_id: "tab", epoch: 3 });
  keeper = new NoteKeeper(desk, editorPort(view as never), "tab", trouble);
  keeper.reconcile();
});

describe("saving what is typed", () => {
  it("sends a new line whole, with base 0, the writer's epoch, open while the cursor is in it", () => {
    type(0, "Eliquis 5 bid");

    expect(sent()).toMatchObject([{ type: "put_note_line", base_rev: 0, after: "", text: "Eliquis 5 bid", open: true, epoch: 3 }]);
  });

  it("sends nothing for an empty line at the end", () => {
    type(0, "   ");

    expect(sent()).toEqual([]);
  });

  it("waits for the answer before it sends the next revision, and counts it as unsent", async () => {
    type(0, "Eli");
    type(3, "quis");
    expect(sent()).toHaveLength(1);
    expect(desk.held).toBe(0);
    await desk.answerAll();

    expect(saved()).toEqual(["Eliquis"]);
    expect(desk.state.lines[desk.state.order[0]!]!.rev).toBe(2);
  });

  it("closes a line when the cursor has left it", async () => {
    type(0, "one");
    await desk.answerAll();
    type(3, "\ntwo");

    expect(sent()).toMatchObject([
      { text: "one", open: false, base_rev: 1 },
      { text: "two", open: true, base_rev: 0, after: desk.state.order[0] },
    ]);
  });

  it("puts a line below the one that stands above it in the editor", async () => {
    type(0, "one\nthree");
    await desk.answerAll();
    type(3, "\ntwo");
    await desk.answerAll();

    expect(saved()).toEqual(["one", "two", "three"]);
  });

  it("keeps an empty line between words", async () => {
    type(0, "one\n\nthree");
    await desk.answerAll();

    expect(saved()).toEqual(["one", "", "three"]);
  });

  it("removes a deleted line once", async () => {
    type(0, "one\ntwo");
    await desk.answerAll();
    type(3, "", 7);
    keeper.flush();
    const removed = sent().filter((one) => one.type === "remove_note_line");
    await desk.answerAll();

    expect(removed).toHaveLength(1);
    expect(saved()).toEqual(["one"]);
    expect(shown()).toEqual(["one"]);
  });

  it("removes a line that was deleted before its first answer came", async () => {
    type(0, "one\ntwo");
    type(3, "", 7);
    await desk.answerAll();

    expect(saved()).toEqual(["one"]);
    expect(shown()).toEqual(["one"]);
  });

  it("does not send a line that is too long, and says so", () => {
    type(0, "x".repeat(2001));

    expect(sent()).toEqual([]);
    expect([...trouble.mock.lastCall![0].values()][0]).toContain("Not saved");
    expect(desk.held).toBe(1);
  });

  it("sends a refused line again only after it was changed", async () => {
    type(0, "one");
    desk.waiting.shift()!.answer(new Refusal("too-many-lines", "At most 2000 lines."));
    await settle();
    keeper.flush();
    expect(sent()).toEqual([]);
    expect([...trouble.mock.lastCall![0].values()]).toEqual(["Not saved: At most 2000 lines."]);

    type(3, "!");

    expect(sent()).toMatchObject([{ text: "one!" }]);
  });
});

describe("the writer's lease", () => {
  it("keeps unsaved words here while another tab writes, and sends them when the lease is back", async () => {
    desk.apply({ type: "writer_taken", tab_id: "other", epoch: 4 });
    type(0, "mine");
    expect(sent()).toEqual([]);
    expect(desk.held).toBe(1);

    desk.apply({ type: "writer_taken", tab_id: "tab", epoch: 5 });
    keeper.reconcile();
    await desk.answerAll();

    expect(saved()).toEqual(["mine"]);
  });

  it("does not lose words that were refused because the lease had gone", async () => {
    type(0, "mine");
    desk.apply({ type: "writer_taken", tab_id: "other", epoch: 4 });
    desk.waiting.shift()!.answer(new Refusal("not-the-writer", "Another tab writes now."));
    await settle();

    expect(shown()).toEqual(["mine"]);
    expect(desk.held).toBe(1);
  });
});

describe("what others write", () => {
  it("appears where it stands, with the cursor left in its words", async () => {
    type(0, "one\nthree");
    await desk.answerAll();
    view.dispatch({ selection: { anchor: 6 } });
    desk.apply(put("other", desk.state.order[0]!, 1, "two"));
    keeper.reconcile();

    expect(shown()).toEqual(["one", "two", "three"]);
    expect(view.state.selection.main.head).toBe(10);
    expect(sent()).toEqual([]);
  });

  it("replaces and removes lines without unsaved words", async () => {
    type(0, "one\ntwo");
    await desk.answerAll();
    const [one, two] = desk.state.order as [string, string];
    desk.apply(put(one, "", 9, "ONE"), { type: "note_line_removed", line_id: two });
    keeper.reconcile();

    expect(shown()).toEqual(["ONE"]);
  });

  it("shows the whole history at the first load, leaving a line to type in", () => {
    desk.apply(put("a", "", 1, "first"), put("b", "a", 1, "second"));
    keeper.reconcile();

    expect(shown()).toEqual(["first", "second", ""]);
    expect(sent()).toEqual([]);
  });

  it("follows a line that was moved", async () => {
    type(0, "one\ntwo\nthree");
    await desk.answerAll();
    desk.apply({ type: "note_line_moved", line_id: desk.state.order[2]!, after: "" });
    keeper.reconcile();

    expect(shown()).toEqual(["three", "one", "two"]);
  });

  it("keeps both where the same line was written twice, mine under the cursor", async () => {
    type(0, "base");
    await desk.answerAll();
    const [id] = desk.state.order as [string];
    type(4, " mine");
    desk.apply(put(id, "", 9, "base theirs"));
    keeper.reconcile();
    await desk.answerAll();

    expect(shown()).toEqual(["base theirs", "base mine"]);
    expect(saved()).toEqual(["base theirs", "base mine"]);
    expect(view.state.doc.lineAt(view.state.selection.main.head).text).toBe("base mine");
    expect(Object.values(desk.state.lines).filter((line) => line.conflicts_with)).toHaveLength(1);
  });

  it("writes a line anew that was removed while it was changed here", async () => {
    type(0, "one");
    await desk.answerAll();
    const [id] = desk.state.order as [string];
    desk.state = foldEvent(desk.state, event(desk.state.seq + 1, { type: "note_line_removed", line_id: id }));
    type(3, " more");
    keeper.reconcile();
    await desk.answerAll();

    expect(shown()).toContain("one more");
    expect(saved()).toContain("one more");
  });
});

describe("when it saves", () => {
  const key = (letter: string): void => {
    const { selection } = view.state;
    view.dispatch({ changes: { from: selection.main.head, insert: letter }, selection: { anchor: selection.main.head + letter.length } });
    keeper.typed();
  };

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits for a short pause, and no longer than a second for one", async () => {
    for (let pressed = 0; pressed < 9; pressed++) {
      key("x");
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(sent()).toEqual([]);
    key("x");
    await vi.advanceTimersByTimeAsync(100);

    expect(sent()).toMatchObject([{ text: "x".repeat(10), open: true }]);
    key("y");
    await vi.advanceTimersByTimeAsync(199);
    expect(sent()).toHaveLength(1);
  });

  it("sends a line at once when it is left", () => {
    key("x");
    key("\n");

    expect(sent()).toMatchObject([{ text: "x", open: false }]);
  });

  it("does not hurry because something else has arrived", async () => {
    key("x");
    desk.apply({ type: "script_step_entered", step_id: "open" });
    keeper.reconcile();
    expect(sent()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);

    expect(sent()).toMatchObject([{ text: "x" }]);
  });
});
