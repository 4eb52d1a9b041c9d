import { useId, useState } from "preact/hooks";
import { post, type JoinLink } from "../../shared/api";
import { t } from "../../shared/texts";
import { KINDS } from "../../shared/words";
import { fieldOf, otherZone, timeOf } from "../../shared/zone";
import { useAct } from "../../ui/act";
import { Dialog } from "../../ui/dialog";
import { Mailed } from "../../ui/mailed";
import { Share } from "../../ui/share";

type Made = JoinLink & { consult_id: string };

/** A patient, a time, a kind; the link to send comes back. */
export function NewConsult({ done }: { done: () => void }) {
  const [made, setMade] = useState<Made | null>(null);
  const [mailed, setMailed] = useState(false);
  const act = useAct();
  const id = useId();
  const zone = otherZone(new Date());
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(form.get(name) ?? "").trim();
    const body = {
      patient: {
        name: text("name"),
        birth_date: text("birth_date"),
        sex: text("sex"),
        phone: text("phone"),
        address: text("address"),
        language: text("language"),
        plan_name: text("plan_name"),
        member_id: text("member_id"),
      },
      planned_at: timeOf(text("planned_at")).toISOString().replace(/\.\d+Z$/, "Z"),
      kind: text("kind"),
      modality: text("modality"),
    };
    const now = (event.submitter as HTMLButtonElement | null)?.value === "now";
    void act.run(async () => {
      const fresh = await post<Made>("/api/consults", body, "pharmacist");
      if (now) return void location.assign(`#/consult/${encodeURIComponent(fresh.consult_id)}`);
      setMade(fresh);
    }, t("Consult made"));
  };
  if (made)
    return (
      <Dialog title={t("Consult made")} onClose={done}>
        <p>{t("Send this link to the patient. It opens the visit after the date of birth has been entered.")}</p>
        {made.link && <Share label={t("Join link")} made={made} />}
        {(made.link || mailed) && <Mailed consultId={made.consult_id} sent={() => [setMailed(true), setMade({ ...made, link: "" })]} />}
        <div class="row">
          <a class="button primary" href={`#/consult/${encodeURIComponent(made.consult_id)}`}>{t("Open the consult")}</a>
          <button type="button" class="button quiet" onClick={done}>{t("Back to the list")}</button>
        </div>
      </Dialog>
    );
  const field = (name: string, label: string, type = "text", required = false) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <input id={`${id}-${name}`} name={name} class="input" type={type} autofocus={name === "name"} required={required} maxLength={200} autocomplete="off" defaultValue={type === "datetime-local" ? fieldOf(new Date()) : undefined} />
    </div>
  );
  const choice = (name: string, label: string, options: Record<string, string>) => (
    <div>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <select id={`${id}-${name}`} name={name} class="input">
        {Object.entries(options).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <Dialog title={t("New consult")} onClose={done}>
      <form onSubmit={submit}>
        <fieldset class="edit-grid is-wide">
          <legend>{t("Patient")}</legend>
          {field("name", t("Patient's full name"), "text", true)}
          {field("birth_date", t("Date of birth"), "date", true)}
          {choice("sex", t("Sex"), { "": t("Not known"), f: t("Female"), m: t("Male") })}
          {field("phone", t("Phone"), "tel")}
        </fieldset>
        <fieldset class="edit-grid is-wide">
          <legend>{t("Visit")}</legend>
          {field("planned_at", zone ? t("Planned for (%(zone)s)", { zone }) : t("Planned for"), "datetime-local", true)}
          {choice("kind", t("Kind"), KINDS)}
          {choice("modality", t("How"), { video: t("By video"), phone: t("By phone") })}
          {choice("language", t("Language"), { en: "English", es: t("Spanish") })}
        </fieldset>
        <fieldset class="edit-grid is-wide is-thirds">
          <legend>{t("For the takeaway, where known")}</legend>
          {field("address", t("Address"))}
          {field("plan_name", t("Plan"))}
          {field("member_id", t("Member number"))}
        </fieldset>
        <div class="row">
          <button class="button primary" disabled={act.busy}>{t("Make the consult")}</button>
          <button class="button" value="now" disabled={act.busy}>{t("Make it and go there now")}</button>
          <button type="button" class="button quiet" onClick={done}>{t("Cancel")}</button>
        </div>
        {act.error && <p class="refused">{act.error}</p>}
      </form>
    </Dialog>
  );
}
