/** Whose words a line holds: the pharmacist's, unless it says otherwise by how it begins. */

import type { Speaker } from "../../shared/protocol";

const PATIENT = /^\s*(?:["“«]|(?:pt|patient)\s*:)/i;
const CAREGIVER = /^\s*(?:cg|caregiver)\s*:/i;

/** A quotation mark or "pt:" begins the patient's own words, "cg:" those of a caregiver. */
export function speakerOf(text: string): Speaker {
  if (CAREGIVER.test(text)) return "caregiver";
  return PATIENT.test(text) ? "patient" : "pharmacist";
}
