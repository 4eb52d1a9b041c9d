/** One page's connection to one consult: joining, following, sending, and the truth about what is saved. */

import { io, type ManagerOptions, type Socket, type SocketOptions } from "socket.io-client";
import { Follower } from "./follow";
import { ANOTHER_TRY, Outbox, Refusal, type Envelope } from "./outbox";
import { PromptSocket } from "./prompt";
import type { Commands, CommandType, Consult, Event, Role } from "./protocol";
import { t } from "./texts";
import type { Batch, CommandAnswer, FetchAnswer, Head, JoinAnswer, Member } from "./wire";

export { Refusal } from "./outbox";

/** `refused`: the server does not let this member in, `code` says why. */
export interface Status {
  connection: "connecting" | "online" | "offline" | "refused";
  code: string;
  /** Commands without an acknowledgement, and unsaved text that a part of the page reports. */
  unsent: number;
  /** ISO time since when the connection has been lost, "" while it stands. */
  since: string;
}

type MemberRole = Exclude<Role, "system">;
type Listener<T> = (value: T) => void;

const ACK_MS = 8000;

export class ConsultSession {
  member: Member | null = null;
  private status_: Status = { connection: "connecting", code: "", unsent: 0, since: "" };
  private readonly socket: Socket;
  private readonly outbox: Outbox;
  private readonly follower: Follower;
  /** What came while a join waits for its answer: most of it stands in the answer too. Null where none waits. */
  private early: Batch[] | null = null;
  private readonly extras = new Map<string, number>();
  private readonly stateListeners = new Set<(state: Consult, events: readonly Event[]) => void>();
  private readonly statusListeners = new Set<Listener<Status>>();
  private readonly onUnload = (event: BeforeUnloadEvent): void => {
    if (this.status_.unsent > 0) event.preventDefault();
  };
  private readonly onAwake = (): void => {
    if (document.visibilityState === "visible" && !this.socket.connected) this.socket.connect();
  };

  constructor(
    readonly role: MemberRole,
    readonly consultId: string,
    /** Asked when the connection fails; gives a code where the server does not want it. */
    private readonly whyRefused: () => Promise<string> = async () => "",
    connect: (options: Partial<ManagerOptions & SocketOptions>) => Socket = io,
  ) {
    this.socket = connect({
      path: "/socket.io/",
      transports: [PromptSocket],
      query: { as: role },
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      randomizationFactor: 0.5,
    });
    this.outbox = new Outbox(consultId, (envelope, done) => this.transmit(envelope, done), () => this.recount());
    this.follower = new Follower(
      consultId,
      (since) => this.ask<FetchAnswer>("fetch", { consult_id: consultId, since }),
      (events) => this.folded(events),
    );
    this.listen();
  }

  get state(): Consult {
    return this.follower.state;
  }

  get status(): Status {
    return this.status_;
  }

  /** Called at once with what is there, then after every change, with the events that made it. */
  onState(listener: (state: Consult, events: readonly Event[]) => void): () => void {
    this.stateListeners.add(listener);
    listener(this.state, []);
    return () => this.stateListeners.delete(listener);
  }

  onStatus(listener: Listener<Status>): () => void {
    this.statusListeners.add(listener);
    listener(this.status_);
    return () => this.statusListeners.delete(listener);
  }

  start(): void {
    addEventListener("beforeunload", this.onUnload);
    addEventListener("online", this.onAwake);
    document.addEventListener("visibilitychange", this.onAwake);
    this.socket.connect();
  }

  /** Leaves the consult once what is unsent has gone out; the parts of the page hand over their last words as they go. */
  stop(): void {
    this.place = "leaving";
    setTimeout(() => this.leaveWhenSent());
  }

  private place: "here" | "leaving" | "left" = "here";

  private leaveWhenSent(): void {
    // Staff can sign in again on another page; who was a patient here is gone.
    const over = this.role === "patient" && this.status_.connection === "refused";
    if (this.place !== "leaving" || (this.outbox.size && !over)) return;
    this.place = "left";
    this.extras.clear();
    removeEventListener("beforeunload", this.onUnload);
    removeEventListener("online", this.onAwake);
    document.removeEventListener("visibilitychange", this.onAwake);
    if (this.socket.connected) this.socket.emit("leave", { consult_id: this.consultId });
    this.outbox.close();
    this.socket.disconnect();
  }

  /** Resolves when the command is saved and its events are folded here; rejects with a Refusal. */
  async send<T extends CommandType>(type: T, data: Commands[T]): Promise<number> {
    const seq = await this.outbox.add(type, data);
    await this.follower.reached(seq);
    return seq;
  }

  /** A part of the page that holds unsaved text counts as unsent too. */
  holds(part: string, count: number): void {
    this.extras.set(part, count);
    this.recount();
  }

  private listen(): void {
    this.socket.on("connect", () => void this.join());
    this.socket.on("events", (batch: Batch) => (this.early ? this.early.push(batch) : this.follower.batch(batch)));
    this.socket.on("head", (head: Head) => {
      if (head.consult_id === this.consultId) void this.follower.head(head.seq);
    });
    this.socket.on("draining", ({ retry_ms }: { retry_ms: number }) => {
      this.socket.io.reconnectionDelay(retry_ms);
    });
    this.socket.on("disconnect", (reason) => {
      this.lost();
      // The client library leaves a socket that the server closed; the consult goes on.
      if (reason === "io server disconnect") setTimeout(() => this.place !== "left" && this.socket.connect(), 500 + Math.random() * 1000);
    });
    this.socket.on("connect_error", () => {
      this.lost();
      void this.whyRefused().then((code) => {
        if (!code || this.socket.connected) return;
        this.setStatus({ connection: "refused", code });
        // Staff can sign in again on another page, and pages can be closed; a link that was ended stays ended.
        if (this.role === "patient" && code !== "too-many") this.socket.disconnect();
      });
    });
  }

  private async join(): Promise<void> {
    this.socket.io.reconnectionDelay(500);
    const early: Batch[] = (this.early = []);
    const answer = await this.ask<JoinAnswer>("join", { consult_id: this.consultId, since: this.follower.last });
    if (this.early === early) this.early = null; // a later join keeps its own
    if (!this.socket.connected) return; // the next connection joins
    if (answer === null || (!answer.ok && ANOTHER_TRY.has(answer.code))) {
      setTimeout(() => void (this.socket.connected && this.join()), 1000);
      return;
    }
    if (!answer.ok) {
      this.setStatus({ connection: "refused", code: answer.code });
      return;
    }
    this.member = answer.member;
    this.follower.take(answer);
    for (const batch of early) this.follower.batch(batch);
    this.setStatus({ connection: "online", code: "", since: "" });
    this.outbox.open();
  }

  private lost(): void {
    this.outbox.close();
    const since = this.status_.since || new Date().toISOString();
    if (this.status_.connection !== "refused") this.setStatus({ connection: "offline", since });
  }

  private folded(events: readonly Event[]): void {
    for (const listener of this.stateListeners) listener(this.state, events);
    const admission = events.some(
      ({ data }) =>
        (data.type === "participant_admitted" || data.type === "participant_returned") &&
        data.member_id === this.member?.id,
    );
    // Being let in opens what was held back before, so it is read anew.
    if (this.role === "patient" && admission && !this.rereading) void this.reread();
  }

  private rereading = false;

  private async reread(): Promise<void> {
    this.rereading = true;
    await this.follower.restart();
    this.rereading = false;
  }

  private transmit(envelope: Envelope, done: (answer: CommandAnswer | null) => void): void {
    if (!this.socket.connected) return done(null);
    void this.ask<CommandAnswer>("command", envelope).then(done);
  }

  /** Listens to what the server sends besides the consult's events: the call. */
  hear<T>(event: string, listener: Listener<T>): void {
    this.socket.on(event, listener);
  }

  /** Emits only while connected, so that nothing waits in the library's own buffer; null where no answer came. */
  ask<A>(event: string, payload: unknown): Promise<A | null> {
    if (!this.socket.connected) return Promise.resolve(null);
    return this.socket
      .timeout(ACK_MS)
      .emitWithAck(event, payload)
      .then((answer: A) => answer)
      .catch(() => null);
  }

  private recount(): void {
    const held = [...this.extras.values()].reduce((sum, count) => sum + count, 0);
    this.setStatus({ unsent: this.outbox.size + held });
  }

  private setStatus(change: Partial<Status>): void {
    const next = { ...this.status_, ...change };
    const same = (Object.keys(next) as (keyof Status)[]).every((key) => next[key] === this.status_[key]);
    if (same) return;
    this.status_ = next;
    for (const listener of this.statusListeners) listener(next);
    if (this.place === "leaving") setTimeout(() => this.leaveWhenSent());
  }
}

/** The code and words of a failed command, for the place where the person acted. */
export function refusalWords(reason: unknown): string {
  return reason instanceof Refusal ? reason.message : t("That did not work. Nothing was changed; please try again.");
}
