/**
 * The keys of the notes. The library's own list also indents and folds code and brings its parser along; notes are
 * plain lines, so these are the ones for moving, marking, deleting and undoing.
 */

import * as does from "@codemirror/commands";
import { EditorSelection } from "@codemirror/state";
import type { Command, EditorView, KeyBinding } from "@codemirror/view";

const move = (key: string, run: Command, shift: Command, more: Partial<KeyBinding> = {}): KeyBinding => ({
  key,
  run,
  shift,
  preventDefault: true,
  ...more,
});

function newLine(view: EditorView): boolean {
  if (view.state.readOnly) return false;
  view.dispatch(view.state.replaceSelection("\n"), { scrollIntoView: true, userEvent: "input" });
  return true;
}

/** Deletes what is marked, else one character; the library's own would look for the indentation of code. */
const deleteChar = (forward: boolean): Command => (view) => {
  if (view.state.readOnly) return false;
  const changes = view.state.changeByRange((range) => {
    const other = range.empty ? view.moveByChar(range, forward).head : range.anchor;
    const from = Math.min(range.head, other);
    const to = Math.max(range.head, other);
    return { changes: { from, to }, range: EditorSelection.cursor(from) };
  });
  if (changes.changes.empty) return false;
  view.dispatch(changes, { scrollIntoView: true, userEvent: forward ? "delete.forward" : "delete.backward" });
  return true;
};

export const keys: readonly KeyBinding[] = [
  move("ArrowLeft", does.cursorCharLeft, does.selectCharLeft),
  move("ArrowRight", does.cursorCharRight, does.selectCharRight),
  move("Mod-ArrowLeft", does.cursorGroupLeft, does.selectGroupLeft, { mac: "Alt-ArrowLeft" }),
  move("Mod-ArrowRight", does.cursorGroupRight, does.selectGroupRight, { mac: "Alt-ArrowRight" }),
  move("ArrowUp", does.cursorLineUp, does.selectLineUp),
  move("ArrowDown", does.cursorLineDown, does.selectLineDown),
  move("PageUp", does.cursorPageUp, does.selectPageUp),
  move("PageDown", does.cursorPageDown, does.selectPageDown),
  move("Home", does.cursorLineBoundaryBackward, does.selectLineBoundaryBackward),
  move("End", does.cursorLineBoundaryForward, does.selectLineBoundaryForward),
  move("Mod-Home", does.cursorDocStart, does.selectDocStart),
  move("Mod-End", does.cursorDocEnd, does.selectDocEnd),
  { mac: "Cmd-ArrowUp", run: does.cursorDocStart, shift: does.selectDocStart },
  { mac: "Cmd-ArrowDown", run: does.cursorDocEnd, shift: does.selectDocEnd },
  { mac: "Cmd-ArrowLeft", run: does.cursorLineBoundaryLeft, shift: does.selectLineBoundaryLeft },
  { mac: "Cmd-ArrowRight", run: does.cursorLineBoundaryRight, shift: does.selectLineBoundaryRight },
  { key: "Enter", run: newLine, shift: newLine },
  { key: "Mod-a", run: does.selectAll },
  { key: "Backspace", run: deleteChar(false), shift: deleteChar(false) },
  { key: "Delete", run: deleteChar(true) },
  { key: "Mod-Backspace", mac: "Alt-Backspace", run: does.deleteGroupBackward },
  { key: "Mod-Delete", mac: "Alt-Delete", run: does.deleteGroupForward },
  { mac: "Mod-Backspace", run: does.deleteLineBoundaryBackward },
  { mac: "Mod-Delete", run: does.deleteLineBoundaryForward },
  { key: "Mod-z", run: does.undo, preventDefault: true },
  { key: "Mod-y", mac: "Mod-Shift-z", run: does.redo, preventDefault: true },
  { linux: "Ctrl-Shift-z", win: "Ctrl-Shift-z", run: does.redo, preventDefault: true },
];
