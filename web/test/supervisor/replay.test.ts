import { describe, expect, it } from "vitest";
import { emptyConsult, foldEvents } from "../../src/shared/state";
import { filtered } from "../../src/supervisor/filters";
import { nextMark, spanOf, ticks, until } from "../../src/supervisor/replay";
import { marksOf, transcript } from "../../src/supervisor/transcript";
import { alert, event, medication, put } from "../shared/samples";

const at = (minute: number): string => `2026-11-23T10:${String(minute).padStart(2, "0")}:00Z`;
const evidence = [{ line_id: "b", rev: 1, start: 0, end: 7 }];
const events = [
  event(1, { type: "consult_opened" }, at(0)),
  event(2, put("a", "", 1, "hello"), at(2)),
  event(3, put("b", "a", 1, "Eliquis"), at(5)),
  event(4, { type: "medication_proposed", medication: medication({ evidence }) }, at(5)),
  event(5, { type: "alert_raised", alert: alert("crit", { indicator: "critical", medications: ["med:apixaban"] }) }, at(5)),
  event(6, { type: "chat_message_sent", message_id: "m", text: "thank you" }, at(8)),
  event(7, { type: "consult_closed", reason: "" }, at(10)),
];
const consult = foldEvents(emptyConsult("c1"), events);
const entries = transcript(events);
const span = spanOf(consult, events)!;

describe("replay", () => {
  it("shows what had happened by a moment, and everything at the end", () => {
    expect(until(events, new Date(at(4)).getTime()).length).toBe(2);
    expect(until(events, null)).toBe(events);
  });

  it("marks the critical alert half way and leads to it from both sides", () => {
    const marks = marksOf(entries);
    const moment = new Date(at(5)).getTime();

    expect(ticks(marks, span)).toMatchObject([{ kind: "critical", share: 0.5 }]);
    expect(nextMark(marks, span.from, 1)).toBe(moment);
    expect(nextMark(marks, span.to, -1)).toBe(moment);
    expect(nextMark(marks, moment, 1)).toBeNull();
  });

  it("has nothing to replay before the visit", () => {
    expect(spanOf(emptyConsult("c1"), [])).toBeNull();
  });
});

describe("filters", () => {
  const texts = (...hidden: Parameters<typeof filtered>[1] extends ReadonlySet<infer P> ? P[] : never): string[] =>
    filtered(entries, new Set(hidden)).map((entry) => entry.text);

  it("leave out a part", () => {
    expect(texts("chat")).not.toContain("thank you");
    expect(texts()).toContain("thank you");
  });

  it("keep the words of an alert where only alerts are wanted", () => {
    expect(texts("notes", "chat", "room", "answers", "findings")).toEqual(["Eliquis"]);
  });
});
