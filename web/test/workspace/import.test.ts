import { describe, expect, it } from "vitest";
import type { Outcome } from "../../src/shared/api";
import { courseWords } from "../../src/shared/format";
import { alike } from "../../src/workspace/list/ImportRecord";

const outcome = (name: string, why = ""): Outcome => ({ kind: "fill", name, fate: "left", why });

describe("the report of an import", () => {
  it("tells what is alike once, with its number, in the order of the file", () => {
    const rows = alike([outcome("b", "no date"), outcome("a"), outcome("b", "no date"), outcome("b", "reversed")]);

    expect(rows.map(({ one, times }) => [one.name, one.why, times])).toEqual([
      ["b", "no date", 2],
      ["a", "", 1],
      ["b", "reversed", 1],
    ]);
  });
});

describe("the fills of an import", () => {
  it("stand together by medicine, with their days", () => {
    const rows = alike([outcome("metformin 500 mg 2026-01-10"), outcome("lisinopril 2026-01-10"), outcome("metformin 500 mg 2026-02-11")]);

    expect(rows.map(({ one, times, days }) => [one.name, times, days])).toEqual([
      ["metformin 500 mg", 2, ["2026-01-10", "2026-02-11"]],
      ["lisinopril", 1, ["2026-01-10"]],
    ]);
  });
});

describe("the course of a side effect", () => {
  it("is said in the words that were typed, and not at all where nothing was", () => {
    expect(courseWords({ severity: "severe", onset: "x 2 wks" })).toContain("severe, x");
    expect(courseWords({ severity: null, onset: "since May" })).toBe("since May");
    expect(courseWords({ severity: "", onset: "" })).toBe("");
  });
});
