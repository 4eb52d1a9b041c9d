/**
 * Completes the drug name at the cursor. Asked for by Ctrl+Space and never by itself: in prose nearly every word
 * begins some name, and a list that comes up while talking is noise.
 */

import { Prec, StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import type { DrugName } from "../../shared/wire";

export type Look = (typed: string) => Promise<DrugName[]>;

/** One line of the list: what it writes, what stands faint beside it, and the strengths that follow it. */
export interface Option {
  text: string;
  beside: string;
  strengths: readonly string[];
}

interface Choice {
  from: number;
  to: number;
  options: readonly Option[];
  /** -1 while none is chosen: the strengths after a name are an offer, and Enter then begins a new line. */
  at: number;
}

const choose = StateEffect.define<Choice | null>();

const MOST_WORDS = 3;

/** Names as options: what is inside them, and how strong they are sold. */
export function nameOptions(names: readonly DrugName[]): Option[] {
  return names.map(({ name, ingredients, strengths = [] }) => {
    const inside = ingredients.join(" + ");
    const beside = [inside.toLowerCase() === name.toLowerCase() ? "" : inside, strengths.join(", ")].filter(Boolean).join(" · ");
    return { text: name, beside, strengths };
  });
}

/** The strengths that can follow a name which was just written, each with its space and that of the word after it. */
export const strengthOptions = (strengths: readonly string[]): Option[] =>
  strengths.map((strength) => ({ text: ` ${strength} `, beside: "", strengths: [] }));

/**
 * The words before the cursor that may begin a name, longest first: "stopped vitamin d" may end in "vitamin d".
 * `from` counts from the start of the text.
 */
export function beginnings(text: string): { from: number; typed: string }[] {
  const found: { from: number; typed: string }[] = [];
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}'./-]*/gu)];
  for (const word of words.slice(-MOST_WORDS)) {
    const typed = text.slice(word.index);
    if (typed.length >= 2 && typed === typed.trimEnd()) found.push({ from: word.index, typed });
  }
  return found;
}

export function completion(look: Look, say: (words: string) => void): Extension {
  const choices = StateField.define<Choice | null>({
    create: () => null,
    update(value, transaction) {
      for (const effect of transaction.effects) if (effect.is(choose)) return effect.value;
      return transaction.docChanged || transaction.selection ? null : value;
    },
    provide: (self) => showTooltip.from(self, (value) => value && tooltip(value, say)),
  });
  const ask = (view: EditorView): boolean => {
    if (view.state.readOnly) return false;
    const { head } = view.state.selection.main;
    const line = view.state.doc.lineAt(head);
    const tries = beginnings(line.text.slice(0, head - line.from));
    void find(tries, look).then((hit) => {
      if (view.state.selection.main.head !== head) return; // typed on meanwhile
      if (!hit) return say(t("No drug name begins like this."));
      view.dispatch({ effects: choose.of({ from: line.from + hit.from, to: head, options: nameOptions(hit.names), at: 0 }) });
      const many = tn("%(count)s name.", "%(count)s names.", hit.names.length);
      say(`${many} ${hit.names[0]!.name}`);
    });
    return true;
  };
  const step = (by: number) => (view: EditorView) => {
    const value = view.state.field(choices);
    if (!value) return false;
    const many = value.options.length;
    const at = value.at < 0 && by < 0 ? many - 1 : (value.at + by + many) % many;
    view.dispatch({ effects: choose.of({ ...value, at }) });
    say(value.options[at]!.text.trim());
    return true;
  };
  const take = (view: EditorView): boolean => {
    const value = view.state.field(choices);
    const option = value?.options[value.at];
    if (!value) return false;
    if (option) insert(view, value, option, say);
    else view.dispatch({ effects: choose.of(null) });
    return option !== undefined;
  };
  const leave = (view: EditorView): boolean => {
    if (!view.state.field(choices)) return false;
    view.dispatch({ effects: choose.of(null) });
    return true;
  };
  return [
    choices,
    Prec.high(
      keymap.of([
        { key: "Ctrl-Space", run: ask },
        { key: "ArrowDown", run: step(1) },
        { key: "ArrowUp", run: step(-1) },
        { key: "Enter", run: take },
        { key: "Tab", run: take },
        { key: "Escape", run: leave },
      ]),
    ),
  ];
}

function insert(view: EditorView, { from, to }: Choice, { text, strengths }: Option, say: (words: string) => void): void {
  const end = from + text.length;
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: end }, userEvent: "input.complete" });
  if (!strengths.length) return;
  view.dispatch({ effects: choose.of({ from: end, to: end, options: strengthOptions(strengths), at: -1 }) });
  say(t("Strengths: %(strengths)s", { strengths: strengths.join(", ") }));
}

async function find(tries: ReturnType<typeof beginnings>, look: Look) {
  for (const { from, typed } of tries) {
    const found = await look(typed).catch((): DrugName[] => []);
    const names = found.filter((one) => one.name.toLowerCase().startsWith(typed.toLowerCase()));
    if (names.length) return { from, names };
  }
  return null;
}

function tooltip(value: Choice, say: (words: string) => void): Tooltip {
  return {
    pos: value.from,
    strictSide: false,
    create(view) {
      const dom = document.createElement("ul");
      dom.className = "complete";
      value.options.forEach((option, index) => {
        const row = document.createElement("li");
        row.className = index === value.at ? "drug is-at" : "drug";
        const name = document.createElement("span");
        name.className = "complete-name";
        name.textContent = option.text.trim();
        row.append(name);
        if (option.beside) {
          const faint = document.createElement("span");
          faint.className = "faint";
          faint.textContent = option.beside;
          row.append(faint);
        }
        row.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          insert(view, value, option, say);
        });
        dom.append(row);
      });
      return { dom };
    },
  };
}
