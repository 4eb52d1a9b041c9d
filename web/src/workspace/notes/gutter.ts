/** Line numbers as quiet anchors, with a mark where a line needs attention. */

import { StateEffect, StateField, type Extension, type Range } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker, WidgetType, type DecorationSet } from "@codemirror/view";
import { lineIds } from "./ids";

export interface LineFlag {
  kind: "failed" | "conflict" | "unsaved" | "critical";
  words: string;
}

/** What is to be said of lines, by line id. */
export const setFlags = StateEffect.define<ReadonlyMap<string, LineFlag>>();

export const flags = StateField.define<ReadonlyMap<string, LineFlag>>({
  create: () => new Map(),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFlags)) return effect.value;
    return value;
  },
});

class NumberMarker extends GutterMarker {
  constructor(
    readonly number: number,
    readonly flag: LineFlag | undefined,
  ) {
    super();
  }

  override eq(other: NumberMarker): boolean {
    return other.number === this.number && other.flag?.kind === this.flag?.kind && other.flag?.words === this.flag?.words;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = this.flag ? `line-number has-${this.flag.kind}` : "line-number";
    element.textContent = String(this.number);
    if (this.flag) element.title = this.flag.words;
    return element;
  }
}

class FlagWidget extends WidgetType {
  constructor(readonly flag: LineFlag) {
    super();
  }

  override eq(other: FlagWidget): boolean {
    return other.flag.kind === this.flag.kind && other.flag.words === this.flag.words;
  }

  override toDOM(): HTMLElement {
    const element = document.createElement("span");
    element.className = `line-flag is-${this.flag.kind}`;
    element.textContent = this.flag.words;
    return element;
  }
}

/** The words of a flag stand behind the line, so that nobody has to guess from a colour. */
const flagWords = EditorView.decorations.compute([flags, lineIds, "doc"], (state): DecorationSet => {
  const said = state.field(flags);
  if (!said.size) return Decoration.none;
  const ranges: Range<Decoration>[] = [];
  state.field(lineIds).forEach((id, index) => {
    const flag = said.get(id);
    if (!flag || flag.kind === "critical" || index >= state.doc.lines) return;
    const line = state.doc.line(index + 1);
    ranges.push(Decoration.widget({ widget: new FlagWidget(flag), side: 1 }).range(line.to));
  });
  return Decoration.set(ranges);
});

export const lineGutter: Extension = [
  flags,
  flagWords,
  gutter({
    class: "line-numbers",
    lineMarker(view, block) {
      const { number } = view.state.doc.lineAt(block.from);
      const id = view.state.field(lineIds)[number - 1] ?? "";
      return new NumberMarker(number, view.state.field(flags).get(id));
    },
    lineMarkerChange: (update) =>
      update.startState.field(flags) !== update.state.field(flags) ||
      update.startState.field(lineIds) !== update.state.field(lineIds),
    initialSpacer: () => new NumberMarker(99, undefined),
  }),
];
