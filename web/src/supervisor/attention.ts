/** Which consults deserve a look, and why, in words. */

import { tn } from "../shared/counts";
import { t } from "../shared/texts";
import type { ConsultRow } from "../shared/wire";

export interface Attention {
  row: ConsultRow;
  reasons: { words: string; critical: boolean }[];
  weight: number;
}

const LONG_MINUTES = 75;
const SHORT_MINUTES = 10;

export function minutes(row: ConsultRow, now: Date): number {
  if (!row.opened_at) return 0;
  const end = row.closed_at ? new Date(row.closed_at) : now;
  return Math.max(0, (end.getTime() - new Date(row.opened_at).getTime()) / 60000);
}

export function attention(row: ConsultRow, now: Date): Attention {
  const reasons: Attention["reasons"] = [];
  let weight = 0;
  const say = (words: string, add: number, critical = false): void => {
    reasons.push({ words, critical });
    weight += add;
  };
  const closed = row.phase === "closed";
  if (row.alerts_critical) say(tn("%(count)s critical alert not answered", "%(count)s critical alerts not answered", row.alerts_critical), 8 + row.alerts_critical, true);
  if (closed && row.alerts_open) say(tn("%(count)s alert left unanswered", "%(count)s alerts left unanswered", row.alerts_open), 5);
  if (closed && row.takeaway_stage !== "issued")
    say(row.takeaway_stage === "signed" ? t("takeaway signed, not given") : t("takeaway not signed"), 4);
  if (closed && row.to_confirm) say(tn("%(count)s medication not confirmed", "%(count)s medications not confirmed", row.to_confirm), 2);
  const lasted = minutes(row, now);
  if (closed && lasted > LONG_MINUTES) say(t("long visit"), 1);
  if (closed && lasted < SHORT_MINUTES) say(t("short visit"), 1);
  return { row, reasons, weight };
}

export interface AttentionLists {
  look: Attention[];
  open: Attention[];
  calm: Attention[];
  planned: Attention[];
}

/** Those that deserve a look first, the weightiest on top; open ones can be followed live. */
export function attentionLists(rows: readonly ConsultRow[], now: Date): AttentionLists {
  const all = rows.map((row) => attention(row, now));
  const late = (one: Attention): string => one.row.closed_at || one.row.opened_at || one.row.planned_at;
  const closed = all.filter((one) => one.row.phase === "closed");
  return {
    open: all.filter((one) => one.row.phase === "open"),
    look: closed.filter((one) => one.weight > 1).sort((a, b) => b.weight - a.weight || late(b).localeCompare(late(a))),
    calm: closed.filter((one) => one.weight <= 1).sort((a, b) => late(b).localeCompare(late(a))),
    planned: all.filter((one) => one.row.phase === "scheduled").sort((a, b) => late(a).localeCompare(late(b))),
  };
}
