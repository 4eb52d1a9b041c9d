import { useEffect, useRef, useState } from "preact/hooks";
import { day, keepUnits } from "../../shared/format";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import { CLINICAL, UNCHECKED, uncheckedName } from "../../shared/words";
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
    if (before !== null && last && groups.withdrawn.length > before) say(t("No longer holds: %(title)s", { title: last.alert.title }));
  }, [groups.withdrawn.length]);
  const newCritical = groups.critical.find((row) => waiting.includes(row.alert.id));
  return (
    <section class="pane pane-alerts" aria-label={t("Alerts")} data-pane="alerts" tabIndex={-1}>
      <AlertsHead groups={groups} />
      <Alarm />
      {waiting.length > 0 && (
        <button type="button" class={`button small new-alerts${newCritical ? " is-critical" : ""}`} onClick={() => setBusy(false)}>
          {newCritical ? t("New: %(title)s", { title: newCritical.alert.title }) : t("%(number)s new", { number: waiting.length })}
        </button>
      )}
      <div class="unseen" role="alert">
        {groups.critical.map((row) => (
          <p key={row.alert.id}>
            {t("Critical: ")}
            <span lang={CLINICAL}>{keepUnits(row.alert.title)}</span>
          </p>
        ))}
      </div>
      <div
        ref={list}
        class="alerts-list"
        role="log"
        aria-live="off"
        aria-label={t("Alerts to answer")}
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
            {consult.checked.based_on ? t("Nothing to answer.") : t("Alerts appear here as the notes name medications.")}
          </p>
        )}
        {withdrawn.length > 0 && (
          <details class="answered withdrawn" open={withdrawn.length < 3}>
            <summary>{tn("%(count)s no longer holds", "%(count)s no longer hold", withdrawn.length)}</summary>
            {withdrawn.map((row) => (
              <AlertCard key={row.alert.id} row={row} />
            ))}
          </details>
        )}
        {answered.length > 0 && (
          <details class="answered">
            <summary>{tn("%(count)s answered alert", "%(count)s answered alerts", answered.length)}</summary>
            {answered.map((row) => (
              <AlertCard key={row.alert.id} row={row} />
            ))}
          </details>
        )}
      </div>
      <Checked found={now.length + groups.answered.length} />
      <Divider edge="alerts" words={t("Height of the alerts")} value={sizes.value.alerts ?? USUAL.alerts} set={resize} />
    </section>
  );
}

function AlertsHead({ groups }: { groups: AlertGroups }) {
  const notes = groups.open.filter((row) => row.alert.indicator === "info").length;
  const warnings = groups.open.length - notes;
  return (
    <header class="pane-head">
      <h2>{t("Alerts")}</h2>
      <p class="pane-count">
        {groups.critical.length > 0 && (
          <strong class="critical-count">
            <Icon name="alert" /> {t("%(number)s critical", { number: groups.critical.length })}
          </strong>
        )}
        {warnings > 0 && <span>{tn("%(count)s warning", "%(count)s warnings", warnings)}</span>}
        {notes > 0 && <span>{tn("%(count)s note", "%(count)s notes", notes)}</span>}
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
      ? t("The drug data is of %(day)s, too old to rely on.", { day: day(data_date) })
      : based_on
        ? t("The checks do not run now; what stands here may be old.")
        : t("The checks do not run now; nothing has been checked.");
  return (
    <p class="checked-alarm" role="alert">
      <Icon name="alert" /> <strong>{words}</strong>{" "}{t("Check by hand.")}
    </p>
  );
}

/** Never "no interactions": what was found among how many, with data of which date, and what was not checked. */
function Checked({ found }: { found: number }) {
  const { state } = useWorkspace();
  const { checked, not_checked, data_date, based_on, failed } = state.value.checked;
  if (!based_on && !failed) return <p class="checked">{t("Nothing has been checked yet.")}</p>;
  if (!based_on) return null;
  const amount = found
    ? tn("%(found)s found among %(count)s medication", "%(found)s found among %(count)s medications", checked, { found })
    : tn("None found among %(count)s medication", "None found among %(count)s medications", checked);
  return (
    <p class="checked" tabIndex={0}>
      {amount}
      {data_date ? t(", data of %(day)s", { day: day(data_date) }) : ""}
      {not_checked.length > 0 && (
        <>
          {t("; not checked:")}{" "}
          {not_checked.map((one, index) => (
            <span key={`${one.name} ${one.reason}`}>
              {index > 0 && ", "}
              <span class="drug">{uncheckedName(one.name)}</span> ({UNCHECKED[one.reason] ?? one.reason})
            </span>
          ))}
        </>
      )}
      .
    </p>
  );
}
