/** Work that may wait until what was typed is on the screen. */

/** `soon` runs the work once, however often it is called: behind the next frame, at once where nobody looks. */
export function behindFrame(work: () => void): { soon: () => void; now: () => void } {
  let waits = false;
  const now = (): void => {
    if (!waits) return;
    waits = false;
    work();
  };
  const soon = (): void => {
    if (waits) return;
    waits = true;
    if (document.hidden) return now();
    requestAnimationFrame(() => setTimeout(now)); // in the frame itself it would hold up the drawing
    setTimeout(now, 100); // a window that is covered gets no frames
  };
  return { soon, now };
}
