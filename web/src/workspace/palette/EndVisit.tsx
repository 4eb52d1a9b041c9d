import { useState } from "preact/hooks";
import { newestTakeaway } from "../../shared/consult";
import type { Consult } from "../../shared/protocol";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
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
    critical.length ? tn("%(count)s critical alert not answered", "%(count)s critical alerts not answered", critical.length) : "",
    open.length ? tn("%(count)s other alert not answered", "%(count)s other alerts not answered", open.length) : "",
    toConfirm ? tn("%(count)s medication not confirmed", "%(count)s medications not confirmed", toConfirm) : "",
    askedFor(consult) ? "" : t("The patient was not asked whether this visit and written notes are okay"),
    stage === "issued" ? "" : stage === "signed" ? t("The takeaway is signed, not given to the patient") : t("The takeaway is not signed"),
  ].filter(Boolean);
}

/** Whether consent to the visit and to written notes was asked, or left out with a reason. */
export const askedFor = ({ guidance }: Consult): boolean => !guidance.unasked.some((one) => one === "telehealth" || one === "transcript");

export function EndVisit() {
  const { state, send, dialog } = useWorkspace();
  const act = useAct();
  const left = leftOpen(state.value);
  const needsReason = !askedFor(state.value);
  const [reason, setReason] = useState("");
  const end = () =>
    void act.run(() => send("close_consult", { reason: reason.trim() }), t("Visit ended")).then((ok) => {
      if (ok) dialog.value = "";
    });
  return (
    <Dialog title={t("End the visit?")} onClose={() => (dialog.value = "")}>
      <p>{t("The notes are closed for writing and the patient's page says good-bye. The takeaway can still be finished after.")}</p>
      {left.length > 0 && (
        <>
          <p>{t("Still open:")}</p>
          <ul class="left-open">
            {left.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        </>
      )}
      {needsReason && (
        <p>
          <label class="label" for="end-reason">{t("Why the visit ends without asking")}</label>
          <input id="end-reason" class="input" maxLength={200} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        </p>
      )}
      <div class="row">
        <button type="button" class="button primary" disabled={act.busy} onClick={end}>{t("End visit")}</button>
        <button type="button" class="button quiet" onClick={() => (dialog.value = "")}>{t("Go on")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </Dialog>
  );
}
