import { t } from "../../shared/texts";
import type { ConsultRow } from "../../shared/wire";
import { dueLists, type Due as DueOne } from "./due";
import { FollowUpRow } from "./FollowUpRow";

/** The follow-ups of the day's list: overdue, today, and within the next seven days. */
export function Due({ rows, settled }: { rows: readonly ConsultRow[]; settled: () => void }) {
  const { overdue, today, soon } = dueLists(rows);
  const groups: [string, DueOne[]][] = [
    [t("Overdue"), overdue],
    [t("Today"), today],
    [t("Next 7 days"), soon],
  ];
  return (
    <section class="list-section" aria-label={t("Follow-ups")}>
      <h2>{t("Follow-ups")}</h2>
      {groups.map(([title, list]) =>
        list.length ? (
          <div key={title} class="due-group">
            <h3 class="faint">{title}</h3>
            <ul class="follow-ups">
              {list.map(({ row, one }) => (
                <FollowUpRow key={`${row.id} ${one.id}`} consultId={row.id} one={one} patient={row.patient_name} settled={settled} />
              ))}
            </ul>
          </div>
        ) : null,
      )}
    </section>
  );
}
