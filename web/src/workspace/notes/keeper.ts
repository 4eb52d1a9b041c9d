/**
 * Keeps the editor and the saved note lines in line with each other.
 *
 * A line is sent as a whole, one revision at a time; while one is on its way, newer text of that line waits here and
 * counts as unsent. What others wrote is put into the editor only where nothing unsaved stands.
 */

import { speakerOf } from "./speaker";
import type { Consult } from "../../shared/protocol";
import { Refusal } from "../../shared/outbox";
import type { ConsultSession } from "../../shared/socket";
import { t } from "../../shared/texts";
import type { EditorLine } from "./ids";

export const LONGEST_LINE = 2000;

export interface NotesEditor {
  lines(): EditorLine[];
  /** The line that the cursor is in, "" while the editor is not in use. */
  cursor(): string;
  /** Makes the editor show these lines, leaving the cursor in its words. */
  show(lines: readonly EditorLine[]): void;
}

export type Session = Pick<ConsultSession, "state" | "send" | "holds">;

interface Saved {
  rev: number;
  text: string;
  open: boolean;
}

/** Why a line of the editor is not saved, for the mark beside it. */
export type Trouble = ReadonlyMap<string, string>;

export class NoteKeeper {
  private readonly saved = new Map<string, Saved>();
  private readonly underway = new Set<string>();
  private readonly removing = new Set<string>();
  private readonly refused = new Map<string, { text: string; message: string }>();
  /** Set while typing goes on; what is unsaved goes out when it ends. */
  private timer: ReturnType<typeof setTimeout> | undefined;
  private latest = 0;
  private line = "";

  constructor(
    private readonly session: Session,
    private readonly editor: NotesEditor,
    private readonly tabId: string,
    private readonly onTrouble: (trouble: Trouble) => void = () => undefined,
    private readonly pauseMs = 200,
    private readonly mostMs = 1000,
  ) {}

  get isWriter(): boolean {
    const { state } = this.session;
    return state.phase === "open" && state.writer_tab === this.tabId;
  }

  /** Whether typing is welcome: this tab writes, or nobody does and the lease is on its way here. */
  get mayType(): boolean {
    const { state } = this.session;
    return state.phase === "open" && (state.writer_tab === "" || state.writer_tab === this.tabId);
  }

  /** Somebody typed: save after a short pause, after a second without one, and at once when a line is left. */
  typed(): void {
    const before = this.line;
    this.line = this.editor.cursor();
    if (before && this.line !== before) return this.flush();
    this.recount();
    const now = Date.now();
    if (this.timer === undefined) this.latest = now + this.mostMs;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), Math.min(this.pauseMs, this.latest - now));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.flush();
  }

  /** Sends every line that differs from what is saved. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.isWriter) {
      const lines = this.editor.lines();
      this.removeGone(lines);
      this.putChanged(lines);
    }
    this.recount();
  }

  /** The state has moved on: take over what others did. */
  reconcile(): void {
    const { state } = this.session;
    const before = this.editor.lines();
    const after = this.target(before, state);
    if (!same(before, after)) this.editor.show(after);
    this.recount();
    if (this.isWriter && this.timer === undefined && this.dirty(after).length) this.flush();
  }

  private removeGone(lines: readonly EditorLine[]): void {
    const here = new Set(lines.map((line) => line.id));
    for (const id of new Set([...this.saved.keys(), ...this.underway])) {
      if (here.has(id) || this.removing.has(id)) continue;
      this.removing.add(id);
      this.saved.delete(id);
      this.session
        .send("remove_note_line", { line_id: id })
        .catch(() => undefined) // gone already, or the consult is closed: the next state tells
        .finally(() => {
          this.removing.delete(id);
          this.reconcile();
        });
    }
  }

  private putChanged(lines: readonly EditorLine[]): void {
    const cursor = this.editor.cursor();
    const lastWords = lines.reduce((last, line, index) => (line.text.trim() ? index : last), -1);
    let after = "";
    lines.forEach(({ id, text }, index) => {
      const saved = this.saved.get(id);
      const known = saved !== undefined || this.underway.has(id);
      if (!known && (!text.trim() && index > lastWords)) return; // an empty line at the end is a place to type
      const stuck = text.length > LONGEST_LINE || this.refused.get(id)?.text === text;
      const differs = !saved || saved.text !== text || (saved.open && cursor !== id);
      if (differs && !stuck && !this.underway.has(id)) {
        this.put(id, text, after, cursor === id);
        after = id;
      } else if (known) after = id;
    });
  }

  private put(id: string, text: string, after: string, open: boolean): void {
    this.underway.add(id);
    this.refused.delete(id);
    const base_rev = this.saved.get(id)?.rev ?? 0;
    const epoch = this.session.state.writer_epoch;
    this.session
      .send("put_note_line", { line_id: id, after, base_rev, text, open, speaker: speakerOf(text), epoch })
      .then(() => this.settled(id, text, base_rev))
      .catch((reason: unknown) => {
        const lease = reason instanceof Refusal && ["not-the-writer", "consult-closed"].includes(reason.code);
        if (!lease) this.refused.set(id, { text, message: reason instanceof Error ? reason.message : t("Not saved.") });
      })
      .finally(() => {
        this.underway.delete(id);
        this.reconcile();
      });
  }

  private settled(id: string, text: string, baseRev: number): void {
    if (this.removing.has(id)) return;
    const { lines } = this.session.state;
    const row = lines[id];
    const twin = lines[`${id}.${baseRev + 1}`.slice(0, 80)];
    if (row && row.text !== text && twin && twin.text === text) {
      // Both stand: what was typed here goes on as the twin, the other's words come back under the old id.
      this.saved.set(twin.id, twin);
      this.saved.delete(id);
      this.editor.show(this.editor.lines().map((line) => (line.id === id ? { ...line, id: twin.id } : line)));
    } else if (row && row.text === text) this.saved.set(id, row);
    else this.saved.set(id, { rev: baseRev + 1, text, open: false });
  }

  /** The editor's lines with all clean lines as the server has them. */
  private target(before: readonly EditorLine[], state: Consult): EditorLine[] {
    const dirty = new Set(this.dirty(before).map((line) => line.id));
    const kept: EditorLine[] = [];
    for (const line of before) {
      const row = state.lines[line.id];
      const saved = this.saved.get(line.id);
      const busy = dirty.has(line.id) || this.underway.has(line.id);
      if (busy || (!saved && !row)) {
        if (saved && !row && !this.underway.has(line.id)) this.saved.delete(line.id); // removed elsewhere: written anew
        kept.push(line);
      } else if (row) {
        this.saved.set(line.id, { rev: row.rev, text: row.text, open: row.open });
        kept.push({ id: line.id, text: row.text });
      } else this.saved.delete(line.id);
    }
    const here = new Set(kept.map((line) => line.id));
    const missing = state.order.filter((id) => !here.has(id) && !this.removing.has(id));
    const ordered = inOrder(kept, state.order);
    for (const id of missing) {
      const row = state.lines[id]!;
      this.saved.set(id, { rev: row.rev, text: row.text, open: row.open });
      const above = state.order[state.order.indexOf(id) - 1];
      const at = above === undefined ? -1 : ordered.findIndex((line) => line.id === above);
      ordered.splice(above !== undefined && at < 0 ? ordered.length : at + 1, 0, { id, text: row.text });
    }
    return ordered.length ? ordered : [...before.slice(0, 1)];
  }

  private dirty(lines: readonly EditorLine[]): EditorLine[] {
    return lines.filter(({ id, text }) => {
      const saved = this.saved.get(id);
      return saved ? saved.text !== text : text.trim() !== "" && !this.session.state.lines[id];
    });
  }

  private recount(): void {
    const dirty = this.dirty(this.editor.lines());
    this.session.holds("notes", dirty.filter((line) => !this.underway.has(line.id)).length);
    const trouble = new Map<string, string>();
    for (const { id, text } of dirty) {
      if (text.length > LONGEST_LINE) trouble.set(id, t("Not saved: longer than %(most)s characters. Split the line.", { most: LONGEST_LINE }));
      else if (this.refused.get(id)?.text === text) trouble.set(id, t("Not saved: %(why)s", { why: this.refused.get(id)!.message }));
      else if (!this.mayType) trouble.set(id, t("Not saved: this tab is not the writer."));
    }
    this.onTrouble(trouble);
  }
}

/** Lines that the server knows in its order; the others stay below the line that they stand under now. */
function inOrder(lines: readonly EditorLine[], order: readonly string[]): EditorLine[] {
  const rank = new Map(order.map((id, index) => [id, index]));
  const known = lines.filter((line) => rank.has(line.id));
  if (known.every((line, index) => index === 0 || rank.get(known[index - 1]!.id)! < rank.get(line.id)!)) return [...lines];
  const groups = new Map<string, EditorLine[]>([["", []]]);
  let head = "";
  for (const line of lines) {
    if (rank.has(line.id)) groups.set((head = line.id), []);
    groups.get(head)!.push(line);
  }
  known.sort((a, b) => rank.get(a.id)! - rank.get(b.id)!);
  return [...groups.get("")!, ...known.flatMap((line) => groups.get(line.id)!)];
}

function same(a: readonly EditorLine[], b: readonly EditorLine[]): boolean {
  return a.length === b.length && a.every((line, index) => line.id === b[index]!.id && line.text === b[index]!.text);
}
