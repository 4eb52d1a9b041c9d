import { expect, it } from "vitest";
import { captionLines } from "../../src/patient/steps/captions";
import { emptyConsult } from "../../src/shared/consult";
import type { ChatMessage } from "../../src/shared/protocol";

const message = (id: string, caption: boolean): ChatMessage => ({
  id,
  author: { id: "staff-1", role: "pharmacist", name: "Daniel Reyes" },
  text: `words of ${id}`,
  at: "2026-11-23T15:00:00Z",
  caption,
});

it("shows the newest three lines that were written as captions, oldest first", () => {
  const chat = [message("a", true), message("b", false), message("c", true), message("d", true), message("e", true)];

  expect(captionLines({ ...emptyConsult("c1"), chat }).map((line) => line.id)).toEqual(["c", "d", "e"]);
});
