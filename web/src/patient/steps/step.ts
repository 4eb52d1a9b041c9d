/** What every step is given, and what it gives back: its element, and how to take a newer state. */

import type { Commands, CommandType, Consult } from "../../shared/protocol";
import type { ConsultSession } from "../../shared/socket";
import type { Part } from "../stage";
import type { Words } from "../words/words";

export interface Visit {
  planned_at: string;
  phase: string;
  pharmacist_name: string;
  pharmacist_title: string;
}

export interface Scene {
  words: Words;
  consult: Consult | null;
  memberId: string;
  part: Part;
  /** The server's code for not taking this page, "" where it does. */
  why: string;
  visit: Visit | null;
  topics: Record<string, string>;
  /** The script may be written in another language than the page. */
  topicsLanguage: string;
  /** Directions in plain words by medication id, in the page's language. */
  directions: Record<string, string>;
}

export interface Actions {
  join: (birthDate: string) => Promise<string>;
  /** Send a command; rejects where it was not saved. */
  tell: <T extends CommandType>(type: T, data: Commands[T]) => Promise<void>;
  leave: () => void;
  comeBack: () => void;
  signOut: () => void;
  /** The connection to the consult, for the call. */
  session: () => ConsultSession | null;
  announce: (words: string) => void;
}

export interface StepView {
  element: HTMLElement;
  /** Newer values; the step keeps what the person is typing. */
  update?: (scene: Scene) => void;
}

export type Step = (scene: Scene, actions: Actions) => StepView;
