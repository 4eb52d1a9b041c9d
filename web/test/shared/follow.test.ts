import { describe, expect, it } from "vitest";
import { Follower } from "../../src/shared/follow";
import type { Event } from "../../src/shared/protocol";
import { event } from "./samples";

const chat = (seq: number): Event => event(seq, { type: "chat_message_sent", message_id: `m${seq}`, text: `${seq}` });
const range = (from: number, to: number): Event[] => Array.from({ length: to - from + 1 }, (_, i) => chat(from + i));

function follower(head: number, size = 500) {
  const asked: number[] = [];
  const seen: number[] = [];
  const log = { head };
  const it = new Follower(
    "c1",
    async (since) => {
      asked.push(since);
      const to = Math.min(log.head, since + size);
      return { ok: true, events: range(since + 1, to), to, head: log.head, more: to < log.head };
    },
    (events) => seen.push(...events.map((one) => one.seq)),
    async () => undefined,
  );
  return { it, asked, seen, log };
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));
const texts = (it: Follower): string[] => it.state.chat.map((one) => one.text);

describe("following a consult", () => {
  it("applies what follows and leaves out what it has", () => {
    const { it, asked } = follower(0);
    it.batch({ consult_id: "c1", from: 1, to: 2, events: range(1, 2) });
    it.batch({ consult_id: "c1", from: 1, to: 3, events: range(1, 3) });
    it.batch({ consult_id: "c1", from: 2, to: 2, events: range(2, 2) });

    expect(texts(it)).toEqual(["1", "2", "3"]);
    expect(asked).toEqual([]);
  });

  it("asks for a gap and ends with everything once, in order", async () => {
    const { it, asked, seen } = follower(5);
    it.batch({ consult_id: "c1", from: 1, to: 1, events: range(1, 1) });
    it.batch({ consult_id: "c1", from: 5, to: 5, events: range(5, 5) });
    await settle();

    expect(asked).toEqual([1]);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it("counts a range as covered where events of it are held back", () => {
    const { it } = follower(0);
    it.batch({ consult_id: "c1", from: 1, to: 4, events: [chat(2)] });
    it.batch({ consult_id: "c1", from: 5, to: 5, events: range(5, 5) });

    expect(it.last).toBe(5);
    expect(texts(it)).toEqual(["2", "5"]);
  });

  it("reads a long history page by page", async () => {
    const { it, asked } = follower(25, 10);
    it.take({ ok: true, events: range(1, 10), to: 10, head: 25, more: true });
    await settle();

    expect(asked).toEqual([10, 20]);
    expect(it.last).toBe(25);
  });

  it("finds a lost last event by the beacon", async () => {
    const { it } = follower(3);
    it.take({ ok: true, events: range(1, 2), to: 2, head: 2, more: false });
    await it.head(3);

    expect(texts(it)).toEqual(["1", "2", "3"]);
  });

  it("asks again for what came while an answer was on its way", async () => {
    const { it, asked, log } = follower(5);
    it.batch({ consult_id: "c1", from: 5, to: 5, events: range(5, 5) }); // asked for: the answer holds 1 to 5
    log.head = 7;
    it.batch({ consult_id: "c1", from: 6, to: 7, events: range(6, 7) });
    await settle();

    expect(texts(it)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    expect(asked).toEqual([0, 5]);
  });

  it("tells when a seq is folded", async () => {
    const { it } = follower(0);
    let reached = false;
    void it.reached(2).then(() => (reached = true));
    it.batch({ consult_id: "c1", from: 1, to: 2, events: range(1, 2) });
    await settle();

    expect(reached).toBe(true);
  });

  it("reads anew from the start when what may be seen has changed", async () => {
    const { it, asked } = follower(3);
    it.batch({ consult_id: "c1", from: 1, to: 3, events: [chat(3)] });
    await it.restart();

    expect(asked).toEqual([0]);
    expect(texts(it)).toEqual(["1", "2", "3"]);
  });

  it("ignores another consult", () => {
    const { it } = follower(0);
    it.batch({ consult_id: "c2", from: 1, to: 1, events: range(1, 1) });

    expect(it.last).toBe(0);
  });
});
