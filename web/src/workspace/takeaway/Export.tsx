import { useState } from "preact/hooks";
import { ApiError, exportConsult, type ExportKind } from "../../shared/api";
import { t } from "../../shared/texts";
import { dayIn } from "../../shared/zone";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

const KINDS: Record<ExportKind, string> = {
  smp: t("Medication profile (SMP)"),
  map: t("Action plan alone"),
  ecare: t("Pharmacist eCare plan"),
};
const ONLY_DRAFT: ReadonlySet<string> = new Set(["not-signed", "changed-since-signed"]);

/** The consult as a FHIR file for another system; where nothing is signed, only as a draft that says so. */
export function Export() {
  const { state } = useWorkspace();
  const consult = state.value;
  const [kind, setKind] = useState<ExportKind>("smp");
  const [onlyDraft, setOnlyDraft] = useState(false);
  const act = useAct();
  const run = (draft: boolean) => {
    setOnlyDraft(false);
    void act.run(async () => {
      try {
        const bundle = await exportConsult(consult.id, kind, draft);
        const day = dayIn(new Date(consult.opened_at || consult.planned_at));
        save(bundle, `medication-review-${day}.${kind}${draft ? ".draft" : ""}.json`);
      } catch (refused) {
        setOnlyDraft(refused instanceof ApiError && ONLY_DRAFT.has(refused.code));
        throw refused;
      }
    }, t("The file was saved"));
  };
  return (
    <details class="points export" id="export">
      <summary>{t("Export (FHIR)")}</summary>
      <label class="label" for="export-kind">{t("For another system, as")}</label>
      <select
        id="export-kind"
        class="input"
        value={kind}
        onChange={(event) => {
          setKind(event.currentTarget.value as ExportKind);
          setOnlyDraft(false);
        }}
      >
        {Object.entries(KINDS).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
      <div class="row">
        <button type="button" class="button" disabled={act.busy} onClick={() => run(false)}>{t("Save the file")}</button>
        {onlyDraft && (
          <button type="button" class="button quiet" disabled={act.busy} onClick={() => run(true)}>{t("Save a draft")}</button>
        )}
      </div>
      {act.error && <p class="refused">{act.error}</p>}
      <p class="hint">{t("It holds what you have accepted, and names the patient: send it only where it may go.")}</p>
    </details>
  );
}

function save(value: unknown, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 1)], { type: "application/fhir+json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
