/** The consults of a pharmacist in the order of the day. */

import type { ConsultRow } from "../../shared/wire";

export interface DayLists {
  /** To be held, soonest first. */
  waiting: ConsultRow[];
  open: ConsultRow[];
  /** Finished: those whose summary is still to be sent by their due date, then newest first. */
  past: ConsultRow[];
  /** The one to act on: an open visit, else the next to be held. */
  primary: string;
}

export function dayLists(rows: readonly ConsultRow[]): DayLists {
  const of = (phase: ConsultRow["phase"]) => rows.filter((row) => row.phase === phase);
  const waiting = of("scheduled").sort((a, b) => a.planned_at.localeCompare(b.planned_at));
  const open = of("open").sort((a, b) => a.opened_at.localeCompare(b.opened_at));
  const due = (row: ConsultRow) => row.takeaway_due || "9999";
  const past = of("closed").sort((a, b) => due(a).localeCompare(due(b)) || b.closed_at.localeCompare(a.closed_at));
  return { waiting, open, past, primary: (open[0] ?? waiting[0])?.id ?? "" };
}
