/** Dates, ages, directions and counts in words. A number never parts from its unit. */

import type { MedicationMention, Sig } from "./protocol";
import { tn } from "./counts";
import { t } from "./texts";
import { otherZone, wallOf, type Wall } from "./zone";

const NBSP = "\u00a0";
const DAYS = [t("Sun"), t("Mon"), t("Tue"), t("Wed"), t("Thu"), t("Fri"), t("Sat")];
const MONTHS = [t("Jan"), t("Feb"), t("Mar"), t("Apr"), t("May"), t("Jun"), t("Jul"), t("Aug"), t("Sep"), t("Oct"), t("Nov"), t("Dec")];

/** Joins numbers to the word after them: "25 mg" stays on one line. */
export function keepUnits(text: string): string {
  return text.replace(/(\d)[ ](?=\S)/g, `$1${NBSP}`);
}

/** "Mon 23 Nov", with the year where it is not this one. */
export function day(iso: string, now: Date = new Date()): string {
  const wall = parse(iso);
  if (!wall) return "";
  const year = wall.year === wallOf(now).year ? "" : ` ${wall.year}`;
  return `${DAYS[wall.weekday]}${NBSP}${wall.date}${NBSP}${MONTHS[wall.month]}${year}`;
}

/** "14:05" where the site is. */
export function clock(iso: string): string {
  const wall = parse(iso);
  return wall ? `${two(wall.hours)}:${two(wall.minutes)}` : "";
}

/** Whose time the page tells, where the reader's own clock shows another; "" where it is the same. */
export function zoneWords(): string {
  const zone = otherZone(new Date());
  return zone && t("times of %(zone)s", { zone });
}

/** A birth date without ambiguity: "4 May 1952". */
export function birthDate(iso: string): string {
  const [year, month, date] = iso.split("-").map(Number);
  if (!year || !month || !date) return iso;
  return `${date}${NBSP}${MONTHS[month - 1]}${NBSP}${year}`;
}

/** Whole years on `today`. */
export function age(birth: string, today: Date = new Date()): number | null {
  const [year, month, date] = birth.split("-").map(Number);
  if (!year || !month || !date) return null;
  const now = wallOf(today);
  const before = now.month + 1 < month || (now.month + 1 === month && now.date < date);
  return now.year - year - (before ? 1 : 0);
}

/** "00:18:42" between two ISO times, "00:00:00" where the clocks disagree. */
export function elapsed(from: string, to: Date | string): string {
  const seconds = Math.max(0, Math.floor((new Date(to).getTime() - new Date(from).getTime()) / 1000));
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
}

/** "18 min", "1 h 5 min". */
export function length(from: string, to: Date | string): string {
  const minutes = Math.max(0, Math.round((new Date(to).getTime() - new Date(from).getTime()) / 60000));
  const hours = Math.floor(minutes / 60);
  return hours ? `${hours}${NBSP}h ${minutes % 60}${NBSP}min` : `${minutes}${NBSP}min`;
}

/** Directions as one reads them: "25 mg, 1 tablet by mouth twice a day, as needed, with food". */
export function sigWords(sig: Sig): string {
  const take = [doseWords(sig.dose), routeWords(sig.route), frequencyWords(sig.frequency)].filter(Boolean).join(" ");
  const parts = [
    sig.strength,
    take,
    sig.as_needed ? t("as needed") : "",
    timingWords(sig.timing),
    sig.duration ? t("for %(duration)s", { duration: durationWords(sig.duration) }) : "",
  ];
  return keepUnits(parts.filter(Boolean).join(", "));
}

/** When a dose is taken, by what is read from the notes: a time of day, a meal, a weekday. */
const TIMINGS: Record<string, string> = {
  morning: t("in the morning"),
  noon: t("at noon"),
  afternoon: t("in the afternoon"),
  evening: t("in the evening"),
  bedtime: t("at bedtime"),
  night: t("at night"),
  "empty stomach": t("on an empty stomach"),
  "with food": t("with food"),
  "without food": t("without food"),
  "with water": t("with water"),
  "with meals": t("with meals"),
  "before meals": t("before meals"),
  "after meals": t("after meals"),
  "with breakfast": t("with breakfast"),
  "before breakfast": t("before breakfast"),
  "after breakfast": t("after breakfast"),
  "with lunch": t("with lunch"),
  "before lunch": t("before lunch"),
  "after lunch": t("after lunch"),
  "with dinner": t("with dinner"),
  "before dinner": t("before dinner"),
  "after dinner": t("after dinner"),
  monday: t("Monday"),
  tuesday: t("Tuesday"),
  wednesday: t("Wednesday"),
  thursday: t("Thursday"),
  friday: t("Friday"),
  saturday: t("Saturday"),
  sunday: t("Sunday"),
};

/** "bedtime, with food" as one reads it; what a record says in other words stays as it is. */
export function timingWords(timing: string | null): string {
  const one = (said: string): string => TIMINGS[said] ?? TIMINGS[said.replace(/^(at|in the|on an) /, "")] ?? said;
  return (timing ?? "").split(", ").map(one).join(", ");
}

const LENGTHS: Record<string, (count: number) => string> = {
  day: (count) => tn("%(count)s day", "%(count)s days", count),
  week: (count) => tn("%(count)s week", "%(count)s weeks", count),
  month: (count) => tn("%(count)s month", "%(count)s months", count),
};

/** "5 days" in the language of the page. */
function durationWords(duration: string): string {
  const [, count, unit] = /^(\d+) (day|week|month)s?$/.exec(duration) ?? [];
  return unit ? LENGTHS[unit]!(Number(count)) : duration;
}

/** One and many of what is counted out. */
const UNITS: Record<string, readonly [string, string]> = {
  tablet: [t("tablet"), t("tablets")],
  capsule: [t("capsule"), t("capsules")],
  caplet: [t("caplet"), t("caplets")],
  softgel: [t("softgel"), t("softgels")],
  unit: [t("unit"), t("units")],
  puff: [t("puff"), t("puffs")],
  drop: [t("drop"), t("drops")],
  spray: [t("spray"), t("sprays")],
  patch: [t("patch"), t("patches")],
  application: [t("application"), t("applications")],
  teaspoon: [t("teaspoon"), t("teaspoons")],
  tablespoon: [t("tablespoon"), t("tablespoons")],
  lozenge: [t("lozenge"), t("lozenges")],
  packet: [t("packet"), t("packets")],
  suppository: [t("suppository"), t("suppositories")],
  gummy: [t("gummy"), t("gummies")],
};

/** "2 tablet" as one reads it: "2 tablets". Half a tablet stays one. */
export function doseWords(dose: string | null): string {
  const match = /^(\d[\d.,/-]*) ([a-z]+)$/.exec(dose ?? "");
  const unit = UNITS[match?.[2] ?? ""];
  if (!match || !unit) return dose ?? "";
  const number = match[1]!;
  return `${number} ${number === "1" || /^(0?\.\d+|\d\/\d)$/.test(number) ? unit[0] : unit[1]}`;
}

const BARE = /^\d+(\.\d+)?(-\d+)?$/;
const FIRST_NUMBER = /^(\d+(?:\.\d+)?(?:-\d+)?)(?=\s)(?!\s*(?:mg|mcg|g|ml|meq|units?|%))/i;

/**
 * A bare number by mouth counts what the row counted before, else tablets: "1 po bid" is a tablet until said otherwise.
 * `jotted` is what was written; a number at its start is the dose where none was read.
 */
export function withUnit(sig: Sig, before: Sig, jotted = ""): Sig {
  const dose = sig.dose ?? FIRST_NUMBER.exec(jotted.trim())?.[1] ?? null;
  if (!dose || !BARE.test(dose) || (sig.route !== "oral" && sig.route !== null)) return { ...sig, dose };
  const unit = /^[\d./-]+ ([a-z]+)$/.exec(before.dose ?? "")?.[1] ?? "tablet";
  return { ...sig, dose: `${dose} ${unit}` };
}

export const mentionSig = (mention: MedicationMention): string =>
  sigWords({ ...mention, strength: mention.strength ?? mention.likely_strength });

const ROUTES: Record<string, string> = {
  oral: t("by mouth"),
  sublingual: t("under the tongue"),
  topical: t("on the skin"),
  inhalation: t("inhaled"),
  ophthalmic: t("in the eye"),
  otic: t("in the ear"),
  nasal: t("in the nose"),
  rectal: t("rectally"),
  vaginal: t("vaginally"),
  subcutaneous: t("under the skin"),
};

export const routeWords = (route: string | null): string => (route ? (ROUTES[route] ?? route) : "");

const TIMES: Record<string, string> = { "1": t("once"), "2": t("twice") };
const PER: Record<string, (times: string) => string> = {
  hour: (times) => t("%(times)s an hour", { times }),
  day: (times) => t("%(times)s a day", { times }),
  week: (times) => t("%(times)s a week", { times }),
  month: (times) => t("%(times)s a month", { times }),
  year: (times) => t("%(times)s a year", { times }),
};

/** "2/day" -> "twice a day"; what has no such form stays as it is. */
export function frequencyWords(frequency: string | null): string {
  const [, number, span] = /^(\d+(?:-\d+)?)\/(day|week|month|year|hour)$/.exec(frequency ?? "") ?? [];
  if (!number || !span) return frequency ?? "";
  return PER[span]!(TIMES[number] ?? t("%(number)s\u00a0times", { number }));
}

/** "a", "a and b", "a, b and c". */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : t("%(several)s and %(last)s", { several: words.slice(0, -1).join(", "), last: words[words.length - 1]! });
}

/** An offset counted in code points (as the server counts) as an offset of this string. */
export function utf16(text: string, codePoints: number): number {
  let at = 0;
  for (let seen = 0; seen < codePoints && at < text.length; seen++) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** A time where the site is; a plain day is the same everywhere. */
function parse(iso: string): Wall | null {
  if (!iso) return null;
  const date = new Date(iso.length === 10 ? `${iso}T00:00:00` : iso);
  if (Number.isNaN(date.getTime())) return null;
  return iso.length === 10 ? wallOf(date, "") : wallOf(date);
}

const two = (number: number): string => String(number).padStart(2, "0");

/** How bad a side effect is and since when, in the words typed of it. */
export const courseWords = (effect: { severity: string | null; onset: string | null }): string =>
  keepUnits([effect.severity, effect.onset].filter(Boolean).join(", "));
