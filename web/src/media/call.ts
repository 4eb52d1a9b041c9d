/**
 * One page's part in the call of a consult. Peers are keyed by the member, so that a lost connection to the server
 * drops no media; a member's new page (a reload, another device) gets a new connection.
 */

import type { LocalMedia } from "./local";
import { Peer, type Connection, type Parts } from "./peer";
import { Comeback, type Line } from "./quality";
import type { Link, Ready, Sending, Signal, SignalData } from "./signal";

/** `moved`: the same person took the call to another page. */
export type CallState = "idle" | "joining" | "joined" | "moved";

export interface Other {
  id: string;
  stream: MediaStream;
  connection: Connection;
  sending: Sending;
  line: Line;
}

export interface CallView {
  state: CallState;
  /** Why the server did not let this page in, "" where it did. */
  code: string;
  others: Other[];
  /** Members in the call, as the server knows them; also while this page is not. */
  members: string[];
}

const LOOK_MS = 2000;
const RETRY_MS = 1500;
const GONE_MS = 20_000; // without media and without the server

export class Call {
  readonly page: string = crypto.randomUUID();
  private state: CallState = "idle";
  private code = "";
  private members: string[] = [];
  private config: RTCConfiguration = {};
  private readonly peers = new Map<string, Peer>();
  private readonly listeners = new Set<(view: CallView) => void>();
  private outgoing: Promise<unknown> = Promise.resolve();
  private renewal: ReturnType<typeof setTimeout> | undefined;
  private looking: ReturnType<typeof setInterval> | undefined;
  private told = false;
  private readonly comeback = new Comeback();

  constructor(
    private readonly link: Link,
    readonly local: LocalMedia,
    private readonly makePeer: (parts: Parts) => Peer = (parts) => new Peer(parts),
  ) {
    link.hear("signal", (signal: Signal) => this.heard(signal));
    link.hear("call_members", (now: { consult_id: string; members: string[] }) => {
      if (now.consult_id !== link.consultId) return;
      this.members = now.members;
      this.forgetGone();
      this.changed();
    });
    link.hear("call_moved", (gone: { consult_id: string }) => {
      if (gone.consult_id === link.consultId && this.state !== "idle") this.end("moved");
    });
    local.onChange(() => this.localChanged());
    if (typeof addEventListener !== "undefined") addEventListener("pagehide", () => this.closePeers());
  }

  get view(): CallView {
    const others = [...this.peers.values()].map(({ id, stream, connection, sending, line }) => ({ id, stream, connection, sending, line }));
    return { state: this.state, code: this.code, others, members: this.members };
  }

  onChange(listener: (view: CallView) => void): () => void {
    this.listeners.add(listener);
    listener(this.view);
    return () => this.listeners.delete(listener);
  }

  /** Takes part with what the local media gives, which may be nothing: then this page only listens. */
  async join(): Promise<void> {
    if (this.state === "joining" || this.state === "joined") return;
    this.state = "joining";
    this.code = "";
    this.looking ??= setInterval(() => void this.look(), LOOK_MS);
    this.changed();
    await this.ready();
  }

  /** Hang up: the consult goes on. */
  leave(): void {
    if (this.state !== "joining" && this.state !== "joined") return;
    for (const peer of this.peers.values()) void this.emit(peer.id, { page: this.page, link: peer.link, bye: true });
    void this.link.ask("call_leave", { consult_id: this.link.consultId });
    this.end("idle");
  }

  /** The connection to the server is there again: the place is taken anew, the media goes on. */
  online(): void {
    if (this.state === "joining" || this.state === "joined") void this.ready();
    else void this.ask();
  }

  /** Members who may no longer take part are cut off here, whatever they send. */
  allow(admitted: ReadonlySet<string>): void {
    for (const [id, peer] of this.peers) if (!admitted.has(id)) this.drop(peer);
  }

  private async ask(): Promise<void> {
    const answer = await this.link.ask<{ ok: true; members: string[] }>("call_look", { consult_id: this.link.consultId });
    if (!answer?.ok) return;
    this.members = answer.members;
    this.forgetGone();
    this.changed();
  }

  private async ready(): Promise<void> {
    clearTimeout(this.renewal);
    const answer = await this.link.ask<Ready>("call_ready", { consult_id: this.link.consultId, page: this.page });
    if (this.state !== "joining" && this.state !== "joined") return;
    if (answer === null || (!answer.ok && (answer.code === "unavailable" || answer.code === "too-many"))) {
      this.renewal = setTimeout(() => void this.ready(), RETRY_MS);
      return;
    }
    if (!answer.ok) {
      this.code = answer.code;
      return this.end("idle");
    }
    this.config = { iceServers: answer.ice_servers, iceTransportPolicy: answer.ice_policy };
    this.renewal = setTimeout(() => void this.ready(), answer.ttl * 800);
    this.state = "joined";
    this.members = answer.members;
    for (const peer of this.peers.values()) peer.configure(this.config);
    for (const { id, page } of answer.others) {
      const known = this.peers.get(id);
      if (known?.page !== page || stale(known)) this.meet(id, page, crypto.randomUUID(), true);
      else if (known.connection !== "connected") known.recover();
    }
    this.forgetGone();
    this.changed();
  }

  private meet(id: string, page: string, link: string, offers: boolean): Peer {
    const before = this.peers.get(id);
    if (before) this.drop(before);
    const peer = this.makePeer({
      id,
      page,
      ownPage: this.page,
      link,
      config: this.config,
      offers,
      polite: this.link.memberId() < id,
      tracks: this.local.tracks,
      sending: this.local.sending,
      send: (data) => this.emit(id, data),
      changed: () => this.peerChanged(id),
    });
    this.peers.set(id, peer);
    return peer;
  }

  private heard({ consult_id, from, data }: Signal): void {
    if (consult_id !== this.link.consultId || this.state !== "joined") return;
    const known = this.peers.get(from);
    const same = known?.link === data.link && known.page === data.page;
    if (data.bye) {
      if (known && same) this.drop(known);
    } else if (known && same) void known.receive(data);
    else if (data.description?.type === "offer") {
      // Two first offers that cross: the polite side gives way, as with any later offer.
      const crossed = known && known.page === data.page && !known.begun && this.link.memberId() >= from;
      if (!crossed) void this.meet(from, data.page, data.link, false).receive(data);
    }
    this.changed();
  }

  /** One after the other, so that candidates never overtake their offer. */
  private emit(to: string, data: SignalData): Promise<boolean> {
    const sent = this.outgoing.then(async () => {
      for (let attempt = 0; attempt < 3; attempt += 1) {
        const answer = await this.link.ask<{ ok: true }>("signal", { consult_id: this.link.consultId, to, data });
        if (answer === null || answer.ok) return answer !== null;
        if (answer.code !== "too-many") return false;
        await new Promise((done) => setTimeout(done, 1000));
      }
      return false;
    });
    this.outgoing = sent.catch(() => false);
    return sent;
  }

  private peerChanged(id: string): void {
    if (this.peers.get(id)?.connection === "lost") void this.ask();
    this.changed();
  }

  /** Who is neither in the call nor connected is gone; a connection outlives a lost server. */
  private forgetGone(): void {
    for (const [id, peer] of this.peers) {
      if (!this.members.includes(id) && (peer.left || stale(peer))) this.drop(peer);
    }
  }

  private drop(peer: Peer): void {
    if (this.peers.get(peer.id) === peer) this.peers.delete(peer.id);
    peer.close();
  }

  private localChanged(): void {
    for (const peer of this.peers.values()) {
      void peer.setTracks(this.local.tracks);
      peer.say(this.local.sending);
    }
    this.changed();
  }

  private async look(): Promise<void> {
    const drops = await Promise.all([...this.peers.values()].map((peer) => peer.look().catch(() => false)));
    if (drops.some(Boolean)) this.local.dropForWeakLine();
    const peers = [...this.peers.values()];
    const clear = peers.length > 0 && peers.every((peer) => peer.connection === "connected" && peer.clear);
    if (!this.local.weak) this.comeback.there();
    else if (this.comeback.away(goodFor(this.view.others), clear)) void this.local.showAgain();
    if ([...this.peers.values()].some(stale)) await this.ask();
    this.changed();
  }

  private closePeers(): void {
    for (const peer of [...this.peers.values()]) this.drop(peer);
  }

  private end(state: "idle" | "moved"): void {
    this.state = state;
    clearTimeout(this.renewal);
    clearInterval(this.looking);
    this.looking = undefined;
    this.closePeers();
    if (state === "moved") this.local.close(); // the other page has camera and microphone now
    this.changed();
  }

  /** Told once for all that happens in one go. */
  private changed(): void {
    if (this.told) return;
    this.told = true;
    queueMicrotask(() => {
      this.told = false;
      for (const listener of this.listeners) listener(this.view);
    });
  }
}

/** Whether the line to everybody carries a picture well; not known where there is nobody. */
export function goodFor(others: readonly Other[]): boolean {
  return others.length > 0 && others.every(({ connection, line }) => connection === "connected" && line === "good");
}

/** Too long without media to be mended by a restart. */
function stale(peer: Peer): boolean {
  return peer.left || (peer.connection !== "connected" && Date.now() - peer.lostSince > GONE_MS);
}
