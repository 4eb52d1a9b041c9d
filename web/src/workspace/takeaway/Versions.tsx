import { useState } from "preact/hooks";
import { takeawayUrl } from "../../shared/api";
import { day } from "../../shared/format";
import { t } from "../../shared/texts";
import { STAGES } from "../../shared/words";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

/** Every version that was ever issued, and the way to take the present one back. */
export function Versions() {
  const { state, send } = useWorkspace();
  const [reason, setReason] = useState("");
  const act = useAct();
  const consult = state.value;
  const given = consult.takeaways.filter((one) => one.issued_at);
  const issued = given.find((one) => one.stage === "issued");
  if (!given.length) return null;
  const recall = (event: Event) => {
    event.preventDefault();
    if (!issued) return;
    void act
      .run(() => send("recall_takeaway", { version: issued.version, reason: reason.trim() }), t("Recalled"))
      .then((done) => done && setReason(""));
  };
  return (
    <details class="points">
      <summary>{t("Versions given: %(number)s", { number: given.length })}</summary>
      <ul>
        {given.map((one) => (
          <li key={one.version}>
            <span>
              <a class="link" href={takeawayUrl(consult.id, one.version, "pdf", "pharmacist")} target="_blank" rel="noopener">{t("Version %(version)s", { version: one.version })}</a>
              , {day(one.issued_at)}: {STAGES[one.stage]}
              {one.recalled_because && `, ${one.recalled_because}`}
              {one.override && t(". Given although not every point was met: %(reason)s", { reason: one.override })}
            </span>
          </li>
        ))}
      </ul>
      {issued && (
        <form onSubmit={recall}>
          <label class="label" for="recall-reason">{t("Recall version %(version)s: why", { version: issued.version })}</label>
          <input id="recall-reason" class="input" maxLength={200} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          <button class="button quiet" disabled={act.busy || !reason.trim()}>{t("Recall it")}</button>
        </form>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </details>
  );
}
