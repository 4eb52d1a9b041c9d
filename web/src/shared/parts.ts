/** One value as many signals, so that a change draws anew only what has read the part that changed. */

import { batch, signal, type Signal } from "@preact/signals";

/** Read through `value`: who reads `value.alerts` follows the alerts, and nothing else. */
export interface Parts<T> {
  readonly value: T;
}

export function inParts<T extends object>(first: T): { parts: Parts<T>; set: (next: T) => void } {
  const signals = new Map<keyof T, Signal>((Object.keys(first) as (keyof T)[]).map((key) => [key, signal(first[key])]));
  const value = {} as T;
  for (const [key, part] of signals) Object.defineProperty(value, key, { enumerable: true, get: () => part.value });
  const set = (next: T): void => batch(() => signals.forEach((part, key) => (part.value = next[key])));
  return { parts: { value }, set };
}
