/** Each line of the editor is one note line: its id moves with it through every change. */

import { StateEffect, StateField, type ChangeSet, type EditorState, type Text } from "@codemirror/state";

export const makeLineId = (): string => crypto.randomUUID();

/** Replaces all ids; used where a change comes from the server. */
export const setIds = StateEffect.define<readonly string[]>();

export const lineIds = StateField.define<readonly string[]>({
  create: (state) => Array.from({ length: state.doc.lines }, makeLineId),
  update(ids, transaction) {
    for (const effect of transaction.effects) if (effect.is(setIds)) return effect.value;
    if (!transaction.docChanged) return ids;
    const moved = moveIds(ids, transaction.startState.doc, transaction.changes, transaction.newDoc, makeLineId);
    const same = moved.length === ids.length && moved.every((id, index) => id === ids[index]);
    return same ? ids : moved; // the same list: line numbers are not drawn anew for each letter
  },
});

export interface EditorLine {
  id: string;
  text: string;
}

export function editorLines(state: EditorState): EditorLine[] {
  const ids = state.field(lineIds);
  return ids.map((id, index) => ({ id, text: state.doc.line(index + 1).text }));
}

interface Block {
  a1: number;
  a2: number;
  b1: number;
  b2: number;
}

/** The ids after a change: a line keeps its id while its words stay; what is split keeps it in its first part. */
export function moveIds(
  ids: readonly string[],
  before: Text,
  changes: ChangeSet,
  after: Text,
  makeId: () => string,
): readonly string[] {
  const blocks: Block[] = [];
  changes.iterChanges((fromA, toA, fromB, toB) => {
    const block = {
      a1: before.lineAt(fromA).number,
      a2: before.lineAt(toA).number,
      b1: after.lineAt(fromB).number,
      b2: after.lineAt(toB).number,
    };
    const last = blocks[blocks.length - 1];
    if (last && (block.a1 <= last.a2 || block.b1 <= last.b2)) {
      last.a2 = Math.max(last.a2, block.a2);
      last.b2 = Math.max(last.b2, block.b2);
    } else blocks.push(block);
  });
  const moved: string[] = [];
  let next = 1; // the first line of `before` that is not yet copied
  for (const block of blocks) {
    for (; next < block.a1; next++) moved.push(ids[next - 1]!);
    const old = ids.slice(block.a1 - 1, block.a2);
    moved.push(...match(old, texts(before, block.a1, block.a2), texts(after, block.b1, block.b2), makeId));
    next = block.a2 + 1;
  }
  for (; next <= before.lines; next++) moved.push(ids[next - 1]!);
  return moved;
}

function texts(doc: Text, from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => doc.line(from + index).text);
}

/** Equal lines at both ends keep their ids; the rest keeps them one by one from the start. */
function match(ids: readonly string[], before: string[], after: string[], makeId: () => string): string[] {
  const result = new Array<string | undefined>(after.length);
  let head = 0;
  while (head < Math.min(before.length, after.length) && before[head] === after[head]) {
    result[head] = ids[head];
    head++;
  }
  let tail = 0;
  while (
    tail < Math.min(before.length, after.length) - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  ) {
    result[after.length - 1 - tail] = ids[before.length - 1 - tail];
    tail++;
  }
  const rest = Math.min(before.length, after.length) - head - tail;
  for (let index = 0; index < rest; index++) result[head + index] = ids[head + index];
  return Array.from(result, (id) => id ?? makeId());
}
