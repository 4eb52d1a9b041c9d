/** The day and the hour where the site is, which its papers tell too; the reader's own where the site names no zone. */

/** A time as the clock on the wall shows it; `month` begins with 0 and the week with Sunday, as in `Date`. */
export interface Wall {
  year: number;
  month: number;
  date: number;
  weekday: number;
  hours: number;
  minutes: number;
}

const told = (): string => (typeof document === "undefined" ? "" : (document.querySelector<HTMLMetaElement>('meta[name="consult-zone"]')?.content ?? ""));
const formats = new Map<string, Intl.DateTimeFormat | null>();

/** `zone` is an IANA name; "" is the reader's own, and so is one that this browser does not know. */
export function wallOf(at: Date, zone: string = siteZone()): Wall {
  const format = zone && formatOf(zone);
  if (!format) return { year: at.getFullYear(), month: at.getMonth(), date: at.getDate(), weekday: at.getDay(), hours: at.getHours(), minutes: at.getMinutes() };
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)])) as Record<string, number>;
  const { year, month, day: date, hour: hours, minute: minutes } = parts as Record<"year" | "month" | "day" | "hour" | "minute", number>;
  return { year, month: month - 1, date, weekday: new Date(Date.UTC(year, month - 1, date)).getUTCDay(), hours, minutes };
}

/** The time at which the wall shows "2026-11-27T14:05"; of an hour that the clocks skip or repeat, one of the two. */
export function timeOf(local: string, zone: string = siteZone()): Date {
  if (!zone || !formatOf(zone)) return new Date(local);
  const wanted = new Date(`${local}Z`).getTime();
  const shown = (at: number): number => {
    const { year, month, date, hours, minutes } = wallOf(new Date(at), zone);
    return Date.UTC(year, month, date, hours, minutes);
  };
  const first = wanted - (shown(wanted) - wanted);
  return new Date(first - (shown(first) - wanted));
}

/** "2026-11-27" where the site is. */
export function dayIn(at: Date, zone: string = siteZone()): string {
  const { year, month, date } = wallOf(at, zone);
  return `${year}-${two(month + 1)}-${two(date)}`;
}

/** "2026-11-27T14:05" as a field for a time has it. */
export function fieldOf(at: Date, zone: string = siteZone()): string {
  const { hours, minutes } = wallOf(at, zone);
  return `${dayIn(at, zone)}T${two(hours)}:${two(minutes)}`;
}

/** The zone to be named to this reader, whose own clock shows another hour; "" where both show the same. */
export function otherZone(at: Date, zone: string = siteZone()): string {
  return zone && fieldOf(at, zone) !== fieldOf(at, "") ? zone.replaceAll("_", " ") : "";
}

let zone: string | null = null;
const siteZone = (): string => (zone ??= told());

function formatOf(name: string): Intl.DateTimeFormat | null {
  let format = formats.get(name);
  if (format === undefined) {
    try {
      format = new Intl.DateTimeFormat("en-US", { timeZone: name, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" });
    } catch {
      format = null;
    }
    formats.set(name, format);
  }
  return format;
}

const two = (number: number): string => String(number).padStart(2, "0");
