/** What can be done with the call, by name; for the command palette. */

import { t } from "../../shared/texts";
import type { Entry } from "../palette/entries";
import type { CallHandle } from "./useCall";

export function callEntries(call: Pick<CallHandle, "local" | "view" | "start" | "stop"> | null, open: boolean): Entry[] {
  if (!call || !open) return [];
  const entry = (words: string, run: () => unknown): Entry => ({ group: t("Call"), words, run });
  if (call.view.state !== "joining" && call.view.state !== "joined") return [entry(t("Join the call"), () => call.start())];
  const { local } = call;
  const { mic, screen } = local.sending;
  const mayShare = typeof navigator !== "undefined" && typeof navigator.mediaDevices?.getDisplayMedia === "function";
  return [
    entry(mic ? t("Mute") : t("Unmute"), () => local.setMuted(mic)),
    entry(local.hasCamera ? t("Turn the camera off") : t("Turn the camera on"), () => local.setCamera(!local.hasCamera)),
    ...(mayShare ? [entry(screen ? t("Stop sharing the screen") : t("Share the screen"), () => (screen ? local.unshare() : local.share().catch(() => undefined)))] : []),
    entry(t("Hang up"), call.stop),
  ];
}
