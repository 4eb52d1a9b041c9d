import { useState } from "preact/hooks";
import { clock, day } from "../../shared/format";
import type { Delivery, Edition, Way } from "../../shared/protocol";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";

const WAYS: Record<Way, string> = {
  mail: "Mailed on paper",
  print: "Printed and handed over",
  email: "By e-mail",
  fax: "By fax",
  file: "As a file to the drop folder",
  portal: "Shown on the patient's page",
};
const EDITIONS: Record<Edition, string> = {
  standard: "Ordinary print",
  large: "Large print, 18 point",
  larger: "Largest print, 24 point",
  contrast: "High contrast",
  text: "Plain text",
};
const CODES: Record<string, string> = {
  "no-carrier": "this site is not set up for it",
  "address-refused": "the address was refused",
  "server-unreachable": "the mail server cannot be reached",
  "not-issued": "the version is not the issued one any more",
  "delivery-timeout": "it took too long",
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
  const deliveries = Object.values(consult.deliveries);
  if (!issued && deliveries.length === 0) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    if (!issued) return;
    const what = { delivery_id: crypto.randomUUID(), version: issued.version, by, edition, to: by === "fax" ? to : "" };
    void act.run(() => send("deliver_takeaway", what), "Recorded");
  };
  return (
    <section class="sending">
      <h3 class="list-title">Sending</h3>
      <ul>
        {deliveries.map((one) => (
          <li key={one.id}>
            <Icon name={one.stage === "failed" ? "alert" : "check"} /> {sentWords(one)}
          </li>
        ))}
      </ul>
      {issued && (
        <form onSubmit={submit}>
          <label class="label" for="send-by">
            Send version {issued.version}
          </label>
          <select id="send-by" class="input" value={by} onChange={(event) => setBy(event.currentTarget.value as Way)}>
            {Object.entries(WAYS).map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
          </select>
          <select
            class="input"
            aria-label="Form"
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
              aria-label="Fax number"
              maxLength={200}
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          )}
          {by === "email" && (
            <p class="hint">
              {consult.email?.agreed ? `Goes to ${consult.email.address}.` : "Record the patient's consent to e-mail first."}
            </p>
          )}
          <button class="button" disabled={act.busy}>
            {by === "email" || by === "fax" || by === "file" ? "Send" : "Record"}
          </button>
        </form>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </section>
  );
}

function sentWords(one: Delivery): string {
  const what = `Version ${one.version}, ${WAYS[one.by].toLowerCase()}${one.to && ` to ${one.to}`}, ${day(one.at)} ${clock(one.at)}`;
  if (one.stage === "requested") return `${what}: on its way`;
  return one.stage === "failed" ? `${what}: not sent, ${CODES[one.code] ?? one.code}` : `${what}: ${one.proof}`;
}
