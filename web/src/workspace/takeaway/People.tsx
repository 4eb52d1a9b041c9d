import { useState } from "preact/hooks";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

/** Who takes part in the patient's place, and whether papers may go by e-mail. */
export function People() {
  const { state, send } = useWorkspace();
  const { representative, email } = state.value;
  const [name, setName] = useState(representative?.name ?? "");
  const [relation, setRelation] = useState(representative?.relation ?? "");
  const [because, setBecause] = useState("");
  const refused = state.value.guidance.refused.includes("caregiver") && name.trim() !== "" && name !== representative?.name;
  const [address, setAddress] = useState(email?.address ?? "");
  const [agreed, setAgreed] = useState(email?.agreed ?? false);
  const act = useAct();
  const named = (event: Event) => {
    event.preventDefault();
    void act.run(() => send("name_representative", { name, relation, override: because.trim() }), t("Recorded"));
  };
  const mail = (event: Event) => {
    event.preventDefault();
    void act.run(() => send("record_email_consent", { address, agreed }), t("Recorded"));
  };
  const told = [representative && t("for the patient: %(name)s", { name: representative.name }), email?.agreed && t("e-mail agreed")];
  return (
    <details class="points">
      <summary>{t("Representative and e-mail")}{told.some(Boolean) && ` (${told.filter(Boolean).join(", ")})`}</summary>
      <form onSubmit={named}>
        <label class="label" for="representative-name">{t("Who takes part in the patient's place (empty: nobody)")}</label>
        <input id="representative-name" class="input" maxLength={200} value={name} onInput={(event) => setName(event.currentTarget.value)} />
        <label class="label" for="representative-relation">{t("Relation")}</label>
        <input
          id="representative-relation"
          class="input"
          maxLength={200}
          value={relation}
          onInput={(event) => setRelation(event.currentTarget.value)}
        />
        {refused && (
          <>
            <p class="notice">{t("The patient said no to sharing with a caregiver.")}</p>
            <label class="label" for="representative-because">{t("Why this person is named all the same")}</label>
            <input id="representative-because" class="input" maxLength={200} value={because} onInput={(event) => setBecause(event.currentTarget.value)} />
          </>
        )}
        <button class="button quiet" disabled={act.busy || (refused && !because.trim())}>{t("Record representative")}</button>
      </form>
      <form onSubmit={mail}>
        <label class="label" for="email-address">{t("E-mail of the patient")}</label>
        <input id="email-address" type="email" class="input" maxLength={200} value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
        <label class="option option-wide">
          <input type="checkbox" checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} />
          <span>{t("The patient agrees to get papers at this address")}</span>
        </label>
        <button class="button quiet" disabled={act.busy}>{t("Record e-mail")}</button>
      </form>
      {act.error && <p class="refused">{act.error}</p>}
    </details>
  );
}
