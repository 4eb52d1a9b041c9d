import { useRef, useState } from "preact/hooks";
import { ApiError, importRecord, type Outcome } from "../../shared/api";
import { day, keepUnits } from "../../shared/format";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

const KINDS: Record<Outcome["kind"], (times: number) => string> = {
  medication: (times) => (times > 1 ? tn("%(count)s medication", "%(count)s medications", times) : t("medication")),
  condition: (times) => (times > 1 ? tn("%(count)s condition", "%(count)s conditions", times) : t("condition")),
  allergy: (times) => (times > 1 ? tn("%(count)s allergy", "%(count)s allergies", times) : t("allergy")),
  lab: (times) => (times > 1 ? tn("%(count)s value", "%(count)s values", times) : t("value")),
  fill: (times) => (times > 1 ? tn("%(count)s fill", "%(count)s fills", times) : t("fill")),
  patient: () => t("patient data"),
  enrollment: () => t("enrollment"),
};
const FATES = { taken: t("Would be added"), merged: t("Would complete what is there"), left: t("Would be left out") } as const;
const DONE = { taken: t("Added"), merged: t("Completed what was there"), left: t("Left out") } as const;

const MOST_BYTES = 20 * 1024 * 1024;

/** What another system knows: a file is read, its report looked at, and only then taken into the consult. */
export function ImportRecord() {
  const { session } = useWorkspace();
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<Outcome[] | null>(null);
  const [stored, setStored] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const act = useAct();
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setReport(null);
    setStored(false);
    if (!chosen) return;
    void act.run(async () => {
      if (chosen.size > MOST_BYTES) throw new ApiError(413, "too-large", t("The file is larger than 20 MB."));
      setReport(await importRecord(session.consultId, chosen, true));
    }, t("The file was read"));
  };
  const leave = () => {
    if (input.current) input.current.value = "";
    choose(null);
    input.current?.focus();
  };
  const take = (chosen: File) =>
    void act.run(async () => {
      setReport(await importRecord(session.consultId, chosen, false));
      setStored(true);
    }, t("The record was added"));
  const some = report?.some((one) => one.fate !== "left") ?? false;
  return (
    <details class="import">
      <summary>{t("Import a record")}</summary>
      <label class="label" for="import-file">{t("A patient's FHIR R4 bundle (JSON), fills or a plan's enrollments as CSV")}</label>
      <input
        id="import-file"
        ref={input}
        class="input"
        type="file"
        accept=".json,.csv,application/json,application/fhir+json,text/csv"
        disabled={act.busy}
        onChange={(event) => choose(event.currentTarget.files?.[0] ?? null)}
      />
      {act.error && (
        <p class="refused">
          {act.error} {!stored && t("Nothing was added.")}
        </p>
      )}
      {report && (
        <>
          <Report report={report} words={stored ? DONE : FATES} />
          {!stored && file && (
            <div class="row">
              {some && (
                <button type="button" class="button primary" disabled={act.busy} onClick={() => take(file)}>{t("Add to this consult")}</button>
              )}
              <button type="button" class="button quiet" disabled={act.busy} onClick={leave}>
                {some ? t("Leave it") : t("Choose another file")}
              </button>
            </div>
          )}
        </>
      )}
    </details>
  );
}

/** One list a fate; what the file tells alike of many fills is told once, with its number. */
function Report({ report, words }: { report: Outcome[]; words: Record<Outcome["fate"], string> }) {
  if (!report.length) return <p class="faint">{t("Nothing in the file can be used here.")}</p>;
  return (
    <div role="group" aria-label={t("What the file holds")}>
      {(["taken", "merged", "left"] as const).map((fate) => {
        const rows = alike(report.filter((one) => one.fate === fate));
        if (!rows.length) return null;
        return (
          <section key={fate}>
            <h3>
              {words[fate]}: {rows.reduce((sum, row) => sum + row.times, 0)}
            </h3>
            <ul class="prepare-list">
              {rows.map(({ one, times, days }) => (
                <li key={`${one.kind} ${one.name} ${one.why}`}>
                  {keepUnits(one.name)} <span class="faint">{[KINDS[one.kind](times), daysWords(days)].filter(Boolean).join(", ")}</span>
                  {one.why && `: ${one.why}`}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

interface Alike {
  one: Outcome;
  times: number;
  /** The days of fills, ISO. */
  days: string[];
}

/** Outcomes with the same kind, name and reason as one, in the order in which they came; fills of one medicine whatever their day. */
export function alike(outcomes: readonly Outcome[]): Alike[] {
  const rows = new Map<string, Alike>();
  for (const outcome of outcomes) {
    const [, bare, on] = (outcome.kind === "fill" && /^(.+) (\d{4}-\d{2}-\d{2})$/.exec(outcome.name)) || [];
    const one = bare ? { ...outcome, name: bare } : outcome;
    const key = JSON.stringify([one.kind, one.name, one.fate, one.why]);
    const row = rows.get(key) ?? { one, times: 0, days: [] };
    row.times += 1;
    if (on) row.days.push(on);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function daysWords(days: readonly string[]): string {
  const sorted = [...days].sort();
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (!first || !last) return "";
  return first === last ? day(first) : t("%(first)s to %(last)s", { first: day(first), last: day(last) });
}
