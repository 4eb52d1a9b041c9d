/** The words of the staff pages that stand for codes. */

import type { AcknowledgeReason, AlertKind, Need, Phase, Review, Source, Status as MedStatus } from "./protocol";
import type { Status } from "./socket";
import type { Reply } from "./told";
import { clock, count } from "./format";

export const KINDS: Record<string, string> = {
  cmr: "Comprehensive medication review",
  tmr: "Targeted medication review",
  adherence: "Adherence",
  discharge: "After discharge",
  caregiver: "With a caregiver",
  education: "Education",
};

export const SHORT_KINDS: Record<string, string> = { ...KINDS, cmr: "CMR", tmr: "TMR" };

export const PHASES: Record<Phase, string> = {
  none: "",
  scheduled: "To be held",
  open: "Open now",
  closed: "Finished",
};

export const MED_STATUS: Record<MedStatus, string> = {
  active: "Taking",
  stopped: "Stopped",
  "not-taken": "Not taking",
  "on-hold": "On hold",
  intended: "To start",
  completed: "Course finished",
  unknown: "Not known",
  allergy: "Allergy",
};

export const SOURCES: Record<Source, string> = {
  history: "from the record",
  note: "from the notes",
  hand: "added by hand",
  patient: "from the patient",
};

export const REPLIES: Record<Reply, string> = {
  right: "that is right",
  wrong: "that is not right",
  unsure: "not sure",
};

export const REVIEWS: Record<Review, string> = {
  proposed: "to confirm",
  confirmed: "confirmed",
  rejected: "rejected",
};

export const ALERT_KINDS: Record<AlertKind, string> = {
  interaction: "Interaction",
  duplication: "Duplication",
  condition: "Condition",
  age: "Age",
  allergy: "Allergy",
  renal: "Kidney function",
  food_herb: "Food or herb",
  dose: "Dose",
  monitoring: "Monitoring",
};

export const NEEDS: Record<Need, string> = {
  indication: "Indication",
  effectiveness: "Effectiveness",
  safety: "Safety",
  adherence: "Adherence",
};

export const REASONS: Record<AcknowledgeReason, string> = {
  "monitoring-arranged": "Monitoring is arranged",
  "dose-adjusted": "Dose was adjusted",
  tolerated: "Taken before and tolerated",
  "benefit-outweighs-risk": "Benefit outweighs the risk",
  "prescriber-contacted": "Prescriber was contacted",
  "not-taking": "Patient does not take it",
  "rule-wrong": "The rule does not fit here",
  other: "Another reason",
};

export const STAGES: Record<string, string> = {
  "": "None yet",
  drafted: "Draft, not signed",
  signed: "Signed, not issued",
  issued: "Issued",
  voided: "Void",
  superseded: "Replaced by a newer version",
  recalled: "Recalled",
};

/** What the pharmacist reads about the notes: the truth about what is safe. */
export function savedWords(status: Status): string {
  if (status.connection === "refused") return "Signed out";
  if (status.connection === "offline") return status.unsent ? `Offline, ${count(status.unsent, "change")} unsent` : "Offline";
  if (status.connection === "connecting") return "Connecting";
  return status.unsent ? "Saving" : "Saved";
}

export function bannerWords(status: Status): string {
  if (status.connection === "refused") {
    return status.code === "sign-in-needed"
      ? "You are signed out. Sign in again in another tab; unsent changes wait here."
      : "This consult cannot be opened with your account.";
  }
  const kept = status.unsent
    ? `${count(status.unsent, "change")} not sent yet; keep this page open.`
    : "Everything written so far is saved.";
  return `No connection since ${clock(status.since)}. ${kept} Trying again by itself.`;
}

/** Why a document could not be made, or a line not be analysed, by the server's code. */
export const FAILURES: Record<string, string> = {
  unchanged: "Nothing has changed since the newest version.",
  "analysis-timeout": "it took too long",
  "analysis-crash": "the analysis stopped",
  "analysis-error": "the analysis failed",
};

const FLAGS: Record<string, string> = {
  "trailing-zero": "The zero after the point can be read as ten times the dose.",
  "naked-decimal": "Without a zero before the point this can be read as a whole number.",
  "ambiguous-biweekly": "Twice a week, or every two weeks? Ask.",
  "missing-comma": "A large number without commas is easily misread.",
};
const ABBREVIATION = "This abbreviation is easily misread by others. Write it out where they will read it.";
const SMALL: ReadonlySet<string> = new Set(["no-space-before-unit"]);

/** What is said of error-prone writing, each thing once; a missing space in quick notes is not worth a word. */
export function flagWords(flags: readonly string[]): string[] {
  const words = flags.filter((flag) => !SMALL.has(flag)).map((flag) => FLAGS[flag] ?? ABBREVIATION);
  return [...new Set(words)];
}
