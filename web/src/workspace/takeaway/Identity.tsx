import { useState } from "preact/hooks";
import { birthDate, clock, listWords } from "../../shared/format";
import type { IdentityMethod, Patient } from "../../shared/protocol";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";

const METHODS: Record<IdentityMethod, string> = {
  video: "By video",
  phone: "By phone",
  phone_callback: "By calling back a known number",
  in_person: "In person",
};

interface Identifier {
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
  const [method, setMethod] = useState<IdentityMethod>(modality === "phone" ? "phone" : "video");
  const [checked, setChecked] = useState<readonly string[]>([]);
  const [again, setAgain] = useState(false);
  const act = useAct();
  if (!patient) return null;
  if (identity && !again)
    return (
      <section class="identity">
        <h3 class="list-title">Identity</h3>
        <p>
          <Icon name="check" /> {METHODS[identity.method]}: {listWords(identity.identifiers)}, {clock(identity.at)}.{" "}
          <button type="button" class="link" onClick={() => setAgain(true)}>
            Confirm again
          </button>
        </p>
      </section>
    );
  const submit = (event: Event) => {
    event.preventDefault();
    void act
      .run(() => send("confirm_identity", { method, identifiers: [...checked] }), "Identity confirmed")
      .then((ok) => ok && setAgain(false));
  };
  return (
    <form class="identity" onSubmit={submit}>
      <h3 class="list-title">Identity</h3>
      <label class="label" for="identity-method">
        How it was checked
      </label>
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
        <legend>Said by the patient (two or more)</legend>
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
              {name} <span class="faint">{value}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <button class="button" disabled={act.busy || checked.length < 2}>
        Confirm identity
      </button>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
