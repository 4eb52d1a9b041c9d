import { useState } from "preact/hooks";
import type { Takeaway } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

/** A version that fails points of the format is given only with a reason. */
export function Override({ version }: { version: Takeaway }) {
  const { send } = useWorkspace();
  const [reason, setReason] = useState("");
  const act = useAct();
  const submit = (event: Event) => {
    event.preventDefault();
    const mark = { version: version.version, sha256: version.sha256, override: reason.trim() };
    void act.run(() => send("issue_takeaway", mark), t("Issued to the patient"));
  };
  return (
    <form class="override" onSubmit={submit}>
      <p class="notice">{t("Not met: %(points)s.", { points: version.failing.join("; ") })}</p>
      <label class="label" for="override-reason">{t("Why it is given all the same")}</label>
      <input
        id="override-reason"
        class="input"
        maxLength={200}
        value={reason}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <button class="button" disabled={act.busy || !reason.trim()}>{t("Give to the patient with this reason")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
