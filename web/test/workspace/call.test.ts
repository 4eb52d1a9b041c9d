import { expect, test, vi } from "vitest";
import { emptyConsult } from "../../src/shared/consult";
import { calledBy, invited } from "../../src/shared/people";
import type { Participant } from "../../src/shared/protocol";
import { callEntries } from "../../src/workspace/call/entries";

type Call = NonNullable<Parameters<typeof callEntries>[0]>;

function call(state: "idle" | "joined", sending = { mic: true, camera: true, screen: false, weak: false }): Call {
  const local = { sending, hasCamera: sending.camera, setMuted: vi.fn(), setCamera: vi.fn() };
  return { local, view: { state, code: "", others: [], members: [] }, start: vi.fn(), stop: vi.fn() } as unknown as Call;
}

const words = (one: Call | null, open = true): string[] => callEntries(one, open).map((entry) => entry.words);

test("the palette offers what can be done with the call now", () => {
  expect(words(call("idle"))).toEqual(["Join the call"]);
  expect(words(call("joined"))).toEqual(["Mute", "Turn the camera off", "Hang up"]);
  expect(words(call("joined", { mic: false, camera: false, screen: false, weak: false }))).toEqual(["Unmute", "Turn the camera on", "Hang up"]);
  expect(words(call("joined"), false)).toEqual([]);
  expect(words(null)).toEqual([]);
});

test("muting from the palette mutes", () => {
  const one = call("joined");

  callEntries(one, true)[0]!.run();

  expect(one.local.setMuted).toHaveBeenCalledWith(true);
});

test("guests are called by name and part, the patient comes first", () => {
  const member = (id: string, role: Participant["role"], name: string): Participant => ({ id, role, name, state: "admitted", present: true, by_phone: false });
  const consult = {
    ...emptyConsult("c"),
    participants: { i: member("i", "interpreter", "Ana Lopez"), d: member("d", "pharmacist", "Daniel"), p: member("p", "patient", "Maria") },
  };

  expect(invited(consult).map(calledBy)).toEqual(["Maria", "Ana Lopez (interpreter)"]);
  expect(calledBy({ role: "caregiver", name: "" })).toBe("caregiver");
});
