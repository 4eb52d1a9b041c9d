/** The words of the staff pages that stand for codes. */

import type { AcknowledgeReason, AlertKind, IdentityMethod, Indicator, Need, Phase, Review, Severity, Source, Status as MedStatus, Way } from "./protocol";
import type { Status } from "./socket";
import type { Reply } from "./told";
import { clock } from "./format";
import { tn } from "./counts";
import { t } from "./texts";

export const KINDS: Record<string, string> = {
  cmr: t("Comprehensive medication review"),
  tmr: t("Targeted medication review"),
  adherence: t("Adherence"),
  discharge: t("After discharge"),
  caregiver: t("With a caregiver"),
  education: t("Education"),
};

export const SHORT_KINDS: Record<string, string> = { ...KINDS, cmr: t("CMR"), tmr: t("TMR") };

export const PHASES: Record<Phase, string> = {
  none: "",
  scheduled: t("To be held"),
  open: t("Open now"),
  closed: t("Finished"),
};

export const MED_STATUS: Record<MedStatus, string> = {
  active: t("Taking"),
  stopped: t("Stopped"),
  "not-taken": t("Not taking"),
  "on-hold": t("On hold"),
  intended: t("To start"),
  completed: t("Course finished"),
  unknown: t("Not known"),
  allergy: t("Allergy"),
};

/** What words in a line say of what is found there, by the field that they set. */
export const CUES: Record<string, string> = {
  status: t("status"),
  negated: t("denied"),
  uncertain: t("uncertain"),
  historical: t("in the past"),
  subject: t("who it is about"),
  suspected: t("the suspected cause"),
  severity: t("how bad"),
  onset: t("since when"),
};

export const SOURCES: Record<Source, string> = {
  history: t("from the record"),
  note: t("from the notes"),
  hand: t("added by hand"),
  patient: t("from the patient"),
};

export const REPLIES: Record<Reply, string> = {
  right: t("that is right"),
  wrong: t("that is not right"),
  unsure: t("not sure"),
};

export const REVIEWS: Record<Review, string> = {
  proposed: t("to confirm"),
  confirmed: t("confirmed"),
  rejected: t("rejected"),
};

export const ALERT_KINDS: Record<AlertKind, string> = {
  interaction: t("Interaction"),
  duplication: t("Duplication"),
  condition: t("Condition"),
  age: t("Age"),
  allergy: t("Allergy"),
  renal: t("Kidney function"),
  food_herb: t("Food or herb"),
  dose: t("Dose"),
  monitoring: t("Monitoring"),
};

export const SEVERITIES: Record<Severity, string> = {
  contraindicated: t("contraindicated"),
  major: t("major"),
  moderate: t("moderate"),
  minor: t("minor"),
};

/** The language of what comes from the drug knowledge, and of the reasons that the script gives. */
export const CLINICAL = "en";

const LABS: Record<string, string> = {
  a1c: "A1c", egfr: "eGFR", crcl: "CrCl", inr: "INR", tsh: "TSH", qtc: "QTc", ldl: "LDL", alt: "ALT", ast: "AST", anc: "ANC", cbc: "CBC", bmi: t("BMI"), b12: t("vitamin B12"),
  potassium: t("potassium"), sodium: t("sodium"), calcium: t("calcium"), magnesium: t("magnesium"), creatinine: t("creatinine"), glucose: t("glucose"), weight: t("weight"), height: t("height"),
  systolic: t("systolic pressure"), diastolic: t("diastolic pressure"), pulse: t("pulse"),
};

/** What a laboratory value or a measurement is called. */
export const labName = (name: string): string => LABS[name] ?? name.replaceAll("_", " ");

export const INDICATORS: Record<Indicator, string> = { critical: t("critical"), warning: t("warning"), info: t("note") };

export const STEP_STATES = { done: t("done"), open: t("open"), skipped: t("skipped") };

export const NEEDS: Record<Need, string> = {
  indication: t("Indication"),
  effectiveness: t("Effectiveness"),
  safety: t("Safety"),
  adherence: t("Adherence"),
};

export const REASONS: Record<AcknowledgeReason, string> = {
  "monitoring-arranged": t("Monitoring is arranged"),
  "dose-adjusted": t("Dose was adjusted"),
  tolerated: t("Taken before and tolerated"),
  "benefit-outweighs-risk": t("Benefit outweighs the risk"),
  "prescriber-contacted": t("Prescriber was contacted"),
  "not-taking": t("Patient does not take it"),
  "rule-wrong": t("The rule does not fit here"),
  other: t("Another reason"),
};

export const STAGES: Record<string, string> = {
  "": t("None yet"),
  drafted: t("Draft, not signed"),
  signed: t("Signed, not issued"),
  issued: t("Issued"),
  voided: t("Void"),
  superseded: t("Replaced by a newer version"),
  recalled: t("Recalled"),
};

/** Why something was not checked; what holds a name or a number is as the server says it. */
export const UNCHECKED: Record<string, string> = {
  "to be confirmed": t("to be confirmed"),
  "not recognised": t("not recognised"),
  "not recognised; it is compared with no medication": t("not recognised; it is compared with no medication"),
  "this laboratory value is not known to the rules": t("this laboratory value is not known to the rules"),
};

/** What was not checked: a condition or an allergy is said to be one. */
export function uncheckedName(name: string): string {
  const [, what, words = name] = /^(allergy|condition): (.*)$/s.exec(name) ?? [];
  if (what === "allergy") return t("allergy: %(words)s", { words });
  return what ? t("condition: %(words)s", { words }) : name;
}

/** How it was checked who is there. */
export const METHODS: Record<IdentityMethod, string> = {
  video: t("By video"),
  phone: t("By phone"),
  phone_callback: t("By calling back a known number"),
  in_person: t("In person"),
};

const IDENTIFIERS: Record<string, string> = {
  "full name": t("full name"),
  "date of birth": t("date of birth"),
  address: t("address"),
  "phone number": t("phone number"),
  "member number": t("member number"),
};

/** The words for an identifier as the record names it. */
export const identifierWords = (name: string): string => IDENTIFIERS[name] ?? name;

/** How a document goes out. */
export const WAYS: Record<Way, string> = {
  mail: t("Mailed on paper"),
  print: t("Printed and handed over"),
  email: t("By e-mail"),
  fax: t("By fax"),
  file: t("As a file to the drop folder"),
  portal: t("Shown on the patient's page"),
};

/** Why a document did not go out, by the server's code. */
export const DELIVERY_CODES: Record<string, string> = {
  "no-carrier": t("this site is not set up for it"),
  "address-refused": t("the address was refused"),
  "server-unreachable": t("the mail server cannot be reached"),
  "not-issued": t("the version is not the issued one any more"),
  "delivery-timeout": t("it took too long"),
  "outcome-unknown": t("not known whether it went out"),
};

/** The reason that the record has of a question that was put off. */
export const SET_ASIDE = "set aside for later";

/** Why a step or a question was skipped, as it was typed. */
export const skippedWords = (reason: string): string => (reason === SET_ASIDE ? t("set aside for later") : reason);

/** What the pharmacist reads about the notes: the truth about what is safe. */
export function savedWords(status: Status): string {
  if (status.connection === "refused") return status.code === "sign-in-needed" ? t("Signed out") : t("Not open to you");
  if (status.connection === "offline") return status.unsent ? tn("Offline, %(count)s change unsent", "Offline, %(count)s changes unsent", status.unsent) : t("Offline");
  if (status.connection === "connecting") return t("Connecting");
  return status.unsent ? t("Saving") : t("Saved");
}

const REFUSED: Record<string, string> = {
  "sign-in-needed": t("You are signed out. Sign in again in another tab; unsent changes wait here."),
  "too-many": t("Too many pages are open with your account. Close some of them; this one then goes on by itself."),
  "foreign-origin": t("The server does not take pages at this address. Open it at the address that your site gave you."),
};

export function bannerWords(status: Status): string {
  if (status.connection === "refused") return REFUSED[status.code] ?? t("This consult cannot be opened with your account.");
  const kept = status.unsent
    ? tn("%(count)s change not sent yet; keep this page open.", "%(count)s changes not sent yet; keep this page open.", status.unsent)
    : t("Everything written so far is saved.");
  return t("No connection since %(time)s. %(kept)s Trying again by itself.", { time: clock(status.since), kept });
}

/** Why a document could not be made, or a line not be analysed, by the server's code. */
export const FAILURES: Record<string, string> = {
  unchanged: t("Nothing has changed since the newest version."),
  "analysis-timeout": t("it took too long"),
  "analysis-crash": t("the analysis stopped"),
  "analysis-error": t("the analysis failed"),
};

const FLAGS: Record<string, string> = {
  "trailing-zero": t("The zero after the point can be read as ten times the dose."),
  "naked-decimal": t("Without a zero before the point this can be read as a whole number."),
  "ambiguous-biweekly": t("Twice a week, or every two weeks? Ask."),
  "no-unit": t("No unit was written. The strength is read as one that is sold; check it."),
  "missing-comma": t("A large number without commas is easily misread."),
};
const ABBREVIATION = t("This abbreviation is easily misread by others. Write it out where they will read it.");
const SMALL: ReadonlySet<string> = new Set(["no-space-before-unit"]);

/** What is said of error-prone writing, each thing once; a missing space in quick notes is not worth a word. */
export function flagWords(flags: readonly string[]): string[] {
  const words = flags.filter((flag) => !SMALL.has(flag)).map((flag) => FLAGS[flag] ?? ABBREVIATION);
  return [...new Set(words)];
}
