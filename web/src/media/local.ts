/** What this page sends: microphone, camera or screen. Mute keeps the microphone; camera off lets the camera go. */

import { choices, openBoth, remember, tryOne, type Facing, type Problem } from "./devices";
import type { Tracks } from "./peer";
import type { Sending } from "./signal";

export class LocalMedia {
  /** Why something is missing, "" where all is well. */
  problem: Problem | "" = "";
  /** The picture was dropped for a weak line, by the program. */
  weak = false;
  muted = false;
  private audio: MediaStreamTrack | null = null;
  private camera: MediaStreamTrack | null = null;
  private screen: MediaStreamTrack | null = null;
  private facing: Facing = "user";
  /** How often it was closed: a device that opens only after that is let go at once. */
  private closed = 0;
  private readonly listeners = new Set<() => void>();

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  get tracks(): Tracks {
    return { audio: this.audio, video: this.screen ?? this.camera };
  }

  /** The own picture, for the own eyes. */
  get picture(): MediaStreamTrack | null {
    return this.screen ?? this.camera;
  }

  get microphone(): MediaStreamTrack | null {
    return this.audio;
  }

  get mirrored(): boolean {
    return !this.screen && this.facing === "user" && this.camera?.getSettings().facingMode !== "environment";
  }

  get sending(): Sending {
    return {
      mic: this.audio !== null && !this.muted,
      camera: this.camera !== null && !this.screen,
      screen: this.screen !== null,
      weak: this.weak && this.camera === null,
    };
  }

  get hasCamera(): boolean {
    return this.camera !== null;
  }

  /** Of the camera that is open, also while the screen is shown instead; "" where none is. */
  get cameraId(): string {
    return this.camera?.getSettings().deviceId ?? "";
  }

  get microphoneId(): string {
    return this.audio?.getSettings().deviceId ?? "";
  }

  /** False where it was closed while the person was asked. */
  async open(): Promise<boolean> {
    if (this.audio || this.camera) return true;
    const { closed } = this;
    const opened = await openBoth();
    this.problem = opened.problem;
    this.takeAudio(opened.audio, closed);
    this.takeCamera(opened.video, closed);
    this.changed();
    return closed === this.closed;
  }

  /** Tries once more what did not open; what is open stays open. */
  async openMissing(): Promise<void> {
    if (!this.audio && !this.camera) return void (await this.open());
    const { closed } = this;
    for (const kind of ["audio", "video"] as const) {
      if (kind === "audio" ? this.audio : this.camera) continue;
      const [track, problem] = await tryOne(kind, undefined, kind === "video" ? "user" : undefined);
      this.problem = problem;
      if (kind === "audio") this.takeAudio(track, closed);
      else this.takeCamera(track, closed);
    }
    this.changed();
  }

  /** Nothing is told where nothing was open: whoever hears of a change may close. */
  close(): void {
    this.closed += 1;
    if (!this.audio && !this.camera && !this.screen) return;
    for (const track of [this.audio, this.camera, this.screen]) track?.stop();
    this.audio = this.camera = this.screen = null;
    this.changed();
  }

  /** Where there is no microphone yet, it is asked for. */
  async setMuted(muted: boolean): Promise<void> {
    if (!muted && !this.audio) {
      const { closed } = this;
      const [track, problem] = await tryOne("audio");
      this.problem = problem;
      this.takeAudio(track, closed);
    }
    this.muted = muted;
    if (this.audio) this.audio.enabled = !muted;
    this.changed();
  }

  async setCamera(on: boolean): Promise<void> {
    if (on === (this.camera !== null) && !this.weak) return;
    this.weak = false; // whoever presses decides
    if (on) await this.reopen();
    else this.dropCamera();
    this.changed();
  }

  /** The program's own hand: the voice is worth more than the picture. */
  dropForWeakLine(): void {
    if (!this.camera) return;
    this.dropCamera();
    this.weak = true;
    this.changed();
  }

  /** The program's own hand again, once the line carries a picture: the person had it on before. */
  async showAgain(): Promise<void> {
    if (!this.weak || this.camera) return;
    await this.reopen();
    this.weak = false; // where the camera does not open any more, a press tries it anew
    this.changed();
  }

  async choose(kind: "audio" | "video", deviceId: string): Promise<void> {
    remember(kind, deviceId);
    if (kind === "video") {
      this.dropCamera();
      await this.reopen(deviceId);
    } else {
      this.audio?.stop();
      const { closed } = this;
      const [track, problem] = await tryOne("audio", deviceId);
      this.problem = problem;
      this.takeAudio(track, closed);
    }
    this.changed();
  }

  /** The other camera: of the two sides of a phone, else the next one there is. */
  async flip(): Promise<void> {
    const cameras = await choices("video");
    const settings = this.camera?.getSettings();
    const sided = settings?.facingMode === "user" || settings?.facingMode === "environment";
    const at = cameras.findIndex((one) => one.id === this.cameraId);
    const next = cameras[(at + 1) % Math.max(1, cameras.length)]?.id;
    this.dropCamera(); // most phones open one camera at a time
    this.facing = this.facing === "user" ? "environment" : "user";
    if (sided) await this.reopen("", this.facing);
    else if (next) {
      remember("video", next);
      await this.reopen(next);
    }
    this.changed();
  }

  get side(): Facing {
    return this.facing;
  }

  /** A certain side of a phone, turned on where it is off; `sharp` asks for a picture in which a label can be read.
   * Where there is only one camera, that one. */
  async face(side: Facing, sharp: boolean): Promise<void> {
    this.weak = false;
    if (!this.camera || side !== this.facing) {
      const [front, ...more] = await choices("video");
      this.dropCamera(); // most phones open one camera at a time
      this.facing = side;
      // A phone knows its sides; a computer with two cameras has the second one pointed at.
      await this.reopen(side === "environment" && more.length === 1 && front?.label.match(/front|back/i) === null ? more[0]!.id : "", side);
    }
    const size = sharp ? { width: { ideal: 1920 }, height: { ideal: 1080 } } : { width: { ideal: 640 }, height: { ideal: 480 } };
    await this.camera?.applyConstraints(size).catch(() => undefined);
    this.changed();
  }

  /** Rejects where the person chose nothing. */
  async share(): Promise<void> {
    const { closed } = this;
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: { frameRate: { max: 10 } } });
    const [track] = stream.getVideoTracks();
    if (!track) return;
    if (closed !== this.closed) return track.stop();
    this.screen?.stop();
    track.contentHint = "detail";
    track.onended = () => this.unshare();
    this.screen = track;
    this.changed();
  }

  unshare(): void {
    this.screen?.stop();
    this.screen = null;
    this.changed();
  }

  private async reopen(deviceId?: string, facing?: Facing): Promise<void> {
    const { closed } = this;
    const [track, problem] = await tryOne("video", deviceId, facing);
    this.problem = problem;
    this.takeCamera(track, closed);
  }

  private dropCamera(): void {
    this.camera?.stop();
    this.camera = null;
  }

  /** `closed` is how often it had been closed when the device was asked for; of two that were asked for one stays. */
  private takeAudio(track: MediaStreamTrack | null, closed: number): void {
    if (closed !== this.closed) return track?.stop();
    this.audio?.stop();
    this.audio = track;
    if (!track) return;
    track.enabled = !this.muted; // who was muted stays so, also after a way out and in
    track.onended = () => this.lost("audio", track);
  }

  private takeCamera(track: MediaStreamTrack | null, closed: number): void {
    if (closed !== this.closed) return track?.stop();
    this.camera?.stop();
    this.camera = track;
    if (!track) return;
    this.weak = false;
    track.onended = () => this.lost("video", track);
  }

  /** Unplugged, or taken away by the system or by the person. */
  private lost(kind: "audio" | "video", track: MediaStreamTrack): void {
    if (kind === "audio" && this.audio === track) this.audio = null;
    else if (kind === "video" && this.camera === track) this.camera = null;
    else return;
    this.problem = "busy";
    this.changed();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
