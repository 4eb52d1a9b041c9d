/** Where the call stands on the page. Its code is loaded when it is needed; without it the visit goes on by message
 * and phone. */

import { el, fill } from "../dom";
import type { Room } from "./call-room";
import type { Actions, Scene, StepView } from "./step";

let room: Room | null = null;
let loading: Promise<Room | null> | null = null;

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
  void load().then((loaded) => {
    if (loaded === null) return;
    view = loaded.show(part, scene, actions);
    fill(element, view.element);
  });
  return {
    element,
    update: (now) => {
      scene = now;
      view?.update?.(now);
    },
  };
}

async function load(): Promise<Room | null> {
  loading ??= import("./call-room").then(
    (module) => (room = new module.Room()),
    () => (loading = null),
  );
  return loading;
}
