import { describe, expect, it } from "vitest";
import type { Event, EventData } from "../../src/shared/protocol";
import type { ConsultRow } from "../../src/shared/wire";
import { attentionLists } from "../../src/supervisor/attention";
import { marksOf, transcript, type LineEntry } from "../../src/supervisor/transcript";
import { alert, event, medication, put } from "../shared/samples";

const at = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();

/** Events one minute apart, so that a change is a correction unless the line was still open. */
const slow = (...data: EventData[]): Event[] => data.map((one, index) => event(index + 1, one, at(index * 60)));
const lines = (events: Event[]): LineEntry[] => transcript(events).filter((entry) => entry.kind === "line");

describe("a line of the transcript", () => {
  it("is one entry, however often it was saved while it was typed", () => {
    const typed = ["E", "Eliq", "Eliquis 5"].map((text, index) => event(index + 1, put("a", "", index + 1, text, { open: true }), at(index)));

    expect(lines(typed)).toMatchObject([{ text: "Eliquis 5", before: [], at: at(0) }]);
  });

  it("keeps the wording that stood before a correction", () => {
    const entries = lines(slow(put("a", "", 1, "Eliquis 5"), put("a", "", 2, "Eliquis 2.5")));

    expect(entries).toMatchObject([{ text: "Eliquis 2.5", before: [{ text: "Eliquis 5", at: at(0) }] }]);
  });

  it("shows a mark that would turn the rest of it round, wherever it was typed", () => {
    const turned = "take \u202e05 gm\u202c daily";
    const chat: EventData = { type: "chat_message_sent", message_id: "m", text: turned };

    const entries = transcript(slow(put("a", "", 1, turned), put("a", "", 2, "take 50 mg"), chat));

    expect(entries).toMatchObject([{ text: "take 50 mg", before: [{ text: "take \ufffd05 gm\ufffd daily" }] }, { text: "take \ufffd05 gm\ufffd daily" }]);
  });

  it("counts words added at the end as typing on", () => {
    expect(lines(slow(put("a", "", 1, "Eliquis"), put("a", "", 2, "Eliquis 5 bid")))[0]!.before).toEqual([]);
  });

  it("stays readable after it was removed", () => {
    expect(lines(slow(put("a", "", 1, "Eliquis"), { type: "note_line_removed", line_id: "a" }))).toMatchObject([{ text: "Eliquis", removedAt: at(60) }]);
  });

  it("is left out where nothing was ever written in it", () => {
    expect(lines(slow(put("a", "", 1, "")))).toEqual([]);
  });

  it("says that it was written twice, or not analysed", () => {
    const entries = lines(slow(put("a", "", 1, "A"), put("a.1", "a", 1, "B", { conflicts_with: "a" }), { type: "line_not_analysed", line_id: "a", rev: 1, code: "timeout" }));

    expect(entries).toMatchObject([{ failed: true, conflict: false }, { conflict: true }]);
  });
});

describe("beside a line", () => {
  const evidence = (line_id: string) => [{ line_id, rev: 1, start: 0, end: 1 }];
  const story = slow(
    put("a", "", 1, "Eliquis"),
    put("b", "a", 1, "Aleve"),
    put("c", "b", 1, "weather"),
    { type: "medication_proposed", medication: medication({ id: "m1", evidence: evidence("a") }) },
    { type: "medication_proposed", medication: medication({ id: "m2", evidence: evidence("b") }) },
    { type: "alert_raised", alert: alert("x", { indicator: "critical", title: "Bleeding", medications: ["m1", "m2"] }) },
    { type: "alert_acknowledged", alert_id: "x", reason: "tolerated", comment: "for years" },
    { type: "medication_confirmed", medication: medication({ id: "m1", name: "Eliquis", evidence: evidence("a") }) },
  );

  it("stands the alert by the line that brought it up, with its answer under it", () => {
    const [, second, third] = lines(story);

    expect(second!.side).toMatchObject([{ kind: "critical", text: "Bleeding", answers: [{ text: "Acknowledged: Taken before and tolerated. for years", at: at(360) }] }]);
    expect(third!.side).toEqual([]);
  });

  it("stands the confirmation by the words that it confirms", () => {
    expect(lines(story)[0]!.side).toMatchObject([{ text: "Eliquis confirmed" }]);
  });

  it("puts what was known before a word was written under the record", () => {
    const entries = transcript(slow({ type: "alert_raised", alert: alert("x", { title: "Old" }) }));

    expect(entries).toMatchObject([{ kind: "stage", text: "Known from the record", side: [{ text: "Old" }] }]);
  });

  it("marks steps, critical alerts and the takeaway to jump to", () => {
    const more = [
      ...story,
      event(9, { type: "script_step_entered", step_id: "cost" }, at(500)),
      event(10, { type: "takeaway_issued", version: 1, sha256: "s", override: "" }, at(560)),
    ];

    expect(marksOf(transcript(more)).map((mark) => [mark.kind, mark.words])).toEqual([
      ["critical", "Bleeding"],
      ["step", "cost"],
      ["takeaway", "Takeaway given to the patient, version 1"],
    ]);
  });
});

describe("which consults deserve a look", () => {
  const row = (id: string, change: Partial<ConsultRow>) =>
    ({ id, phase: "closed", opened_at: at(0), closed_at: at(1800), alerts_critical: 0, alerts_open: 0, to_confirm: 0, takeaway_stage: "issued", ...change }) as ConsultRow;
  const now = new Date(at(0));

  it("puts an unanswered critical alert before an unsigned takeaway, and leaves the rest below", () => {
    const lists = attentionLists([row("calm", {}), row("unsigned", { takeaway_stage: "drafted" }), row("critical", { alerts_critical: 1, alerts_open: 1 }), row("live", { phase: "open", closed_at: "" })], now);

    expect(lists.look.map((one) => one.row.id)).toEqual(["critical", "unsigned"]);
    expect(lists.calm.map((one) => one.row.id)).toEqual(["calm"]);
    expect(lists.open.map((one) => one.row.id)).toEqual(["live"]);
  });

  it("says why in words", () => {
    const [first] = attentionLists([row("a", { to_confirm: 2, takeaway_stage: "signed" })], now).look;

    expect(first!.reasons.map((one) => one.words.replaceAll("\u00a0", " "))).toEqual(["takeaway signed, not given", "2 medications not confirmed"]);
  });
});
