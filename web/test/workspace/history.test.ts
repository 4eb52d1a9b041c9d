import { describe, expect, it } from "vitest";
import { rowHistory, sinceRecord } from "../../src/workspace/regimen/history";
import { medication, story } from "../shared/samples";

const recorded = medication({ source: "history" });
const stopped = medication({ source: "history", status: "stopped" });

describe("the history of a row", () => {
  it("tells each step with what it changed, and by whom", () => {
    const events = story(
      { type: "medication_added", medication: recorded },
      { type: "medication_proposed", medication: stopped },
      { type: "medication_proposed", medication: stopped },
      { type: "medication_confirmed", medication: { ...stopped, review: "confirmed" } },
      { type: "medication_added", medication: medication({ id: "med:other" }) },
      { type: "medication_dropped", medication_id: "med:apixaban" },
    );

    expect(rowHistory(events, "med:apixaban").map((one) => one.words)).toEqual([
      "on the record: 5\u00a0mg, twice a\u00a0day".replace("a\u00a0day", "a day"),
      "read from the notes: stopped, was taking",
      "confirmed",
      "gone: no line says it any more",
    ]);
    expect(rowHistory(events, "med:apixaban").map((one) => one.who)).toEqual(["Dana Reed", "", "Dana Reed", "Dana Reed"]);
  });

  it("marks what is new or changed since the record, and nothing where there is no record", () => {
    const record = new Map([[recorded.id, recorded]]);
    const sig = { ...recorded.sig, strength: "2.5 mg" };

    expect(sinceRecord(recorded, record).kind).toBe("");
    expect(sinceRecord(stopped, record)).toEqual({ kind: "changed", words: "was taking" });
    expect(sinceRecord({ ...recorded, sig }, record).words).toContain("was 5");
    expect(sinceRecord(medication({ id: "med:new" }), record).kind).toBe("new");
    expect(sinceRecord(medication({ id: "med:new" }), new Map()).kind).toBe("");
  });
});
