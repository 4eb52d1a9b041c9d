import type { Adherence } from "../../shared/protocol";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import { useWorkspace } from "../store";

/** "Diabetes medicines: 82 % of days covered, 3 fills"; below the goal it is said, and where the measure does not count. */
export function coveredWords({ title, percent, goal, fills, not_counted: because }: Adherence): string {
  const short = percent < goal ? t(", below %(goal)s\u00a0%", { goal }) : "";
  const filled = fills ? `, ${tn("%(count)s fill", "%(count)s fills", fills)}` : ""; // 0 in a record from before fills were counted
  const not_counted = because ? t(" (not counted: %(because)s)", { because }) : "";
  return t("%(title)s: %(percent)s\u00a0% of days covered%(short)s%(filled)s%(not_counted)s", { title, percent, short, filled, not_counted });
}

/** One line for each measure of which the fill history of this year tells something. */
export function DaysCovered() {
  const { state } = useWorkspace();
  return (
    <>
      {(state.value.guidance.adherence ?? []).map((one) => (
        <p key={one.measure} class="covered" title={t("%(covered)s of %(days)s days, %(first)s to %(last)s", { covered: one.covered, days: one.days, first: one.first, last: one.last })}>
          {coveredWords(one)}
        </p>
      ))}
    </>
  );
}
