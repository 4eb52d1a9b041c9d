/** The pharmacist's own directions for the patient's paper, as `Medication.directed` of the server has them. */

import type { Directions, Medication, Sig } from "./protocol";

const FIELDS: (keyof Sig)[] = ["strength", "dose", "route", "frequency", "as_needed", "duration", "timing"];
const sameSig = (one: Sig, other: Sig): boolean => FIELDS.every((field) => one[field] === other[field]);

/** "" where there are none in this language for the present sig. */
export const directedIn = (row: Pick<Medication, "sig" | "directions">, language: string): string =>
  row.directions?.find((one) => one.language === language && sameSig(one.sig, row.sig))?.words ?? "";

/** The row's directions with these words in a language; without words the program's own are said again. */
export function withDirections(row: Medication, language: string, words: string): Directions[] {
  const others = (row.directions ?? []).filter((one) => one.language !== language);
  return words ? [...others, { language, words, sig: row.sig }] : others;
}
