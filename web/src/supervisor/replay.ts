/** Where the transcript stands in time: the whole of it, or as it was at a moment that is being replayed. */

import type { Consult, Event } from "../shared/protocol";
import type { Mark } from "./transcript";

export interface Span {
  /** Milliseconds since 1970 of the first and of the last moment. */
  from: number;
  to: number;
}

const time = (iso: string): number => new Date(iso).getTime();

/** From the opening of the visit to its end, or to what is newest; null while there is nothing to replay. */
export function spanOf(consult: Consult, events: readonly Event[]): Span | null {
  const last = events[events.length - 1];
  if (!consult.opened_at || !last) return null;
  const from = time(consult.opened_at);
  const to = time(consult.closed_at || last.at); // papers and readers come days later
  return to > from ? { from, to } : null;
}

/** What had happened by then; what stood before the visit is always there. */
export function until(events: readonly Event[], at: number | null): readonly Event[] {
  if (at === null) return events;
  const first = events.findIndex((event) => time(event.at) > at);
  return first < 0 ? events : events.slice(0, first);
}

/** The marks as fractions of the span, for the ticks above the scrubber. */
export function ticks(marks: readonly Mark[], span: Span): { key: string; at: number; kind: Mark["kind"]; share: number }[] {
  return marks
    .map((mark) => ({ key: mark.key, at: time(mark.at), kind: mark.kind, share: (time(mark.at) - span.from) / (span.to - span.from) }))
    .filter((one) => one.share >= 0 && one.share <= 1 && one.kind !== "step");
}

/** The moment of the mark before or after `now`; null where there is none. */
export function nextMark(marks: readonly Mark[], now: number, step: 1 | -1): number | null {
  const moments = marks.filter((mark) => mark.kind === "critical").map((mark) => time(mark.at));
  const ahead = moments.filter((at) => (step > 0 ? at > now : at < now - 1000)).sort((a, b) => a - b);
  return (step > 0 ? ahead[0] : ahead[ahead.length - 1]) ?? null;
}
