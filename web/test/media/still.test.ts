import { expect, test } from "vitest";
import { fitted } from "../../src/media/still";

test("a still picture keeps its proportions and no side is longer than allowed", () => {
  expect(fitted(4000, 3000)).toEqual({ width: 1600, height: 1200 });
  expect(fitted(1080, 1920)).toEqual({ width: 900, height: 1600 });
  expect(fitted(640, 480)).toEqual({ width: 640, height: 480 });
  expect(fitted(10_000, 1)).toEqual({ width: 1600, height: 1 });
});
