/** The notes as a CodeMirror editor: plain lines, numbers, underlines, a card at the cursor. */

import { history } from "@codemirror/commands";
import { Annotation, Compartment, EditorSelection, EditorState, Transaction, type Extension } from "@codemirror/state";
import { EditorView, highlightSpecialChars, keymap } from "@codemirror/view";
import { cspNonce } from "../../shared/api";
import { t } from "../../shared/texts";
import { TURNING } from "../../shared/turning";
import { lineGutter } from "./gutter";
import { keys } from "./keys";
import { editorLines, lineIds, setIds, type EditorLine } from "./ids";
import type { NotesEditor } from "./keeper";
import { marks } from "./marks";

/** Marks a change that came from the server. */
export const fromServer = Annotation.define<boolean>();

const access = new Compartment();

const accessOf = (writer: boolean): Extension => [
  EditorState.readOnly.of(!writer),
  EditorView.contentAttributes.of({ "aria-readonly": String(!writer) }),
];

interface EditorOptions {
  parent: HTMLElement;
  card: Extension;
  complete: Extension;
  onTyped: () => void;
  onMoved: () => void;
}

export function makeEditor({ parent, card, complete, onTyped, onMoved }: EditorOptions): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        EditorView.cspNonce.of(cspNonce()),
        lineIds,
        highlightSpecialChars({ specialChars: TURNING, render: turningMark }),
        marks,
        lineGutter,
        complete,
        card,
        history(),
        EditorView.lineWrapping,
        EditorState.tabSize.of(4),
        EditorView.contentAttributes.of({
          "aria-label": t("Notes, one finding or answer a line"),
          tabindex: "0",
          spellcheck: "true",
          autocorrect: "off",
          autocapitalize: "sentences",
        }),
        access.of(accessOf(false)),
        // Tab leaves the editor; lines move as a whole only through the server, so the line-moving keys are left out.
        keymap.of(keys),
        EditorView.updateListener.of((update) => {
          const remote = update.transactions.some((one) => one.annotation(fromServer));
          if (update.docChanged && !remote) onTyped();
          else if (update.selectionSet || update.focusChanged) onMoved();
        }),
      ],
    }),
  });
}

/** What stands in the place of a mark that would turn the rest of the line. */
function turningMark(): HTMLElement {
  const sign = document.createElement("span");
  sign.textContent = "\ufffd";
  sign.title = t("A mark that turns the direction of the text; it is shown here and does nothing.");
  return sign;
}

export function setWriter(view: EditorView, writer: boolean): void {
  if (view.state.readOnly === !writer) return;
  view.dispatch({ effects: access.reconfigure(accessOf(writer)) });
}

/** The editor as the keeper sees it. */
export function editorPort(view: Pick<EditorView, "state" | "dispatch"> & { hasFocus?: boolean }): NotesEditor {
  return {
    lines: () => editorLines(view.state),
    cursor() {
      if (!view.hasFocus) return "";
      const line = view.state.doc.lineAt(view.state.selection.main.head);
      return view.state.field(lineIds)[line.number - 1] ?? "";
    },
    show: (lines) => view.dispatch(showLines(view.state, lines)),
  };
}

/** The change that makes the document show `lines`; only the part that differs is touched. */
export function showLines(state: EditorState, lines: readonly EditorLine[]) {
  const before = editorLines(state);
  const shorter = Math.min(before.length, lines.length);
  const sameText = (a?: EditorLine, b?: EditorLine): boolean => a?.text === b?.text;
  let head = 0;
  while (head < shorter && sameText(before[head], lines[head])) head++;
  let tail = 0;
  while (tail < shorter - head && sameText(before[before.length - 1 - tail], lines[lines.length - 1 - tail])) tail++;
  const ids = setIds.of(lines.map((line) => line.id));
  const annotations = [fromServer.of(true), Transaction.addToHistory.of(false), Transaction.remote.of(true)];
  if (head === before.length && head === lines.length) return { effects: ids, annotations };

  const doc = lines.map((line) => line.text);
  const starts = offsets(doc);
  const old = offsets(before.map((line) => line.text));
  // Whole lines are replaced, together with the break that joins them to what stays.
  const from = head < before.length ? old[head]! : state.doc.length;
  const to = before.length - tail > head ? old[before.length - tail - 1]! + before[before.length - tail - 1]!.text.length : from;
  const middle = doc.slice(head, lines.length - tail);
  const removed = before.length - tail - head;
  let change: { from: number; to: number; insert: string };
  if (removed > 0 && middle.length > 0) change = { from, to, insert: middle.join("\n") };
  else if (removed > 0) {
    const last = before.length - tail === before.length;
    change = last ? { from: Math.max(0, from - 1), to, insert: "" } : { from, to: to + 1, insert: "" };
  } else if (head === before.length) change = { from, to: from, insert: `\n${middle.join("\n")}` };
  else change = { from, to: from, insert: `${middle.join("\n")}\n` };
  const cursor = movedCursor(state, before, lines, starts);
  return { changes: change, effects: ids, annotations, ...(cursor === null ? {} : { selection: cursor }) };
}

/** The cursor stays in its line, by id, at the same place in the words. */
function movedCursor(state: EditorState, before: EditorLine[], lines: readonly EditorLine[], starts: number[]) {
  const { main } = state.selection;
  const spot = (position: number): number | null => {
    const line = state.doc.lineAt(position);
    const index = lines.findIndex((one) => one.id === before[line.number - 1]?.id);
    return index < 0 ? null : starts[index]! + Math.min(position - line.from, lines[index]!.text.length);
  };
  const anchor = spot(main.anchor);
  const head = spot(main.head);
  return anchor === null || head === null ? null : EditorSelection.single(anchor, head);
}

function offsets(lines: readonly string[]): number[] {
  let at = 0;
  return lines.map((text) => {
    const start = at;
    at += text.length + 1;
    return start;
  });
}
