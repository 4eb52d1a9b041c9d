/** The call in the visit: large the pharmacist, small the own picture, and buttons that never hide. */

import type { Call, CallView, Other } from "../../media/call";
import type { LocalMedia } from "../../media/local";
import type { Actions, Scene } from "../steps/step";
import { Faces } from "./faces";
import { el, fill, helpPhone, press } from "./parts";
import { mainOf, nameIn, personIn } from "./people";
import { ShowMedicine } from "./show";
import type { CallWords } from "./words";

interface Deeds {
  start: () => Promise<void>;
  stop: () => void;
  cameras: () => number;
  consultId: () => string;
}

export class CallBox {
  readonly element: HTMLElement;
  private readonly faces: Faces;
  private readonly status = el("p", { class: "call-status" });
  private readonly note = el("p", { class: "notice call-note" });
  private readonly buttons = el("div", { class: "call-buttons" });
  private readonly second = el("div", { class: "call-second" });
  private readonly main: HTMLElement;
  private readonly invite = el("div", { class: "call-invite" });
  private readonly also = el("p", { class: "small call-also" });
  private readonly shower: ShowMedicine;
  private drawn = "";
  private held = false;
  private starting = false;
  private wasWeak = false;

  constructor(
    private scene: Scene,
    private readonly words: CallWords["call"],
    private readonly actions: Actions,
    private readonly local: LocalMedia,
    private readonly call: Call | null,
    private readonly deeds: Deeds,
  ) {
    this.faces = new Faces(words, (held) => {
      if (held === this.held) return;
      this.held = held;
      this.draw();
    });
    this.shower = new ShowMedicine(words, local, () => ({ consultId: deeds.consultId(), name: this.name }), () => this.draw());
    const title = el("h2", { id: "call-title", class: "unseen" }, this.words.heading);
    this.main = el("div", { class: "call-main" }, this.faces.element, this.faces.larger, this.status, this.buttons);
    this.element = el(
      "section",
      { class: "call-box", "aria-labelledby": "call-title" },
      title,
      this.main,
      el("div", { class: "call-more" }, this.also, this.note, this.invite, this.second, this.shower.element),
    );
    this.draw();
  }

  take(scene: Scene): void {
    this.scene = scene;
    this.draw();
  }

  draw(): void {
    const view: CallView = this.call?.view ?? { state: "idle", code: "", others: [], members: [] };
    const joined = view.state === "joining" || view.state === "joined";
    for (const part of [this.main, this.second]) part.hidden = !joined;
    if (!joined) this.shower.end();
    this.invite.hidden = joined;
    this.main.classList.toggle("is-showing", this.shower.open);
    if (joined) this.drawCall(view);
    else this.drawInvite(view);
  }

  private get name(): string {
    return nameIn(this.scene);
  }

  private drawCall(view: CallView): void {
    const other = mainOf(this.scene, view.others);
    this.faces.draw(this.scene, view.others, this.local, this.element.isConnected);
    this.drawAlso(view);
    const words = this.statusWords(other);
    if (this.status.textContent !== words) {
      fill(this.status, words);
      this.actions.announce(words);
    }
    if (this.wasWeak && !this.local.weak && this.local.hasCamera) this.actions.announce(this.words.ownBack);
    this.wasWeak = this.local.weak;
    const note = this.noteWords();
    this.note.hidden = !note;
    if (this.note.textContent !== note) {
      fill(this.note, note);
      if (note) this.actions.announce(note);
    }
    const { mic } = this.local.sending;
    const camera = this.local.hasCamera;
    const { tag } = this.scene.words;
    this.keepFocus(this.buttons, JSON.stringify([tag, mic, camera, this.held]), () => [
      this.held && press(this.words.hear, "sound", () => this.faces.play(), "main-press"),
      press(mic ? this.words.mute : this.words.unmute, "mic", () => this.local.setMuted(mic), mic ? "" : "is-off", !mic),
      press(camera ? this.words.cameraOff : this.words.cameraOn, "camera", () => this.local.setCamera(!camera), camera ? "" : "is-off", !camera),
      press(this.words.hangUp, "end", this.deeds.stop, "hang-up"),
    ]);
    this.keepFocus(this.second, JSON.stringify([tag, camera, this.deeds.cameras() > 1, this.shower.open]), () =>
      this.shower.open ? [] : [this.scene.part !== "interpreter" && press(this.words.show, "bottle", () => this.shower.begin()), this.deeds.cameras() > 1 && this.flip(camera)],
    );
  }

  /** Stays in its place while the camera is off, so that no other button moves under the hand. */
  private flip(camera: boolean): HTMLButtonElement {
    const flip = press(this.words.flip, "flip", () => this.local.flip());
    flip.disabled = !camera;
    return flip;
  }

  /** Everybody who hears is named; who comes or goes is told. */
  private drawAlso(view: CallView): void {
    const main = mainOf(this.scene, view.others)?.id;
    const ids = view.members.filter((id) => id !== this.scene.memberId && id !== main);
    const names = ids.map((id) => personIn(this.scene, id, this.words)).filter(Boolean);
    const words = names.length ? this.words.also(names.join("; ")) : "";
    this.also.hidden = !words;
    if (words === this.also.textContent) return;
    fill(this.also, words);
    if (words) this.actions.announce(words);
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
    this.faces.clear();
    this.note.hidden = this.also.hidden = true;
    const pharmacists = Object.values(this.scene.consult?.participants ?? {}).filter((one) => one.role === "pharmacist");
    const there = pharmacists.some((one) => view.members.includes(one.id));
    const moved = view.state === "moved";
    const phoned = Boolean(this.scene.consult?.participants[this.scene.memberId]?.by_phone);
    const words = moved ? this.words.moved : view.code === "call-full" ? this.words.full : (there ? this.words.there : phoned ? this.words.phoned : this.words.invite)(this.name);
    const phone = helpPhone();
    this.keepFocus(this.invite, JSON.stringify([this.scene.words.tag, words]), () => [
      el("p", {}, words),
      press(moved ? this.words.here : this.words.join, "camera", () => this.begin(), phoned && !there ? "quiet-press" : "main-press"),
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
    if (this.scene.consult?.participants[this.scene.memberId]?.by_phone) void this.actions.tell("choose_phone", { wanted: false }).catch(() => undefined);
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
