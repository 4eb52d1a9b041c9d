import { expect, it } from "vitest";
import type { Adherence } from "../../src/shared/protocol";
import { coveredWords } from "../../src/workspace/guide/DaysCovered";

const diabetes: Adherence = {
  measure: "pdc-diabetes",
  title: "Diabetes medicines",
  covered: 148,
  days: 180,
  percent: 82.2,
  goal: 80,
  first: "2026-01-01",
  last: "2026-06-29",
  not_counted: "",
  fills: 3,
};

/** Numbers stay on one line with what they count; the words are compared without that. */
const plain = (words: string): string => words.replaceAll("\u00a0", " ");

it("says the share of days covered and the fills of a measure in one line", () => {
  expect(plain(coveredWords(diabetes))).toBe("Diabetes medicines: 82.2 % of days covered, 3 fills");
});

it("says that a share is below the goal, and why the measure leaves the patient out", () => {
  const words = coveredWords({ ...diabetes, percent: 66.3, fills: 1, not_counted: "fewer than 2 fills" });

  expect(plain(words)).toBe("Diabetes medicines: 66.3 % of days covered, below 80 %, 1 fill (not counted: fewer than 2 fills)");
});
