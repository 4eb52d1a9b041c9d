import { useId, useRef, useState } from "preact/hooks";
import { ALERT_KINDS, CLINICAL, INDICATORS, REASONS, SEVERITIES } from "../../shared/words";
import type { AcknowledgeReason, AlertRow, Factor } from "../../shared/protocol";
import { day, keepUnits } from "../../shared/format";
import { t } from "../../shared/texts";
import { useAct, type Act } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { LineLinks } from "../consult/LineLinks";
import { Acknowledge, REASON_CODES } from "./Acknowledge";
import { useWorkspace } from "../store";
import { LabelText } from "./LabelText";
import { linesOf } from "./order";

const EFFECTS: Record<Factor["effect"], string> = {
  raises: t("raises the risk"),
  lowers: t("lowers the risk"),
  missing: t("not known"),
  neutral: "",
};

/** One alert: what, why here and now, what to do about it; the rest unfolds. Those for information are one line. */
export function AlertCard({ row }: { row: AlertRow }) {
  const [open, setOpen] = useState(false);
  const titleId = useId();
  const { alert, stage } = row;
  const [wasRaised] = useState(stage === "raised" && alert.indicator !== "info");
  const folds = !wasRaised; // one that is answered under the hand stays unfolded where it is
  const title = (
    <span>
      {alert.indicator !== "info" && <span class="unseen">{INDICATORS[alert.indicator]}: </span>}
      <span lang={CLINICAL}>{keepUnits(alert.title)}</span>
    </span>
  );
  const card = useRef<HTMLElement>(null);
  const keys = useCardKeys(row, card, () => setOpen(true));
  return (
    <article
      ref={card}
      class={`alert is-${alert.indicator} is-${stage}${folds ? " folds" : ""}`}
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={keys.onKeyDown}
    >
      <h3 class="alert-title" id={titleId}>
        {folds ? (
          <button type="button" class="alert-fold" aria-expanded={open} onClick={() => setOpen(!open)}>
            <Icon name={open ? "down" : "next"} />
            {title}
          </button>
        ) : (
          <>
            {alert.indicator === "critical" && <Icon name="alert" />}
            {title}
          </>
        )}
      </h3>
      {(open || !folds) && <Body row={row} answering={keys.answering} setAnswering={keys.setAnswering} act={keys.act} />}
    </article>
  );
}

/** Keys that count while the card has the focus: A acknowledges, P puts on the plan, L shows the words, arrows move on. */
function useCardKeys(row: AlertRow, card: { current: HTMLElement | null }, unfold: () => void) {
  const workspace = useWorkspace();
  const [answering, show] = useState(false);
  // The digit may follow before the reasons are drawn: two keys are two keys, however fast.
  const asking = useRef(false);
  const setAnswering = (now: boolean) => {
    asking.current = now;
    show(now);
  };
  const act = useAct();
  const accept = () =>
    void act.run(() => workspace.send("accept_alert", { alert_id: row.alert.id }), t("Added to the plan"));
  const onKeyDown = (event: KeyboardEvent) => {
    const typing = ["INPUT", "TEXTAREA", "SELECT"].includes((event.target as HTMLElement).tagName);
    const reason = REASON_CODES[Number(event.key) - 1];
    if (asking.current && !typing && reason && reason !== "other" && !event.altKey) {
      event.preventDefault();
      setAnswering(false);
      card.current?.focus({ preventScroll: true });
      return void act.run(
        () => workspace.send("acknowledge_alert", { alert_id: row.alert.id, reason, comment: "" }),
        t("Acknowledged: %(reason)s", { reason: REASONS[reason] }),
      );
    }
    if (typing || answering || event.ctrlKey || event.metaKey || event.altKey) return;
    const line = linesOf(row, workspace.state.value)[0];
    const key = event.key.toLowerCase();
    if (key === "a" && row.stage === "raised") {
      unfold();
      setAnswering(true);
    } else if (key === "p" && (row.stage === "raised" || row.stage === "acknowledged")) accept();
    else if (key === "l" && line) workspace.goToLine(line.lineId, line.start);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const all = [...(card.current?.closest(".alerts-list")?.querySelectorAll<HTMLElement>(".alert") ?? [])];
      all[all.indexOf(card.current!) + (event.key === "ArrowDown" ? 1 : -1)]?.focus();
    } else return;
    event.preventDefault();
  };
  return { onKeyDown, answering, setAnswering, act, accept };
}

interface BodyProps {
  row: AlertRow;
  answering: boolean;
  setAnswering: (answering: boolean) => void;
  act: Act;
}

function Body({ row, answering, setAnswering, act }: BodyProps) {
  const { state, send } = useWorkspace();
  const body = useRef<HTMLDivElement>(null);
  const done = () => {
    setAnswering(false);
    const card = body.current?.closest<HTMLElement>(".alert");
    card?.focus({ preventScroll: true });
    requestAnimationFrame(() => card?.scrollIntoView({ block: "nearest" })); // the reasons had pushed its title out of view
  };
  const { alert, stage } = row;
  const critical = alert.indicator === "critical" && stage === "raised";
  const lines = linesOf(row, state.value);
  return (
    <div class="alert-body" ref={body}>
      <p class="alert-why" lang={CLINICAL}>{keepUnits(alert.why)}</p>
      {critical && <p class="alert-action" lang={CLINICAL}>{keepUnits(alert.action)}</p>}
      {stage === "acknowledged" && (
        <p class="alert-answer">
          {t("Acknowledged: %(reason)s", { reason: REASONS[row.reason as AcknowledgeReason] ?? row.reason })}
          {row.comment ? `. ${row.comment}` : ""}
        </p>
      )}
      {stage === "withdrawn" && <p class="alert-answer">{t("No longer holds: what it rested on has changed.")}</p>}
      {stage === "accepted" && <p class="alert-answer">{t("On the plan.")}</p>}
      {answering ? (
        <Acknowledge row={row} done={done} />
      ) : (
        <div class="row alert-row">
          {(stage === "raised" || stage === "acknowledged") && (
            <button
              type="button"
              class={`button small${critical ? " primary" : ""}`}
              disabled={act.busy}
              onClick={() => void act.run(() => send("accept_alert", { alert_id: alert.id }), t("Added to the plan"))}
            >
              {t("Add to plan")}
            </button>
          )}
          {stage === "raised" && (
            <button type="button" class="button small quiet" onClick={() => setAnswering(true)}>{t("Acknowledge…")}</button>
          )}
          <span class="alert-lines">
            <LineLinks lines={lines} />
          </span>
        </div>
      )}
      {act.error && <p class="refused">{act.error}</p>}
      <Details row={row} />
    </div>
  );
}

function Details({ row }: { row: AlertRow }) {
  const { state } = useWorkspace();
  const { alert } = row;
  const missing = alert.factors.filter((factor) => factor.effect === "missing");
  const known = alert.factors.filter((factor) => factor.effect !== "missing");
  return (
    <details class="alert-details">
      <summary>
        {t("What to consider: %(kind)s, %(severity)s", { kind: ALERT_KINDS[alert.kind].toLowerCase(), severity: SEVERITIES[alert.severity] })}
        {missing.length ? t(", %(number)s not known", { number: missing.length }) : ""}
      </summary>
      <dl>
        <Detail name={t("Why")} value={alert.why} />
        <Detail name={t("Consider")} value={alert.action} />
        {alert.mechanism && <Detail name={t("How")} value={alert.mechanism} />}
        {known.length > 0 && (
          <div>
            <dt>{t("Weighed")}</dt>
            <dd>
              <ul class="factors">
                {known.map((factor) => (
                  <li key={factor.name}>
                    <span lang={CLINICAL}>{factor.name}: {keepUnits(factor.value)}</span>
                    {EFFECTS[factor.effect] && <span class="faint">, {EFFECTS[factor.effect]}</span>}
                  </li>
                ))}
              </ul>
            </dd>
          </div>
        )}
        {missing.length > 0 && (
          <Detail name={t("Not known")} value={missing.map((factor) => factor.name).join(", ")} />
        )}
        <Detail name={t("Source")} value={alert.source} />
        <LabelText between={alert.between} />
        {state.value.checked.data_date && (
          <div>
            <dt>{t("Data of")}</dt>
            <dd>{day(state.value.checked.data_date)}</dd>
          </div>
        )}
      </dl>
    </details>
  );
}

function Detail({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd lang={CLINICAL}>{keepUnits(value)}</dd>
    </div>
  );
}
