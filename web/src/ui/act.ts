import { useState } from "preact/hooks";
import { ApiError } from "../shared/api";
import { refusalWords } from "../shared/socket";
import { say } from "./live";

export interface Act {
  busy: boolean;
  error: string;
  /** Runs an action; where it fails, the words stand where the person acted. True where it was done. */
  run: (action: () => Promise<unknown>, done?: string) => Promise<boolean>;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const run = async (action: () => Promise<unknown>, done = ""): Promise<boolean> => {
    const home = homeOfFocus();
    setBusy(true);
    setError("");
    try {
      await action();
      if (done) say(done);
      return true;
    } catch (reason) {
      const words = reason instanceof ApiError ? reason.message : refusalWords(reason);
      setError(words);
      say(words);
      return false;
    } finally {
      setBusy(false);
      setTimeout(home, 50);
    }
  };
  return { busy, error, run };
}

/** A button that goes away when it is pressed would drop the focus: it goes to its row, else to its list. */
function homeOfFocus(): () => void {
  const button = document.activeElement;
  const row = button?.closest("li, article");
  const next = row?.nextElementSibling;
  const list = button?.closest<HTMLElement>("[role=log], [role=tabpanel], dialog, [data-pane]");
  return () => {
    const lost = document.activeElement === document.body || document.activeElement === null;
    if (!lost || button?.isConnected) return;
    const place = [row, next].find((one) => one?.isConnected)?.querySelector<HTMLElement>("button:not(:disabled), summary");
    (place ?? list)?.focus({ preventScroll: true });
  };
}
