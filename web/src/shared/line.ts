/** How well a page is connected to the server, as the server tells staff every few seconds. Never stored. */

import { t } from "./texts";

export interface PageLine {
  id: string;
  round_trip_ms: number | null;
  /** Seconds since the server has heard of the page, when it told so. */
  silent_s: number;
}

export interface Presence {
  consult_id: string;
  members: PageLine[];
}

/** A line with the time at which it was told, in milliseconds of this page. */
export interface Heard extends PageLine {
  at: number;
}

/** The server asks every page every five seconds; a page that has not answered for longer is in trouble. */
const SILENT_S = 9;
/** What was told longer ago than this says nothing about now. */
const STALE_MS = 12_000;

/** The newest of each member; nodes tell of their own members alone, so what others told is kept. */
export function heardAfter(known: ReadonlyMap<string, Heard>, told: Presence, at: number): ReadonlyMap<string, Heard> {
  const next = new Map([...known].filter(([, line]) => at - line.at < STALE_MS));
  for (const line of told.members) next.set(line.id, { ...line, at });
  return next;
}

export interface LineWords {
  words: string;
  /** "good" needs no attention. */
  is: "good" | "fair" | "weak" | "silent";
}

/** The line in words; null where nothing recent is known. */
export function lineWords(line: Heard | undefined, now: number): LineWords | null {
  if (!line || now - line.at > STALE_MS) return null;
  const silent = line.silent_s + (now - line.at) / 1000;
  if (line.silent_s > SILENT_S) return { words: t("no answer for %(seconds)s s", { seconds: Math.round(silent) }), is: "silent" };
  const trip = line.round_trip_ms;
  if (trip === null) return null;
  if (trip > 800) return { words: t("weak connection"), is: "weak" };
  return trip > 350 ? { words: t("fair connection"), is: "fair" } : { words: t("good connection"), is: "good" };
}
