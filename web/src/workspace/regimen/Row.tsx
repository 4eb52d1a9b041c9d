import { calledBy } from "../../shared/people";
import type { Candidate, Medication, Status } from "../../shared/protocol";
import { day, keepUnits, sigWords } from "../../shared/format";
import { t } from "../../shared/texts";
import { MED_STATUS, REPLIES, SOURCES } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { LineLinks } from "../consult/LineLinks";
import { useWorkspace } from "../store";
import { EditMedication } from "./later";
import { sinceRecord } from "./history";
import { evidenceLines, needsChoice } from "./rows";

export function ingredientWords(row: Pick<Medication, "name" | "ingredients">): string {
  const words = row.ingredients.join(" + ");
  return words.toLowerCase() === row.name.toLowerCase() ? "" : words;
}

/** One medication: its name as the patient says it, directions in words, why, source, and whether it stands. */
export function MedicationRow({ row }: { row: Medication }) {
  const { state, editing, send, recorded } = useWorkspace();
  const act = useAct();
  if (editing.value === row.id)
    return (
      <li class="med is-editing">
        <EditMedication row={row} done={() => (editing.value = "")} />
      </li>
    );
  const choice = needsChoice(row);
  const proposed = row.review === "proposed";
  const confirm = (candidate?: Candidate) =>
    void act.run(
      () =>
        send("confirm_medication", {
          medication_id: row.id,
          ...(candidate ? { ingredients: candidate.ingredients, name: candidate.name } : {}),
        }),
      t("%(name)s confirmed", { name: row.name }),
    );
  const directions = sigWords(row.sig);
  const ingredients = ingredientWords(row);
  const since = sinceRecord(row, recorded);
  const before = MED_STATUS[row.previous as Status]?.toLowerCase() ?? keepUnits(row.previous);
  const facts = [
    row.why ? t("for %(why)s", { why: row.why }) : "",
    row.prescriber,
    row.source === "note" ? "" : SOURCES[row.source],
    row.last_fill ? t("filled %(day)s", { day: day(row.last_fill) }) : "",
    since.kind === "changed" ? keepUnits(since.words) : before ? t("was %(before)s", { before }) : "",
  ].filter(Boolean);
  return (
    <li class={`med is-${row.review}`} data-medication={row.id}>
      <div class="med-main">
        <p class="med-name">
          <button
            type="button"
            class="med-edit"
            aria-label={t("Edit %(name)s", { name: row.name })}
            onClick={() => (editing.value = row.id)}
          >
            <span class="drug">{row.name}</span>
          </button>
          {ingredients && <span class="med-ingredients drug">{ingredients}</span>}
          {since.kind && <span class="med-since">{since.kind === "new" ? t("new") : t("changed")}</span>}
        </p>
        <p class="med-sig">
          {row.status !== "active" && <strong>{MED_STATUS[row.status]}</strong>}
          {row.status !== "active" && directions && ", "}
          {directions || (row.status === "active" ? t("directions not known") : "")}
        </p>
        <p class="med-facts">
          {facts.join(" · ")} <LineLinks lines={evidenceLines(row.evidence, state.value)} />
        </p>
        <Said row={row} />
        {proposed && row.match !== "exact" && (
          <div class="med-candidates">
            <p>{row.match === "class" ? t("Which drug is it?") : t("Did they mean")}</p>
            {row.candidates.map((candidate) => (
              <button key={candidate.name} type="button" class="button small" disabled={act.busy} onClick={() => confirm(candidate)}>
                <span class="drug">{candidate.name}</span>
              </button>
            ))}
            <button type="button" class="button small quiet" onClick={() => (editing.value = row.id)}>
              {row.candidates.length ? t("Something else…") : t("Name it…")}
            </button>
          </div>
        )}
        {act.error && <p class="refused">{act.error}</p>}
      </div>
      <div class="med-review">
        {proposed ? (
          <>
            {!choice && row.match === "exact" && (
              <button
                type="button"
                class="button small icon-only is-yes"
                disabled={act.busy}
                onClick={() => confirm()}
                aria-label={t("Confirm %(name)s", { name: row.name })}
                title={t("Confirm")}
              >
                <Icon name="check" />
              </button>
            )}
            <button
              type="button"
              class="button small quiet icon-only"
              disabled={act.busy}
              aria-label={t("Reject %(name)s", { name: row.name })}
              title={t("Reject: not a medication of this patient")}
              onClick={() => void act.run(() => send("reject_medication", { medication_id: row.id }), t("%(name)s rejected", { name: row.name }))}
            >
              <Icon name="close" />
            </button>
          </>
        ) : row.review === "rejected" ? (
          <button
            type="button"
            class="button small quiet"
            aria-label={t("Take %(name)s back in", { name: row.name })}
            onClick={() => (editing.value = row.id)}
          >
            {t("Take back…")}
          </button>
        ) : (
          <span class="med-ok" title={t("Confirmed")}>
            <Icon name="check" />
            <span class="unseen">{t("confirmed")}</span>
          </span>
        )}
      </div>
    </li>
  );
}

/** What the patient has said to the row on their own page; editing the row answers it. */
function Said({ row }: { row: Medication }) {
  const { state, editing } = useWorkspace();
  const report = state.value.reports[row.id];
  if (!report) return null;
  const by = state.value.participants[report.by];
  const who = by && by.role !== "patient" ? calledBy(by) : (state.value.patient?.name.split(" ")[0] ?? t("The patient"));
  const words = `${who}: ${REPLIES[report.reply]}`;
  if (report.reply === "right") return <p class="med-said">{words}</p>;
  return (
    <p class="med-said is-open">
      <span>
        {words}
        {report.words && <q>{report.words}</q>}
      </span>
      <button type="button" class="button small" aria-label={t("Edit %(name)s: %(words)s", { name: row.name, words })} onClick={() => (editing.value = row.id)}>{t("Edit")}</button>
    </p>
  );
}
