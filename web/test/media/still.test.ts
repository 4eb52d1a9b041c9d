import { expect, test, vi } from "vitest";
import { fitted, shown } from "../../src/media/still";

test("a still picture keeps its proportions and no side is longer than allowed", () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 });
  expect(fitted(1080, 1920)).toEqual({ width: 900, height: 1600 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fitted(10_000, 1)).toEqual({ width: 1600, height: 1 });
});

class Camera extends EventTarget {
  videoWidth = 0;
  videoHeight = 0;
  begin(): void {
    this.videoWidth = 640;
    this.videoHeight = 480;
    this.dispatchEvent(new Event("loadeddata"));
  }
}

test("whoever presses before the first picture of a camera is there waits for it", async () => {
  const camera = new Camera();
  const waited = shown(camera as unknown as HTMLVideoElement);
  camera.begin();
  expect(await waited).toBe(true);
});

test("a camera that shows nothing is given up", async () => {
  vi.useFakeTimers();
  const waited = shown(new Camera() as unknown as HTMLVideoElement);
  await vi.advanceTimersByTimeAsync(4000);
  expect(await waited).toBe(false);
  vi.useRealTimers();
});
