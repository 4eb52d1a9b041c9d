/** Times for a patient: in words, in their own zone. */

/** "Monday, November 23 at 3:05 PM"; "" for a time that is not one. */
export function appointment(iso: string, language: string, timeZone?: string): string {
  const at = new Date(iso);
  if (!iso || Number.isNaN(at.getTime())) return "";
  const zone = timeZone ? { timeZone } : {};
  const region = language === "en" ? "en-US" : `${language}-US`;
  const day = new Intl.DateTimeFormat(region, { weekday: "long", month: "long", day: "numeric", ...zone }).format(at);
  const time = new Intl.DateTimeFormat(region, { hour: "numeric", minute: "2-digit", ...zone }).format(at);
  return `${day}, ${unbroken(time)}`;
}

/** "3:05 PM" */
export function clockTime(iso: string, language: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  const region = language === "en" ? "en-US" : `${language}-US`;
  return unbroken(new Intl.DateTimeFormat(region, { hour: "numeric", minute: "2-digit" }).format(at));
}

/** "3:05 PM" stays on one line. */
const unbroken = (text: string): string => text.replace(/\s/g, "\u00a0");
