/** Which one thing the page shows now. Pure: what is known goes in, the name of the step comes out. */

import type { Consult, Takeaway } from "../shared/protocol";

export type Stage = "opening" | "confirm" | "invited" | "no-link" | "expired" | "waiting" | "visit" | "left" | "after" | "missed" | "done";

export interface Known {
  /** Whether the browser has a session: null while that is being asked. */
  signedIn: boolean | null;
  /** A link's token is in the address. */
  hasLink: boolean;
  /** The link is one of a caregiver or an interpreter, who need no date of birth. */
  guestLink: boolean;
  /** The session ended or was refused while the page was open. */
  refused: boolean;
  /** The server's code for it. */
  why: string;
  /** The patient pressed "Leave". */
  left: boolean;
  /** The patient signed out on this device. */
  done: boolean;
  /** null until the first events have come. */
  consult: Consult | null;
  memberId: string;
}

export function stageOf(known: Known): Stage {
  if (known.done) return "done";
  const door = known.guestLink ? "invited" : "confirm";
  if (known.refused) return known.hasLink ? door : "expired";
  if (known.signedIn === null) return "opening";
  if (!known.signedIn) return known.hasLink ? door : "no-link";
  if (known.left) return "left";
  const { consult } = known;
  if (consult === null || consult.phase === "none") return "opening";
  const me = consult.participants[known.memberId];
  const admitted = me?.state === "admitted";
  if (consult.phase === "closed") return admitted ? "after" : "missed";
  return admitted ? "visit" : "waiting";
}

/** The newest version that the patient may read; null where there is none yet, or it was taken back. */
export function summaryOf(consult: Consult): Takeaway | null {
  const issued = consult.takeaways.filter((one) => one.stage === "issued");
  return issued[issued.length - 1] ?? null;
}

/** The summary was given and taken back, and there is no new one yet. */
export function takenBack(consult: Consult): boolean {
  return summaryOf(consult) === null && consult.takeaways.some((one) => one.stage === "recalled");
}

/** The pharmacist's name as the patient may know it: whoever of that role is or was in the consult. */
export function pharmacistName(consult: Consult, told: string): string {
  const member = Object.values(consult.participants).find((one) => one.role === "pharmacist");
  return member?.name || told;
}

export type Part = "patient" | "caregiver" | "interpreter";

/** As what somebody takes part who came by a link; the member id begins with it. */
export function partOf(memberId: string): Part {
  const [part] = memberId.split(":");
  return part === "caregiver" || part === "interpreter" ? part : "patient";
}

/** The link's token in the part of the address that is never sent: "#t=..." of the patient, "#g=..." of a guest. */
export function linkIn(hash: string): { token: string; guest: boolean } {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const token = said.get("t") ?? said.get("g") ?? "";
  return { token: /^[\w-]{1,200}$/.test(token) ? token : "", guest: !said.has("t") && said.has("g") };
}
