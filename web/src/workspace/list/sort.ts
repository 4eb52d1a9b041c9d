/** The consults of a pharmacist in the order of the day. */

import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import type { ConsultRow } from "../../shared/wire";
import { dayIn } from "../../shared/zone";

export interface DayLists {
  /** Patients who are here and not let in: nobody should wait unseen. */
  here: ConsultRow[];
  open: ConsultRow[];
  /** To be held today or overdue, soonest first. */
  today: ConsultRow[];
  later: ConsultRow[];
  /** Held, and the summary is not sent yet: the one with the fewest days left first. */
  toSend: ConsultRow[];
  /** Finished, newest first. */
  past: ConsultRow[];
  /** The one to act on: who waits, else an open visit, else the next to be held. */
  primary: string;
}

export function dayLists(rows: readonly ConsultRow[], now: Date = new Date()): DayLists {
  const here = rows.filter((row) => row.waiting && row.phase !== "closed");
  const rest = rows.filter((row) => !here.includes(row));
  const of = (phase: ConsultRow["phase"]) => rest.filter((row) => row.phase === phase);
  const planned = of("scheduled").sort((a, b) => a.planned_at.localeCompare(b.planned_at));
  const isLater = (row: ConsultRow): boolean => dayIn(new Date(row.planned_at)) > dayIn(now);
  const today = planned.filter((row) => !isLater(row));
  const later = planned.filter(isLater);
  const open = of("open").sort((a, b) => a.opened_at.localeCompare(b.opened_at));
  const closed = of("closed").sort((a, b) => b.closed_at.localeCompare(a.closed_at));
  const toSend = closed.filter((row) => row.takeaway_due).sort((a, b) => a.takeaway_due.localeCompare(b.takeaway_due));
  const past = closed.filter((row) => !row.takeaway_due);
  return { here, open, today, later, toSend, past, primary: (here[0] ?? open[0] ?? today[0] ?? later[0])?.id ?? "" };
}

/** Whole days until the last day for the summary; 0 is today, less is overdue. */
export function daysLeft(due: string, now: Date = new Date()): number {
  return Math.round((Date.parse(due) - Date.parse(dayIn(now))) / 86_400_000); // both are read as midnight of UTC
}

export function daysLeftWords(due: string, now: Date = new Date()): string {
  const left = daysLeft(due, now);
  if (left < 0) return tn("%(count)s day overdue", "%(count)s days overdue", -left);
  return left === 0 ? t("last day today") : tn("%(count)s day left", "%(count)s days left", left);
}
