/** Who takes part, and what they are called on the staff's pages. */

import type { Consult, Participant } from "./protocol";
import { t } from "./texts";

/** Who takes part as what, in a word. */
export const ROLES: Record<string, string> = {
  patient: t("patient"),
  caregiver: t("caregiver"),
  interpreter: t("interpreter"),
  pharmacist: t("pharmacist"),
  supervisor: t("supervisor"),
  system: t("system"),
};

const STAFF: ReadonlySet<string> = new Set(["pharmacist", "supervisor", "system"]);

/** Whoever came by a link: the patient first, then caregivers and interpreters. */
export function invited(consult: Consult): Participant[] {
  const guests = Object.values(consult.participants).filter((one) => !STAFF.has(one.role));
  return guests.sort((a, b) => Number(b.role === "patient") - Number(a.role === "patient"));
}

/** Why this member may be let in only with a reason, as `consult/domain/consents.py` has it; "" where there is none. */
export function consentLacks(consult: Consult, member: Pick<Participant, "role">): "" | "telehealth" | "refused" | "not-asked" {
  const { refused, agreed = [] } = consult.guidance;
  if (refused.includes("telehealth")) return "telehealth";
  if (member.role !== "caregiver") return "";
  if (refused.includes("caregiver")) return "refused";
  return consult.representative || agreed.includes("caregiver") ? "" : "not-asked";
}

/** "Ana Lopez (interpreter)"; the patient by the name alone. */
export function calledBy(member: Pick<Participant, "name" | "role">): string {
  const part = member.role === "patient" || member.role === "pharmacist" ? "" : (ROLES[member.role] ?? member.role);
  if (!member.name) return part || t("A guest");
  return part ? `${member.name} (${part})` : member.name;
}
