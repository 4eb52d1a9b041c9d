/** "Show my medicine": the rear camera for everybody in the call, and a still picture that is sent only when asked. */

import { sendPicture, ApiError } from "../../shared/api";
import type { LocalMedia } from "../../media/local";
import { stillOf } from "../../media/still";
import { el, fill, Picture, press } from "./parts";
import type { CallWords } from "./words";

interface Whereto {
  consultId: string;
  name: string;
}

export class ShowMedicine {
  readonly element = el("section", { class: "show-medicine", "aria-labelledby": "show-title", hidden: true });
  open = false;
  private readonly live = new Picture(true);
  private still: { blob: Blob; address: string } | null = null;
  private before = { facing: "user" as "user" | "environment", on: false };

  constructor(
    private readonly words: CallWords["call"],
    private readonly local: LocalMedia,
    private readonly whereto: () => Whereto,
    private readonly changed: () => void,
  ) {
    this.live.element.classList.add("show-live");
  }

  async begin(): Promise<void> {
    if (this.open) return;
    this.open = true;
    this.before = { facing: this.local.side, on: this.local.hasCamera };
    this.changed();
    await this.local.face("environment", true);
    if (!this.open) return;
    this.draw();
    this.changed();
    this.element.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: "start" });
  }

  /** The call is over: nothing is shown, and nothing told of a picture any more. */
  end(): void {
    this.close();
    this.element.hidden = true;
  }

  /** Back to how the camera was before. */
  close(): void {
    if (!this.open) return;
    this.open = false;
    this.still = null;
    this.live.show(null);
    this.element.hidden = true;
    fill(this.element);
    void (this.before.on ? this.local.face(this.before.facing, false) : this.local.setCamera(false)).then(this.changed);
  }

  private draw(error = ""): void {
    const { show } = this.words;
    const text = this.words.showing;
    const { name } = this.whereto();
    const track = this.local.picture;
    this.element.hidden = false;
    this.live.element.setAttribute("aria-label", this.words.ownPicture);
    const title = el("h3", { id: "show-title", tabindex: "-1" }, show);
    const failed = error ? el("p", { class: "error", role: "alert" }, error) : null;
    const back = press(text.close, "back", () => this.close(), "quiet-press");
    if (this.still) {
      const picture = el("img", { src: this.still.address, alt: text.still, class: "show-still" });
      fill(this.element, title, picture, el("p", {}, text.consent(name)), failed, this.sendButton(), press(text.again, "again", () => this.retake()), back);
    } else if (track) {
      this.live.show(new MediaStream([track]));
      fill(this.element, title, this.live.element, el("p", {}, text.hold(name)), failed, press(text.take, "camera", () => this.take(), "main-press"), back);
      this.live.play();
    } else {
      fill(this.element, title, el("p", {}, text.noCamera), back);
    }
  }

  private async take(): Promise<void> {
    const blob = await stillOf(this.live.element);
    if (!this.open) return;
    if (!blob) return this.draw(this.words.showing.failed);
    this.still = { blob, address: await dataUrl(blob) };
    this.draw();
    this.element.querySelector<HTMLElement>(".main-press")?.focus();
  }

  private retake(): void {
    this.still = null;
    this.draw();
    this.element.querySelector<HTMLElement>(".main-press")?.focus();
  }

  private sendButton(): HTMLButtonElement {
    const text = this.words.showing;
    const button = press(text.send, "yes", () => void this.send(button), "main-press");
    return button;
  }

  private async send(button: HTMLButtonElement): Promise<void> {
    if (!this.still) return;
    const text = this.words.showing;
    const { consultId, name } = this.whereto();
    button.disabled = true;
    try {
      await sendPicture(consultId, this.still.blob);
      this.close();
      this.element.hidden = false;
      const sent = el("p", { class: "sent", tabindex: "-1" }, text.sent(name));
      fill(this.element, sent);
      sent.focus();
    } catch (error) {
      const many = error instanceof ApiError && error.code === "too-many-pictures";
      this.draw(many ? text.many : text.failed);
    }
  }

}

/** The page's policy shows no blob: addresses. */
function dataUrl(blob: Blob): Promise<string> {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(blob);
  });
}
