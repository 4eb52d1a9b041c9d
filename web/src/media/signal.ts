/** What goes between two pages of a call, by way of the server, and what the call needs of the connection. */

export interface SignalData {
  /** The sender's page: the same page keeps its media, a new one starts over. */
  page: string;
  /** The attempt to connect; whoever offers first names it. Signals of an attempt that was given up come too late. */
  link: string;
  description?: RTCSessionDescriptionInit;
  candidates?: RTCIceCandidateInit[];
  bye?: boolean;
}

export interface Signal {
  consult_id: string;
  from: string;
  data: SignalData;
}

export interface Ready {
  ok: true;
  ice_servers: RTCIceServer[];
  ice_policy: RTCIceTransportPolicy;
  /** Seconds in which the credentials open new relays. */
  ttl: number;
  others: { id: string; page: string }[];
  members: string[];
}

export type Answer<T> = T | { ok: false; code: string } | null;

/** What a call needs of the page's connection; `ask` gives null where no answer came. */
export interface Link {
  consultId: string;
  memberId: () => string;
  ask: <T>(event: string, payload: Record<string, unknown>) => Promise<Answer<T>>;
  hear: (event: string, listener: (data: never) => void) => void;
}

/** What a member says of its own microphone and picture, from page to page. `weak`: dropped for a weak line. */
export interface Sending {
  mic: boolean;
  camera: boolean;
  screen: boolean;
  weak: boolean;
}

export const SILENT: Sending = { mic: false, camera: false, screen: false, weak: false };

/** Reads what the other page says; anything but plain truth values counts as false. */
export function readSending(text: unknown): Sending | null {
  if (typeof text !== "string" || text.length > 500) return null;
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof said !== "object" || said === null) return null;
  const { mic, camera, screen, weak } = said as Record<string, unknown>;
  return { mic: mic === true, camera: camera === true, screen: screen === true, weak: weak === true };
}
