/** The medicines that the pharmacist has confirmed so far, as the patient reads them. */

import type { Consult, Directions, Medication, Sig } from "../shared/protocol";

export interface Medicine {
  id: string;
  name: string;
  /** What it contains, where the name does not say it. */
  contains: string;
  strength: string;
  why: string;
  sig: Sig;
  directions: Directions[];
}

export interface Medicines {
  taking: Medicine[];
  notTaking: Medicine[];
}

const GONE: ReadonlySet<string> = new Set(["stopped", "not-taken", "completed"]);

export function medicinesOf(consult: Consult): Medicines {
  const rows = Object.values(consult.medications).filter((row) => row.review === "confirmed");
  return {
    taking: rows.filter((row) => !GONE.has(row.status)).map(medicine),
    notTaking: rows.filter((row) => GONE.has(row.status)).map(medicine),
  };
}

/** Whether anything is known about how it is taken. */
export function hasDirections(sig: Sig): boolean {
  return Boolean(sig.dose || sig.frequency || sig.timing || sig.as_needed || sig.duration);
}

/** The pharmacist's own directions in a language; the server sends only those that hold. "" where there are none. */
export const ownWords = ({ directions }: Medicine, language: string): string => directions.find((one) => one.language === language)?.words ?? "";

function medicine(row: Medication): Medicine {
  const inside = row.ingredients.join(" / ");
  const same = inside.toLowerCase() === row.name.trim().toLowerCase();
  const strength = row.sig.strength ?? "";
  return {
    id: row.id,
    name: large(row.name),
    contains: same ? "" : inside,
    strength: strength && !row.name.includes(strength) ? strength.replace(/ /g, "\u00a0") : "",
    why: row.why,
    sig: row.sig,
    directions: row.directions ?? [],
  };
}

const large = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
