import { effect } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { behindFrame } from "../../src/shared/frame";
import { inParts } from "../../src/shared/parts";

describe("a value in parts", () => {
  it("tells only those who have read what changed", () => {
    const { parts, set } = inParts({ alerts: ["a"], order: ["1"] });
    const drawn: string[] = [];
    effect(() => void drawn.push(`alerts ${parts.value.alerts.length}`));
    effect(() => void drawn.push(`lines ${parts.value.order.length}`));
    drawn.length = 0;

    set({ ...parts.value, alerts: ["a", "b"] });

    expect(drawn).toEqual(["alerts 2"]);
    expect({ ...parts.value }).toEqual({ alerts: ["a", "b"], order: ["1"] });
  });
});

describe("work behind the frame", () => {
  let frames: (() => void)[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    frames = [];
    vi.stubGlobal("document", { hidden: false });
    vi.stubGlobal("requestAnimationFrame", (then: () => void) => frames.push(then));
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is done once for all that asked, after the frame", () => {
    const work = vi.fn();
    const shown = behindFrame(work);
    shown.soon();
    shown.soon();
    expect(work).not.toHaveBeenCalled();
    frames.forEach((then) => then());
    vi.advanceTimersByTime(1);
    expect(work).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(200);

    expect(work).toHaveBeenCalledTimes(1);
  });

  it("waits for no frame where none comes, nor for anything when it is wanted now", () => {
    const work = vi.fn();
    const shown = behindFrame(work);
    shown.soon();
    vi.advanceTimersByTime(100);
    expect(work).toHaveBeenCalledTimes(1);
    shown.soon();
    shown.now();
    expect(work).toHaveBeenCalledTimes(2);
    shown.now();
    vi.stubGlobal("document", { hidden: true });
    shown.soon();

    expect(work).toHaveBeenCalledTimes(3);
  });
});
