/** The call's connection, made of the page's connection to its consult. */

import type { ConsultSession } from "../shared/socket";
import { Call } from "./call";
import type { LocalMedia } from "./local";
import type { Link } from "./signal";

export function linkOf(session: ConsultSession): Link {
  return {
    consultId: session.consultId,
    memberId: () => session.member?.id ?? "",
    ask: (event, payload) => session.ask(event, payload),
    hear: (event, listener) => session.hear(event, listener as (data: unknown) => void),
  };
}

/** A call that follows its consult: it takes its place anew after a lost connection, cuts off who is sent back to
 * wait, and ends with the visit. */
export function callIn(session: ConsultSession, local: LocalMedia): Call {
  const call = new Call(linkOf(session), local);
  let online = false;
  session.onStatus(({ connection }) => {
    const now = connection === "online";
    if (now && !online) call.online();
    online = now;
    if (connection === "refused") call.leave();
  });
  session.onState((consult) => {
    if (consult.phase === "none") return;
    const admitted = Object.values(consult.participants).filter((one) => one.state === "admitted");
    const me = session.member && consult.participants[session.member.id];
    if (me?.state === "waiting") call.leave();
    call.allow(new Set(admitted.map((one) => one.id)));
    if (consult.phase === "closed") call.leave();
  });
  return call;
}

const key = (consultId: string): string => `consult-in-call-${consultId}`;

/** Whether this tab was in the call before it was loaded again. */
export function wasInCall(consultId: string): boolean {
  try {
    return sessionStorage.getItem(key(consultId)) === "yes";
  } catch {
    return false;
  }
}

export function keepInCall(consultId: string, inCall: boolean): void {
  try {
    if (inCall) sessionStorage.setItem(key(consultId), "yes");
    else sessionStorage.removeItem(key(consultId));
  } catch {
    // nothing to keep it in
  }
}
