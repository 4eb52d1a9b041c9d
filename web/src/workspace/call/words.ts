/** The call panel's words. */

import type { Other } from "../../media/call";
import type { Problem } from "../../media/devices";
import type { LocalMedia } from "../../media/local";

export const PROBLEMS: Record<Problem, string> = {
  dismissed: "The browser asked for camera and microphone and got no answer. Try again and choose Allow.",
  blocked: "This browser blocks camera or microphone for this site. Allow them beside the address, then try again.",
  system: "The computer's privacy settings keep the browser from camera or microphone. Allow them there, then try again.",
  "none-found": "A camera or microphone is missing. The call goes on with what there is.",
  busy: "Camera or microphone does not answer; another program may be using it. Close that, then turn it on again.",
  unsupported: "This browser cannot make calls. Use the phone, or another browser.",
  other: "Camera or microphone could not be opened. Try again, or go on without.",
};

export const CODES: Record<string, string> = {
  "not-open": "The call can be started once the visit has begun.",
  "call-full": "Four people are in the call already; that is as many as it can hold.",
  "not-admitted": "The server does not let this page into the call.",
};

/** One short sentence about the other side: the connection first, then what is not sent. */
export function otherWords(name: string, other: Other | undefined, inCall: boolean, here: boolean): string {
  if (!other) return inCall ? `Connecting to ${name}` : here ? `${name} is here, not in the call yet` : `${name} is not here`;
  if (other.connection === "connecting") return `Connecting to ${name}`;
  if (other.connection === "lost") return `Reconnecting to ${name}`;
  const line = { good: "good line", fair: "fair line", weak: "weak line" }[other.line];
  const { mic, camera, screen, weak } = other.sending;
  const off = [!mic && "muted", !camera && !screen && (weak ? "picture off, weak line" : "camera off")].filter(Boolean);
  return [line, ...off].join(" · ");
}

export function ownWords(local: LocalMedia): string {
  if (local.weak) return "The line is weak, so your picture was turned off and the sound goes first. You can turn it on again.";
  return local.problem ? PROBLEMS[local.problem] : "";
}
