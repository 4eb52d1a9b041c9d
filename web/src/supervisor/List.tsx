import { useEffect } from "preact/hooks";
import { clock, day, length, zoneWords } from "../shared/format";
import { tn } from "../shared/counts";
import { t } from "../shared/texts";
import { SHORT_KINDS, STAGES } from "../shared/words";
import { attentionLists, type Attention } from "./attention";
import { useConsults } from "../ui/consults";
import { LanguageLinks } from "../ui/language";
import { SignOut } from "../ui/signout";

/** Which consults deserve my time. */
export function List() {
  const { rows, trouble } = useConsults("supervisor");
  useEffect(() => {
    document.title = t("Consults to look at");
  }, []);
  const lists = attentionLists(rows ?? [], new Date());
  return (
    <div class="sup-page">
      <header class="page-top">
        <h1>{t("Consults")}</h1>
        <p class="faint">{[day(new Date().toISOString()), zoneWords()].filter(Boolean).join(" · ")}</p>
        <div class="page-top-tools">
          <LanguageLinks />
          <SignOut as="supervisor" />
        </div>
      </header>
      <main>
        {trouble && <p class="refused" role="alert">{trouble}</p>}
        {!rows && !trouble && <p class="reading">{t("Reading the list")}</p>}
        {rows && !rows.length && <p class="empty">{t("Consults appear here as soon as one is planned.")}</p>}
        <Table title={t("Worth a look")} rows={lists.look} />
        <Table title={t("Open now")} rows={lists.open} />
        <Table title={t("Finished, nothing stands out")} rows={lists.calm} />
        <Table title={t("Planned")} rows={lists.planned} />
      </main>
    </div>
  );
}

function Table({ title, rows }: { title: string; rows: Attention[] }) {
  if (!rows.length) return null;
  const planned = rows.every((one) => one.row.phase === "scheduled");
  return (
    <section class="sup-section">
      <h2>{title}</h2>
      <div class="sup-scroll">
        <table class="sup-table">
          <caption class="unseen">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("Patient")}</th>
              <th scope="col">{t("When")}</th>
              <th scope="col">{planned ? t("State") : t("Why look")}</th>
              {!planned && <th scope="col">{t("Covered")}</th>}
              {!planned && <th scope="col">{t("Takeaway")}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map((one) => (
              <Row key={one.row.id} {...one} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ row, reasons }: Attention) {
  const start = row.opened_at || row.planned_at;
  return (
    <tr>
      <th scope="row">
        <a href={`#/consult/${encodeURIComponent(row.id)}`}>{row.patient_name}</a>
        <span class="sup-sub">
          {SHORT_KINDS[row.kind] ?? row.kind}
          {row.pharmacist_name && `, ${row.pharmacist_name}`}
        </span>
      </th>
      <td class="sup-time">
        {day(start)} {clock(start)}
        {row.opened_at && <span class="sup-sub">{length(row.opened_at, row.closed_at || new Date())}</span>}
      </td>
      <td>
        {reasons.map((reason) => (
          <span key={reason.words} class={`sup-reason${reason.critical ? " critical-text" : ""}`}>
            {reason.words}
          </span>
        ))}
        {!reasons.length && <span class="faint">{row.phase === "scheduled" ? t("to be held") : t("nothing stands out")}</span>}
      </td>
      {row.phase !== "scheduled" && (
        <>
          <td>
            {tn("%(count)s medication", "%(count)s medications", row.medications)}
            <span class="sup-sub">
              {tn("%(count)s line", "%(count)s lines", row.lines)}, {tn("%(count)s problem", "%(count)s problems", row.problems)}
            </span>
          </td>
          <td class="sup-stage" data-label={t("Takeaway")}>{STAGES[row.takeaway_stage] ?? row.takeaway_stage}</td>
        </>
      )}
    </tr>
  );
}
