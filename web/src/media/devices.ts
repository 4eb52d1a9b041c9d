/** Camera and microphone: opening them, remembering the choice, and telling why it did not work. */

/** `dismissed`: the question was closed without an answer; `blocked`: the browser was told to never allow it. */
export type Problem = "dismissed" | "blocked" | "system" | "none-found" | "busy" | "unsupported" | "other";

export interface Opened {
  audio: MediaStreamTrack | null;
  video: MediaStreamTrack | null;
  problem: Problem | "";
}

export type Facing = "user" | "environment";
type Kind = "audio" | "video";

const KEYS: Record<Kind, string> = { audio: "consult-microphone", video: "consult-camera" };

/** Storage may be forbidden in a private window; the page then forgets the choice. */
export function remembered(kind: Kind): string {
  try {
    return localStorage.getItem(KEYS[kind]) ?? "";
  } catch {
    return "";
  }
}

export function remember(kind: Kind, deviceId: string): void {
  try {
    localStorage.setItem(KEYS[kind], deviceId);
  } catch {
    // nothing to keep it in
  }
}

export function supported(): boolean {
  return typeof RTCPeerConnection !== "undefined" && Boolean(navigator.mediaDevices?.getUserMedia);
}

/** `permission` is what the browser says of camera and microphone: "denied" where it will not even ask. */
export function problemOf(error: unknown, permission: PermissionState | ""): Problem {
  const { name = "", message = "" } = (error ?? {}) as { name?: string; message?: string };
  if (name === "NotAllowedError" || name === "SecurityError") {
    if (/system/i.test(message)) return "system";
    return permission === "prompt" || /dismissed/i.test(message) ? "dismissed" : "blocked";
  }
  if (name === "NotFoundError" || name === "OverconstrainedError") return "none-found";
  if (name === "NotReadableError" || name === "AbortError") return "busy";
  return "other";
}

/** A certain device is asked for exactly: where it is only wished for, browsers may open another. */
function constraints(kind: Kind, deviceId: string, facing: Facing | ""): MediaTrackConstraints {
  const device: MediaTrackConstraints = deviceId ? { deviceId: { exact: deviceId } } : facing ? { facingMode: { ideal: facing } } : {};
  if (kind === "audio") return { ...device, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  return { ...device, width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 24, max: 30 } };
}

async function permission(kinds: readonly Kind[]): Promise<PermissionState | ""> {
  try {
    const names = kinds.map((kind) => (kind === "audio" ? "microphone" : "camera"));
    const states = await Promise.all(names.map((name) => navigator.permissions.query({ name: name as PermissionName })));
    if (states.some(({ state }) => state === "denied")) return "denied";
    return states.some(({ state }) => state === "prompt") ? "prompt" : "granted";
  } catch {
    return "";
  }
}

/** Opens one kind; another device of it where the one that is asked for is not there. Rejects with the browser's
 * error. */
export async function openOne(kind: Kind, deviceId = remembered(kind), facing: Facing | "" = ""): Promise<MediaStreamTrack> {
  const ask = (id: string): Promise<MediaStream> => navigator.mediaDevices.getUserMedia({ [kind]: constraints(kind, id, facing) });
  const stream = await ask(deviceId).catch((error: unknown) => {
    if (deviceId && (error as { name?: string } | null)?.name === "OverconstrainedError") return ask("");
    throw error;
  });
  return stream.getTracks()[0]!;
}

/** Opens both, else what there is: a voice without a picture is a visit too. `problem` says what is missing and why. */
export async function openBoth(): Promise<Opened> {
  if (!supported()) return { audio: null, video: null, problem: "unsupported" };
  try {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: constraints("audio", remembered("audio"), ""),
      video: constraints("video", remembered("video"), remembered("video") ? "" : "user"),
    });
    return { audio: stream.getAudioTracks()[0] ?? null, video: stream.getVideoTracks()[0] ?? null, problem: "" };
  } catch (error) {
    const problem = problemOf(error, await permission(["audio", "video"]));
    if (problem === "dismissed") return { audio: null, video: null, problem }; // asking at once again would nag
    const audio = await alone("audio");
    const video = await alone("video");
    return { audio, video, problem: audio && video ? "" : problem }; // a device that was chosen once may be gone
  }
}

async function alone(kind: Kind): Promise<MediaStreamTrack | null> {
  if ((await permission([kind])) === "denied") return null;
  return openOne(kind).catch(() => null);
}

/** One open device with its problem, for a button that turns it on. */
export async function tryOne(kind: Kind, deviceId?: string, facing?: Facing): Promise<[MediaStreamTrack | null, Problem | ""]> {
  if (!supported()) return [null, "unsupported"];
  try {
    return [await openOne(kind, deviceId, facing), ""];
  } catch (error) {
    return [null, problemOf(error, await permission([kind]))];
  }
}

export interface Choice {
  id: string;
  label: string;
}

/** The devices there are; labels come only after permission. */
export async function choices(kind: Kind): Promise<Choice[]> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const wanted = devices.filter((one) => one.kind === `${kind}input` && one.deviceId && one.deviceId !== "communications");
    return wanted.map((one) => ({ id: one.deviceId, label: one.label }));
  } catch {
    return [];
  }
}
