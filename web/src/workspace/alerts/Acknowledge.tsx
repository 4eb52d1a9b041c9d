import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { AcknowledgeReason, AlertRow } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { REASONS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

export const REASON_CODES = Object.keys(REASONS) as AcknowledgeReason[];

/**
 * The reasons, each under a digit: A and a digit answer an alert. "Another reason" has to be said in words, so it is
 * the only one that asks for more.
 */
export function Acknowledge({ row, done }: { row: AlertRow; done: () => void }) {
  const { send } = useWorkspace();
  const [other, setOther] = useState(false);
  const [comment, setComment] = useState("");
  const act = useAct();
  const id = useId();
  const group = useRef<HTMLDivElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    (other ? field.current : first.current)?.focus();
    group.current?.scrollIntoView({ block: "nearest" }); // all the reasons, not the first alone
  }, [other]);
  const give = (reason: AcknowledgeReason) =>
    void act
      .run(() => send("acknowledge_alert", { alert_id: row.alert.id, reason, comment: comment.trim() }), t("Acknowledged: %(reason)s", { reason: REASONS[reason] }))
      .then((ok) => ok && done());
  const choose = (reason: AcknowledgeReason) => (reason === "other" && !comment.trim() ? setOther(true) : give(reason));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      return done();
    }
    const typing = event.target === field.current;
    if (!typing && REASON_CODES[Number(event.key) - 1] === "other") {
      event.preventDefault();
      choose("other");
      return;
    }
    const step = typing ? 0 : event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    const all = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLButtonElement>(".reason")];
    all[(all.indexOf(document.activeElement as HTMLButtonElement) + step + all.length) % all.length]?.focus();
  };
  return (
    <div ref={group} class="acknowledge" role="group" aria-label={t("Why is it acknowledged: %(title)s", { title: row.alert.title })} onKeyDown={onKeyDown}>
      <ul class="reasons">
        {REASON_CODES.map((code, index) => (
          <li key={code}>
            <button type="button" class="reason" ref={index ? undefined : first} disabled={act.busy} onClick={() => choose(code)}>
              <kbd>{index + 1}</kbd> {REASONS[code]}
              {code === "other" ? "…" : ""}
            </button>
          </li>
        ))}
      </ul>
      {other && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (comment.trim()) give("other");
          }}
        >
          <label class="label" for={`${id}-comment`}>{t("What is the reason?")}</label>
          <div class="row">
            <input
              ref={field}
              id={`${id}-comment`}
              class="input"
              value={comment}
              required
              maxLength={2000}
              onInput={(event) => setComment(event.currentTarget.value)}
            />
            <button class="button small" disabled={act.busy || !comment.trim()}>{t("Acknowledge")}</button>
          </div>
        </form>
      )}
      <button type="button" class="button small quiet at-start reasons-cancel" onClick={done}>{t("Leave it open")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}
