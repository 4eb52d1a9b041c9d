import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Consult } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { CLINICAL } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { LineLinks } from "../consult/LineLinks";
import { evidenceLines } from "../regimen/rows";
import { useWorkspace } from "../store";
import { ItemBlock } from "./Blocks";
import { Question } from "./Question";
import { itemOf, type Branch, type Script } from "./script";

/** The red flags that are not dealt with yet, in the order of the script. */
export function emergencies(script: Script, consult: Consult): Branch[] {
  const urgent = new Set(consult.guidance.urgent);
  return script.branches.filter((branch) => urgent.has(branch.id));
}

/**
 * The script stands still: what to say, whom to call, where the patient is, what to do. It goes when its questions are
 * answered, or when the pharmacist says why it is no emergency.
 */
export function Emergency({ script, branch }: { script: Script; branch: Branch }) {
  const { state } = useWorkspace();
  const consult = state.value;
  const opened = consult.guidance.branches.find((one) => one.branch_id === branch.id);
  const lines = evidenceLines(opened?.evidence ?? [], consult);
  return (
    <article class="emergency" aria-labelledby={`emergency-${branch.id}`} tabIndex={-1}>
      <header class="emergency-head">
        <Icon name="alert" />
        <h2 id={`emergency-${branch.id}`}>{t("Emergency? %(title)s", { title: branch.title })}</h2>
      </header>
      {opened && (
        <p class="emergency-why">
          <span lang={CLINICAL}>{opened.because}</span> <LineLinks lines={lines} />
        </p>
      )}
      {opened?.put_aside && (
        <p class="emergency-again">
          {t("Dismissed before (%(reason)s). The notes say it again.", { reason: opened.put_aside })}
        </p>
      )}
      {branch.say && (
        <blockquote class="say" lang={script.language}>
          <span class="say-label" lang={document.documentElement.lang}>{t("Say")}</span>
          <p>{branch.say.trim()}</p>
        </blockquote>
      )}
      <dl class="emergency-facts">
        {branch.call.length > 0 && (
          <div>
            <dt>{t("Number to call")}</dt>
            <dd>
              {branch.call.map((number) => (
                <a key={number} class="emergency-number" href={`tel:${number.replace(/[^+\d]/g, "")}`}>
                  <Icon name="phone" /> {number}
                </a>
              ))}
            </dd>
          </div>
        )}
      </dl>
      {branch.items.map((item) => (
        <ItemBlock key={item.link_id} item={item} consult={consult} />
      ))}
      <dl class="emergency-facts">
        <Known script={script} linkId={branch.place} name={t("Where they are")} otherwise={consult.patient?.address ?? ""} />
        <Known script={script} linkId={branch.call_back} name={t("Call back")} otherwise={consult.patient?.phone ?? ""} />
      </dl>
      {branch.do.length > 0 && (
        <ul class="emergency-do">
          {branch.do.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <NoEmergency branch={branch} />
    </article>
  );
}

interface KnownProps {
  script: Script;
  linkId: string;
  name: string;
  /** What the record says, shown as such: a person may be elsewhere today. */
  otherwise: string;
}

/** What was answered at the start of the talk; where it was not, it is asked now. */
function Known({ script, linkId, name, otherwise }: KnownProps) {
  const { state } = useWorkspace();
  const item = itemOf(script, linkId);
  if (!item) return null;
  const said = state.value.answers[linkId]?.values.filter(Boolean).join(", ") ?? "";
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {said ? (
          <strong>{said}</strong>
        ) : (
          <>
            {otherwise && <p class="faint">{t("On record: %(otherwise)s", { otherwise })}</p>}
            <Question item={item} />
          </>
        )}
      </dd>
    </div>
  );
}

function NoEmergency({ branch }: { branch: Branch }) {
  const { send } = useWorkspace();
  const [open, setOpen] = useState(false);
  const reason = useRef<HTMLInputElement>(null);
  const act = useAct();
  useLayoutEffect(() => reason.current?.focus(), [open]);
  const submit = (event: Event) => {
    event.preventDefault();
    const because = reason.current?.value.trim() ?? "";
    if (!because) return reason.current?.focus();
    void act.run(() => send("skip_step", { step_id: branch.id, reason: because }), t("The script goes on"));
  };
  return (
    <footer class="emergency-foot">
      {open ? (
        <form class="skip" onSubmit={submit}>
          <label class="label" for={`no-${branch.id}`}>{t("Why is it no emergency?")}</label>
          <input id={`no-${branch.id}`} ref={reason} class="input" maxLength={200} required />
          <div class="row">
            <button class="button small" disabled={act.busy}>{t("Go on with the script")}</button>
            <button type="button" class="button small quiet" onClick={() => setOpen(false)}>{t("Cancel")}</button>
          </div>
        </form>
      ) : (
        <button type="button" class="button small" onClick={() => setOpen(true)}>{t("No emergency…")}</button>
      )}
      <p class="hint">{t("The script waits until these questions are answered.")}</p>
      {act.error && <p class="refused">{act.error}</p>}
    </footer>
  );
}
