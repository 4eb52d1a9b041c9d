import { describe, expect, it, vi } from "vitest";
import { Outbox, Refusal, type Envelope } from "../../src/shared/outbox";
import type { CommandAnswer } from "../../src/shared/wire";

type Sent = { envelope: Envelope; done: (answer: CommandAnswer | null) => void };

function outbox() {
  const sent: Sent[] = [];
  let next = 0;
  const box = new Outbox("c1", (envelope, done) => void sent.push({ envelope, done }), undefined, () => `id${++next}`, () => 0);
  return { box, sent };
}

const chat = (text: string) => ({ message_id: text, text });
const ids = (sent: Sent[]): string[] => sent.map((one) => one.envelope.command_id);
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 5));

describe("outbox", () => {
  it("sends nothing before the consult is joined, then everything in order", () => {
    const { box, sent } = outbox();
    void box.add("send_chat", chat("a"));
    void box.add("send_chat", chat("b"));
    expect(sent).toHaveLength(0);

    box.open();

    expect(ids(sent)).toEqual(["id1", "id2"]);
    expect(box.size).toBe(2);
  });

  it("keeps a command until it is acknowledged", async () => {
    const { box, sent } = outbox();
    box.open();
    const saved = box.add("send_chat", chat("a"));
    sent[0]!.done({ ok: true, seq: 7 });

    await expect(saved).resolves.toBe(7);
    expect(box.size).toBe(0);
  });

  it("sends what has no answer again after a reconnect, in order, with the same ids", async () => {
    const { box, sent } = outbox();
    box.open();
    const first = box.add("send_chat", chat("a"));
    void box.add("send_chat", chat("b"));
    sent[0]!.done({ ok: true, seq: 1 });
    await first;
    box.close();
    void box.add("send_chat", chat("c"));

    box.open();

    expect(ids(sent)).toEqual(["id1", "id2", "id2", "id3"]);
  });

  it("counts a late answer to a command that went out twice once", async () => {
    const { box, sent } = outbox();
    box.open();
    const saved = box.add("send_chat", chat("a"));
    box.close();
    box.open();
    sent[1]!.done({ ok: true, seq: 4 });
    sent[0]!.done({ ok: true, seq: 4 });

    await expect(saved).resolves.toBe(4);
    expect(box.size).toBe(0);
  });

  it("drops a refused command and says why", async () => {
    const { box, sent } = outbox();
    box.open();
    const refused = box.add("send_chat", chat("a"));
    sent[0]!.done({ ok: false, code: "consult-closed", message: "The consult is closed." });

    await expect(refused).rejects.toEqual(new Refusal("consult-closed", "The consult is closed."));
    expect(box.size).toBe(0);
  });

  it.each([null, { ok: false, code: "unavailable", message: "" } as const])("tries again after %o and keeps what follows behind it", async (answer) => {
    const { box, sent } = outbox();
    box.open();
    void box.add("send_chat", chat("a"));
    void box.add("send_chat", chat("b"));
    sent[0]!.done(answer);
    await soon();

    expect(ids(sent)).toEqual(["id1", "id2", "id1", "id2"]);
    expect(box.size).toBe(2);
  });

  it("tells of every change of its size", async () => {
    const changed = vi.fn();
    const box = new Outbox("c1", (_envelope, done) => done({ ok: true, seq: 1 }), changed);
    box.open();
    await box.add("send_chat", chat("a"));

    expect(changed).toHaveBeenCalledTimes(2);
  });
});
