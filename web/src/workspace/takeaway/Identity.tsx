import { useState } from "preact/hooks";
import { birthDate, clock, listWords } from "../../shared/format";
import { invited } from "../../shared/people";
import type { IdentityMethod, Patient } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { identifierWords, METHODS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";

interface Identifier {
  /** As the record has it, whatever the language of the page. */
  name: string;
  value: string;
}

function identifiersOf(patient: Patient): Identifier[] {
  return [
    { name: "full name", value: patient.name },
    { name: "date of birth", value: birthDate(patient.birth_date) },
    { name: "address", value: patient.address },
    { name: "phone number", value: patient.phone },
    { name: "member number", value: patient.member_id },
  ].filter((one) => one.value);
}

/** Two identifiers, checked aloud, before anything is signed. */
export function ConfirmIdentity() {
  const { state, send } = useWorkspace();
  const { patient, identity, modality } = state.value;
  const [method, setMethod] = useState<IdentityMethod>(modality === "phone" || invited(state.value).some((one) => one.by_phone) ? "phone" : "video");
  const [checked, setChecked] = useState<readonly string[]>([]);
  const [again, setAgain] = useState(false);
  const act = useAct();
  if (!patient) return null;
  if (identity && !again)
    return (
      <section class="identity">
        <h3 class="list-title">{t("Identity")}</h3>
        <p>
          <Icon name="check" /> {METHODS[identity.method]}: {listWords(identity.identifiers.map(identifierWords))}, {clock(identity.at)}.{" "}
          <button type="button" class="link" onClick={() => setAgain(true)}>{t("Confirm again")}</button>
        </p>
      </section>
    );
  const submit = (event: Event) => {
    event.preventDefault();
    void act
      .run(() => send("confirm_identity", { method, identifiers: [...checked] }), t("Identity confirmed"))
      .then((ok) => ok && setAgain(false));
  };
  return (
    <form class="identity" onSubmit={submit}>
      <h3 class="list-title">{t("Identity")}</h3>
      <label class="label" for="identity-method">{t("How it was checked")}</label>
      <select
        id="identity-method"
        class="input"
        value={method}
        onChange={(event) => setMethod(event.currentTarget.value as IdentityMethod)}
      >
        {Object.entries(METHODS).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
      <fieldset class="options">
        <legend>{t("Said by the patient (two or more)")}</legend>
        {identifiersOf(patient).map(({ name, value }) => (
          <label key={name} class="option option-wide">
            <input
              type="checkbox"
              checked={checked.includes(name)}
              onChange={(event) =>
                setChecked(event.currentTarget.checked ? [...checked, name] : checked.filter((one) => one !== name))
              }
            />
            <span>
              {identifierWords(name)} <span class="faint">{value}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button class="button" disabled={act.busy || checked.length < 2}>{t("Confirm identity")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
