import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { previewUrl } from "../../shared/api";
import type { Consult } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useWorkspace } from "../store";

const SETTLES_MS = 800;

/** What the document is written from; where this stays the same, so does the document. */
export function written({ medications, allergies, effects, todos, representative, patient }: Consult): string {
  const rows = Object.values(medications).filter((one) => one.review === "confirmed");
  const said = [allergies, effects].map((all) => Object.values(all).filter((one) => one.review === "confirmed"));
  return JSON.stringify([patient, rows, said, todos, representative]);
}

/** The takeaway as a draft would have it now, written by the same hand on the server, anew as facts are accepted. */
export function Preview({ language = "" }: { language?: string }) {
  const { state, status } = useWorkspace();
  const { medications, allergies, effects, todos, representative, patient } = state.value;
  const key = useMemo(() => written(state.value), [medications, allergies, effects, todos, representative, patient]);
  const [shown, setShown] = useState(0);
  const first = useRef(true);
  const frame = useRef<HTMLIFrameElement>(null);
  const top = useRef(0);
  useEffect(() => {
    if (first.current) return void (first.current = false);
    const timer = setTimeout(() => {
      top.current = frame.current?.contentWindow?.scrollY ?? 0;
      setShown((times) => times + 1);
    }, SETTLES_MS);
    return () => clearTimeout(timer);
  }, [key]);
  if (status.value.connection !== "online" && !shown) return <p class="empty">{t("The preview appears here once the server can be reached.")}</p>;
  return (
    <iframe
      ref={frame}
      class="paper"
      title={t("Takeaway, preview: not reviewed")}
      src={previewUrl(state.value.id, language, shown)}
      sandbox="allow-same-origin"
      onLoad={() => frame.current?.contentWindow?.scrollTo(0, top.current)}
    />
  );
}
