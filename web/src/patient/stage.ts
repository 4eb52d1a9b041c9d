/** Which one thing the page shows now. Pure: what is known goes in, the name of the step comes out. */

import type { Consult, Takeaway } from "../shared/protocol";

export type Stage = "opening" | "confirm" | "no-link" | "expired" | "waiting" | "visit" | "left" | "after" | "missed" | "done";

export interface Known {
  /** Whether the browser has a session: null while that is being asked. */
  signedIn: boolean | null;
  /** A link's token is in the address. */
  hasLink: boolean;
  /** The session ended or was refused while the page was open. */
  refused: boolean;
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
  if (known.refused) return known.hasLink ? "confirm" : "expired";
  if (known.signedIn === null) return "opening";
  if (!known.signedIn) return known.hasLink ? "confirm" : "no-link";
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

/** The token of the link in the part of the address that is never sent ("#t=..."), "" where there is none. */
export function tokenIn(hash: string): string {
  const token = new URLSearchParams(hash.replace(/^#/, "")).get("t") ?? "";
  return /^[\w-]{1,200}$/.test(token) ? token : "";
}
