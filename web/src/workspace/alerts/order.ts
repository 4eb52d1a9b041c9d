/** Which alerts stand where: critical first, the rest as they came; nothing moves under the hand. */

import type { AlertRow, Checked, Consult, Indicator } from "../../shared/protocol";

const RANK: Record<Indicator, number> = { critical: 0, warning: 1, info: 2 };

export interface AlertGroups {
  critical: AlertRow[];
  open: AlertRow[];
  answered: AlertRow[];
  /** What they rested on has gone; they are shown as such, so that nobody looks for them. */
  withdrawn: AlertRow[];
}

export function alertGroups(consult: Consult): AlertGroups {
  const all = Object.values(consult.alerts);
  const rows = all.filter((row) => row.stage !== "withdrawn");
  const open = rows.filter((row) => row.stage === "raised");
  return {
    critical: open.filter((row) => row.alert.indicator === "critical"),
    open: open
      .filter((row) => row.alert.indicator !== "critical")
      .sort((a, b) => RANK[a.alert.indicator] - RANK[b.alert.indicator]),
    answered: rows.filter((row) => row.stage !== "raised"),
    withdrawn: all.filter((row) => row.stage === "withdrawn" && row.alert.indicator !== "info"),
  };
}

/** Why alerts cannot be relied on now, "" where they can: the checks fail, or run on no or on old knowledge (how old
 * it may be is the site's to say, so the server judges it). */
export function checksTrouble(checked: Checked): "" | "failed" | "missing" | "expired" {
  if (checked.failed) return checked.failed === "data-expired" ? "expired" : "failed";
  return checked.based_on && !checked.data_date ? "missing" : "";
}

/**
 * The list as it stood while a hand is on it: what was answered stays in its place, what is new waits (its ids are
 * returned), and only what no longer exists goes.
 */
export function held(
  before: readonly string[],
  now: readonly string[],
  exists: (id: string) => boolean,
): { shown: string[]; waiting: string[] } {
  return { shown: before.filter(exists), waiting: now.filter((id) => !before.includes(id)) };
}

/** The note lines that an alert rests on, with the place in each. */
export function linesOf(row: AlertRow, consult: Consult): { lineId: string; number: number; start: number }[] {
  const found = new Map<string, { lineId: string; number: number; start: number }>();
  for (const id of row.alert.medications) {
    for (const evidence of consult.medications[id]?.evidence ?? []) {
      const number = consult.order.indexOf(evidence.line_id) + 1;
      if (number && !found.has(evidence.line_id))
        found.set(evidence.line_id, { lineId: evidence.line_id, number, start: evidence.start });
    }
  }
  return [...found.values()].sort((a, b) => a.number - b.number);
}
