import { useEffect, useRef, useState } from "preact/hooks";
import { count, day, keepUnits } from "../../shared/format";
import { Icon } from "../../ui/icons";
import { say } from "../../ui/live";
import { USUAL } from "../consult/columns";
import { Divider } from "../consult/Divider";
import { useWorkspace } from "../store";
import { AlertCard } from "./AlertCard";
import { alertGroups, held, type AlertGroups } from "./order";

/** Critical ones always on top and never hidden; then the others; then what was answered; then what was checked. */
export function Alerts() {
  const { state, sizes, resize } = useWorkspace();
  const consult = state.value;
  const groups = alertGroups(consult);
  const [busy, setBusy] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  // A little later: a button that goes away when pressed hands its focus on to its row.
  const leave = () =>
    setTimeout(() => {
      const element = list.current;
      setBusy(!!element && (element.matches(":hover") || element.contains(document.activeElement)));
    }, 150);
  const before = useRef<string[]>([]);
  const now = [...groups.critical, ...groups.open].map((row) => row.alert.id);
  const { shown, waiting } = busy
    ? held(before.current, now, (id) => id in consult.alerts)
    : { shown: now, waiting: [] };
  useEffect(() => {
    before.current = shown;
  });
  const answered = groups.answered.filter((row) => !shown.includes(row.alert.id));
  const withdrawn = groups.withdrawn.filter((row) => !shown.includes(row.alert.id));
  const gone = useRef<number | null>(null);
  useEffect(() => {
    const before = gone.current;
    gone.current = groups.withdrawn.length;
    const last = groups.withdrawn[groups.withdrawn.length - 1];
    if (before !== null && last && groups.withdrawn.length > before) say(`No longer holds: ${last.alert.title}`);
  }, [groups.withdrawn.length]);
  const newCritical = groups.critical.find((row) => waiting.includes(row.alert.id));
  return (
    <section class="pane pane-alerts" aria-label="Alerts" data-pane="alerts" tabIndex={-1}>
      <AlertsHead groups={groups} />
      <Alarm />
      {waiting.length > 0 && (
        <button type="button" class={`button small new-alerts${newCritical ? " is-critical" : ""}`} onClick={() => setBusy(false)}>
          {newCritical ? `New: ${newCritical.alert.title}` : `${waiting.length} new`}
        </button>
      )}
      <div class="unseen" role="alert">
        {groups.critical.map((row) => (
          <p key={row.alert.id}>Critical: {keepUnits(row.alert.title)}</p>
        ))}
      </div>
      <div
        ref={list}
        class="alerts-list"
        role="log"
        aria-live="off"
        aria-label="Alerts to answer"
        tabIndex={0}
        onPointerEnter={() => setBusy(true)}
        onPointerLeave={leave}
        onFocusIn={() => setBusy(true)}
        onFocusOut={leave}
      >
        {shown.map((id) => {
          const row = consult.alerts[id];
          return row && <AlertCard key={id} row={row} />;
        })}
        {!shown.length && !consult.checked.failed && (
          <p class="empty">
            {consult.checked.based_on ? "Nothing to answer." : "Alerts appear here as the notes name medications."}
          </p>
        )}
        {withdrawn.length > 0 && (
          <details class="answered withdrawn" open={withdrawn.length < 3}>
            <summary>{withdrawn.length === 1 ? "1 no longer holds" : `${withdrawn.length} no longer hold`}</summary>
            {withdrawn.map((row) => (
              <AlertCard key={row.alert.id} row={row} />
            ))}
          </details>
        )}
        {answered.length > 0 && (
          <details class="answered">
            <summary>{count(answered.length, "answered alert")}</summary>
            {answered.map((row) => (
              <AlertCard key={row.alert.id} row={row} />
            ))}
          </details>
        )}
      </div>
      <Checked found={now.length + groups.answered.length} />
      <Divider edge="alerts" words="Height of the alerts" value={sizes.value.alerts ?? USUAL.alerts} set={resize} />
    </section>
  );
}

function AlertsHead({ groups }: { groups: AlertGroups }) {
  const notes = groups.open.filter((row) => row.alert.indicator === "info").length;
  const warnings = groups.open.length - notes;
  return (
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
    </header>
  );
}

/** Red, and told aloud: a check that did not run, or ran on data that is too old, is never passed over in silence. */
export function Alarm() {
  const { state } = useWorkspace();
  const { failed, based_on, data_date } = state.value.checked;
  if (!failed) return null;
  const words =
    failed === "data-expired"
      ? `The drug data is of ${day(data_date)}, too old to rely on.`
      : based_on
        ? "The checks do not run now; what stands here may be old."
        : "The checks do not run now; nothing has been checked.";
  return (
    <p class="checked-alarm" role="alert">
      <Icon name="alert" /> <strong>{words}</strong> Check by hand.
    </p>
  );
}

/** Never "no interactions": what was found among how many, with data of which date, and what was not checked. */
function Checked({ found }: { found: number }) {
  const { state } = useWorkspace();
  const { checked, not_checked, data_date, based_on, failed } = state.value.checked;
  if (!based_on && !failed) return <p class="checked">Nothing has been checked yet.</p>;
  if (!based_on) return null;
  const amount = found ? `${found} found` : "None found";
  return (
    <p class="checked" tabIndex={0}>
      {amount} among {count(checked, "medication")}
      {data_date ? `, data of ${day(data_date)}` : ""}
      {not_checked.length > 0 && (
        <>
          ; not checked:{" "}
          {not_checked.map((one, index) => (
            <span key={`${one.name} ${one.reason}`}>
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
