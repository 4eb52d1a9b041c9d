/** A date of birth as people type it. Forgiving of form, strict about meaning: an unclear date is asked again. */

export type Problem = "empty" | "incomplete" | "unclear-year" | "no-such-day" | "future" | "too-old";
export type Read = { ok: true; iso: string } | { ok: false; problem: Problem; field: "month" | "day" | "year" };

const OLDEST = 120;

/** The first letters of the months; enough of them to be one month only. English and Spanish. */
const MONTHS: readonly (readonly string[])[] = [
  ["jan", "ene"],
  ["feb"],
  ["mar"],
  ["apr", "abr"],
  ["may"],
  ["jun"],
  ["jul"],
  ["aug", "ago"],
  ["sep", "set"],
  ["oct"],
  ["nov"],
  ["dec", "dic"],
];

/** 1 to 12 for "3", "03", "Mar", "march", "marzo"; null for anything else. */
export function readMonth(text: string): number | null {
  const word = plain(text);
  if (/^\d{1,2}$/.test(word)) {
    const number = Number(word);
    return number >= 1 && number <= 12 ? number : null;
  }
  const at = MONTHS.findIndex((names) => names.some((name) => word.startsWith(name)));
  return at < 0 ? null : at + 1;
}

/** The three fields as one date. `today` decides what lies in the future and which century two digits mean. */
export function readDate(month: string, day: string, year: string, today: Date): Read {
  if (!month.trim() && !day.trim() && !year.trim()) return no("empty", "month");
  const m = readMonth(month);
  if (m === null) return no(month.trim() ? "no-such-day" : "incomplete", "month");
  const d = /^\d{1,2}(?:st|nd|rd|th|\.)?$/i.test(day.trim()) ? Number.parseInt(day, 10) : null;
  if (d === null) return no(day.trim() ? "no-such-day" : "incomplete", "day");
  const y = readYear(year.trim().replace(/^['’]/, ""), today);
  if (y === null) return no(year.trim() ? "unclear-year" : "incomplete", "year");
  if (d < 1 || d > daysIn(y, m)) return no("no-such-day", "day");
  const iso = `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
  if (iso > isoDay(today)) return no("future", "year");
  if (today.getFullYear() - y > OLDEST) return no("too-old", "year");
  return { ok: true, iso };
}

/** A whole date that was pasted into one field, as the texts of the three fields; null where it is not one. */
export function splitPasted(text: string): { month: string; day: string; year: string } | null {
  const word = plain(text).replace(/,/g, " ").replace(/\s+/g, " ").trim();
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(word);
  if (iso) return { year: iso[1]!, month: iso[2]!, day: iso[3]! };
  const digits = /^(\d{2})(\d{2})(\d{4})$/.exec(word);
  if (digits) return { month: digits[1]!, day: digits[2]!, year: digits[3]! };
  const american = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(word);
  if (american) return { month: american[1]!, day: american[2]!, year: american[3]! };
  const named = /^([a-z]{3,})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4}|\d{2})$/.exec(word);
  if (named && readMonth(named[1]!)) return { month: named[1]!, day: named[2]!, year: named[3]! };
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?(?: de)? ([a-z]{3,})\.?(?: de| del)? (\d{4}|\d{2})$/.exec(word);
  if (dayFirst && readMonth(dayFirst[2]!)) return { month: dayFirst[2]!, day: dayFirst[1]!, year: dayFirst[3]! };
  return null;
}

/** Four digits as they stand; two only where one century fits a living person. */
function readYear(text: string, today: Date): number | null {
  if (/^\d{4}$/.test(text)) return Number(text);
  if (!/^\d{2}$/.test(text)) return null;
  return Number(text) > today.getFullYear() % 100 ? 1900 + Number(text) : null;
}

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]!;
}

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .trim()
    .toLowerCase();
const pad = (number: number, digits: number): string => String(number).padStart(digits, "0");
const isoDay = (day: Date): string => `${pad(day.getFullYear(), 4)}-${pad(day.getMonth() + 1, 2)}-${pad(day.getDate(), 2)}`;
const no = (problem: Problem, field: "month" | "day" | "year"): Read => ({ ok: false, problem, field });
