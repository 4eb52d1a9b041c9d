import { expect, test } from "vitest";
import { speakerOf } from "../../src/workspace/notes/speaker";

test.each<[string, ReturnType<typeof speakerOf>]>([
  ["takes metformin 1000 bid", "pharmacist"],
  ["pt: I feel dizzy when I get up", "patient"],
  ["Patient: only in the morning", "patient"],
  ["“I stopped the water pill”", "patient"],
  ['"I stopped the water pill"', "patient"],
  ["  PT : no", "patient"],
  ["cg: she forgets the evening one", "caregiver"],
  ["Caregiver: gives the insulin", "caregiver"],
  ["pt is dizzy", "pharmacist"],
  ["patient reports: dizzy", "pharmacist"],
  ["ptosis: none", "pharmacist"],
  ["", "pharmacist"],
])("%s: %s", (text, speaker) => {
  expect(speakerOf(text)).toBe(speaker);
});
