/** The call on the patient's page: one room for the life of the page; what it shows follows the stage. */

import "./call.css";
import type { Call, CallView, Other } from "../../media/call";
import { choices } from "../../media/devices";
import { callIn, keepInCall, wasInCall } from "../../media/link";
import { LocalMedia } from "../../media/local";
import type { ConsultSession } from "../../shared/socket";
import { pharmacistName } from "../stage";
import { DeviceCheck, type CheckState } from "./check";
import { el, fill, helpPhone, Picture, press } from "./parts";
import type { CallWords } from "./words";

export { callWords } from "./words";
import type { Actions, Scene, StepView } from "../steps/step";

export class Room {
  private readonly local = new LocalMedia();
  private readonly check: CheckState = { at: "allow", help: false };
  private call: Call | null = null;
  private session: ConsultSession | null = null;
  private redraw: () => void = () => undefined;
  private stopCheck: () => void = () => undefined;
  private cameras = 0;

  constructor() {
    this.local.onChange(() => this.redraw());
  }

  show(part: "check" | "visit", scene: Scene, words: CallWords, actions: Actions): StepView {
    this.stopCheck();
    this.stopCheck = this.redraw = () => undefined;
    this.follow(actions.session());
    if (part === "check") {
      const check = new DeviceCheck(words, nameIn(scene), this.local, this.check);
      this.stopCheck = () => check.stop();
      return { element: check.element };
    }
    const view = new CallBox(scene, words.call, actions, this.local, this.call, {
      start: () => this.start(),
      stop: () => this.stop(),
      cameras: () => this.cameras,
    });
    this.redraw = () => view.draw();
    this.startByItself();
    void this.count();
    return { element: view.element, update: (now) => view.take(now) };
  }

  end(): void {
    this.call?.leave();
    this.local.close();
    if (this.session) keepInCall(this.session.consultId, false);
  }

  private follow(session: ConsultSession | null): void {
    if (session === null || session === this.session) return;
    this.call?.leave();
    this.session = session;
    this.call = callIn(session, this.local);
    this.call.onChange((view) => {
      if (view.state === "moved") this.local.close();
      this.redraw();
    });
  }

  /** Only what the person has asked for: the check was done, or the call stood before the page was loaded again. */
  private startByItself(): void {
    const checked = this.check.at !== "phone" && (this.local.hasCamera || this.local.microphone !== null);
    const again = this.session !== null && wasInCall(this.session.consultId);
    if (this.call?.view.state === "idle" && (checked || again)) void this.start();
  }

  private async start(): Promise<void> {
    if (!this.session || !this.call) return;
    keepInCall(this.session.consultId, true);
    await this.local.open();
    await this.count();
    await this.call.join();
  }

  private stop(): void {
    if (this.session) keepInCall(this.session.consultId, false);
    this.call?.leave();
    this.local.close();
  }

  private async count(): Promise<void> {
    this.cameras = (await choices("video")).length;
    this.redraw();
  }
}

interface Deeds {
  start: () => Promise<void>;
  stop: () => void;
  cameras: () => number;
}

/** The call in the visit: large the pharmacist, small the own picture, and buttons that never hide. */
class CallBox {
  readonly element: HTMLElement;
  private readonly theirs: Picture;
  private readonly own = new Picture(true);
  private readonly stage = el("div", { class: "call-stage" });
  private readonly status = el("p", { class: "call-status" });
  private readonly note = el("p", { class: "notice call-note" });
  private readonly buttons = el("div", { class: "call-buttons" });
  private readonly invite = el("div", { class: "call-invite" });
  private drawn = "";
  private held = false;
  private starting = false;
  private ownTrack: MediaStreamTrack | null = null;

  constructor(
    private scene: Scene,
    private readonly words: CallWords["call"],
    private readonly actions: Actions,
    private readonly local: LocalMedia,
    private readonly call: Call | null,
    private readonly deeds: Deeds,
  ) {
    this.theirs = new Picture(false, (held) => {
      if (held === this.held) return;
      this.held = held;
      this.draw();
    });
    const title = el("h2", { id: "call-title", class: "unseen" }, this.words.heading);
    this.element = el("section", { class: "call-box", "aria-labelledby": "call-title" }, title, this.stage, this.status, this.note, this.buttons, this.invite);
    this.draw();
  }

  take(scene: Scene): void {
    this.scene = scene;
    this.draw();
  }

  draw(): void {
    const view: CallView = this.call?.view ?? { state: "idle", code: "", others: [], members: [] };
    const joined = view.state === "joining" || view.state === "joined";
    for (const part of [this.stage, this.status, this.buttons]) part.hidden = !joined;
    this.invite.hidden = joined;
    this.element.classList.toggle("is-on", joined);
    if (joined) this.drawCall(view);
    else this.drawInvite(view);
  }

  private get name(): string {
    return nameIn(this.scene);
  }

  private drawCall(view: CallView): void {
    const other = view.others[0];
    this.drawPictures(other);
    const words = this.statusWords(other);
    if (this.status.textContent !== words) {
      fill(this.status, words);
      this.actions.announce(words);
    }
    const note = this.noteWords();
    this.note.hidden = !note;
    fill(this.note, note);
    const { mic } = this.local.sending;
    const camera = this.local.hasCamera;
    this.keepFocus(this.buttons, JSON.stringify([this.scene.words.tag, mic, camera, this.held, this.deeds.cameras() > 1]), () => [
      this.held && press(this.words.hear, "sound", () => this.theirs.play(), "main-press"),
      press(mic ? this.words.mute : this.words.unmute, "mic", () => this.local.setMuted(mic), mic ? "" : "is-off", !mic),
      press(camera ? this.words.cameraOff : this.words.cameraOn, "camera", () => this.local.setCamera(!camera), camera ? "" : "is-off", !camera),
      this.deeds.cameras() > 1 && this.flip(camera),
      press(this.words.hangUp, "end", this.deeds.stop, "hang-up"),
    ]);
  }

  /** Stays in its place while the camera is off, so that no other button moves under the hand. */
  private flip(camera: boolean): HTMLButtonElement {
    const flip = press(this.words.flip, "flip", () => this.local.flip());
    flip.disabled = !camera;
    return flip;
  }

  private drawPictures(other: Other | undefined): void {
    const shown = other !== undefined && other.connection !== "connecting" && (other.sending.camera || other.sending.screen);
    this.theirs.element.classList.toggle("is-away", !shown);
    this.theirs.element.setAttribute("aria-label", this.words.pictureOf(this.name));
    if (this.theirs.element.srcObject !== (other?.stream ?? null)) this.theirs.show(other?.stream ?? null);
    const track = this.local.picture;
    if (track !== this.ownTrack) {
      this.ownTrack = track;
      this.own.show(track && new MediaStream([track]));
    }
    this.own.element.hidden = track === null;
    this.own.element.classList.toggle("is-mirrored", this.local.mirrored);
    this.own.element.setAttribute("aria-label", this.words.ownPicture);
    if (!this.theirs.element.isConnected || this.theirs.element.parentElement !== this.stage) {
      fill(this.stage, this.theirs.element, this.own.element);
    }
    if (this.element.isConnected) for (const one of [this.theirs, this.own]) if (one.element.paused) one.play();
  }

  private statusWords(other: Other | undefined): string {
    if (!other) return this.words.waitingFor(this.name);
    if (other.connection === "connecting") return this.words.connecting(this.name);
    if (other.connection === "lost") return this.words.lost(this.name);
    const { mic, camera, screen, weak } = other.sending;
    if (screen) return this.words.screen(this.name);
    if (!mic) return this.words.theirMuted(this.name);
    if (!camera) return (weak ? this.words.theirWeak : this.words.theirCamera)(this.name);
    return this.words.talking(this.name);
  }

  private noteWords(): string {
    if (this.local.weak) return this.words.ownWeak;
    return this.local.microphone === null ? this.words.listenOnly : "";
  }

  private drawInvite(view: CallView): void {
    this.theirs.show(null);
    this.own.show(null);
    this.ownTrack = null;
    this.note.hidden = true;
    const pharmacists = Object.values(this.scene.consult?.participants ?? {}).filter((one) => one.role === "pharmacist");
    const there = pharmacists.some((one) => view.members.includes(one.id));
    const moved = view.state === "moved";
    const words = moved ? this.words.moved : (there ? this.words.there : this.words.invite)(this.name);
    const phone = helpPhone();
    this.keepFocus(this.invite, JSON.stringify([this.scene.words.tag, words]), () => [
      el("p", {}, words),
      press(moved ? this.words.here : this.words.join, "camera", () => this.begin(), "main-press"),
      phone.words ? el("p", { class: "small" }, this.words.orPhone(phone.words)) : null,
    ]);
    if (there && !moved) this.announceOnce(words);
  }

  private said = "";
  private announceOnce(words: string): void {
    if (words === this.said) return;
    this.said = words;
    this.actions.announce(words);
  }

  private async begin(): Promise<void> {
    if (this.starting) return;
    this.starting = true;
    await this.deeds.start();
    this.starting = false;
  }

  /** Draws a part anew only where its words change, and leaves the focus on the button in the same place. */
  private keepFocus(part: HTMLElement, key: string, make: () => (Node | null | false)[]): void {
    if (this.drawn === part.className + key) return;
    this.drawn = part.className + key;
    const at = [...part.children].indexOf(document.activeElement as Element);
    fill(part, ...make());
    if (at >= 0) (part.children[Math.min(at, part.children.length - 1)] as HTMLElement | undefined)?.focus();
  }
}

export function nameIn({ consult, visit, words }: Scene): string {
  const told = visit?.pharmacist_name ?? "";
  return (consult ? pharmacistName(consult, told) : told) || words.someone;
}
