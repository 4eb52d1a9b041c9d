import { useState } from "preact/hooks";
import type { Edition, Way } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { WAYS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { deliveryWords } from "./deliveries";

const EDITIONS: Record<Edition, string> = {
  standard: t("Ordinary print"),
  large: t("Large print, 18 point"),
  larger: t("Largest print, 24 point"),
  contrast: t("High contrast"),
  text: t("Plain text"),
};

/** How the issued version goes out, and the proof that it did. */
export function Sending() {
  const { state, send } = useWorkspace();
  const consult = state.value;
  const [by, setBy] = useState<Way>("mail");
  const [edition, setEdition] = useState<Edition>("standard");
  const [to, setTo] = useState("");
  const act = useAct();
  const issued = consult.takeaways.find((one) => one.stage === "issued");
  const deliveries = Object.values(consult.deliveries).filter((one) => !one.letter_id);
  if (!issued && deliveries.length === 0) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!issued) return;
    const what = { delivery_id: crypto.randomUUID(), version: issued.version, by, edition, to: by === "fax" ? to : "" };
    void act.run(() => send("deliver_takeaway", what), t("Recorded"));
  };
  return (
    <section class="sending">
      <h3 class="list-title">{t("Sending")}</h3>
      <ul>
        {deliveries.map((one) => (
          <li key={one.id}>
            <Icon name={one.stage === "failed" ? "alert" : "check"} /> {deliveryWords(one, t("Version %(version)s", { version: one.version }))}
          </li>
        ))}
      </ul>
      {issued && (
        <form onSubmit={submit}>
          <label class="label" for="send-by">{t("Send version %(version)s", { version: issued.version })}</label>
          <select id="send-by" class="input" value={by} onChange={(event) => setBy(event.currentTarget.value as Way)}>
            {Object.entries(WAYS).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
          <select
            class="input"
            aria-label={t("Form")}
            value={edition}
            onChange={(event) => setEdition(event.currentTarget.value as Edition)}
          >
            {Object.entries(EDITIONS).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
          {by === "fax" && (
            <input
              class="input"
              aria-label={t("Fax number")}
              maxLength={200}
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          )}
          {by === "email" && (
            <p class="hint">
              {consult.email?.agreed ? t("Goes to %(address)s.", { address: consult.email.address }) : t("Record the patient's consent to e-mail first.")}
            </p>
          )}
          <button class="button" disabled={act.busy}>
            {by === "email" || by === "fax" || by === "file" ? t("Send") : t("Record")}
          </button>
        </form>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </section>
  );
}
