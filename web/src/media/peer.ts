/**
 * The media connection to one page of one other member. The newcomer makes the first offer; the other side adds its
 * tracks after that and answers. Later renegotiation (only ICE restarts: a change of tracks needs none) is perfect
 * negotiation. A connection that does not come, or breaks, is tried again for as long as the other is there.
 */

import { pictureFor, sampleOf, LineWatch, type Counters, type Line } from "./quality";
import { readSending, SILENT, type Sending, type SignalData } from "./signal";

export type Tracks = { audio: MediaStreamTrack | null; video: MediaStreamTrack | null };
export type Connection = "connecting" | "connected" | "lost";

export interface Parts {
  id: string;
  /** The other's page, and this one. */
  page: string;
  ownPage: string;
  config: RTCConfiguration;
  /** Names this attempt; made by the side that offers first. */
  link: string;
  offers: boolean;
  polite: boolean;
  tracks: Tracks;
  sending: Sending;
  /** Resolves to whether the signal was handed over. */
  send: (data: SignalData) => Promise<boolean>;
  changed: () => void;
  create?: (config: RTCConfiguration) => RTCPeerConnection;
  timing?: Partial<typeof TIMING>;
}

/** Milliseconds. */
export const TIMING = { bundle: 60, watchdog: 12_000, blip: 3000, politeWait: 4000, again: 2000 };
const MOST_CANDIDATES = 20; // in one signal

export class Peer {
  readonly stream = new MediaStream();
  connection: Connection = "connecting";
  sending: Sending = SILENT;
  closed = false;
  /** The other page has closed its side: it hung up, went away or is being loaded again. */
  left = false;
  /** Milliseconds of the clock since when there has been no connection. */
  lostSince = Date.now();
  private readonly pc: RTCPeerConnection;
  private readonly timing: typeof TIMING;
  private channel: RTCDataChannel | null = null;
  private makingOffer = false;
  private ignoreOffer = false;
  private waiting: RTCIceCandidateInit[] = [];
  private mine: RTCIceCandidateInit[] = [];
  private bundle: ReturnType<typeof setTimeout> | undefined;
  private soon: ReturnType<typeof setTimeout> | undefined;
  private readonly watchdog: ReturnType<typeof setInterval> | undefined;
  private incoming: Promise<void> = Promise.resolve();
  private offeredAgain = 0;
  private readonly watch = new LineWatch();
  private counters: Counters = { packetsIn: 0, lostIn: 0 };
  private shaped: Line | "" = "";

  constructor(private readonly parts: Parts) {
    this.timing = { ...TIMING, ...parts.timing };
    this.pc = (parts.create ?? ((config) => new RTCPeerConnection(config)))(parts.config);
    this.pc.onicecandidate = ({ candidate }) => candidate && this.found(candidate.toJSON());
    this.pc.onnegotiationneeded = () => void this.offer();
    this.pc.onconnectionstatechange = () => this.moved();
    this.pc.ontrack = ({ track }) => {
      this.stream.addTrack(track);
      track.onmute = track.onunmute = () => parts.changed();
      parts.changed();
    };
    // On one side only, so that it cannot make a new glare.
    if (!parts.polite) this.watchdog = setInterval(() => this.connection !== "connected" && this.recover(), this.timing.watchdog);
    if (!parts.offers) return;
    const own = new MediaStream();
    for (const kind of ["audio", "video"] as const) {
      this.pc.addTransceiver(parts.tracks[kind] ?? kind, { direction: "sendrecv", streams: [own] });
    }
    this.talk();
  }

  get id(): string {
    return this.parts.id;
  }

  get page(): string {
    return this.parts.page;
  }

  get link(): string {
    return this.parts.link;
  }

  /** Whether the two have ever agreed on anything. */
  get begun(): boolean {
    return this.pc.remoteDescription !== null;
  }

  get line(): Line {
    return this.watch.line;
  }

  /** What is sent to this member gets through. */
  get clear(): boolean {
    return this.watch.clear;
  }

  /** Takes a signal of the other page; they are worked off one after the other. */
  receive(data: SignalData): Promise<void> {
    this.incoming = this.incoming.then(() => this.take(data)).catch(() => this.retrySoon(this.timing.again));
    return this.incoming;
  }

  async setTracks(tracks: Tracks): Promise<void> {
    this.parts.tracks = tracks;
    for (const { sender, receiver } of this.pc.getTransceivers()) {
      const track = tracks[receiver.track.kind as "audio" | "video"];
      if (sender.track !== track) await sender.replaceTrack(track).catch(() => undefined);
    }
    this.shaped = "";
  }

  say(sending: Sending): void {
    this.parts.sending = sending;
    if (this.channel?.readyState === "open") this.channel.send(JSON.stringify(sending));
  }

  /** New relay credentials: they count from the next restart. */
  configure(config: RTCConfiguration): void {
    if (!this.closed) this.pc.setConfiguration(config);
  }

  /** Another try: the same offer again where one is open, else a restart. */
  recover(): void {
    if (this.closed) return;
    if (this.pc.signalingState === "have-local-offer") void this.describe();
    else if (this.pc.signalingState === "stable" && this.pc.remoteDescription) this.pc.restartIce();
  }

  /** Looks at the line. True where the own picture should go. */
  async look(): Promise<boolean> {
    if (this.closed || this.connection !== "connected") return false;
    const report = (await this.pc.getStats()) as unknown as Iterable<[string, Record<string, unknown>]>;
    const [sample, counters] = sampleOf(report, this.counters);
    this.counters = counters;
    const drop = this.watch.add(sample, this.parts.tracks.video !== null);
    await this.shape();
    return drop;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.bundle);
    clearTimeout(this.soon);
    clearInterval(this.watchdog);
    this.pc.close();
  }

  // --- negotiation

  private async offer(): Promise<void> {
    // The side that does not offer first has nothing to say before the first offer has come.
    if (this.closed || (!this.parts.offers && !this.pc.remoteDescription)) return;
    try {
      this.makingOffer = true;
      await this.pc.setLocalDescription();
      await this.describe();
    } catch {
      this.retrySoon(this.timing.again);
    } finally {
      this.makingOffer = false;
    }
  }

  private async describe(): Promise<void> {
    const description = this.pc.localDescription;
    if (description) await this.parts.send({ ...this.from, description: { type: description.type, sdp: description.sdp } });
  }

  private async take({ description, candidates }: SignalData): Promise<void> {
    if (this.closed) return;
    if (description?.type === "answer" && this.pc.signalingState !== "have-local-offer") return;
    if (description) {
      const collision = description.type === "offer" && (this.makingOffer || this.pc.signalingState !== "stable");
      this.ignoreOffer = !this.parts.polite && collision;
      if (this.ignoreOffer) return this.insist();
      const first = !this.pc.remoteDescription;
      await this.pc.setRemoteDescription(description);
      for (const one of this.waiting.splice(0)) await this.add(one);
      if (description.type === "offer") {
        if (first && !this.parts.offers) await this.accept();
        await this.pc.setLocalDescription();
        await this.describe();
      }
    }
    for (const one of candidates ?? []) {
      if (this.pc.remoteDescription) await this.add(one);
      else this.waiting.push(one);
    }
  }

  private async add(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.pc.addIceCandidate(candidate);
    } catch (error) {
      if (!this.ignoreOffer && !this.closed && error instanceof TypeError) return; // not a candidate: leave it out
    }
  }

  /** The other's offer crossed ours and gives way; should ours have been lost, it goes once more. */
  private insist(): void {
    const now = Date.now();
    if (this.makingOffer || now - this.offeredAgain < this.timing.again) return;
    this.offeredAgain = now;
    void this.describe();
  }

  /** The answering side adds what it sends, in the places that the offer made. */
  private async accept(): Promise<void> {
    const own = new MediaStream();
    for (const transceiver of this.pc.getTransceivers()) {
      transceiver.direction = "sendrecv";
      transceiver.sender.setStreams?.(own);
      await transceiver.sender.replaceTrack(this.parts.tracks[transceiver.receiver.track.kind as "audio" | "video"]);
    }
    this.talk();
  }

  /** A channel from page to page, so that "muted" is told also while the server is away. */
  private talk(): void {
    const channel = this.pc.createDataChannel("sending", { negotiated: true, id: 0 });
    this.channel = channel;
    channel.onopen = () => this.say(this.parts.sending);
    channel.onmessage = ({ data }) => {
      const said = readSending(data);
      if (said) this.sending = said;
      this.parts.changed();
    };
    channel.onclose = () => {
      if (this.closed) return;
      this.left = true;
      this.become("lost");
    };
  }

  private get from(): { page: string; link: string } {
    return { page: this.parts.ownPage, link: this.parts.link };
  }

  private found(candidate: RTCIceCandidateInit): void {
    this.mine.push(candidate);
    this.bundle ??= setTimeout(() => {
      this.bundle = undefined;
      const found = this.mine.splice(0);
      for (let at = 0; at < found.length; at += MOST_CANDIDATES) {
        void this.parts.send({ ...this.from, candidates: found.slice(at, at + MOST_CANDIDATES) });
      }
    }, this.timing.bundle);
  }

  // --- the connection

  private moved(): void {
    if (this.closed) return;
    const state = this.pc.connectionState;
    if (state === "connected") {
      clearTimeout(this.soon);
      this.shaped = "";
      this.become("connected");
    } else if (state === "disconnected") {
      this.become("lost");
      this.retrySoon(this.timing.blip + (this.parts.polite ? this.timing.politeWait : 0));
    } else if (state === "failed" || state === "closed") {
      this.become("lost");
      this.retrySoon(this.parts.polite ? this.timing.politeWait : 0);
    }
  }

  private become(connection: Connection): void {
    if (connection === "lost" && this.connection === "connected") this.lostSince = Date.now();
    this.connection = connection;
    this.parts.changed();
  }

  private retrySoon(ms: number): void {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.connection !== "connected" && this.recover(), ms);
  }

  /** The voice first: the picture gets what the line can carry beside it. */
  private async shape(): Promise<void> {
    if (this.shaped === this.line) return;
    this.shaped = this.line;
    for (const sender of this.pc.getSenders()) {
      if (!sender.track) continue;
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) continue;
      if (sender.track.kind === "video") Object.assign(encoding, pictureFor(this.line));
      else Object.assign(encoding, { priority: "high", networkPriority: "high" });
      await sender.setParameters(parameters).catch(() => undefined);
    }
  }
}
