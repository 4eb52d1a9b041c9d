import { useEffect, useRef, useState } from "preact/hooks";
import { count, day, keepUnits } from "../../shared/format";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { AlertCard } from "./AlertCard";
import { alertGroups, held } from "./order";

/** Critical ones always on top and never hidden; then the others; then what was answered; then what was checked. */
export function Alerts() {
  const { state } = useWorkspace();
  const consult = state.value;
  const groups = alertGroups(consult);
  const [busy, setBusy] = useState(false);
  const shownBefore = useRef<string[]>([]);
  const ids = groups.open.map((row) => row.alert.id);
  const { shown, waiting } = busy ? held(shownBefore.current, ids) : { shown: ids, waiting: 0 };
  useEffect(() => {
    shownBefore.current = shown;
  });
  const byId = new Map(groups.open.map((row) => [row.alert.id, row]));
  const notes = groups.open.filter((row) => row.alert.indicator === "info").length;
  const warnings = groups.open.length - notes;
  const total = groups.critical.length + groups.open.length;
  return (
    <section class="pane pane-alerts" aria-label="Alerts" data-pane="alerts" tabIndex={-1}>
      <header class="pane-head">
        <h2>Alerts</h2>
        <p class="pane-count">
          {groups.critical.length > 0 && (
            <strong class="critical-count">
              <Icon name="alert" /> {groups.critical.length} critical
            </strong>
          )}
          {warnings > 0 && <span>{count(warnings, "warning")}</span>}
          {notes > 0 && <span>{count(notes, "note")}</span>}
        </p>
        {waiting > 0 && (
          <button type="button" class="button small" onClick={() => setBusy(false)}>
            {waiting} new
          </button>
        )}
      </header>
      <div class="unseen" role="alert">
        {groups.critical.map((row) => (
          <p key={row.alert.id}>Critical: {keepUnits(row.alert.title)}</p>
        ))}
      </div>
      <div
        class="alerts-list"
        role="log"
        aria-live="off"
        aria-label="Alerts to answer"
        tabIndex={0}
        onPointerEnter={() => setBusy(true)}
        onPointerLeave={() => setBusy(false)}
        onFocusIn={() => setBusy(true)}
        onFocusOut={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setBusy(false);
        }}
      >
        {groups.critical.map((row) => (
          <AlertCard key={row.alert.id} row={row} />
        ))}
        {shown.map((id) => {
          const row = byId.get(id);
          return row && <AlertCard key={id} row={row} />;
        })}
        {!total && <p class="empty">{consult.checked.based_on ? "Nothing to answer." : "Alerts appear here as the notes name medications."}</p>}
        {groups.answered.length > 0 && (
          <details class="answered">
            <summary>{count(groups.answered.length, "answered alert")}</summary>
            {groups.answered.map((row) => (
              <AlertCard key={row.alert.id} row={row} />
            ))}
          </details>
        )}
      </div>
      <Checked found={total + groups.answered.length} />
    </section>
  );
}

/** Never "no interactions": what was found among how many, with data of which date, and what was not checked. */
function Checked({ found }: { found: number }) {
  const { state } = useWorkspace();
  const { checked, not_checked, data_date, based_on, failed } = state.value.checked;
  if (!based_on)
    return <p class="checked">{failed ? "The checks do not run now; nothing has been checked." : "Nothing has been checked yet."}</p>;
  const amount = found ? `${found} found` : "None found";
  return (
    <p class="checked">
      {failed && <strong class="checked-failed">The checks do not run now; what stands here may be old. </strong>}
      {amount} among {count(checked, "medication")}
      {data_date ? `, data of ${day(data_date)}` : ""}
      {not_checked.length > 0 && (
        <>
          ; not checked:{" "}
          {not_checked.map((one, index) => (
            <span key={one.name}>
              {index > 0 && ", "}
              <span class="drug">{one.name}</span> ({one.reason})
            </span>
          ))}
        </>
      )}
      .
    </p>
  );
}
