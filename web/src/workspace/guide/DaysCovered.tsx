import { count } from "../../shared/format";
import type { Adherence } from "../../shared/protocol";
import { useWorkspace } from "../store";

/** "Diabetes medicines: 82 % of days covered, 3 fills"; below the goal it is said, and where the measure does not count. */
export function coveredWords({ title, percent, goal, fills, not_counted: because }: Adherence): string {
  const short = percent < goal ? `, below ${goal} %` : "";
  const filled = fills ? `, ${count(fills, "fill")}` : ""; // 0 in a record from before fills were counted
  return `${title}: ${percent} % of days covered${short}${filled}${because ? ` (not counted: ${because})` : ""}`;
}

/** One line for each measure of which the fill history of this year tells something. */
export function DaysCovered() {
  const { state } = useWorkspace();
  return (
    <>
      {(state.value.guidance.adherence ?? []).map((one) => (
        <p key={one.measure} class="covered" title={`${one.covered} of ${one.days} days, ${one.first} to ${one.last}`}>
          {coveredWords(one)}
        </p>
      ))}
    </>
  );
}
