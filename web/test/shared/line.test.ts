import { expect, it } from "vitest";
import { heardAfter, lineWords, type Heard } from "../../src/shared/line";

const line = (round_trip_ms: number | null, silent_s = 1, at = 0): Heard => ({ id: "patient:c1", round_trip_ms, silent_s, at });

it.each([
  [line(40), "good connection"],
  [line(500), "fair connection"],
  [line(1200), "weak connection"],
  [line(40, 11), "no answer for 13 s"],
])("says how good a line is", (heard, words) => {
  expect(lineWords(heard, 2000)?.words).toBe(words);
});

it("says nothing of what is not known or was told long ago", () => {
  expect(lineWords(undefined, 0)).toBeNull();
  expect(lineWords(line(null), 0)).toBeNull();
  expect(lineWords(line(40), 13_000)).toBeNull();
});

it("keeps what another node told, for a while", () => {
  const first = heardAfter(new Map(), { consult_id: "c1", members: [{ id: "a", round_trip_ms: 1, silent_s: 0 }] }, 0);
  const second = heardAfter(first, { consult_id: "c1", members: [{ id: "b", round_trip_ms: 2, silent_s: 0 }] }, 5000);
  const third = heardAfter(second, { consult_id: "c1", members: [] }, 13_000);

  expect([...second.keys()]).toEqual(["a", "b"]);
  expect([...third.keys()]).toEqual(["b"]);
});
