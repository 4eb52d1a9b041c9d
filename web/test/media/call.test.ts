import { beforeEach, describe, expect, test, vi } from "vitest";
import { Call } from "../../src/media/call";
import { LocalMedia } from "../../src/media/local";
import type { Parts, Peer } from "../../src/media/peer";
import { readSending, type Link, type Ready, type Signal } from "../../src/media/signal";

/** A peer that only keeps what was done to it. */
class Noted {
  connection = "connecting";
  sending = {};
  line = "good";
  left = false;
  begun = false;
  lostSince = Date.now();
  stream = {};
  readonly received: unknown[] = [];
  readonly did: string[] = [];
  constructor(readonly parts: Parts) {}
  get id() {
    return this.parts.id;
  }
  get page() {
    return this.parts.page;
  }
  get link() {
    return this.parts.link;
  }
  receive(data: unknown) {
    this.received.push(data);
    return Promise.resolve();
  }
  close() {
    this.did.push("close");
  }
  recover() {
    this.did.push("recover");
  }
  configure() {
    this.did.push("configure");
  }
  setTracks() {
    return Promise.resolve();
  }
  say() {}
}

const READY: Ready = { ok: true, ice_servers: [], ice_policy: "all", ttl: 3600, others: [], members: ["me"] };
const OTHER = { id: "other", page: "page-one" };

let peers: Noted[];
let asked: [string, Record<string, unknown>][];
let answers: Record<string, unknown>;
let listeners: Record<string, (data: unknown) => void>;
let call: Call;

function make(me = "me"): Call {
  const link: Link = {
    consultId: "c",
    memberId: () => me,
    ask: async (event, payload) => {
      asked.push([event, payload]);
      return (answers[event] ?? { ok: true }) as never;
    },
    hear: (event, listener) => (listeners[event] = listener as (data: unknown) => void),
  };
  return new Call(link, new LocalMedia(), (parts) => {
    const peer = new Noted(parts);
    peers.push(peer);
    return peer as unknown as Peer;
  });
}

const settle = () => new Promise((done) => setTimeout(done, 0));
const hear = (data: Partial<Signal["data"]>, from = "other") =>
  listeners.signal!({ consult_id: "c", from, data: { page: "page-one", link: "link-one", ...data } });
const offer = { description: { type: "offer" as const, sdp: "" } };
const bye = { bye: true };

beforeEach(() => {
  peers = [];
  asked = [];
  listeners = {};
  answers = { call_ready: READY };
  call = make();
  return () => call.leave();
});

describe("whoever comes", () => {
  test("offers to each member who is there", async () => {
    answers.call_ready = { ...READY, others: [OTHER, { id: "third", page: "page-x" }] };

    await call.join();

    expect(peers.map(({ parts }) => [parts.id, parts.offers])).toEqual([["other", true], ["third", true]]);
  });

  test("is answered by who was there, without an offer of their own", async () => {
    await call.join();

    hear(offer);

    expect(peers.map(({ parts }) => [parts.id, parts.offers, parts.link])).toEqual([["other", false, "link-one"]]);
    expect(peers[0]!.received).toHaveLength(1);
  });

  test("sends nothing where candidates come before any offer", async () => {
    await call.join();

    hear({ candidates: [] });

    expect(peers).toEqual([]);
  });
});

describe("a lost connection to the server", () => {
  test("drops no media: the same page keeps its peer", async () => {
    answers.call_ready = { ...READY, others: [OTHER], members: ["me", "other"] };
    await call.join();
    peers[0]!.connection = "connected";

    call.online();
    await settle();

    expect(peers).toHaveLength(1);
    expect(peers[0]!.did).toEqual(["configure"]);
  });

  test("of the other side drops no media either, though the server does not see them", async () => {
    await call.join();
    hear(offer);
    peers[0]!.connection = "connected";

    listeners.call_members!({ consult_id: "c", members: ["me"] });

    expect(peers[0]!.did).toEqual([]);
  });

  test("tries a broken peer again, and starts over where that is hopeless", async () => {
    answers.call_ready = { ...READY, others: [OTHER], members: ["me", "other"] };
    await call.join();
    call.online();
    await settle();
    expect(peers[0]!.did).toContain("recover");

    peers[0]!.lostSince = Date.now() - 60_000;
    call.online();
    await settle();

    expect(peers).toHaveLength(2);
    expect(peers[0]!.did).toContain("close");
    expect(peers[1]!.parts.link).not.toBe(peers[0]!.parts.link);
  });
});

describe("the other's new page", () => {
  test("gets a new peer", async () => {
    await call.join();
    hear(offer);
    hear({ ...offer, page: "page-two", link: "link-two" });

    expect(peers.map((one) => one.page)).toEqual(["page-one", "page-two"]);
    expect(peers[0]!.did).toEqual(["close"]);
  });

  test("is not hung up by a late goodbye of the old one", async () => {
    await call.join();
    hear({ ...offer, page: "page-two", link: "link-two" });

    hear(bye);

    expect(peers[0]!.did).toEqual([]);
    hear({ ...bye, page: "page-two", link: "link-two" });
    expect(peers[0]!.did).toEqual(["close"]);
  });
});

test.each([
  ["a-polite", 2],
  ["z-impolite", 1],
])("of two first offers that cross, %s makes %i peers", async (me, made) => {
  call = make(me);
  answers.call_ready = { ...READY, others: [OTHER] };
  await call.join();

  hear(offer);

  expect(peers).toHaveLength(made);
});

test("a member who is sent back to wait is cut off", async () => {
  await call.join();
  hear(offer);

  call.allow(new Set(["me"]));

  expect(peers[0]!.did).toEqual(["close"]);
});

test("hanging up says goodbye and a later signal opens nothing", async () => {
  await call.join();
  hear(offer);

  call.leave();
  await settle();
  hear({ ...offer, link: "link-two" });

  expect(peers).toHaveLength(1);
  expect(asked.map(([event]) => event)).toEqual(["call_ready", "call_leave", "signal"]);
  expect(asked[2]![1]).toMatchObject({ to: "other", data: { bye: true, link: "link-one" } });
});

test("the call that was taken to another page ends here, with its reason", async () => {
  const seen: string[] = [];
  call.onChange(({ state }) => seen.push(state));
  await call.join();

  listeners.call_moved!({ consult_id: "c" });
  await settle();

  expect(seen[seen.length - 1]).toBe("moved");
});

test("devices are let go when the call moves, once, and what is opened to bring it back stays open", async () => {
  const close = vi.spyOn(call.local, "close");
  await call.join();
  listeners.call_moved!({ consult_id: "c" });
  await settle();

  await call.local.setMuted(true); // a change of the devices while the call is elsewhere
  await settle();

  expect(close).toHaveBeenCalledTimes(1);
});

test("a refusal is told, and a server that does not answer is asked again", async () => {
  answers.call_ready = { ok: false, code: "not-admitted" };
  await call.join();
  expect(call.view).toMatchObject({ state: "idle", code: "not-admitted" });

  vi.useFakeTimers();
  answers.call_ready = { ok: false, code: "unavailable" };
  await call.join();
  answers.call_ready = READY;
  await vi.advanceTimersByTimeAsync(2000);
  vi.useRealTimers();

  expect(call.view.state).toBe("joined");
});

test.each([
  ['{"mic":true,"camera":false,"screen":false,"weak":true}', { mic: true, camera: false, screen: false, weak: true }],
  ['{"mic":"yes","html":"<b>"}', { mic: false, camera: false, screen: false, weak: false }],
  ["null", null],
  ["{", null],
  ["x".repeat(501), null],
])("what the other page says is read as truth values only: %s", (text, read) => {
  expect(readSending(text)).toEqual(read);
});
