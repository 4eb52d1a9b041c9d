/**
 * Commands that were not acknowledged yet, in the order they were made.
 *
 * Each keeps the id it was made with, so that sending it again can do no harm: the server answers a repeated id
 * with the old seq. Nothing is written to disk: notes are health data and this may be a shared machine.
 */

import { orderedId } from "./ids";
import type { Commands, CommandType } from "./protocol";
import { t } from "./texts";
import type { CommandAnswer } from "./wire";

export interface Envelope {
  consult_id: string;
  command_id: string;
  type: CommandType;
  data: unknown;
}

/** Sends one envelope; `done` is called at most once, with null where no answer came. */
export type Transmit = (envelope: Envelope, done: (answer: CommandAnswer | null) => void) => void;

interface Entry {
  envelope: Envelope;
  sent: boolean;
  tries: number;
  resolve: (seq: number) => void;
  reject: (reason: Refusal) => void;
}

/** The server refused a command; nothing was changed. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly detail: Record<string, unknown> = {},
  ) {
    super(t(message));
    this.name = "Refusal";
  }
}

/** Answers after which the same command may succeed later. */
export const ANOTHER_TRY: ReadonlySet<string> = new Set(["unavailable", "stale-sequence", "too-many", "sign-in-needed"]);

export class Outbox {
  private entries: Entry[] = [];
  private ready = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly consultId: string,
    private readonly transmit: Transmit,
    private readonly changed: () => void = () => undefined,
    private readonly makeId: () => string = () => orderedId(),
    private readonly retryMs: (tries: number) => number = (tries) => Math.min(400 * 2 ** tries, 8000),
  ) {}

  get size(): number {
    return this.entries.length;
  }

  /** Resolves with the seq of the command's last event, rejects with a Refusal. */
  add<T extends CommandType>(type: T, data: Commands[T]): Promise<number> {
    return new Promise((resolve, reject) => {
      const envelope = { consult_id: this.consultId, command_id: this.makeId(), type, data };
      this.entries.push({ envelope, sent: false, tries: 0, resolve, reject });
      this.changed();
      this.pump();
    });
  }

  /** The consult was joined on a fresh connection: everything without an answer goes out again, in order. */
  open(): void {
    for (const entry of this.entries) entry.sent = false;
    this.ready = true;
    this.pump();
  }

  /** The connection is gone; answers still on their way will not come. */
  close(): void {
    this.ready = false;
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private pump(): void {
    if (!this.ready || this.timer !== undefined) return;
    for (const entry of [...this.entries]) {
      if (!this.ready || this.timer !== undefined) return;
      if (!entry.sent && this.entries.includes(entry)) this.send(entry);
    }
  }

  private send(entry: Entry): void {
    entry.sent = true;
    const attempt = ++entry.tries;
    this.transmit(entry.envelope, (answer) => {
      if (!this.entries.includes(entry) || attempt !== entry.tries) return;
      if (answer === null || (!answer.ok && ANOTHER_TRY.has(answer.code))) this.later(entry);
      else this.settle(entry, answer);
    });
  }

  private settle(entry: Entry, answer: CommandAnswer): void {
    this.entries = this.entries.filter((one) => one !== entry);
    this.changed();
    if (answer.ok) entry.resolve(answer.seq);
    else entry.reject(new Refusal(answer.code, answer.message, answer.detail));
  }

  /** Waits, then sends this one and all after it again, so that their order stays. */
  private later(entry: Entry): void {
    const from = this.entries.indexOf(entry);
    for (const one of this.entries.slice(from)) {
      if (one.sent) one.tries += one === entry ? 0 : 1;
      one.sent = false;
    }
    if (this.timer !== undefined || !this.ready) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.pump();
    }, this.retryMs(entry.tries));
  }
}
