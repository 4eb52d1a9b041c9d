import { useEffect, useId, useState } from "preact/hooks";
import { mailLink, me } from "../shared/api";
import { t } from "../shared/texts";
import { useAct } from "./act";

interface MailedProps {
  consultId: string;
  address?: string;
  /** A new link has gone out; one that is shown no longer works. */
  sent?: () => void;
}

/** Sends a new join link by e-mail from the site itself, where it has a mail server. */
export function Mailed({ consultId, address = "", sent }: MailedProps) {
  const [can, setCan] = useState(false);
  const [to, setTo] = useState(address);
  const [gone, setGone] = useState("");
  const act = useAct();
  const id = useId();
  useEffect(() => void me("pharmacist").then((who) => setCan(who.mail === true), () => undefined), []);
  if (!can) return null;
  const submit = (event: Event) => {
    event.preventDefault();
    setGone("");
    void act.run(async () => {
      await mailLink(consultId, to.trim());
      setGone(to.trim());
      sent?.();
    }, t("Join link sent"));
  };
  return (
    <form class="mailed" onSubmit={submit}>
      <label class="label" for={id}>{t("Send a new link by e-mail from here")}</label>
      <div class="row">
        <input id={id} class="input" type="email" required maxLength={200} autocomplete="off" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
        <button class="button" disabled={act.busy}>{t("Send the link")}</button>
      </div>
      <p class="hint">{gone ? t("Sent to %(address)s. The link before it no longer works.", { address: gone }) : t("The mail says nothing of the patient or of health. The link before it no longer works.")}</p>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
