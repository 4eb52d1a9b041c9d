/** Who is in the call, by the names and parts that the page knows. */

import { pharmacistName } from "../stage";
import type { Scene } from "../steps/step";
import type { CallWords } from "./words";

export function nameIn({ consult, visit, words }: Scene): string {
  const told = visit?.pharmacist_name ?? "";
  return (consult ? pharmacistName(consult, told) : told) || words.someone;
}

/** "Ana Lopez, interpreter"; "" for somebody the page does not know. */
export function personIn({ consult }: Scene, id: string, words: CallWords["call"]): string {
  const member = consult?.participants[id];
  if (!member || member.role === "system") return "";
  return member.name ? `${member.name}, ${words.parts[member.role]}` : words.parts[member.role];
}

/** Whom the large picture shows: the pharmacist, else whoever is there. */
export function mainOf<T extends { id: string }>({ consult }: Scene, others: readonly T[]): T | undefined {
  return others.find((one) => consult?.participants[one.id]?.role === "pharmacist") ?? others[0];
}
