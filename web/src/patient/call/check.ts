/** The device check: allow, see yourself, speak, hear. One thing at a time, each can be skipped. */

import { choices } from "../../media/devices";
import type { LocalMedia } from "../../media/local";
import { el, fill, helpPhone, levelBar, Picture, playTones, press } from "./parts";
import { deviceOf, type CallWords } from "./words";

export type At = "allow" | "see" | "speak" | "hear" | "ready" | "phone";

/** How far this person has come; kept when the page is drawn anew. `help`: what to do about the present step. */
export interface CheckState {
  at: At;
  help: boolean;
}

/** Whether the pharmacist knows that this person would rather talk by phone, and how to tell it. */
export interface PhoneWish {
  known: () => boolean;
  tell: (wanted: boolean) => Promise<void>;
}

const STEPS: readonly At[] = ["allow", "see", "speak", "hear"];

/** The step after one; what there is no device for is left out. */
export function nextOf(at: At, has: { camera: boolean; microphone: boolean }): At {
  if (at === "allow" && has.camera) return "see";
  if ((at === "allow" || at === "see") && has.microphone) return "speak";
  return at === "hear" ? "ready" : "hear";
}

export class DeviceCheck {
  readonly element: HTMLElement;
  private readonly body = el("div", { class: "check-body" });
  private readonly picture = new Picture(true);
  private bar: ReturnType<typeof levelBar> | null = null;
  private cameras = 0;
  private microphones = 0;
  private busy = false;
  private untold = false;
  /** How often the browser's question was closed: some browsers ask only once, then only their settings help. */
  private closed = 0;

  constructor(
    private readonly all: CallWords,
    private readonly name: string,
    private readonly local: LocalMedia,
    private readonly state: CheckState,
    private readonly phoneWish: PhoneWish | null,
  ) {
    if (phoneWish?.known()) state.at = "phone";
    const title = el("h2", { id: "check-title" }, this.all.check.heading);
    this.element = el("section", { class: "panel check", "aria-labelledby": "check-title" }, title, this.body);
    void this.count().then(() => this.draw(false));
    this.draw(false);
  }

  /** Lets the microphone's sound go; camera and microphone stay open for the call. */
  stop(): void {
    this.bar?.stop();
    this.bar = null;
  }

  private get has(): { camera: boolean; microphone: boolean } {
    return { camera: this.local.hasCamera, microphone: this.local.microphone !== null };
  }

  private draw(moved: boolean): void {
    this.stop();
    const { at } = this.state;
    const words = this.all.check;
    const number = STEPS.indexOf(at) + 1;
    fill(
      this.body,
      number > 0 && el("p", { class: "small" }, words.step(number, STEPS.length)),
      ...this[at](),
      number > 1 && this.state.help && press(words.skip, "go", () => this.go(nextOf(at, this.has)), "quiet-press"),
      number > 0 && this.phoneWish && press(words.phone, "phone", () => this.choosePhone(), "quiet-press"),
    );
    this.picture.play();
    if (!moved) return;
    this.body.querySelector<HTMLElement>("[tabindex='-1']")?.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "start" });
  }

  private go(at: At): void {
    this.state.at = at;
    this.state.help = false;
    this.draw(true);
  }

  private help(): void {
    this.state.help = true;
    this.draw(true);
  }

  private said(text: string, kind = ""): HTMLElement {
    return el("p", { tabindex: "-1", class: `check-said ${kind}`.trim() }, text);
  }

  private asked(text: string): HTMLElement {
    return this.said(text, "is-question");
  }

  private helped(text: string): HTMLElement | null {
    return this.state.help ? el("p", { class: "notice" }, text) : null;
  }

  // --- the steps

  private allow(): (HTMLElement | null)[] {
    const words = this.all.check;
    const { problem } = this.local;
    if (!problem) return [this.said(words.ask(this.name)), press(words.allow, "camera", () => this.open(), "main-press")];
    const device = deviceOf(navigator.userAgent, navigator.maxTouchPoints);
    const told = problem === "blocked" || (problem === "dismissed" && this.closed > 1) ? words.blocked[device] : words.problems[problem];
    const { camera, microphone } = this.has;
    const works = camera ? words.works.camera : microphone ? words.works.microphone : "";
    return [
      works ? el("p", { class: "check-works" }, works) : null,
      this.said(told),
      press(words.again, "again", () => this.open(), "main-press"),
      press(microphone ? words.soundOnly : words.without, "go", () => this.go(nextOf("allow", this.has))),
    ];
  }

  private see(): (HTMLElement | null)[] {
    const words = this.all.check;
    return [
      this.asked(words.see),
      this.self(),
      this.helped(words.seeHelp),
      press(words.seeYes, "yes", () => this.go(nextOf("see", this.has)), "main-press"),
      this.state.help && this.cameras > 1 ? press(words.seeOther, "flip", () => this.other("video")) : null,
      this.state.help ? null : press(words.seeNo, "camera", () => this.help(), "", true),
    ];
  }

  private speak(): (HTMLElement | null)[] {
    const words = this.all.check;
    const { microphone } = this.local;
    const heard = el("p", { role: "status", class: "heard" });
    this.bar = microphone && levelBar(microphone, words.level, (yes) => fill(heard, yes ? words.heard : words.unheard));
    return [
      this.asked(words.speak),
      this.bar?.element ?? null,
      heard,
      this.helped(words.speakHelp),
      press(words.speakYes, "yes", () => this.go("hear"), "main-press"),
      this.state.help && this.microphones > 1 ? press(words.speakOther, "mic", () => this.other("audio")) : null,
      this.state.help ? null : press(words.speakNo, "mic", () => this.help(), "", true),
    ];
  }

  private hear(): (HTMLElement | null)[] {
    const words = this.all.check;
    return [
      this.asked(words.hear),
      press(words.play, "sound", playTones),
      this.helped(words.hearHelp),
      press(words.hearYes, "yes", () => this.go("ready"), "main-press"),
      this.state.help ? null : press(words.hearNo, "sound", () => this.help(), "", true),
    ];
  }

  private ready(): (HTMLElement | null)[] {
    const words = this.all.check;
    const { camera, microphone } = this.has;
    return [
      this.said((camera || microphone ? words.ready : words.readySilent)(this.name)),
      camera ? this.self() : null,
      press(words.redo, "again", () => this.go("allow"), "quiet-press"),
    ];
  }

  private phone(): (HTMLElement | null)[] {
    const words = this.all.check;
    const told = this.phoneWish?.known() ? words.phoneChosen(this.name, helpPhone().words) : "";
    return [
      this.said(told || (this.untold ? words.phoneUntold : words.phoneTelling)(this.name)),
      this.untold && !told ? press(words.again, "again", () => this.choosePhone(), "main-press") : null,
      press(words.phoneBack, "camera", () => this.chooseCamera(), "quiet-press"),
    ];
  }

  // --- devices

  private async open(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await this.local.openMissing();
    await this.count();
    this.busy = false;
    if (this.local.problem === "dismissed") this.closed += 1;
    if (this.state.at !== "allow") return;
    if (this.local.problem) this.draw(true);
    else this.go(nextOf("allow", this.has));
  }

  private async count(): Promise<void> {
    this.cameras = (await choices("video")).length;
    this.microphones = (await choices("audio")).length;
  }

  private self(): HTMLElement {
    const { element } = this.picture;
    element.classList.toggle("is-mirrored", this.local.mirrored);
    element.setAttribute("aria-label", this.all.call.ownPicture);
    this.picture.show(this.local.picture && new MediaStream([this.local.picture]));
    return element;
  }

  private async other(kind: "audio" | "video"): Promise<void> {
    if (kind === "video") await this.local.flip();
    else {
      const found = await choices("audio");
      const at = found.findIndex((one) => one.id === this.local.microphoneId);
      const next = found[(at + 1) % Math.max(1, found.length)];
      if (next) await this.local.choose("audio", next.id);
    }
    this.draw(false);
  }

  private choosePhone(): void {
    this.untold = false;
    this.local.close();
    this.go("phone");
    void this.wish(true);
  }

  private chooseCamera(): void {
    this.go("allow");
    void this.wish(false);
  }

  /** The pharmacist is told; what is shown here follows what was saved. */
  private async wish(wanted: boolean): Promise<void> {
    await this.phoneWish?.tell(wanted).catch(() => (this.untold = wanted));
    if (this.untold) this.wishChanged();
  }

  wishChanged(): void {
    if (this.state.at === "phone") this.draw(true);
  }
}
