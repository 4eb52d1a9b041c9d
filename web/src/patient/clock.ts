/** The time as the server has it: the clock of a phone may be years off. */

const LOADED = performance.now();

/** `told` is the server's time when it made the page (ISO 8601); without it the device's own clock has to do. */
export function serverNow(told = fromPage(), sinceMs = performance.now() - LOADED, own = new Date()): Date {
  const then = new Date(told);
  return Number.isNaN(then.getTime()) ? own : new Date(then.getTime() + sinceMs);
}

const fromPage = (): string => document.querySelector<HTMLMetaElement>('meta[name="consult-now"]')?.content ?? "";
