import { useId, useState } from "preact/hooks";
import { day } from "../../shared/format";
import type { MtmEnrollment } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

const NONE: MtmEnrollment = { enrolled_on: "", met_criteria: null, met_criteria_on: "", opted_out_on: "", opt_out_reason: "", contract_id: "", targeted_by: "" };
const TARGETED: Record<MtmEnrollment["targeted_by"], string> = {
  "": t("Not known"),
  "chronic-diseases": t("Chronic diseases, drugs and cost"),
  "drug-management": t("At risk under a drug management program"),
};
const REASONS: Record<string, string> = {
  "": t("Not known"),
  death: t("Died"),
  "left-plan": t("Left the plan"),
  request: t("Own wish"),
  other: t("Another reason"),
};

/** The member's plan and place in its medication therapy management program, as the plan's report needs it. */
export function Enrollment() {
  const { state, send } = useWorkspace();
  const patient = state.value.patient;
  const [draft, setDraft] = useState<MtmEnrollment | null>(null);
  const [names, setNames] = useState({ plan_name: "", member_id: "" });
  const act = useAct();
  const id = useId();
  if (!patient) return null;
  const known = patient.mtm ?? NONE;
  const start = () => {
    setDraft(known);
    setNames({ plan_name: patient.plan_name, member_id: patient.member_id });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    if (!draft) return;
    const changed = names.plan_name.trim() !== patient.plan_name || names.member_id.trim() !== patient.member_id;
    const met = draft.met_criteria === true ? {} : { met_criteria_on: "", targeted_by: "" as const };
    const out = draft.opted_out_on ? {} : { opt_out_reason: "" };
    const enrollment = { ...draft, ...met, ...out, contract_id: draft.contract_id.trim().toUpperCase() };
    void act.run(() => send("record_enrollment", { enrollment, ...(changed ? names : {}) }), t("Enrollment recorded")).then((ok) => ok && setDraft(null));
  };
  const date = (name: "enrolled_on" | "met_criteria_on" | "opted_out_on", label: string) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <input id={`${id}-${name}`} class="input" type="date" value={draft![name]} onInput={(event) => setDraft({ ...draft!, [name]: event.currentTarget.value })} />
    </div>
  );
  const choice = (name: "targeted_by" | "opt_out_reason", label: string, options: Record<string, string>) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <select id={`${id}-${name}`} class="input" value={draft![name]} onChange={(event) => setDraft({ ...draft!, [name]: event.currentTarget.value })}>
        {Object.entries(options).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
  const text = (name: "plan_name" | "member_id", label: string) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <input id={`${id}-${name}`} class="input" maxLength={200} autocomplete="off" value={names[name]} onInput={(event) => setNames({ ...names, [name]: event.currentTarget.value })} />
    </div>
  );
  if (!draft)
    return (
      <>
        <p>{summary(patient.plan_name, known) || t("Nothing is known from the plan.")}</p>
        <button type="button" class="button small quiet at-start" aria-label={t("Edit the plan and the enrollment")} onClick={start}>{t("Edit")}</button>
      </>
    );
  const met = draft.met_criteria;
  return (
    <form class="edit" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && setDraft(null)}>
      <div class="edit-grid">
        {text("plan_name", t("Plan"))}
        {text("member_id", t("Member number"))}
        <div>
          <label class="label" for={`${id}-contract`}>{t("Contract (as in H1234)")}</label>
          <input id={`${id}-contract`} class="input" maxLength={5} autocomplete="off" value={draft.contract_id} onInput={(event) => setDraft({ ...draft, contract_id: event.currentTarget.value })} />
        </div>
        {date("enrolled_on", t("Enrolled on"))}
        <div>
          <label class="label" for={`${id}-met`}>{t("Meets Medicare's criteria")}</label>
          <select
            id={`${id}-met`}
            class="input"
            value={met === null ? "" : met ? "yes" : "no"}
            onChange={(event) => setDraft({ ...draft, met_criteria: event.currentTarget.value ? event.currentTarget.value === "yes" : null })}
          >
            <option value="">{t("Not known")}</option>
            <option value="yes">{t("Yes")}</option>
            <option value="no">{t("No")}</option>
          </select>
        </div>
        {met && date("met_criteria_on", t("Met on"))}
        {met && choice("targeted_by", t("Why targeted"), TARGETED)}
        {date("opted_out_on", t("Opted out on"))}
        {draft.opted_out_on && choice("opt_out_reason", t("Reason"), REASONS)}
      </div>
      <div class="row">
        <button class="button primary" disabled={act.busy}>{t("Save")}</button>
        <button type="button" class="button quiet" onClick={() => setDraft(null)}>{t("Cancel")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}

function summary(plan: string, known: MtmEnrollment): string {
  return [
    [plan, known.contract_id].filter(Boolean).join(" "),
    known.enrolled_on && t("enrolled %(day)s", { day: day(known.enrolled_on) }),
    known.met_criteria === null ? "" : known.met_criteria ? t("meets Medicare's criteria") : t("does not meet Medicare's criteria"),
    known.opted_out_on && t("opted out %(day)s", { day: day(known.opted_out_on) }),
  ]
    .filter(Boolean)
    .join(" · ");
}
