import { useState } from "preact/hooks";
import { clock, keepUnits } from "../../shared/format";
import type { Medication } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useWorkspace } from "../store";
import { rowHistory } from "./history";

/** The steps of a row, read only when somebody asks for them. */
export function History({ row }: { row: Medication }) {
  const { log, state } = useWorkspace();
  const [open, setOpen] = useState(false);
  void state.value.seq; // a new event is a new step
  return (
    <details class="history" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary aria-label={t("History of %(name)s", { name: row.name })}>{t("History")}</summary>
      {open && (
        <ol>
          {rowHistory(log, row.id).map((step) => (
            <li key={step.seq}>
              <time dateTime={step.at}>{clock(step.at)}</time>
              <span>
                {keepUnits(step.words)}
                {step.who && <span class="faint"> {step.who}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}
