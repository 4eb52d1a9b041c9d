import { useEffect, useState } from "preact/hooks";
import { get, takeawayUrl } from "../../shared/api";
import { count, day, keepUnits, listWords, sigWords } from "../../shared/format";
import type { Medication } from "../../shared/protocol";
import { SHORT_KINDS, STAGES } from "../../shared/words";
import { DaysCovered } from "../guide/DaysCovered";
import { regimenGroups } from "../regimen/rows";
import { useWorkspace } from "../store";
import { ImportRecord } from "./ImportRecord";

interface Earlier {
  id: string;
  opened_at: string;
  kind: string;
  problems: string[];
  todos: { topic: string; action: string }[];
  medications: Medication[];
  takeaway: { version: number; stage: string } | null;
}

/** Before the visit, where the notes will stand: what the record and the visits before say of this patient. */
export function Prepare() {
  const { state, session } = useWorkspace();
  const [earlier, setEarlier] = useState<Earlier[] | null>(null);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    get<{ earlier: Earlier[] }>(`/api/consults/${encodeURIComponent(session.consultId)}/earlier`, "pharmacist").then(
      (found) => setEarlier(found.earlier),
      (reason: unknown) => setFailed(reason instanceof Error ? reason.message : "It could not be read."),
    );
  }, []);
  const consult = state.value;
  const { present } = regimenGroups(consult);
  const conditions = Object.values(consult.conditions).map((one) => one.name);
  const allergies = Object.values(consult.allergies).filter((one) => one.review !== "rejected");
  const last = earlier?.[0];
  return (
    <div class="prepare" tabIndex={0} role="region" aria-label="Preparation">
      <section>
        <h2>From the record</h2>
        <dl class="prepare-facts">
          <dt>Conditions</dt>
          <dd>{listWords(conditions) || "none known"}</dd>
          <dt>Allergies</dt>
          <dd>{allergies.map((one) => [one.substance, one.reaction].filter(Boolean).join(": ")).join(", ") || "none known"}</dd>
          <dt>Values</dt>
          <dd>
            {consult.labs.length
              ? consult.labs.map((lab) => (
                  <span key={`${lab.name}${lab.at}`} class="prepare-lab">
                    {lab.name} <strong>{keepUnits(`${lab.value} ${lab.unit}`)}</strong> <span class="faint">{day(lab.at)}</span>
                  </span>
                ))
              : "none known"}
          </dd>
        </dl>
        <ImportRecord />
      </section>
      <section>
        <h2>Fills</h2>
        <DaysCovered />
        {present.length ? <Fills rows={present} /> : <p class="faint">No medication is on the record.</p>}
      </section>
      <section>
        <h2>Visits before</h2>
        {failed && <p class="refused">{failed}</p>}
        {earlier && !earlier.length && <p class="faint">None of yours with this patient.</p>}
        {last && (
          <>
            <p>
              {SHORT_KINDS[last.kind] ?? last.kind}, {day(last.opened_at)}.{" "}
              {last.takeaway ? (
                <a class="link" href={takeawayUrl(last.id, last.takeaway.version, "pdf", "pharmacist")} target="_blank" rel="noopener">
                  Takeaway ({(STAGES[last.takeaway.stage] ?? last.takeaway.stage).toLowerCase()})
                </a>
              ) : (
                "No takeaway was made."
              )}
            </p>
            <h3>Problems then</h3>
            {last.problems.length ? <List words={last.problems} /> : <p class="faint">None.</p>}
            <h3>What the patient was to do</h3>
            {last.todos.length ? <List words={last.todos.map((one) => one.action)} /> : <p class="faint">Nothing.</p>}
            {earlier!.length > 1 && <p class="faint">Before that: {earlier!.slice(1).map((one) => day(one.opened_at)).join(", ")}</p>}
          </>
        )}
      </section>
    </div>
  );
}

function List({ words }: { words: string[] }) {
  return (
    <ul class="prepare-list">
      {words.map((one) => (
        <li key={one}>{keepUnits(one)}</li>
      ))}
    </ul>
  );
}

/** Longest without a fill first: what may have run out is asked about. */
function Fills({ rows }: { rows: Medication[] }) {
  const now = new Date();
  const known = rows.filter((row) => row.last_fill).sort((a, b) => a.last_fill.localeCompare(b.last_fill));
  const unknown = rows.filter((row) => !row.last_fill);
  return (
    <>
      <table class="prepare-fills">
        <caption class="unseen">Last fill of each medication, oldest first</caption>
        <tbody>
          {known.map((row) => (
            <tr key={row.id}>
              <th scope="row" class="drug">
                {row.name}
              </th>
              <td>{sigWords(row.sig)}</td>
              <td>{day(row.last_fill)}</td>
              <td class="faint">{ago(row.last_fill, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {unknown.length > 0 && (
        <p class="faint">
          No fill known of {count(unknown.length, "medication")}: {listWords(unknown.map((row) => row.name))}
        </p>
      )}
    </>
  );
}

function ago(date: string, now: Date): string {
  const days = Math.floor((now.getTime() - new Date(`${date.slice(0, 10)}T12:00:00`).getTime()) / 86_400_000);
  return days < 1 ? "today" : `${count(days, "day")} ago`;
}
