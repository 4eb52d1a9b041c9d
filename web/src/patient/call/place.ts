/** Where the call stands on the page. Its code is loaded when it is needed; without it the visit goes on by message
 * and phone. */

import { fetched } from "../fetched";
import type { Step } from "../steps/step";
import { callTexts } from "../words/choose";
import type { Room } from "./room";

let room: Room | null = null;

/** The device check, while waiting to be let in. */
export const deviceCheck: Step = placed("check");

/** The call, in the visit. */
export const call: Step = placed("visit");

/** Hangs up and lets camera and microphone go. */
export function endCall(): void {
  room?.end();
}

function placed(part: "check" | "visit"): Step {
  return fetched(
    async (scene) => {
      const [module, texts] = await Promise.all([import("./room"), callTexts(scene.words.tag)]);
      const loaded = (room ??= new module.Room());
      const words = module.callWords(texts);
      return (now, actions) => loaded.show(part, now, words, actions);
    },
    () => null,
    `call-place for-${part}`,
  );
}
