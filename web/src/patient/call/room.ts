/** The call on the patient's page: one room for the life of the page; what it shows follows the stage. */

import "./call.css";
import type { Call } from "../../media/call";
import { choices } from "../../media/devices";
import { callIn, keepInCall, wasInCall } from "../../media/link";
import { LocalMedia } from "../../media/local";
import type { ConsultSession } from "../../shared/socket";
import type { Actions, Scene, StepView } from "../steps/step";
import { CallBox } from "./box";
import { DeviceCheck, type CheckState } from "./check";
import { nameIn } from "./people";
import type { CallWords } from "./words";

export { callWords } from "./words";

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
      let now = scene;
      const known = (): boolean => Boolean(now.consult?.participants[now.memberId]?.by_phone);
      const wish = { known, tell: (wanted: boolean) => actions.tell("choose_phone", { wanted }) };
      const check = new DeviceCheck(words, nameIn(scene), this.local, this.check, scene.part === "patient" ? wish : null);
      this.stopCheck = () => check.stop();
      return { element: check.element, update };
      function update(later: Scene): void {
        const before = known();
        now = later;
        if (before !== known()) check.wishChanged();
      }
    }
    const view = new CallBox(scene, words.call, actions, this.local, this.call, {
      start: () => this.start(),
      stop: () => this.stop(),
      cameras: () => this.cameras,
      consultId: () => this.session?.consultId ?? "",
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
    this.call.onChange(() => this.redraw());
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
    const { call } = this;
    const opened = await this.local.open();
    await this.count();
    if (opened && call === this.call) await call.join();
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
