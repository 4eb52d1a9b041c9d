/** Where the call stands on the page. Its code is loaded when it is needed; without it the visit goes on by message
 * and phone. */

import { el, fill } from "../dom";
import type { Actions, Scene, StepView } from "../steps/step";
import { callTexts } from "../words/choose";
import type { Room } from "./room";
import type { CallWords } from "./words";

const AGAIN_MS = 3000;

let room: Room | null = null;
let newest: HTMLElement | null = null;

/** The device check, while waiting to be let in. */
export const deviceCheck = (scene: Scene, actions: Actions): StepView => placed(scene, actions, "check");

/** The call, in the visit. */
export const call = (scene: Scene, actions: Actions): StepView => placed(scene, actions, "visit");

/** Hangs up and lets camera and microphone go. */
export function endCall(): void {
  room?.end();
}

function placed(first: Scene, actions: Actions, part: "check" | "visit"): StepView {
  let scene = first;
  let view: StepView | null = null;
  const element = el("div", { class: `call-place for-${part}` });
  newest = element;
  void fetched();
  return {
    element,
    update: (now) => {
      scene = now;
      view?.update?.(now);
    },
  };

  /** A page that is offline just now tries again for as long as this place is the one shown. */
  async function fetched(): Promise<void> {
    try {
      const [loaded, words] = await load(scene.words.tag);
      if (element !== newest) return;
      view = loaded.show(part, scene, words, actions);
      fill(element, view.element);
    } catch {
      if (element === newest) setTimeout(() => void fetched(), AGAIN_MS);
    }
  }
}

async function load(tag: string): Promise<[Room, CallWords]> {
  const [module, texts] = await Promise.all([import("./room"), callTexts(tag)]);
  room ??= new module.Room();
  return [room, module.callWords(texts)];
}
