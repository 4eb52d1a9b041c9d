import { useEffect, useState } from "preact/hooks";
import { me } from "../../shared/api";
import { age, birthDate, clock, day, length, zoneWords } from "../../shared/format";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import type { ConsultRow, Me } from "../../shared/wire";
import { KINDS, STAGES } from "../../shared/words";
import { useConsults } from "../../ui/consults";
import { LanguageLinks } from "../../ui/language";
import { lazy } from "../../ui/lazy";
import { LiveRegion } from "../../ui/live";
import { SignOut } from "../../ui/signout";
import { dueOf } from "../followups/due";
import { dayLists, daysLeftWords } from "./sort";

const NewConsult = lazy(() => import("./NewConsult").then((all) => all.NewConsult));
const Link = lazy(() => import("./Link").then((all) => all.Link));
const Due = lazy(() => import("../followups/Due").then((all) => all.Due));

/** The day: what waits, what runs, what is behind; one thing to do next. */
export function List() {
  const { rows, trouble, read } = useConsults("pharmacist");
  const [who, setWho] = useState<Me | null>(null);
  const [making, setMaking] = useState(false);
  const [linked, setLinked] = useState<ConsultRow | null>(null);
  useEffect(() => {
    document.title = t("Consults");
    me("pharmacist").then(setWho, () => undefined);
  }, []);
  const lists = dayLists(rows ?? []);
  const due = dueOf(rows ?? []);
  return (
    <div class="list-page">
      <header class="page-top">
        <h1>{t("Consults")}</h1>
        <p class="faint">{[day(new Date().toISOString()), zoneWords(), who?.name].filter(Boolean).join(" · ")}</p>
        <div class="page-top-tools">
          <button type="button" class="button" onClick={() => setMaking(true)}>{t("New consult")}</button>
          <LanguageLinks />
          <SignOut as="pharmacist" />
        </div>
      </header>
      <main>
        {trouble && <p class="refused" role="alert">{trouble}</p>}
        {rows && !rows.length && (
          <p class="empty">{t("No consults yet. A new one gets its join link here, to be sent to the patient.")}</p>
        )}
        {!rows && !trouble && <p class="reading">{t("Reading the list")}</p>}
        <Section title={t("The patient waits")} rows={lists.here} primary={lists.primary} link={setLinked} />
        <Section title={t("Open now")} rows={lists.open} primary={lists.primary} link={setLinked} />
        <Section title={t("Today")} rows={lists.today} primary={lists.primary} link={setLinked} />
        {due.length > 0 && <Due due={due} settled={read} />}
        <Section title={t("Takeaway still to be sent")} rows={lists.toSend} primary="" />
        <Section title={t("Later")} rows={lists.later} primary={lists.primary} link={setLinked} />
        <Section title={t("Finished")} rows={lists.past} primary="" />
      </main>
      {making && (
        <NewConsult
          done={() => {
            setMaking(false);
            read();
          }}
        />
      )}
      {linked && <Link row={linked} done={() => setLinked(null)} />}
      <LiveRegion />
    </div>
  );
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
  const when = row.phase === "scheduled" ? row.planned_at : row.opened_at;
  const words =
    row.phase === "scheduled" ? t("Open %(name)s", { name: row.patient_name }) : row.phase === "open" ? t("Continue %(name)s", { name: row.patient_name }) : t("Look at %(name)s", { name: row.patient_name });
  const address = `#/consult/${encodeURIComponent(row.id)}`;
  return (
    <li class="list-row">
      <p class="list-when">
        <strong>{clock(when)}</strong>
        {day(when) !== day(new Date().toISOString()) && <span>{day(when)}</span>}
      </p>
      <div class="list-who">
        {/* For the pointer; with the keyboard the button is the one way, so that a row is one stop. */}
        <p class="list-name"><a href={address} tabIndex={-1}>{row.patient_name}</a></p>
        <p class="faint">
          {years !== null && `${years} · `}{t("born %(date)s", { date: birthDate(row.birth_date) })} · {KINDS[row.kind] ?? row.kind}
          {row.modality === "phone" ? t(", by phone") : ""}
        </p>
      </div>
      <p class="list-facts">{facts(row)}</p>
      {link && row.modality === "video" && (
        <button type="button" class="button quiet list-link" aria-label={t("Join link of %(name)s", { name: row.patient_name })} onClick={() => link(row)}>{t("Link")}</button>
      )}
      <a class={`button${primary ? " primary" : ""}`} href={address} aria-label={words}>
        {row.phase === "scheduled" ? t("Open") : row.phase === "open" ? t("Continue") : t("Look")}
      </a>
    </li>
  );
}

function facts(row: ConsultRow) {
  if (row.phase === "scheduled" && row.waiting) return <span class="strong">{t("%(name)s is in the waiting room", { name: row.patient_name })}</span>;
  if (row.phase === "scheduled") return row.medications ? <span>{tn("%(count)s medication on record", "%(count)s medications on record", row.medications)}</span> : null;
  return (
    <>
      {row.waiting && <span class="strong">{t("waits to be let in")}</span>}
      {row.phase === "open" && <span>{t("%(length)s so far", { length: length(row.opened_at, new Date()) })}</span>}
      {row.alerts_critical > 0 && <span class="critical-text">{tn("%(count)s critical alert", "%(count)s critical alerts", row.alerts_critical)}</span>}
      {row.to_confirm > 0 && <span>{t("%(number)s to confirm", { number: row.to_confirm })}</span>}
      {row.phase === "closed" && <span class={row.takeaway_stage === "issued" ? "" : "strong"}>{t("Takeaway: %(stage)s", { stage: (STAGES[row.takeaway_stage] ?? row.takeaway_stage).toLowerCase() })}</span>}
      {row.phase === "closed" && row.takeaway_due && <span class="strong" title={t("The last day is %(day)s", { day: day(row.takeaway_due) })}>{daysLeftWords(row.takeaway_due)}</span>}
    </>
  );
}
