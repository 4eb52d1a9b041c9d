/** The frame around the steps: one step at a time, the language, the connection, the quiet announcements. */

import { el, fill, heading } from "./dom";
import type { Stage } from "./stage";
import { fetched } from "./fetched";
import { confirm, invited } from "./steps/confirm";
import { noLink, opening } from "./steps/telling";
import type { Actions, Scene, Step, StepView } from "./steps/step";
import { waiting } from "./steps/waiting";
import { LANGUAGES } from "./words/choose";
import type { Words } from "./words/words";

/** What comes after the waiting room is not needed to get there. */
function later(name: "visit" | "left" | "after" | "expired" | "missed" | "done"): Step {
  const meanwhile = ({ words }: Scene): HTMLElement => el("div", { class: "step" }, heading(words.title), el("p", {}, words.opening));
  return fetched(async () => (await import("./steps/later"))[name], meanwhile);
}

const STEPS: Record<Stage, Step> = {
  opening,
  confirm,
  invited,
  "no-link": noLink,
  expired: later("expired"),
  waiting,
  visit: later("visit"),
  left: later("left"),
  after: later("after"),
  missed: later("missed"),
  done: later("done"),
};

export class Page {
  private stage: Stage | null = null;
  private tag = "";
  private step: StepView | null = null;
  private readonly main = document.querySelector<HTMLElement>("#patient")!;
  private readonly status = document.querySelector<HTMLElement>("#status")!;
  private readonly languages = document.querySelector<HTMLElement>(".languages")!;
  private readonly lost = el("p", { class: "notice", role: "status" });
  private readonly foot = document.querySelector<HTMLElement>("footer.help")!;
  private readonly noPhone = this.foot.hidden;

  constructor(
    private readonly actions: Omit<Actions, "announce">,
    private readonly choose: (tag: string) => Promise<void>,
  ) {
    this.lost.hidden = true;
    this.foot.prepend(this.lost); // the foot is in sight wherever the page is read
  }

  /** Draws a new step where the stage or the language has changed; else hands the step the newer values. */
  show(stage: Stage, scene: Scene): void {
    if (stage === this.stage && scene.words.tag === this.tag) return this.step?.update?.(scene);
    const first = this.stage === null || (this.stage === "opening" && (stage === "confirm" || stage === "invited"));
    const turned = stage !== this.stage;
    this.stage = stage;
    this.frame(scene.words);
    this.step = STEPS[stage](scene, { ...this.actions, announce: (words) => this.announce(words) });
    this.step.update?.(scene);
    fill(this.main, this.step.element);
    if (turned && !first) {
      scrollTo({ top: 0 });
      this.main.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
    }
  }

  connection(words: Words, lost: boolean): void {
    if (!lost && !this.lost.hidden) this.announce(words.connection.back);
    this.lost.hidden = !lost;
    this.foot.hidden = this.noPhone && !lost;
    fill(this.lost, lost ? words.connection.lost : "");
  }

  announce(words: string): void {
    fill(this.status, words);
  }

  private frame(words: Words): void {
    if (words.tag === this.tag) return;
    this.tag = words.tag;
    document.documentElement.lang = words.tag;
    const site = document.querySelector<HTMLMetaElement>('meta[name="consult-site"]')?.content ?? "";
    document.title = `${words.title} · ${site}`;
    fill(document.querySelector(".help-words")!, words.help);
    this.languages.setAttribute("aria-label", words.language);
    fill(this.languages, ...LANGUAGES.map((one) => this.languageButton(one.tag, one.name)));
  }

  private languageButton(tag: string, name: string): HTMLElement {
    const press = (): void =>
      void this.choose(tag).then(
        () => this.languages.querySelector<HTMLElement>(`[lang="${tag}"]`)?.focus(),
        () => this.announce(name), // the language cannot be fetched now; the page stays as it is
      );
    return el("button", { type: "button", lang: tag, "aria-pressed": String(tag === this.tag), onclick: press }, name);
  }
}
