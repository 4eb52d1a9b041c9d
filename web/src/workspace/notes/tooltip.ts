/** The card at the cursor: what was read out of the words there, why, and what can be said to it. Not a modal. */

import { StateEffect, StateField, type EditorState, type Extension } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type { Found } from "./marks";
import { findings, foundAt, markOf } from "./marks";

/** Builds the card's content; gives null where there is nothing to say. */
export type BuildCard = (found: Found) => HTMLElement | null;
/** The answer of the keys Alt+Enter and Alt+Backspace; true where there was something to answer. */
export type AnswerCard = (found: Found, answer: "confirm" | "reject") => boolean;

const dismiss = StateEffect.define<null>();

interface CardState {
  found: Found | null;
  from: number;
  /** The span that was waved away with Escape; it stays so until the cursor leaves it. */
  dismissed: number;
  tooltip: Tooltip | null;
}

const none: CardState = { found: null, from: -1, dismissed: -1, tooltip: null };

export function cardExtension(build: BuildCard, answer: AnswerCard): Extension {
  const field = StateField.define<CardState>({
    create: () => none,
    update(before, transaction) {
      const changed = transaction.docChanged || transaction.selection || transaction.effects.length > 0;
      if (!changed) return before;
      const waved = transaction.effects.some((effect) => effect.is(dismiss));
      const hit = hitAt(transaction.state);
      if (!hit) return before.found ? none : before;
      const dismissed = waved ? hit.from : before.dismissed === hit.from ? hit.from : -1;
      // While typing, only what waits for an answer comes up; the rest shows when the cursor is put there.
      const wanted = markOf(hit.found) === "confirm" || transaction.isUserEvent("select") || before.tooltip !== null;
      const typing = transaction.docChanged && markOf(hit.found) !== "confirm";
      if (dismissed === hit.from || !wanted || typing) return { found: hit.found, from: hit.from, dismissed, tooltip: null };
      if (before.tooltip && before.found === hit.found && before.from === hit.from) return { ...before, dismissed };
      return { found: hit.found, from: hit.from, dismissed, tooltip: tooltip(hit.from, hit.found, build) };
    },
    provide: (self) => showTooltip.from(self, (value) => value.tooltip),
  });
  const answerWith = (what: "confirm" | "reject") => (view: EditorView) => {
    const hit = hitAt(view.state);
    return hit ? answer(hit.found, what) : false;
  };
  const hover = hoverTooltip(
    (view, position) => {
      const hit = foundAt(view.state.field(findings), position);
      const shown = view.state.field(field);
      if (!hit || (shown.tooltip && shown.from === hit.from)) return null;
      return { ...tooltip(hit.from, hit.found, build), end: hit.to };
    },
    { hoverTime: 350, hideOnChange: true },
  );
  return [
    field,
    hover,
    keymap.of([
      { key: "Alt-Enter", run: answerWith("confirm") },
      { key: "Alt-Backspace", run: answerWith("reject") },
      {
        key: "Escape",
        run(view) {
          if (!view.state.field(field).tooltip) return false;
          view.dispatch({ effects: dismiss.of(null) });
          return true;
        },
      },
    ]),
  ];
}

function hitAt(state: EditorState) {
  const { main } = state.selection;
  return main.empty ? foundAt(state.field(findings), main.head) : null;
}

function tooltip(pos: number, found: Found, build: BuildCard): Tooltip {
  return {
    pos,
    above: false,
    strictSide: false,
    create() {
      const dom = document.createElement("div");
      dom.className = "card-holder";
      const content = build(found);
      if (content) dom.append(content);
      else dom.hidden = true;
      return { dom };
    },
  };
}
