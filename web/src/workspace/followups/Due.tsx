import { t } from "../../shared/texts";
import type { Due as DueOne } from "./due";
import { FollowUpRow } from "./FollowUpRow";

/** The follow-ups of the day's list: overdue, of today, and of the next seven days. */
export function Due({ due, settled }: { due: readonly DueOne[]; settled: () => void }) {
  return (
    <section class="list-section">
      <h2>{t("Follow-ups due")}</h2>
      <ul class="due">
        {due.map(({ row, one }) => (
          <FollowUpRow key={`${row.id} ${one.id}`} consultId={row.id} one={one} patient={row.patient_name} settled={settled} />
        ))}
      </ul>
    </section>
  );
}
