import { useEffect, useId, useState } from "preact/hooks";
import { drugs, readSig } from "../../shared/api";
import { sigWords, withUnit } from "../../shared/format";
import type { Medication, Sig, Status } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { MED_STATUS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { say } from "../../ui/live";
import { useWorkspace } from "../store";
import { DrugLookup } from "./DrugLookup";
import { History } from "./History";
import { medicationKey, newMedication } from "./rows";

const SIG_FIELDS: { field: Exclude<keyof Sig, "as_needed">; label: string; example: string }[] = [
  { field: "strength", label: t("Strength"), example: t("for example 25 mg") },
  { field: "dose", label: t("Dose each time"), example: t("for example 1 tablet") },
  { field: "route", label: t("Route"), example: t("for example oral") },
  { field: "frequency", label: t("How often"), example: t("for example 2/day") },
  { field: "timing", label: t("When"), example: t("for example with food") },
  { field: "duration", label: t("For how long"), example: t("for example 5 days") },
];

/** A regimen row opened for editing in its place; without a row, a new one by hand. */
export function EditMedication({ row, done }: { row: Medication | null; done: () => void }) {
  const { send } = useWorkspace();
  const [draft, setDraft] = useState<Medication>(row ?? newMedication("", []));
  const [strengths, setStrengths] = useState<string[]>([]);
  const [quick, setQuick] = useState("");
  const [unread, setUnread] = useState("");
  const act = useAct();
  const id = useId();
  useEffect(() => {
    if (row)
      drugs(row.ingredients.join(" / ") || row.name).then(
        (names) => setStrengths(names.find((one) => one.ingredients.join() === row.ingredients.join())?.strengths ?? []),
        () => undefined,
      );
  }, []);
  const read = async (): Promise<void> => {
    if (!quick.trim() || !draft.name.trim()) return;
    const sig = await readSig(draft.name, quick.trim()).catch(() => null);
    setUnread(sig ? "" : t("This was not understood. Fill in the fields below."));
    if (!sig) return;
    const whole = withUnit({ ...sig, strength: sig.strength ?? draft.sig.strength }, draft.sig, quick);
    set({ sig: whole });
    setQuick("");
    say(sigWords(whole));
  };
  const set = (change: Partial<Medication>) => setDraft((before) => ({ ...before, ...change }));
  const setSig = (field: keyof Sig, value: string | boolean) =>
    set({ sig: { ...draft.sig, [field]: typeof value === "string" ? value.trim() || null : value } });
  const submit = (event: Event) => {
    event.preventDefault();
    const { name } = draft;
    if (!name.trim()) return;
    const medication = row ? draft : { ...draft, id: medicationKey(draft.ingredients, name) };
    void act
      .run(
        () => (row ? send("edit_medication", { medication }) : send("add_medication", { medication })),
        t("%(name)s saved", { name }),
      )
      .then((ok) => ok && done());
  };
  return (
    <form
      class="edit"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === "Escape") done();
      }}
    >
      <DrugLookup
        label={t("Name, as the patient says it")}
        value={draft.name}
        focus
        onType={(name) => set({ name, ...(row ? {} : { ingredients: [] }) })}
        onChoose={(name) => {
          set({ name: row ? draft.name || name.name : name.name, ingredients: name.ingredients, match: "exact" });
          setStrengths(name.strengths ?? []);
        }}
      />
      <p class="hint">
        {draft.ingredients.length
          ? t("Ingredient: %(names)s", { names: draft.ingredients.join(" + ") })
          : t("No ingredient known: it cannot be checked for interactions.")}
      </p>
      <label class="label" for={`${id}-quick`}>{t("Directions, as you jot them down")}</label>
      <input
        id={`${id}-quick`}
        class="input"
        value={quick}
        maxLength={400}
        aria-describedby={`${id}-read`}
        onInput={(event) => setQuick(event.currentTarget.value)}
        onBlur={() => void read()}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !quick.trim()) return;
          event.preventDefault();
          void read();
        }}
      />
      <p class="hint" id={`${id}-read`}>
        {unread || sigWords(draft.sig) || t("1 po bid becomes 1 tablet by mouth twice a day")}
      </p>
      {strengths.length > 0 && (
        <datalist id={`${id}-strengths`}>
          {strengths.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      )}
      <div class="edit-grid">
        {SIG_FIELDS.map(({ field, label, example }) => (
          <div key={field}>
            <label class="label" for={`${id}-${field}`}>
              {label}
            </label>
            <input
              id={`${id}-${field}`}
              class="input"
              title={example}
              list={field === "strength" && strengths.length ? `${id}-strengths` : undefined}
              maxLength={200}
              value={draft.sig[field] ?? ""}
              onChange={(event) => setSig(field, event.currentTarget.value)}
            />
          </div>
        ))}
        <div>
          <label class="label" for={`${id}-status`}>{t("Status")}</label>
          <select
            id={`${id}-status`}
            class="input"
            value={draft.status}
            onChange={(event) => set({ status: event.currentTarget.value as Status })}
          >
            {Object.entries(MED_STATUS)
              .filter(([code]) => code !== "allergy")
              .map(([code, words]) => (
                <option key={code} value={code}>
                  {words}
                </option>
              ))}
          </select>
        </div>
        <div>
          <label class="label" for={`${id}-why`}>{t("What for")}</label>
          <input
            id={`${id}-why`}
            class="input"
            maxLength={200}
            value={draft.why}
            onChange={(event) => set({ why: event.currentTarget.value.trim() })}
          />
        </div>
        <div>
          <label class="label" for={`${id}-prescriber`}>{t("Prescriber")}</label>
          <input
            id={`${id}-prescriber`}
            class="input"
            maxLength={200}
            value={draft.prescriber}
            onChange={(event) => set({ prescriber: event.currentTarget.value.trim() })}
          />
        </div>
        <label class="option edit-prn">
          <input
            type="checkbox"
            checked={draft.sig.as_needed}
            onChange={(event) => setSig("as_needed", event.currentTarget.checked)}
          />
          <span>{t("Only as needed")}</span>
        </label>
      </div>
      <div class="row">
        <button class="button primary" disabled={act.busy || !draft.name.trim()}>
          {row ? t("Save and confirm") : t("Add")}
        </button>
        <button type="button" class="button quiet" onClick={done}>{t("Cancel")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
      {row && <History row={row} />}
    </form>
  );
}
