/** Which language the page speaks: what was chosen on this device, else what the server opened the page in. */

import { en } from "./en";
import { es } from "./es";
import type { Words } from "./words";

export const LANGUAGES: readonly { tag: string; name: string; words: Words }[] = [
  { tag: "en", name: "English", words: en },
  { tag: "es", name: "Español", words: es },
];

const KEPT = "consult-language";

export function wordsFor(tag: string): Words {
  const short = tag.toLowerCase().split("-")[0];
  return LANGUAGES.find((one) => one.tag === short)?.words ?? en;
}

/** Storage may be forbidden in a private window; the page then forgets the choice. */
export function chosen(fallback: string): Words {
  try {
    return wordsFor(localStorage.getItem(KEPT) ?? fallback);
  } catch {
    return wordsFor(fallback);
  }
}

export function keep(tag: string): void {
  try {
    localStorage.setItem(KEPT, tag);
  } catch {
    // nothing to keep it in
  }
}
