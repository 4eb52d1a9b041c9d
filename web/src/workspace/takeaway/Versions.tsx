import { useState } from "preact/hooks";
import { takeawayUrl } from "../../shared/api";
import { day } from "../../shared/format";
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
      .run(() => send("recall_takeaway", { version: issued.version, reason: reason.trim() }), "Recalled")
      .then((done) => done && setReason(""));
  };
  return (
    <details class="points">
      <summary>Versions given: {given.length}</summary>
      <ul>
        {given.map((one) => (
          <li key={one.version}>
            <span>
              <a class="link" href={takeawayUrl(consult.id, one.version, "pdf", "pharmacist")} target="_blank" rel="noopener">
                Version {one.version}
              </a>
              , {day(one.issued_at)}: {STAGES[one.stage]}
              {one.recalled_because && `, ${one.recalled_because}`}
              {one.override && `. Given although not every point was met: ${one.override}`}
            </span>
          </li>
        ))}
      </ul>
      {issued && (
        <form onSubmit={recall}>
          <label class="label" for="recall-reason">
            Recall version {issued.version}: why
          </label>
          <input id="recall-reason" class="input" maxLength={200} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          <button class="button quiet" disabled={act.busy || !reason.trim()}>
            Recall it
          </button>
        </form>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </details>
  );
}
