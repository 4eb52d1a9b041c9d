import { useEffect, useState } from "preact/hooks";
import { ApiError, consults, me, post } from "../../shared/api";
import { age, birthDate, clock, count, day, length } from "../../shared/format";
import type { ConsultRow, Me } from "../../shared/wire";
import { KINDS, STAGES } from "../../shared/words";
import { lazy } from "../../ui/lazy";
import { LiveRegion } from "../../ui/live";
import { dayLists, daysLeftWords } from "./sort";

const NewConsult = lazy(() => import("./NewConsult").then((all) => all.NewConsult));
const Link = lazy(() => import("./Link").then((all) => all.Link));
const EVERY_MS = 15000;

/** The day: what waits, what runs, what is behind; one thing to do next. */
export function List() {
  const [rows, setRows] = useState<ConsultRow[] | null>(null);
  const [who, setWho] = useState<Me | null>(null);
  const [error, setError] = useState("");
  const [making, setMaking] = useState(false);
  const [linked, setLinked] = useState<ConsultRow | null>(null);
  const [slow, setSlow] = useState(false);
  const read = () =>
    consults("pharmacist")
      .then((fresh) => {
        setRows(fresh);
        setError("");
      })
      .catch((reason: unknown) => {
        if (reason instanceof ApiError && reason.status === 401) location.assign("/signin?as=pharmacist");
        else setError(reason instanceof Error ? reason.message : "The list could not be read.");
      });
  useEffect(() => {
    document.title = "Consults";
    void read();
    me("pharmacist").then(setWho, () => undefined);
    const timer = setInterval(() => void read(), EVERY_MS);
    const patience = setTimeout(() => setSlow(true), 300);
    return () => {
      clearInterval(timer);
      clearTimeout(patience);
    };
  }, []);
  const lists = dayLists(rows ?? []);
  return (
    <div class="list-page">
      <header class="list-top">
        <h1>Consults</h1>
        <p class="faint">{day(new Date().toISOString())}</p>
        <div class="list-top-tools">
          <button type="button" class="button" onClick={() => setMaking(true)}>
            New consult
          </button>
          {who && (
            <button type="button" class="button quiet" onClick={() => void signOut()}>
              Sign out {who.name}
            </button>
          )}
        </div>
      </header>
      <main>
        {error && <p class="refused">{error}</p>}
        {rows && !rows.length && (
          <p class="empty">No consults yet. A new one gets its join link here, to be sent to the patient.</p>
        )}
        {!rows && !error && slow && <p class="empty">Reading the list</p>}
        <Section title="The patient waits" rows={lists.here} primary={lists.primary} link={setLinked} />
        <Section title="Open now" rows={lists.open} primary={lists.primary} link={setLinked} />
        <Section title="Today" rows={lists.today} primary={lists.primary} link={setLinked} />
        <Section title="Takeaway still to be sent" rows={lists.toSend} primary="" />
        <Section title="Later" rows={lists.later} primary={lists.primary} link={setLinked} />
        <Section title="Finished" rows={lists.past} primary="" />
      </main>
      {making && (
        <NewConsult
          done={() => {
            setMaking(false);
            void read();
          }}
        />
      )}
      {linked && <Link row={linked} done={() => setLinked(null)} />}
      <LiveRegion />
    </div>
  );
}

async function signOut(): Promise<void> {
  await post("/api/signout", {}, "pharmacist").catch(() => undefined);
  location.assign("/signin?as=pharmacist");
}

interface SectionProps {
  title: string;
  rows: ConsultRow[];
  primary: string;
  /** Opens what is to be done about the join link; not of a finished visit. */
  link?: (row: ConsultRow) => void;
}

function Section({ title, rows, primary, link }: SectionProps) {
  if (!rows.length) return null;
  return (
    <section class="list-section">
      <h2>{title}</h2>
      <ul>
        {rows.map((row) => (
          <Row key={row.id} row={row} primary={row.id === primary} link={link} />
        ))}
      </ul>
    </section>
  );
}

function Row({ row, primary, link }: { row: ConsultRow; primary: boolean; link?: (row: ConsultRow) => void }) {
  const years = age(row.birth_date);
  const words =
    row.phase === "scheduled" ? `Open ${row.patient_name}` : row.phase === "open" ? `Continue ${row.patient_name}` : `Look at ${row.patient_name}`;
  return (
    <li class="list-row">
      <p class="list-when">
        {row.phase === "scheduled" ? (
          <>
            <strong>{clock(row.planned_at)}</strong>
            <span>{day(row.planned_at)}</span>
          </>
        ) : (
          <>
            <strong>{clock(row.opened_at)}</strong>
            <span>{day(row.opened_at)}</span>
          </>
        )}
      </p>
      <div class="list-who">
        <p class="list-name">{row.patient_name}</p>
        <p class="faint">
          {years !== null && `${years} · `}born {birthDate(row.birth_date)} · {KINDS[row.kind] ?? row.kind}
          {row.modality === "phone" ? ", by phone" : ""}
        </p>
      </div>
      <p class="list-facts">{facts(row)}</p>
      {link && row.modality === "video" && (
        <button type="button" class="button quiet list-link" aria-label={`Join link of ${row.patient_name}`} onClick={() => link(row)}>
          Link
        </button>
      )}
      <a class={`button${primary ? " primary" : ""}`} href={`#/consult/${encodeURIComponent(row.id)}`} aria-label={words}>
        {row.phase === "scheduled" ? "Open" : row.phase === "open" ? "Continue" : "Look"}
      </a>
    </li>
  );
}

function facts(row: ConsultRow) {
  if (row.phase === "scheduled" && row.waiting) return <span class="strong">{row.patient_name} is in the waiting room</span>;
  if (row.phase === "scheduled") return row.medications ? <span>{count(row.medications, "medication")} on record</span> : null;
  return (
    <>
      {row.waiting && <span class="strong">waits to be let in</span>}
      {row.phase === "open" && <span>{length(row.opened_at, new Date())} so far</span>}
      {row.alerts_critical > 0 && <span class="critical-text">{count(row.alerts_critical, "critical alert")}</span>}
      {row.to_confirm > 0 && <span>{row.to_confirm} to confirm</span>}
      {row.phase === "closed" && <span class={row.takeaway_stage === "issued" ? "" : "strong"}>Takeaway: {(STAGES[row.takeaway_stage] ?? row.takeaway_stage).toLowerCase()}</span>}
      {row.phase === "closed" && row.takeaway_due && <span class="strong" title={`The last day is ${day(`${row.takeaway_due}T12:00:00`)}`}>{daysLeftWords(row.takeaway_due)}</span>}
    </>
  );
}
