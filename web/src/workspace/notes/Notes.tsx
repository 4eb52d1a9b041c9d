import { useEffect, useState } from "preact/hooks";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { lazy } from "../../ui/lazy";
import { useWorkspace } from "../store";

export const Editor = lazy(
  () => import("./Editor").then((all) => all.Editor),
  t("The notes could not be fetched. What was saved is safe; reload the page once the server can be reached."),
);
const Prepare = lazy(() => import("../list/Prepare").then((all) => all.Prepare));

/** The notes: the pharmacist types, the lines save themselves, what is found in them is underlined. */
export function Notes() {
  const workspace = useWorkspace();
  const { state, status, loaded } = workspace;
  const consult = state.value;
  const isWriter = consult.phase === "open" && consult.writer_tab === workspace.tabId;

  useEffect(() => {
    const free = consult.phase === "open" && consult.writer_tab === "";
    if (loaded.value && free && status.value.connection === "online")
      void workspace.send("take_writer", { tab_id: workspace.tabId }).catch(() => undefined);
  }, [loaded.value, consult.phase, consult.writer_tab, status.value.connection]);

  return (
    <section class="pane pane-notes" aria-label={t("Notes")} data-pane="notes">
      {loaded.value && !isWriter && <ReadOnlyNotice />}
      {loaded.value && (consult.phase === "scheduled" ? <Prepare /> : <Editor isWriter={isWriter} />)}
    </section>
  );
}

function ReadOnlyNotice() {
  const { state, tabId, send, focusNotes } = useWorkspace();
  const act = useAct();
  const [tried, setTried] = useState(false);
  const { phase, writer_tab } = state.value;
  if (phase === "scheduled")
    return (
      <div class="notes-notice">
        <p>{t("The visit has not begun. This is what is known so far.")}</p>
        <button type="button" class="button primary" disabled={act.busy} onClick={() => void act.run(() => send("open_consult", {}), t("Visit begun"))}>{t("Begin the visit")}</button>
        {act.error && <p class="refused">{act.error}</p>}
      </div>
    );
  if (phase === "closed") return <div class="notes-notice">{t("The visit is finished. The notes can be read here.")}</div>;
  if (!writer_tab && !tried) return null;
  const take = () => {
    setTried(true);
    void act.run(() => send("take_writer", { tab_id: tabId }), t("You write here now")).then((ok) => ok && focusNotes());
  };
  return (
    <div class="notes-notice">
      <p>{t("Another tab or person is writing. You can read along here.")}</p>
      <button type="button" class="button" disabled={act.busy} onClick={take}>{t("Write here")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}
