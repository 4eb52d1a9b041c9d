/** How long pharmacist and patient have been together: the clock stands still while one of them is away. */

import type { Consult, Event, EventType } from "./protocol";
import { emptyConsult, foldEvent } from "./state";

export interface Talk {
  /** Whole time together before `since`, in milliseconds. */
  before: number;
  /** ISO time since when both are here, "" while the clock stands. */
  since: string;
  /** Who is in the room, folded from the few events that tell it. */
  room: Consult;
}

export const noTalk: Talk = { before: 0, since: "", room: emptyConsult("") };

const TELLING: ReadonlySet<EventType> = new Set<EventType>([
  "consult_scheduled",
  "consult_opened",
  "consult_closed",
  "participant_joined",
  "participant_left",
  "participant_admitted",
  "participant_returned",
  "phone_chosen",
]);

export function talkAfter(talk: Talk, event: Event): Talk {
  if (!TELLING.has(event.data.type)) return talk;
  const room = foldEvent(talk.room, event);
  if (together(room)) return talk.since ? { ...talk, room } : { ...talk, room, since: event.at };
  return { before: talkMs(talk, new Date(event.at)), since: "", room };
}

/** Milliseconds together until `now`. */
export function talkMs(talk: Talk, now: Date): number {
  return talk.before + (talk.since ? Math.max(0, now.getTime() - new Date(talk.since).getTime()) : 0);
}

/** By phone the patient's page may be shut, or was never open: only the pharmacist's counts. */
function together(room: Consult): boolean {
  if (room.phase !== "open") return false;
  const here = Object.values(room.participants).filter((one) => one.present && one.state === "admitted");
  const phone = Object.values(room.participants).some((one) => one.by_phone && one.state === "admitted");
  const patient = room.modality === "phone" || phone || here.some((one) => one.role === "patient");
  return patient && here.some((one) => one.role === "pharmacist");
}
