import { describe, expect, it } from "vitest";
import { directedIn, withDirections } from "../../src/shared/directed";
import { medication } from "./samples";

describe("the pharmacist's own directions", () => {
  const row = medication({ directions: [{ language: "en", words: "Take 1 at breakfast.", sig: medication().sig }] });

  it("are of one language and of the sig that they were written for", () => {
    expect(directedIn(row, "en")).toBe("Take 1 at breakfast.");
    expect(directedIn(row, "es")).toBe("");
    expect(directedIn({ ...row, sig: { ...row.sig, frequency: "3/day" } }, "en")).toBe("");
    expect(directedIn(medication(), "en")).toBe("");
  });

  it("are written anew in a language beside those in another, and taken back without words", () => {
    const both = { ...row, directions: withDirections(row, "es", "Tome 1 con el desayuno.") };

    expect([directedIn(both, "en"), directedIn(both, "es")]).toEqual(["Take 1 at breakfast.", "Tome 1 con el desayuno."]);
    expect(withDirections({ ...both }, "es", "Tome 2.").map((one) => one.words)).toEqual(["Take 1 at breakfast.", "Tome 2."]);
    expect(withDirections(both, "es", "").map((one) => one.language)).toEqual(["en"]);
  });
});
