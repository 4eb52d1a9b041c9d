import { useRef, useState } from "preact/hooks";
import { ApiError, importRecord, type Outcome } from "../../shared/api";
import { count, keepUnits } from "../../shared/format";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

const KINDS: Record<Outcome["kind"], string> = {
  medication: "medication",
  condition: "condition",
  allergy: "allergy",
  lab: "value",
  fill: "fill",
  patient: "patient",
};
const FATES = { taken: "Would be added", merged: "Would complete what is there", left: "Would be left out" } as const;
const DONE = { taken: "Added", merged: "Completed what was there", left: "Left out" } as const;

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
      if (chosen.size > MOST_BYTES) throw new ApiError(413, "too-large", "The file is larger than 20 MB.");
      setReport(await importRecord(session.consultId, chosen, true));
    }, "The file was read");
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
    }, "The record was added");
  const some = report?.some((one) => one.fate !== "left") ?? false;
  return (
    <details class="import">
      <summary>Import a record</summary>
      <label class="label" for="import-file">
        A patient's FHIR R4 bundle (JSON), or fills as CSV
      </label>
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
          {act.error} {!stored && "Nothing was added."}
        </p>
      )}
      {report && (
        <>
          <Report report={report} words={stored ? DONE : FATES} />
          {!stored && file && (
            <div class="row">
              {some && (
                <button type="button" class="button primary" disabled={act.busy} onClick={() => take(file)}>
                  Add to this consult
                </button>
              )}
              <button type="button" class="button quiet" disabled={act.busy} onClick={leave}>
                {some ? "Leave it" : "Choose another file"}
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
  if (!report.length) return <p class="faint">Nothing in the file can be used here.</p>;
  return (
    <div role="group" aria-label="What the file holds">
      {(["taken", "merged", "left"] as const).map((fate) => {
        const rows = alike(report.filter((one) => one.fate === fate));
        if (!rows.length) return null;
        return (
          <section key={fate}>
            <h3>
              {words[fate]}: {rows.reduce((sum, row) => sum + row.times, 0)}
            </h3>
            <ul class="prepare-list">
              {rows.map(({ one, times }) => (
                <li key={`${one.kind} ${one.name} ${one.why}`}>
                  {keepUnits(one.name)} <span class="faint">{times > 1 ? count(times, KINDS[one.kind]) : KINDS[one.kind]}</span>
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

/** Outcomes with the same kind, name and reason as one, in the order in which they came. */
export function alike(outcomes: readonly Outcome[]): { one: Outcome; times: number }[] {
  const rows = new Map<string, { one: Outcome; times: number }>();
  for (const one of outcomes) {
    const key = JSON.stringify([one.kind, one.name, one.fate, one.why]);
    const row = rows.get(key);
    if (row) row.times += 1;
    else rows.set(key, { one, times: 1 });
  }
  return [...rows.values()];
}
