import { afterEach, describe, expect, test, vi } from "vitest";
import { openBoth, problemOf, remember } from "../../src/media/devices";
import { nextOf } from "../../src/patient/call/check";
import { deviceOf } from "../../src/patient/call/words";

const error = (name: string, message = "") => ({ name, message });

describe("why a device did not open", () => {
  test.each([
    [error("NotAllowedError", "Permission denied"), "denied", "blocked"],
    [error("NotAllowedError", "Permission dismissed"), "prompt", "dismissed"],
    [error("NotAllowedError", "Permission denied by system"), "granted", "system"],
    [error("NotFoundError"), "granted", "none-found"],
    [error("NotReadableError"), "granted", "busy"],
    [error("TypeError"), "", "other"],
    [null, "", "other"],
  ] as const)("%o with %s is %s", (reason, permission, problem) => {
    expect(problemOf(reason, permission)).toBe(problem);
  });
});

describe("the steps of the check", () => {
  const walk = (has: { camera: boolean; microphone: boolean }): string[] => {
    const steps: string[] = ["allow"];
    while (steps[steps.length - 1] !== "ready") steps.push(nextOf(steps[steps.length - 1] as never, has));
    return steps;
  };

  test("leave out what there is no device for", () => {
    expect(walk({ camera: true, microphone: true })).toEqual(["allow", "see", "speak", "hear", "ready"]);
    expect(walk({ camera: false, microphone: true })).toEqual(["allow", "speak", "hear", "ready"]);
    expect(walk({ camera: true, microphone: false })).toEqual(["allow", "see", "hear", "ready"]);
    expect(walk({ camera: false, microphone: false })).toEqual(["allow", "hear", "ready"]);
  });
});

test.each([
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)", 5, "ios"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 5, "ios"],
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", 0, "computer"],
  ["Mozilla/5.0 (Linux; Android 15; Pixel 8)", 5, "android"],
  ["Mozilla/5.0 (X11; Linux x86_64)", 0, "computer"],
] as const)("help after a denial fits %s", (agent, touch, device) => {
  expect(deviceOf(agent, touch)).toBe(device);
});

describe("devices that were chosen once", () => {
  const kept = new Map<string, string>();
  const there = new Set<string>();

  /** A browser with these devices, each a kind and an id; others cannot be had. */
  function browser(...devices: string[]): void {
    there.clear();
    for (const device of devices) there.add(device);
    kept.clear();
    vi.stubGlobal("localStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, id: string) => kept.set(key, id) });
    vi.stubGlobal("RTCPeerConnection", class {});
    const open = (kind: string, wanted: MediaTrackConstraints | undefined): { kind: string; id: string }[] => {
      if (!wanted) return [];
      const id = (wanted.deviceId as { exact: string } | undefined)?.exact ?? "usual";
      if (!there.has(`${kind} ${id}`)) throw { name: "OverconstrainedError" };
      return [{ kind, id }];
    };
    const getUserMedia = async ({ audio, video }: { audio?: MediaTrackConstraints; video?: MediaTrackConstraints }) => {
      const tracks = [...open("audio", audio), ...open("video", video)];
      const of = (kind: string) => () => tracks.filter((one) => one.kind === kind);
      return { getTracks: () => tracks, getAudioTracks: of("audio"), getVideoTracks: of("video") };
    };
    vi.stubGlobal("navigator", { mediaDevices: { getUserMedia } });
    remember("audio", "headset");
    remember("video", "second");
  }

  const opened = async (): Promise<unknown[]> => {
    const { audio, video, problem } = await openBoth();
    return [audio?.id, video?.id, problem];
  };

  afterEach(() => vi.unstubAllGlobals());

  test("are opened again", async () => {
    browser("audio usual", "audio headset", "video usual", "video second");

    expect(await opened()).toEqual(["headset", "second", ""]);
  });

  test("give way to another of their kind where they are gone", async () => {
    browser("audio usual", "audio headset", "video usual");

    expect(await opened()).toEqual(["headset", "usual", ""]);
  });

  test("are missed where there is no other", async () => {
    browser("audio usual", "audio headset");

    expect(await opened()).toEqual(["headset", undefined, "none-found"]);
  });
});
