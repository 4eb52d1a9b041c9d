import { useEffect, useState } from "preact/hooks";
import { get, takeawayUrl } from "../../shared/api";
import { day, keepUnits, listWords, sigWords } from "../../shared/format";
import type { FollowUp, Medication } from "../../shared/protocol";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import { labName, SHORT_KINDS, STAGES } from "../../shared/words";
import { DaysCovered } from "../guide/DaysCovered";
import { regimenGroups } from "../regimen/rows";
import { useWorkspace } from "../store";
import { FollowUpRow } from "../followups/FollowUpRow";
import { daysLeft } from "./sort";
import { Enrollment } from "./Enrollment";
import { ImportRecord } from "./ImportRecord";

interface Earlier {
  id: string;
  opened_at: string;
  kind: string;
  problems: string[];
  follow_ups: FollowUp[];
  todos: { topic: string; action: string }[];
  medications: Medication[];
  takeaway: { version: number; stage: string } | null;
}

/** Before the visit, where the notes will stand: what the record and the visits before say of this patient. */
export function Prepare() {
  const { state, session } = useWorkspace();
  const [earlier, setEarlier] = useState<Earlier[] | null>(null);
  const [failed, setFailed] = useState("");
  const [read, setRead] = useState(0);
  useEffect(() => {
    get<{ earlier: Earlier[] }>(`/api/consults/${encodeURIComponent(session.consultId)}/earlier`, "pharmacist").then(
      (found) => setEarlier(found.earlier),
      (reason: unknown) => setFailed(reason instanceof Error ? reason.message : t("It could not be read.")),
    );
  }, [read]);
  const consult = state.value;
  const { present } = regimenGroups(consult);
  const conditions = Object.values(consult.conditions).map((one) => one.name);
  const allergies = Object.values(consult.allergies).filter((one) => one.review !== "rejected");
  const last = earlier?.[0];
  return (
    <div class="prepare" tabIndex={0} role="region" aria-label={t("Preparation")}>
      <section>
        <h2>{t("From the record")}</h2>
        <dl class="prepare-facts">
          <dt>{t("Conditions")}</dt>
          <dd>{listWords(conditions) || t("none known")}</dd>
          <dt>{t("Allergies")}</dt>
          <dd>{allergies.map((one) => [one.substance, one.reaction].filter(Boolean).join(": ")).join(", ") || t("none known")}</dd>
          <dt>{t("Values")}</dt>
          <dd>
            {consult.labs.length
              ? consult.labs.map((lab) => (
                  <span key={`${lab.name}${lab.at}`} class="prepare-lab">
                    {labName(lab.name)} <strong>{keepUnits(`${lab.value} ${lab.unit}`)}</strong> <span class="faint">{day(lab.at)}</span>
                  </span>
                ))
              : t("none known")}
          </dd>
        </dl>
        <ImportRecord />
      </section>
      <section>
        <h2>{t("Plan and program")}</h2>
        <Enrollment />
      </section>
      <section>
        <h2>{t("Fills")}</h2>
        <DaysCovered />
        {present.length ? <Fills rows={present} /> : <p class="faint">{t("No medication is on the record.")}</p>}
      </section>
      <section>
        <h2>{t("Visits before")}</h2>
        {failed && <p class="refused">{failed}</p>}
        {!earlier && !failed && <p class="reading">{t("Reading the visits before")}</p>}
        {earlier && !earlier.length && <p class="faint">{t("None of yours with this patient.")}</p>}
        {last && (
          <>
            <p>
              {SHORT_KINDS[last.kind] ?? last.kind}, {day(last.opened_at)}.{" "}
              {last.takeaway ? (
                <a class="link" href={takeawayUrl(last.id, last.takeaway.version, "pdf", "pharmacist")} target="_blank" rel="noopener">
                  {t("Takeaway (%(stage)s)", { stage: (STAGES[last.takeaway.stage] ?? last.takeaway.stage).toLowerCase() })}
                </a>
              ) : (
                t("No takeaway was made.")
              )}
            </p>
            <h3>{t("Problems then")}</h3>
            {last.problems.length ? <List words={last.problems} /> : <p class="faint">{t("None.")}</p>}
            <FollowedBefore earlier={earlier!} settled={() => setRead(read + 1)} />
            <h3>{t("What the patient was to do")}</h3>
            {last.todos.length ? <List words={last.todos.map((one) => one.action)} /> : <p class="faint">{t("Nothing.")}</p>}
            {earlier!.length > 1 && <p class="faint">{t("Before that: %(days)s", { days: earlier!.slice(1).map((one) => day(one.opened_at)).join(", ") })}</p>}
          </>
        )}
      </section>
    </div>
  );
}

/** What is still to be looked after from any visit before, and what came of that of the last one. */
function FollowedBefore({ earlier, settled }: { earlier: Earlier[]; settled: () => void }) {
  const rows = earlier.flatMap((visit, at) => visit.follow_ups.filter((one) => at === 0 || one.stage === "planned").map((one) => ({ visit, one })));
  if (!rows.length) return null;
  return (
    <>
      <h3>{t("Follow-ups")}</h3>
      <ul class="follow-ups">
        {rows.map(({ visit, one }) => (
          <FollowUpRow key={`${visit.id} ${one.id}`} consultId={visit.id} one={one} settled={settled} />
        ))}
      </ul>
    </>
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
        <caption class="unseen">{t("Last fill of each medication, oldest first")}</caption>
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
          {tn("No fill known of %(count)s medication: %(names)s", "No fill known of %(count)s medications: %(names)s", unknown.length, {
            names: listWords(unknown.map((row) => row.name)),
          })}
        </p>
      )}
    </>
  );
}

function ago(date: string, now: Date): string {
  const days = -daysLeft(date.slice(0, 10), now);
  return days < 1 ? t("today") : tn("%(count)s day ago", "%(count)s days ago", days);
}
