/** The takeaway as it stands in the state, and what became of its sending. */

export type TakeawayStage = "drafted" | "signed" | "issued" | "voided" | "superseded" | "recalled";
export type Edition = "standard" | "large" | "larger" | "contrast" | "text";
export type Way = "email" | "file" | "fax" | "print" | "mail" | "portal";

export interface Takeaway {
  version: number;
  stage: TakeawayStage;
  sha256: string;
  html_sha256: string;
  based_on: number;
  drafted_at: string;
  signed_by: string;
  signed_at: string;
  issued_at: string;
  voided_because: string;
  language: string;
  copies: Copy[];
  failing: string[];
  grade: number;
  override: string;
  recalled_because: string;
  lines: PaperLine[];
  reviewed: string[];
}

/** One line of the document that is read on its own before signing. */
export interface PaperLine {
  id: string;
  text: string;
}

export interface Copy {
  name: string;
  sha256: string;
}

/** One sending; `to` is masked once it was tried. */
export interface Delivery {
  id: string;
  version: number;
  by: Way;
  to: string;
  edition: Edition;
  stage: "requested" | "sending" | "delivered" | "failed";
  at: string;
  proof: string;
  code: string;
  letter_id: string;
}

export interface EmailConsent {
  address: string;
  agreed: boolean;
  at: string;
}

export interface Representative {
  name: string;
  relation: string;
}
