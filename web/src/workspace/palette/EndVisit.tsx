import { newestTakeaway } from "../../shared/consult";
import { count } from "../../shared/format";
import type { Consult } from "../../shared/protocol";
import { useAct } from "../../ui/act";
import { Dialog } from "../../ui/dialog";
import { alertGroups } from "../alerts/order";
import { regimenGroups } from "../regimen/rows";
import { useWorkspace } from "../store";

/** What is still open, so that ending is a decision and not a slip. */
export function leftOpen(consult: Consult): string[] {
  const { critical, open } = alertGroups(consult);
  const { toConfirm } = regimenGroups(consult);
  const stage = newestTakeaway(consult)?.stage ?? "";
  return [
    critical.length ? count(critical.length, "critical alert") + " not answered" : "",
    open.length ? count(open.length, "other alert") + " not answered" : "",
    toConfirm ? count(toConfirm, "medication") + " not confirmed" : "",
    stage === "issued" ? "" : stage === "signed" ? "The takeaway is signed, not given to the patient" : "The takeaway is not signed",
  ].filter(Boolean);
}

export function EndVisit() {
  const { state, send, dialog } = useWorkspace();
  const act = useAct();
  const left = leftOpen(state.value);
  const end = () =>
    void act.run(() => send("close_consult", {}), "Visit ended").then((ok) => {
      if (ok) dialog.value = "";
    });
  return (
    <Dialog title="End the visit?" onClose={() => (dialog.value = "")}>
      <p>The notes are closed for writing and the patient's page says good-bye. The takeaway can still be finished after.</p>
      {left.length > 0 && (
        <>
          <p>Still open:</p>
          <ul class="left-open">
            {left.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
      <div class="row">
        <button type="button" class="button primary" disabled={act.busy} onClick={end}>
          End visit
        </button>
        <button type="button" class="button quiet" onClick={() => (dialog.value = "")}>
          Go on
        </button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </Dialog>
  );
}
