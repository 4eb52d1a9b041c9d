/** A part of the page whose code is fetched when it is wanted. Offline it is tried again for as long as it is shown. */

import { el, fill } from "./dom";
import type { Actions, Scene, Step, StepView } from "./steps/step";

const AGAIN_MS = 3000;

/** `meanwhile` stands in its place; where the focus was in it, it goes to the heading of what comes. */
export function fetched(load: (scene: Scene) => Promise<Step>, meanwhile: (scene: Scene) => HTMLElement | null, kind = ""): Step {
  return (first: Scene, actions: Actions): StepView => {
    let scene = first;
    let view: StepView | null = null;
    const element = el("div", { class: `fetched ${kind}`.trim() }, meanwhile(first));
    void bring();
    return {
      element,
      update: (now) => {
        scene = now;
        view?.update?.(now);
      },
    };

    async function bring(): Promise<void> {
      try {
        const step = await load(scene);
        if (!element.isConnected) return; // the page has gone on meanwhile
        const focused = element.contains(document.activeElement);
        view = step(scene, actions);
        fill(element, view.element);
        view.update?.(scene);
        if (focused) element.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
      } catch {
        if (element.isConnected) setTimeout(() => void bring(), AGAIN_MS);
      }
    }
  };
}
