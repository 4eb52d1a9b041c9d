/** Which language the page speaks: what was chosen on this device, else what the server opened the page in. */

import { translator, type Catalogue, type Translate } from "../../shared/i18n";
import { wordsWith, type Words } from "./words";

type Load = () => Promise<Catalogue | null>;
const here: Load = async () => null;

/** English stands in the page itself; every other language is fetched when it is wanted, that of the call with it. */
export const LANGUAGES: readonly { tag: string; name: string; load: Load; loadCall: Load }[] = [
  { tag: "en", name: "English", load: here, loadCall: here },
  {
    tag: "es",
    name: "Español",
    load: async () => (await import("../../shared/locale/patient.es.json")).default,
    loadCall: async () => (await import("../../shared/locale/call.es.json")).default,
  },
];

const KEPT = "consult-language";

/** English for a tag that there are no words for. Rejects where the language cannot be fetched now. */
export async function wordsFor(tag: string): Promise<Words> {
  const language = languageOf(tag);
  return wordsWith(language.tag, translator(await language.load()));
}

/** The texts of the call in that language. */
export async function callTexts(tag: string): Promise<Translate> {
  return translator(await languageOf(tag).loadCall());
}

function languageOf(tag: string): (typeof LANGUAGES)[number] {
  const short = tag.toLowerCase().split("-")[0];
  return LANGUAGES.find((one) => one.tag === short) ?? LANGUAGES[0]!;
}

export const ENGLISH: Words = wordsWith("en", translator(null));

/** Storage may be forbidden in a private window; the page then forgets the choice. */
export function chosen(fallback: string): string {
  try {
    return localStorage.getItem(KEPT) ?? fallback;
  } catch {
    return fallback;
  }
}

export function keep(tag: string): void {
  try {
    localStorage.setItem(KEPT, tag);
  } catch {
    // nothing to keep it in
  }
}
