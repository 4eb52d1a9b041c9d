/** Underlines what was found, moving with the typing until the server's next answer. */

import { StateEffect, StateField, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { EffectMention, MedicationMention, NoteLine, Review } from "../../shared/protocol";
import { utf16 } from "../../shared/format";
import { lineIds } from "./ids";

export interface Found {
  lineId: string;
  kind: "medication" | "effect";
  mention: MedicationMention | EffectMention;
  /** What a person has said to it. */
  review: Review;
  /** The line and words of the drug that a word like "it" stands for. */
  meant?: { lineId: string; text: string };
}

/** The newest findings of lines whose newest revision was analysed. */
export const setFindings = StateEffect.define<readonly { line: NoteLine; found: readonly Found[] }[]>();

export interface Span {
  from: number;
  to: number;
}

/** solid = sure, dashed = to be confirmed, dotted = not this patient's present medication or effect. */
export function markOf(found: Found): "exact" | "confirm" | "quiet" {
  const { mention, review } = found;
  if (review === "rejected") return "quiet";
  if (mention.subject === "other") return "quiet";
  if (found.kind === "effect") {
    const effect = mention as EffectMention;
    return effect.negated || effect.historical ? "quiet" : effect.uncertain ? "confirm" : "exact";
  }
  const medication = mention as MedicationMention;
  if (found.meant && review !== "confirmed") return "confirm";
  if (medication.match !== "exact" && review !== "confirmed") return "confirm";
  return ["stopped", "not-taken", "completed"].includes(medication.status) ? "quiet" : "exact";
}

/**
 * Where a span of the analysed text stands in the text as it is now, in UTF-16 offsets: what lies before the first
 * difference stays, what lies after the last one shifts, what was changed has none.
 */
export function place(start: number, end: number, analysed: string, now: string): Span | null {
  const from = utf16(analysed, start);
  const to = utf16(analysed, end);
  if (analysed === now) return from < to ? { from, to } : null;
  let head = 0;
  const shorter = Math.min(analysed.length, now.length);
  while (head < shorter && analysed[head] === now[head]) head++;
  let tail = 0;
  while (tail < shorter - head && analysed[analysed.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
  if (to <= head) return { from, to };
  if (from >= analysed.length - tail) {
    const shift = now.length - analysed.length;
    return { from: from + shift, to: to + shift };
  }
  return null;
}

function decorations(line: NoteLine, found: readonly Found[], ids: readonly string[], doc: Text) {
  const index = ids.indexOf(line.id);
  if (index < 0) return [];
  const here = doc.line(index + 1);
  return found.flatMap((one) => {
    const span = place(one.mention.start, one.mention.end, line.text, here.text);
    if (!span) return [];
    const mark = Decoration.mark({ class: `found found-${one.kind} found-${markOf(one)}${one.meant ? " found-meant" : ""}`, found: one });
    return [mark.range(here.from + span.from, here.from + span.to)];
  });
}

export const findings = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setFindings)) continue;
      const ids = transaction.state.field(lineIds);
      const { doc } = transaction.state;
      const fresh = new Set(effect.value.map(({ line }) => line.id));
      next = next.update({
        filter: (_from, _to, value) => !fresh.has((value.spec.found as Found).lineId),
        add: effect.value.flatMap(({ line, found }) => decorations(line, found, ids, doc)),
        sort: true,
      });
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What was found at a place of the document, with its span now; a place at either end counts. */
export function foundAt(set: DecorationSet, position: number): { found: Found; from: number; to: number } | null {
  let hit: { found: Found; from: number; to: number } | null = null;
  set.between(position, position, (from, to, value) => {
    const found = value.spec.found as Found;
    if (!hit || found.kind === "medication") hit = { found, from, to };
  });
  return hit;
}

export const marks: Extension = [findings];
