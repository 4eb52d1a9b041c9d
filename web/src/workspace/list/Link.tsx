import { useState } from "preact/hooks";
import { joinLink, revokeLink, type JoinLink } from "../../shared/api";
import { t } from "../../shared/texts";
import type { ConsultRow } from "../../shared/wire";
import { useAct } from "../../ui/act";
import { Dialog } from "../../ui/dialog";
import { Mailed } from "../../ui/mailed";
import { copied, Share } from "../../ui/share";

/** The patient's way in: a new link to send (the one before ends), or an end to it. */
export function Link({ row, done }: { row: ConsultRow; done: () => void }) {
  const [made, setMade] = useState<JoinLink | null>(null);
  const [said, setSaid] = useState("");
  const act = useAct();
  const make = () =>
    void act.run(async () => {
      const fresh = await joinLink(row.id);
      setMade(fresh);
      const done = await copied(fresh.link);
      setSaid((done ? t("Copied. ") : "") + t("Send it to the patient; the link before it no longer works."));
    }, t("New join link made"));
  const end = () =>
    void act.run(async () => {
      const { ended } = await revokeLink(row.id);
      setMade(null);
      setSaid(ended ? t("The link is ended: nobody comes in by it any more.") : t("There was no link that still worked."));
    }, t("Link ended"));
  return (
    <Dialog title={t("Join link for %(name)s", { name: row.patient_name })} onClose={done}>
      <p>{t("The link is not kept here, so that nobody can read it out of this page. To send it again, make a new one. It opens the visit after the date of birth has been entered.")}</p>
      <div class="row">
        <button type="button" class="button primary" disabled={act.busy} onClick={make}>{t("Make a new link")}</button>
        <button type="button" class="button" disabled={act.busy} onClick={end}>{t("End the link")}</button>
      </div>
      {made && <Share label={t("Join link")} made={made} />}
      <Mailed consultId={row.id} sent={() => [setMade(null), setSaid("")]} />
      {said && <p class="hint">{said}</p>}
      {act.error && <p class="refused">{act.error}</p>}
    </Dialog>
  );
}
