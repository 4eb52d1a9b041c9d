import { useId, useState } from "preact/hooks";
import type { FollowedBy } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";
import { DOERS, dayAhead } from "./due";
import { FollowUpRow } from "./FollowUpRow";

/** What is looked after about a problem or a to-do item once the visit is over, and a way to plan it. */
export function FollowUpsAbout({ about, title }: { about: string; title: string }) {
  const { state } = useWorkspace();
  const [planning, setPlanning] = useState(false);
  const own = Object.values(state.value.follow_ups)
    .filter((one) => one.about === about)
    .sort((a, b) => a.due.localeCompare(b.due));
  return (
    <>
      {own.length > 0 && (
        <ul class="follow-ups" aria-label={t("Follow-ups of %(title)s", { title })}>
          {own.map((one) => (
            <FollowUpRow key={one.id} consultId={state.value.id} one={one} />
          ))}
        </ul>
      )}
      {planning ? (
        <Plan about={about} title={title} done={() => setPlanning(false)} />
      ) : (
        <button type="button" class="button small quiet follow-up-plan" aria-label={t("Plan a follow-up of %(title)s", { title })} onClick={() => setPlanning(true)}>{t("Follow up")}</button>
      )}
    </>
  );
}

function Plan({ about, title, done }: { about: string; title: string; done: () => void }) {
  const { send } = useWorkspace();
  const [what, setWhat] = useState(title.slice(0, 200));
  const [due, setDue] = useState(dayAhead(14));
  const [by, setBy] = useState<FollowedBy>("pharmacist");
  const act = useAct();
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const plan = { follow_up_id: `follow:${crypto.randomUUID()}`, due, by, what: what.trim(), about };
    void act.run(() => send("plan_follow_up", plan), t("Follow-up planned")).then((ok) => ok && done());
  };
  return (
    <form class="edit" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && done()}>
      <label class="label" for={`${id}-what`}>{t("What is looked after")}</label>
      <input id={`${id}-what`} class="input" maxLength={200} value={what} onInput={(event) => setWhat(event.currentTarget.value)} />
      <label class="label" for={`${id}-due`}>{t("By")}</label>
      <input id={`${id}-due`} class="input" type="date" required value={due} onInput={(event) => setDue(event.currentTarget.value)} />
      <label class="label" for={`${id}-by`}>{t("Who does it")}</label>
      <select id={`${id}-by`} class="input" value={by} onChange={(event) => setBy(event.currentTarget.value as FollowedBy)}>
        {Object.entries(DOERS).map(([code, words]) => (
          <option key={code} value={code}>
            {words}
          </option>
        ))}
      </select>
      <div class="row">
        <button class="button primary" disabled={act.busy || !what.trim() || !due}>{t("Plan it")}</button>
        <button type="button" class="button quiet" onClick={done}>{t("Cancel")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
