import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Event } from "../../src/shared/protocol";
import { ConsultSession } from "../../src/shared/socket";
import { event, put } from "./samples";

type Handler = (...args: never[]) => void;

/** A socket whose server answers from a log of events. */
class FakeSocket {
  connected = false;
  log: Event[] = [];
  asked: { event: string; payload: Record<string, unknown> }[] = [];
  refuse: Record<string, unknown> | null = null;
  delays: number[] = [];
  readonly io = { reconnectionDelay: (ms: number) => void this.delays.push(ms) };
  private readonly handlers = new Map<string, Handler[]>();

  on(name: string, handler: Handler): this {
    this.handlers.set(name, [...(this.handlers.get(name) ?? []), handler]);
    return this;
  }

  fire(name: string, ...args: unknown[]): void {
    for (const handler of this.handlers.get(name) ?? []) handler(...(args as never[]));
  }

  connect(): void {
    this.connected = true;
    this.fire("connect");
  }

  drop(reason = "transport close"): void {
    this.connected = false;
    this.fire("disconnect", reason);
  }

  given_up = false;

  disconnect(): void {
    this.connected = false;
    this.given_up = true;
  }

  emit(): void {}

  timeout(): { emitWithAck: (name: string, payload: Record<string, unknown>) => Promise<unknown> } {
    return { emitWithAck: (name, payload) => this.answer(name, payload) };
  }

  private async answer(name: string, payload: Record<string, unknown>): Promise<unknown> {
    this.asked.push({ event: name, payload });
    if (this.refuse) return this.refuse;
    if (name === "command") {
      const next = event(this.log.length + 1, { type: "chat_message_sent", message_id: "m", text: "hi" });
      this.log.push(next);
      return { ok: true, seq: next.seq };
    }
    const events = this.log.slice(payload.since as number);
    const member = { id: "me", role: "patient", name: "Maria" };
    return { ok: true, member, events, to: this.log.length, head: this.log.length, more: false };
  }
}

const settle = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

let socket: FakeSocket;

function open(role: "pharmacist" | "patient" = "pharmacist", why: () => Promise<string> = async () => ""): ConsultSession {
  const session = new ConsultSession(role, "c1", why, () => socket as never);
  session.start();
  return session;
}

beforeEach(() => {
  socket = new FakeSocket();
  vi.stubGlobal("addEventListener", () => undefined);
  vi.stubGlobal("removeEventListener", () => undefined);
  vi.stubGlobal("document", { addEventListener: () => undefined, removeEventListener: () => undefined, visibilityState: "visible" });
});

describe("a session", () => {
  it("joins from the start, and after a break from where it was", async () => {
    socket.log = [event(1, { type: "consult_opened" })];
    const session = open();
    await settle();
    socket.drop();
    socket.log.push(event(2, put("a", "", 1, "written meanwhile")));
    socket.connect();
    await settle();

    expect(socket.asked.map((one) => [one.event, one.payload.since])).toEqual([["join", 0], ["join", 1]]);
    expect(session.state.order).toEqual(["a"]);
    expect(session.status).toMatchObject({ connection: "online", unsent: 0 });
  });

  it("asks for nothing twice where its own arrival is told before the join is answered", async () => {
    socket.log = [event(1, { type: "consult_opened" }), event(2, put("a", "", 1, "first"))];
    const session = open();
    socket.fire("events", { consult_id: "c1", from: 2, to: 2, events: [socket.log[1]] });
    socket.fire("events", { consult_id: "c1", from: 3, to: 3, events: [event(3, put("b", "a", 1, "second"))] });
    await settle();

    expect(socket.asked.map((one) => one.event)).toEqual(["join"]);
    expect(session.state.order).toEqual(["a", "b"]);
  });

  it("leaves only when the last words of the page have gone out, however long the line is down", async () => {
    const session = open();
    await settle();
    socket.drop();
    session.stop();
    void session.send("send_chat", { message_id: "m", text: "handed over by a part of the page as it goes" });
    await settle();
    socket.connect();
    await settle();
    await settle();

    expect(socket.log.map((one) => one.data.type)).toEqual(["chat_message_sent"]);
    expect(socket.connected).toBe(false);
  });

  it("says since when it is offline, and how much waits", async () => {
    const session = open();
    await settle();
    socket.drop();
    void session.send("send_chat", { message_id: "m", text: "hi" });
    session.holds("notes", 2);

    expect(session.status).toMatchObject({ connection: "offline", unsent: 3 });
    expect(session.status.since).not.toBe("");
    expect(socket.asked.filter((one) => one.event === "command")).toEqual([]);
  });

  it("sends what waited after it has joined again", async () => {
    const session = open();
    await settle();
    socket.drop();
    const sent = session.send("send_chat", { message_id: "m", text: "hi" });
    socket.connect();
    await settle();
    socket.fire("events", { consult_id: "c1", from: 1, to: 1, events: socket.log });

    await expect(sent).resolves.toBe(1);
    expect(socket.asked.map((one) => one.event)).toEqual(["join", "join", "command"]);
    expect(session.state.chat).toHaveLength(1);
  });

  it("tells why it was refused", async () => {
    const session = open("pharmacist", async () => "sign-in-needed");
    socket.connected = false;
    socket.fire("connect_error", new Error("websocket error"));
    await settle();

    expect(session.status).toMatchObject({ connection: "refused", code: "sign-in-needed" });
  });

  it.each([
    ["patient", "sign-in-needed", false],
    ["patient", "too-many", true],
    ["pharmacist", "sign-in-needed", true],
  ] as const)("of a %s that is refused (%s) goes on trying: %s", async (role, code, tries) => {
    open(role, async () => code);
    socket.given_up = false;
    socket.fire("connect_error", new Error("websocket error"));
    socket.connected = false;
    await settle();

    expect(socket.given_up).toBe(!tries);
  });

  it("is refused where the consult is not this member's", async () => {
    socket.refuse = { ok: false, code: "not-found", message: "" };
    const session = open();
    await settle();

    expect(session.status).toMatchObject({ connection: "refused", code: "not-found" });
  });

  it("waits as long as a node that goes down asks for", async () => {
    open();
    await settle();
    socket.fire("draining", { retry_ms: 1500 });

    expect(socket.delays).toContain(1500);
  });

  it("reads a patient's consult anew when the patient is let in", async () => {
    const session = open("patient");
    await settle();
    socket.log = [
      event(1, { type: "chat_message_sent", message_id: "before", text: "held back" }),
      event(2, { type: "participant_admitted", member_id: "me" }),
    ];
    socket.fire("events", { consult_id: "c1", from: 1, to: 2, events: [socket.log[1]] });
    await settle();

    expect(socket.asked.at(-1)).toMatchObject({ event: "fetch", payload: { since: 0 } });
    expect(session.state.chat).toHaveLength(1);
  });
});
