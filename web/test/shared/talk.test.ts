import { describe, expect, it } from "vitest";
import type { EventData, Participant } from "../../src/shared/protocol";
import { noTalk, talkAfter, talkMs } from "../../src/shared/talk";
import { event } from "./samples";

const someone = (id: string, role: Participant["role"], state: Participant["state"] = "admitted"): EventData => ({
  type: "participant_joined",
  participant: { id, role, name: id, state, present: true, by_phone: false },
});
const scheduled = (modality: string): EventData => ({
  type: "consult_scheduled",
  patient: null as never,
  pharmacist_id: "ph1",
  planned_at: "",
  kind: "cmr",
  modality,
  script_id: "cmr",
});
/** Seconds together at `at`, after what happened at which second. */
function seconds(at: number, happened: [number, EventData][]): number {
  const time = (second: number): string => new Date(Date.UTC(2026, 10, 23, 10, 0, second)).toISOString();
  const talk = happened.reduce((before, [second, data], index) => talkAfter(before, event(index + 1, data, time(second))), noTalk);
  return talkMs(talk, new Date(time(at))) / 1000;
}

describe("the clock of the talk", () => {
  const video: [number, EventData][] = [
    [0, scheduled("video")],
    [0, someone("ph1", "pharmacist")],
    [10, { type: "consult_opened" }],
    [20, someone("pt", "patient", "waiting")],
    [30, { type: "participant_admitted", member_id: "pt" }],
  ];

  it("begins when the patient is let in", () => {
    expect(seconds(45, video)).toBe(15);
  });

  it("stands still while the patient is away and goes on when they are back", () => {
    const dropped: [number, EventData][] = [...video, [40, { type: "participant_left", member_id: "pt" }]];
    const back: [number, EventData][] = [...dropped, [70, someone("pt", "patient")]];

    expect(seconds(60, dropped)).toBe(10);
    expect(seconds(75, back)).toBe(15);
  });

  it("stands still while the pharmacist is away and ends with the visit", () => {
    const away: [number, EventData][] = [...video, [35, { type: "participant_left", member_id: "ph1" }]];
    const over: [number, EventData][] = [...video, [50, { type: "consult_closed", reason: "" }]];

    expect(seconds(99, away)).toBe(5);
    expect(seconds(99, over)).toBe(20);
  });

  it("goes on without the patient's page where they rather talk by phone", () => {
    const phone: [number, EventData][] = [...video, [35, { type: "phone_chosen", member_id: "pt", wanted: true }]];
    const shut: [number, EventData][] = [...phone, [40, { type: "participant_left", member_id: "pt" }]];

    expect(seconds(60, shut)).toBe(30);
  });

  it("runs by phone from the opening, as no page of the patient is needed", () => {
    expect(seconds(25, [[0, scheduled("phone")], [0, someone("ph1", "pharmacist")], [10, { type: "consult_opened" }]])).toBe(15);
  });
});
