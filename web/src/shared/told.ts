/** What the patient tells on the page itself; `consult/domain/told.py` has the same. */

export type Reply = "right" | "wrong" | "unsure";
export type Verdict = "yes" | "partly" | "no";

export interface Report {
  medication_id: string;
  reply: Reply;
  words: string;
  by: string;
  at: string;
}

export interface Picture {
  id: string;
  sha256: string;
  width: number;
  height: number;
  about: string;
  by: string;
  at: string;
}

export interface Rating {
  helped: Verdict;
  worked: Verdict;
  words: string;
  at: string;
}
