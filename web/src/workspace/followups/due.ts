/** Follow-ups in the order of their days. */

import { tn } from "../../shared/counts";
import { day } from "../../shared/format";
import type { FollowedBy, FollowUp } from "../../shared/protocol";
import { t } from "../../shared/texts";
import type { ConsultRow } from "../../shared/wire";
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

export interface DueLists {
  overdue: Due[];
  today: Due[];
  /** Within the next seven days. */
  soon: Due[];
}

/** What is due of all consults, the first due first. */
export function dueLists(rows: readonly ConsultRow[], now: Date = new Date()): DueLists {
  const all = rows.flatMap((row) => row.follow_ups.map((one) => ({ row, one })));
  all.sort((a, b) => a.one.due.localeCompare(b.one.due));
  const left = ({ one }: Due): number => daysLeft(one.due, now);
  return {
    overdue: all.filter((due) => left(due) < 0),
    today: all.filter((due) => left(due) === 0),
    soon: all.filter((due) => left(due) > 0 && left(due) <= SOON),
  };
}

export const someDue = (rows: readonly ConsultRow[]): boolean => Object.values(dueLists(rows)).some((list) => list.length > 0);

/** "Tue 1 Dec", "today", "3 days overdue". */
export function dueWords(due: string, now: Date = new Date()): string {
  const left = daysLeft(due, now);
  if (left < 0) return tn("%(count)s day overdue", "%(count)s days overdue", -left);
  return left === 0 ? t("today") : day(due, now);
}

/** A day so many days from `now` as a date field has it. */
export function dayAhead(days: number, now: Date = new Date()): string {
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return `${then.getFullYear()}-${String(then.getMonth() + 1).padStart(2, "0")}-${String(then.getDate()).padStart(2, "0")}`;
}
