import { useId, useState } from "preact/hooks";
import { settleFollowUp } from "../../shared/api";
import { day } from "../../shared/format";
import type { FollowUp } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { DOERS, dayAhead, dueWords } from "./due";

interface Props {
  consultId: string;
  one: FollowUp;
  /** Whose it is, where the list holds several patients. */
  patient?: string;
  /** Called once it was settled. */
  settled?: () => void;
}

/** One follow-up: what, by when and by whom; done with what was found, or put off with a reason. */
export function FollowUpRow({ consultId, one, patient, settled }: Props) {
  const [open, setOpen] = useState<"" | "done" | "later">("");
  const [note, setNote] = useState("");
  const [due, setDue] = useState("");
  const act = useAct();
  const id = useId();
  const start = (what: "done" | "later") => {
    setNote("");
    setDue(dayAhead(7));
    setOpen(what);
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const body = open === "later" ? { note: note.trim(), due } : { note: note.trim() };
    void act
      .run(() => settleFollowUp(consultId, one.id, body), open === "later" ? t("Put off") : t("Done"))
      .then((ok) => {
        if (!ok) return;
        setOpen("");
        settled?.();
      });
  };
  const over = one.stage === "done";
  return (
    <li class="follow-up">
      <p class={`follow-up-when${!over && one.due < dayAhead(0) ? " critical-text" : ""}`}>{over ? t("Done") : dueWords(one.due)}</p>
      {patient && (
        <p class="list-name">
          <a class="link" href={`#/consult/${encodeURIComponent(consultId)}`}>
            {patient}
          </a>
        </p>
      )}
      <p>
        {one.what} <span class="faint">· {DOERS[one.by]}</span>
      </p>
      {one.note && <p class="faint">{!over && one.postponed ? t("Put off: %(note)s", { note: one.note }) : one.note}</p>}
      {over && <p class="faint">{day(one.closed_at)}</p>}
      {!over && !open && (
        <div class="row">
          <button type="button" class="button small quiet" aria-label={t("Done: %(what)s", { what: one.what })} onClick={() => start("done")}>{t("Done")}</button>
          <button type="button" class="button small quiet" aria-label={t("Put off: %(what)s", { what: one.what })} onClick={() => start("later")}>{t("Put off")}</button>
        </div>
      )}
      {open && (
        <form class="edit" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && setOpen("")}>
          {open === "later" && (
            <>
              <label class="label" for={`${id}-due`}>{t("New day")}</label>
              <input id={`${id}-due`} class="input" type="date" required value={due} onInput={(event) => setDue(event.currentTarget.value)} />
            </>
          )}
          <label class="label" for={`${id}-note`}>{open === "later" ? t("Why it is put off") : t("What was found")}</label>
          <input id={`${id}-note`} class="input" maxLength={1000} required={open === "later"} value={note} onInput={(event) => setNote(event.currentTarget.value)} />
          <div class="row">
            <button class="button small primary" disabled={act.busy}>{t("Record")}</button>
            <button type="button" class="button small quiet" onClick={() => setOpen("")}>{t("Cancel")}</button>
          </div>
        </form>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </li>
  );
}
