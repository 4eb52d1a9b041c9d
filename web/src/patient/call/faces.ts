/** The pictures of the call: large the pharmacist, beside it whoever else takes part, small in the corner the own. */

import type { Other } from "../../media/call";
import type { LocalMedia } from "../../media/local";
import type { Scene } from "../steps/step";
import { el, fill, Picture, press } from "./parts";
import { mainOf, personIn } from "./people";
import { WholeScreen } from "./whole";
import type { CallWords } from "./words";

export class Faces {
  readonly element = el("div", { class: "call-stage" });
  private readonly own = new Picture(true);
  private readonly pictures = new Map<string, { picture: Picture; tile: HTMLElement; name: HTMLElement }>();
  private readonly withheld = new Set<string>();
  private ownTrack: MediaStreamTrack | null = null;
  private readonly whole: WholeScreen;
  /** Below the picture, so that nothing of it is covered. */
  readonly larger: HTMLButtonElement;
  private screen: MediaStream | null = null;

  constructor(
    private readonly words: CallWords["call"],
    private readonly held: (held: boolean) => void,
  ) {
    this.whole = new WholeScreen(words);
    this.larger = press(words.larger, "larger", () => this.enlarge(), "larger-press");
    this.larger.hidden = true;
  }

  private enlarge(): void {
    if (this.screen) this.whole.open(this.screen);
  }

  play(): void {
    for (const { picture } of this.pictures.values()) picture.play();
  }

  clear(): void {
    this.draw(null, [], null, false);
  }

  draw(scene: Scene | null, others: readonly Other[], local: LocalMedia | null, onPage: boolean): void {
    const main = scene && mainOf(scene, others);
    const rest = others.filter((one) => one !== main);
    const shown = main ? [main, ...rest.filter(sees), ...rest.filter((one) => !sees(one))] : [];
    const several = shown.filter(sees).length > 1;
    for (const [id, { picture }] of this.pictures) {
      if (shown.some((one) => one.id === id)) continue;
      picture.show(null);
      this.pictures.delete(id);
      this.hold(id, false);
    }
    const tiles = shown.map((other) => this.tile(other, scene!, several, other === main));
    this.drawOwn(local);
    this.screen = main?.sending.screen ? main.stream : null;
    if (!this.screen) this.whole.close();
    this.larger.hidden = this.screen === null;
    const wanted = [...tiles, this.own.element];
    this.element.classList.toggle("is-several", several);
    this.element.classList.toggle("has-screen", this.screen !== null);
    if (wanted.some((one, at) => this.element.children[at] !== one) || this.element.children.length !== wanted.length) {
      fill(this.element, ...wanted);
    }
    if (!onPage) return;
    for (const one of [this.own, ...[...this.pictures.values()].map(({ picture }) => picture)]) if (one.element.paused) one.play();
  }

  /** Who sends no picture is heard and takes no room, except the one whom the large picture is for. */
  private tile(other: Other, scene: Scene, several: boolean, main: boolean): HTMLElement {
    const who = personIn(scene, other.id, this.words);
    const known = this.pictures.get(other.id) ?? this.made(other.id);
    const { picture, tile, name } = known;
    const away = !sees(other);
    tile.hidden = away && !main;
    picture.element.classList.toggle("is-away", away);
    picture.element.setAttribute("aria-label", this.words.pictureOf(who.split(",")[0] || scene.words.someone));
    if (picture.element.srcObject !== other.stream) picture.show(other.stream);
    name.hidden = !several;
    const called = who.split(",")[0]!;
    if (name.textContent !== called) fill(name, called);
    return tile;
  }

  private made(id: string): { picture: Picture; tile: HTMLElement; name: HTMLElement } {
    const picture = new Picture(false, (held) => this.hold(id, held));
    const name = el("p", { class: "tile-name" });
    const made = { picture, name, tile: el("div", { class: "tile" }, picture.element, name) };
    // Beside the button, which a keyboard finds: a picture that is small is pressed.
    picture.element.addEventListener("click", () => picture.element.srcObject === this.screen && this.enlarge());
    this.pictures.set(id, made);
    return made;
  }

  private hold(id: string, held: boolean): void {
    if (held) this.withheld.add(id);
    else this.withheld.delete(id);
    this.held(this.withheld.size > 0);
  }

  private drawOwn(local: LocalMedia | null): void {
    const track = local?.picture ?? null;
    if (track !== this.ownTrack) {
      this.ownTrack = track;
      this.own.show(track && new MediaStream([track]));
    }
    this.own.element.hidden = track === null;
    this.own.element.classList.toggle("is-mirrored", local?.mirrored ?? false);
    this.own.element.setAttribute("aria-label", this.words.ownPicture);
  }
}

const sees = ({ connection, sending }: Other): boolean => connection !== "connecting" && (sending.camera || sending.screen);
