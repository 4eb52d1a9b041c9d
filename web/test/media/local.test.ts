import { afterEach, expect, test, vi } from "vitest";
import { LocalMedia } from "../../src/media/local";

/** Devices that open when the test says so; `on` are those whose light is on. */
function devices() {
  const on = new Set<string>();
  const asked: (() => void)[] = [];
  let number = 0;
  const track = (kind: "audio" | "video") => {
    const name = `${kind} ${(number += 1)}`;
    on.add(name);
    return { kind, enabled: true, onended: null, stop: () => on.delete(name), getSettings: () => ({}) };
  };
  const getUserMedia = (wanted: Record<string, unknown>) =>
    new Promise((done) =>
      asked.push(() => {
        const tracks = (["audio", "video"] as const).filter((kind) => wanted[kind]).map(track);
        const of = (kind: string) => () => tracks.filter((one) => one.kind === kind);
        done({ getTracks: () => tracks, getAudioTracks: of("audio"), getVideoTracks: of("video") });
      }),
    );
  vi.stubGlobal("navigator", { mediaDevices: { getUserMedia, enumerateDevices: async () => [] } });
  vi.stubGlobal("RTCPeerConnection", class {});
  return { on, answer: () => asked.splice(0).forEach((allow) => allow()) };
}

afterEach(() => vi.unstubAllGlobals());

test("whoever leaves while the browser still asks is not seen and heard afterwards", async () => {
  const { on, answer } = devices();
  const local = new LocalMedia();
  const opening = local.open();
  local.close();
  answer();

  expect(await opening).toBe(false);
  expect([...on]).toEqual([]);
  expect(local.tracks).toEqual({ audio: null, video: null });
});

test("a camera that is asked for twice is one camera, and goes off with one press", async () => {
  const { on, answer } = devices();
  const local = new LocalMedia();
  const both = Promise.all([local.setCamera(true), local.setCamera(true)]);
  answer();
  await both;
  expect(on.size).toBe(1);

  await local.setCamera(false);
  expect([...on]).toEqual([]);
});

test("who was muted on leaving the call is muted on coming back", async () => {
  const { answer } = devices();
  const local = new LocalMedia();
  const first = local.open();
  answer();
  await first;
  await local.setMuted(true);
  local.close();
  const second = local.open();
  answer();
  await second;

  expect(local.sending.mic).toBe(false);
  expect(local.microphone?.enabled).toBe(false);
});

test("a picture that went for a weak line comes back by itself, unless the person has decided otherwise", async () => {
  const { on, answer } = devices();
  const local = new LocalMedia();
  const first = local.setCamera(true);
  answer();
  await first;
  local.dropForWeakLine();
  expect([...on]).toEqual([]);

  const again = local.showAgain();
  answer();
  await again;
  expect([local.hasCamera, local.weak]).toEqual([true, false]);

  local.dropForWeakLine();
  await local.setCamera(false);
  await local.showAgain();
  expect([...on]).toEqual([]);
});
