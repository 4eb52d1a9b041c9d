import { describe, expect, it } from "vitest";
import { beginnings, nameOptions, strengthOptions } from "../../src/workspace/notes/complete";

describe("the beginning of a name at the cursor", () => {
  it("may be one word or the last few, longest first", () => {
    expect(beginnings("stopped vitamin d").map((one) => one.typed)).toEqual(["stopped vitamin d", "vitamin d"]);
    expect(beginnings("she takes metop").map((one) => one.typed)).toEqual(["she takes metop", "takes metop", "metop"]);
  });

  it("is nothing behind a space or a single letter", () => {
    expect(beginnings("warfarin ")).toEqual([]);
    expect(beginnings("x")).toEqual([]);
  });
});

describe("the list of names", () => {
  it("shows what is inside and how strong it is sold, and offers the strengths after the name", () => {
    const [brand, plain] = nameOptions([
      { name: "Eliquis", ingredients: ["apixaban"], kind: "brand", strengths: ["2.5 mg", "5 mg"] },
      { name: "apixaban", ingredients: ["apixaban"], kind: "ingredient" },
    ]);

    expect(brand).toEqual({ text: "Eliquis", beside: "apixaban · 2.5 mg, 5 mg", strengths: ["2.5 mg", "5 mg"] });
    expect(plain!.beside).toBe("");
    expect(strengthOptions(brand!.strengths).map((one) => one.text)).toEqual([" 2.5 mg ", " 5 mg "]);
  });
});
