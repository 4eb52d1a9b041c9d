import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";
import { EditMedication } from "./later";
import { Others } from "./Others";
import { MedicationRow } from "./Row";
import { needsChoice, regimenGroups } from "./rows";

/** Everything this patient takes, as known now; what is uncertain waits for a yes. */
export function Regimen() {
  const { state, editing, send, dialog } = useWorkspace();
  const act = useAct();
  const groups = regimenGroups(state.value);
  const sure = groups.present.filter((row) => row.review === "proposed" && row.match === "exact" && !row.candidates.length && !needsChoice(row));
  const confirmAll = () =>
    void act.run(
      () => Promise.all(sure.map((row) => send("confirm_medication", { medication_id: row.id }))),
      tn("%(count)s medication confirmed", "%(count)s medications confirmed", sure.length),
    );
  return (
    <div class="regimen">
      <div class="list-tools">
        <p class="faint">{groups.present.length > 0 && tn("%(count)s medication", "%(count)s medications", groups.present.length)}</p>
        {sure.length > 1 && (
          <button type="button" class="button small quiet" disabled={act.busy} onClick={confirmAll}>{t("Confirm %(number)s exact", { number: sure.length })}</button>
        )}
        {groups.present.length > 0 && (
          <button type="button" class="button small quiet" aria-label={t("Show the regimen as a table")} onClick={() => (dialog.value = "table")}>{t("Table")}</button>
        )}
        <button type="button" class="button small quiet" aria-label={t("Add a medication by hand")} onClick={() => (editing.value = "new")}>{t("Add")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
      {editing.value === "new" && <EditMedication row={null} done={() => (editing.value = "")} />}
      {groups.present.length ? (
        <ul class="meds" aria-label={t("Medications")}>
          {groups.present.map((row) => (
            <MedicationRow key={row.id} row={row} />
          ))}
        </ul>
      ) : (
        <p class="empty">{t("Medications appear here as the notes name them.")}</p>
      )}
      {groups.past.length > 0 && (
        <>
          <h3 class="list-title">{t("Not taken now")}</h3>
          <ul class="meds" aria-label={t("Medications not taken now")}>
            {groups.past.map((row) => (
              <MedicationRow key={row.id} row={row} />
            ))}
          </ul>
        </>
      )}
      {groups.rejected.length > 0 && (
        <details class="rejected">
          <summary>{t("%(number)s rejected", { number: groups.rejected.length })}</summary>
          <ul class="meds" aria-label={t("Rejected medications")}>
            {groups.rejected.map((row) => (
              <MedicationRow key={row.id} row={row} />
            ))}
          </ul>
        </details>
      )}
      <Others />
    </div>
  );
}
