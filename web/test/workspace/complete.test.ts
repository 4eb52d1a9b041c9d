import { describe, expect, it } from "vitest";
import { beginnings } from "../../src/workspace/notes/complete";

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
