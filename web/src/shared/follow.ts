/**
 * Follows one consult: folds batches in seq order and asks for what is missing. The first load is "since 0";
 * there is no other way to catch up.
 */

import type { Consult, Event } from "./protocol";
import { emptyConsult, foldEvents } from "./state";
import type { Batch, FetchAnswer, Page } from "./wire";

export type FetchSince = (since: number) => Promise<FetchAnswer | null>;

export class Follower {
  state: Consult;
  /** The newest seq that is covered; for patients it runs ahead of the events they are sent. */
  last = 0;
  private wanted = 0;
  private fetching = false;
  private waiting: { seq: number; resolve: () => void }[] = [];

  constructor(
    readonly consultId: string,
    private readonly fetchSince: FetchSince,
    private readonly changed: (events: readonly Event[]) => void,
    private readonly wait: (ms: number) => Promise<void> = (ms) => new Promise((done) => setTimeout(done, ms)),
  ) {
    this.state = emptyConsult(consultId);
  }

  /** A page of history, as `join` or `fetch` answered it. */
  take(page: Page): void {
    this.advance(page.events, page.to);
    if (page.more || page.head > this.last) void this.catchUp(Math.max(page.head, page.to + 1));
  }

  batch(batch: Batch): void {
    if (batch.consult_id !== this.consultId || batch.to <= this.last) return;
    if (batch.from > this.last + 1) void this.catchUp(batch.to);
    else this.advance(batch.events, batch.to);
  }

  /** The beacon shows a lost last event; one that is merely on its way gets a moment. */
  async head(seq: number, graceMs = 500): Promise<void> {
    if (seq <= this.last) return;
    await this.wait(graceMs);
    if (seq > this.last) await this.catchUp(seq);
  }

  /** Resolves when everything up to `seq` is folded. */
  reached(seq: number): Promise<void> {
    if (seq <= this.last) return Promise.resolve();
    const reached = new Promise<void>((resolve) => this.waiting.push({ seq, resolve }));
    void this.head(seq);
    return reached;
  }

  /** Forgets everything and reads from the start: what this member may see has changed. */
  async restart(): Promise<void> {
    const target = Math.max(this.last, 1);
    this.last = 0;
    this.state = emptyConsult(this.consultId);
    await this.catchUp(target);
  }

  private advance(events: readonly Event[], to: number): void {
    const fresh = events.filter((event) => event.seq > this.last);
    this.state = foldEvents(this.state, fresh);
    this.last = Math.max(this.last, to);
    this.changed(fresh);
    const due = this.waiting.filter((one) => one.seq <= this.last);
    this.waiting = this.waiting.filter((one) => one.seq > this.last);
    for (const one of due) one.resolve();
  }

  private async catchUp(target: number): Promise<void> {
    this.wanted = Math.max(this.wanted, target);
    if (this.fetching) return;
    this.fetching = true;
    try {
      while (this.last < this.wanted) {
        const since = this.last;
        this.wanted = 0; // what comes while the answer is on its way counts on top of it
        const page = await this.fetchSince(since);
        if (page === null || !page.ok) return; // the next beacon or the next join asks again
        this.wanted = Math.max(this.wanted, page.head, page.more ? page.to + 1 : 0);
        if (since === this.last) this.advance(page.events, page.to);
        if (page.to <= since) return;
      }
    } finally {
      this.fetching = false;
      this.wanted = 0;
    }
  }
}
