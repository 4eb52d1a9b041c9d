/** Follow-ups in the order of their days. */

import { tn } from "../../shared/counts";
import { day } from "../../shared/format";
import type { FollowedBy, FollowUp } from "../../shared/protocol";
import { t } from "../../shared/texts";
import type { ConsultRow } from "../../shared/wire";
import { dayIn } from "../../shared/zone";
import { daysLeft } from "../list/sort";

export const DOERS: Record<FollowedBy, string> = {
  pharmacist: t("Pharmacist"),
  prescriber: t("Prescriber"),
  patient: t("Patient"),
  caregiver: t("Caregiver"),
};
const SOON = 7; // days that the list looks ahead

export interface Due {
  row: ConsultRow;
  one: FollowUp;
}

/** What of all consults is overdue, due today or within the next seven days, the first due first. */
export function dueOf(rows: readonly ConsultRow[], now: Date = new Date()): Due[] {
  const all = rows.flatMap((row) => row.follow_ups.map((one) => ({ row, one })));
  return all.filter(({ one }) => daysLeft(one.due, now) <= SOON).sort((a, b) => a.one.due.localeCompare(b.one.due));
}

/** "Tue 1 Dec", "today", "3 days overdue". */
export function dueWords(due: string, now: Date = new Date()): string {
  const left = daysLeft(due, now);
  if (left < 0) return tn("%(count)s day overdue", "%(count)s days overdue", -left);
  return left === 0 ? t("today") : day(due, now);
}

/** A day so many days from `now` as a date field has it. */
export function dayAhead(days: number, now: Date = new Date()): string {
  return new Date(Date.parse(dayIn(now)) + days * 86_400_000).toISOString().slice(0, 10);
}
