import { useState } from "preact/hooks";
import { ApiError } from "../shared/api";
import { refusalWords } from "../shared/socket";
import { say } from "./live";

export interface Act {
  busy: boolean;
  error: string;
  /** Runs an action; where it fails, the words stand where the person acted. True where it was done. */
  run: (action: () => Promise<unknown>, done?: string) => Promise<boolean>;
  clear: () => void;
}

export function useAct(): Act {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const run = async (action: () => Promise<unknown>, done = ""): Promise<boolean> => {
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
    }
  };
  return { busy, error, run, clear: () => setError("") };
}
