import { useEffect, useState } from "preact/hooks";
import { ApiError, consults } from "../shared/api";
import { clock } from "../shared/format";
import { t } from "../shared/texts";
import type { ConsultRow } from "../shared/wire";

const EVERY_MS = 15000;

interface Consults {
  /** null until the list was read for the first time. */
  rows: ConsultRow[] | null;
  /** Why the list is not of now, and of when it is; "" where it is. */
  trouble: string;
  read: () => void;
}

/** The list of consults, read again now and then and as soon as the connection goes or comes back. */
export function useConsults(role: "pharmacist" | "supervisor"): Consults {
  const [rows, setRows] = useState<ConsultRow[] | null>(null);
  const [readAt, setReadAt] = useState("");
  const [error, setError] = useState("");
  const read = () =>
    void consults(role).then(
      (fresh) => {
        setRows(fresh);
        setReadAt(new Date().toISOString());
        setError("");
      },
      (reason: unknown) => {
        if (reason instanceof ApiError && reason.status === 401) location.assign(`/signin?as=${role}`);
        else setError(reason instanceof Error ? reason.message : t("The list could not be read."));
      },
    );
  useEffect(() => {
    read();
    const timer = setInterval(read, EVERY_MS);
    window.addEventListener("online", read);
    window.addEventListener("offline", read);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", read);
      window.removeEventListener("offline", read);
    };
  }, []);
  const since = readAt ? t("The list is as it was at %(time)s.", { time: clock(readAt) }) : "";
  return { rows, trouble: error && [error, since].filter(Boolean).join(" "), read };
}
