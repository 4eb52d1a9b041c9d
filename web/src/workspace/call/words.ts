/** The call panel's words. */

import type { Other } from "../../media/call";
import type { Problem } from "../../media/devices";
import type { LocalMedia } from "../../media/local";
import { t } from "../../shared/texts";

export const PROBLEMS: Record<Problem, string> = {
  dismissed: t("The browser asked for camera and microphone and got no answer. Try again and choose Allow."),
  blocked: t("This browser blocks camera or microphone for this site. Allow them beside the address, then try again."),
  system: t("The computer's privacy settings keep the browser from camera or microphone. Allow them there, then try again."),
  "none-found": t("A camera or microphone is missing. The call goes on with what there is."),
  busy: t("Camera or microphone does not answer; another program may be using it. Close that, then turn it on again."),
  unsupported: t("This browser cannot make calls. Use the phone, or another browser."),
  other: t("Camera or microphone could not be opened. Try again, or go on without."),
};

export const CODES: Record<string, string> = {
  "not-open": t("The call can be started once the visit has begun."),
  "call-full": t("Four people are in the call already; that is as many as it can hold."),
  "not-admitted": t("The server does not let this page into the call."),
};

/** One short sentence about the other side: the connection first, then what is not sent. */
export function otherWords(name: string, other: Other | undefined, inCall: boolean, here: boolean): string {
  if (!other) return inCall ? t("Connecting to %(name)s", { name }) : here ? t("%(name)s is here, not in the call yet", { name }) : t("%(name)s is not here", { name });
  if (other.connection === "connecting") return t("Connecting to %(name)s", { name });
  if (other.connection === "lost") return t("Reconnecting to %(name)s", { name });
  const { mic, camera, screen, weak } = other.sending;
  const unseen = !camera && !screen;
  // Each side knows its own way out best: who turned the picture off for it is believed.
  const line = unseen && weak ? t("picture off, weak line") : { good: t("good line"), fair: t("fair line"), weak: t("weak line") }[other.line];
  return [line, !mic && t("muted"), unseen && !weak && t("camera off")].filter(Boolean).join(" · ");
}

export function ownWords(local: LocalMedia): string {
  if (local.sending.screen) return t("Your screen is shared: everybody in the call sees what is on it.");
  if (local.weak) return t("The line is weak, so your picture was turned off and the sound goes first. It comes back by itself.");
  return local.problem ? PROBLEMS[local.problem] : "";
}
