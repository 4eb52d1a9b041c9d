import { describe, expect, test } from "vitest";
import { serverNow } from "../../src/patient/clock";
import { linkIn, partOf, stageOf, summaryOf, pharmacistName, type Known } from "../../src/patient/stage";
import { emptyConsult } from "../../src/shared/consult";
import type { Consult, Participant, Takeaway } from "../../src/shared/protocol";

const ME = "patient:c1";

function member(state: "waiting" | "admitted", role: Participant["role"] = "patient", id = ME): Participant {
  return { id, role, name: role === "pharmacist" ? "Daniel Reyes" : "Maria", state, present: true, by_phone: false };
}

function consult(change: Partial<Consult> = {}): Consult {
  return { ...emptyConsult("c1"), phase: "open", participants: { [ME]: member("waiting") }, ...change };
}

function stage(change: Partial<Known>): string {
  return stageOf({
    signedIn: true,
    hasLink: false,
    guestLink: false,
    refused: false,
    why: "",
    left: false,
    done: false,
    consult: consult(),
    memberId: ME,
    ...change,
  });
}

const admitted = { participants: { [ME]: member("admitted") } };

describe("which step is shown", () => {
  test.each<[string, string, Partial<Known>]>([
    ["nobody knows yet", "opening", { signedIn: null }],
    ["there is a link and no session", "confirm", { signedIn: false, hasLink: true }],
    ["there is a guest's link", "invited", { signedIn: false, hasLink: true, guestLink: true }],
    ["there is neither", "no-link", { signedIn: false }],
    ["the events have not come", "opening", { consult: null }],
    ["the consult is not known yet", "opening", { consult: emptyConsult("c1") }],
    ["the visit is planned", "waiting", { consult: consult({ phase: "scheduled", participants: {} }) }],
    ["the visit is open and the patient not let in", "waiting", {}],
    ["the patient is let in", "visit", { consult: consult(admitted) }],
    ["somebody else is let in", "waiting", { consult: consult({ participants: { x: member("admitted", "pharmacist", "x") } }) }],
    ["the patient is sent back", "waiting", { consult: consult({ participants: { [ME]: member("waiting") } }) }],
    ["the patient left", "left", { left: true, consult: consult(admitted) }],
    ["the visit ended", "after", { consult: consult({ ...admitted, phase: "closed" }) }],
    ["it ended before the patient was let in", "missed", { consult: consult({ phase: "closed" }) }],
    ["the session is over", "expired", { refused: true, consult: consult(admitted) }],
    ["the session is over and the link is there", "confirm", { refused: true, hasLink: true }],
    ["the patient signed out", "done", { done: true, consult: null }],
  ])("when %s: %s", (_, expected, change) => {
    expect(stage(change)).toBe(expected);
  });
});

test("only an issued summary is offered, and the newest of those", () => {
  const version = (number: number, kind: Takeaway["stage"]): Takeaway =>
    ({ version: number, stage: kind }) as Takeaway;

  expect(summaryOf(consult({ takeaways: [version(1, "issued"), version(2, "issued"), version(3, "voided")] }))?.version).toBe(2);
  expect(summaryOf(consult({ takeaways: [version(1, "voided"), version(2, "drafted"), version(3, "signed")] }))).toBeNull();
});

test("the pharmacist has a name before having come", () => {
  const both = consult({ participants: { a: member("admitted", "pharmacist", "a") } });

  expect(pharmacistName(both, "R. Reyes")).toBe("Daniel Reyes");
  expect(pharmacistName(consult(), "R. Reyes")).toBe("R. Reyes");
});

test("the token comes out of the fragment, and nothing but a token", () => {
  expect(linkIn("#t=abc-DEF_123")).toEqual({ token: "abc-DEF_123", guest: false });
  expect(linkIn("#t=<script>").token).toBe("");
  expect(linkIn("").token).toBe("");
  expect(linkIn(`#t=${"x".repeat(201)}`).token).toBe("");
});

test("a link of a guest is told from that of the patient", () => {
  expect(linkIn("#g=abc")).toEqual({ token: "abc", guest: true });
  expect(linkIn("#t=abc&g=def")).toEqual({ token: "abc", guest: false });
  expect([partOf(ME), partOf("caregiver:c1:1"), partOf("interpreter:c1:2"), partOf("")]).toEqual(["patient", "caregiver", "interpreter", "patient"]);
});

test("the server's clock counts, not that of a phone that is years off", () => {
  const wrong = new Date("1970-01-02T00:00:00Z");

  expect(serverNow("2026-11-26T20:00:00Z", 90_000, wrong).toISOString()).toBe("2026-11-26T20:01:30.000Z");
  expect(serverNow("", 0, wrong)).toBe(wrong);
});
