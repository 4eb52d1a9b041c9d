import { useEffect, useRef, useState } from "preact/hooks";
import type { Call, CallView } from "../../media/call";
import { callIn, keepInCall, wasInCall } from "../../media/link";
import { LocalMedia } from "../../media/local";
import type { Consult } from "../../shared/protocol";
import type { ConsultSession } from "../../shared/socket";

export interface CallHandle {
  local: LocalMedia;
  view: CallView;
  start: () => Promise<void>;
  stop: () => void;
}

const EMPTY: CallView = { state: "idle", code: "", others: [], members: [] };

export interface CallPlace {
  session: ConsultSession;
  consult: Consult;
  /** Whether the events have come. */
  loaded: boolean;
  /** Without camera and microphone: they open only when they are asked for. */
  listens?: boolean;
}

/** The call of this page, for as long as the page shows the consult. */
export function useCall({ session, consult, loaded, listens = false }: CallPlace): CallHandle {
  const [view, setView] = useState(EMPTY);
  const [, redraw] = useState(0);
  const call = useRef<Call | null>(null);
  const local = useRef<LocalMedia | null>(null);
  local.current ??= new LocalMedia();
  useEffect(() => {
    const made = callIn(session, local.current!);
    call.current = made;
    const forget = [
      made.onChange((next) => {
        setView(next);
        if (next.state === "idle" && session.state.phase === "closed") local.current!.close();
      }),
      local.current!.onChange(() => redraw((count) => count + 1)),
    ];
    return () => {
      for (const one of forget) one();
      made.leave();
      call.current = null;
      local.current!.close();
    };
  }, [session]);
  const start = async (): Promise<void> => {
    keepInCall(session.consultId, true);
    if (listens || (await local.current!.open())) await call.current?.join();
  };
  const stop = (): void => {
    keepInCall(session.consultId, false);
    call.current?.leave();
    local.current!.close();
  };
  const open = loaded && consult.phase === "open";
  useEffect(() => {
    if (open && wasInCall(session.consultId)) void start();
  }, [open]);
  return { local: local.current, view, start, stop };
}
