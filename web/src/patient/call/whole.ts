/** A shared screen over the whole page, for whoever cannot read it in its place. */

import { el, Picture, press } from "./parts";
import type { CallWords } from "./words";

export class WholeScreen {
  private readonly picture = new Picture(false);
  private readonly dialog: HTMLDialogElement;

  constructor(words: CallWords["call"]) {
    this.picture.element.muted = true; // the sound comes from the picture in its place
    this.picture.element.setAttribute("aria-label", words.whole);
    const back = press(words.showing.close, "back", () => this.close(), "main-press");
    this.dialog = el("dialog", { class: "whole-screen", "aria-label": words.whole }, this.picture.element, el("p", { class: "whole-hint" }, words.turn), back);
    this.dialog.addEventListener("close", () => {
      this.picture.show(null);
      this.dialog.remove();
    });
    this.picture.element.addEventListener("click", () => this.close());
  }

  open(stream: MediaStream): void {
    if (this.dialog.open) return;
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.picture.show(stream);
  }

  close(): void {
    if (this.dialog.open) this.dialog.close();
  }
}
