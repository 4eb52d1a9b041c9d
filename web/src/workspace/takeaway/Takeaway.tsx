import { useState } from "preact/hooks";
import { takeawayUrl } from "../../shared/api";
import { newestTakeaway } from "../../shared/consult";
import { clock, day } from "../../shared/format";
import type { Takeaway as Version } from "../../shared/protocol";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import { FAILURES, STAGES } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { Export } from "./Export";
import { ConfirmIdentity } from "./Identity";
import { Override } from "./Override";
import { People } from "./People";
import { Points } from "./Points";
import { Preview } from "./Preview";
import { Review } from "./Review";
import { Sending } from "./Sending";
import { Versions } from "./Versions";

/** From draft to issued: what the patient will get, who checked what, and the next single action. */
export function Takeaway() {
  const { state, takeawayOpen } = useWorkspace();
  const consult = state.value;
  const version = newestTakeaway(consult);
  const current = version && version.stage !== "voided" ? version : null;
  return (
    <Dialog title={t("Takeaway")} place="side" onClose={() => (takeawayOpen.value = false)}>
      <div class="takeaway">
        <div class="takeaway-side">
          <Stage version={version} />
          <Actions version={version} />
          {version && <Review key={version.sha256} version={version} />}
          <ConfirmIdentity />
          <People />
          <Sending />
          <Versions />
          <Export />
          {current && <Points key={current.sha256} consultId={consult.id} version={current.version} />}
        </div>
        <div class="takeaway-paper">
          {current ? (
            <iframe
              class="paper"
              title={t("Takeaway, version %(version)s", { version: current.version })}
              src={takeawayUrl(consult.id, current.version, "html", "pharmacist")}
              sandbox="allow-same-origin"
            />
          ) : (
            <Preview />
          )}
        </div>
      </div>
    </Dialog>
  );
}

const STEPS = ["drafted", "signed", "issued"] as const;
const STEP_WORDS = { drafted: t("Draft"), signed: t("Signed"), issued: t("Issued") };

function Stage({ version }: { version: Version | null }) {
  const stage = version?.stage ?? "";
  const reached = STEPS.indexOf(stage as (typeof STEPS)[number]);
  return (
    <div>
      <ol class="stages" aria-label={t("Stage: %(stage)s", { stage: STAGES[stage] ?? stage })}>
        {STEPS.map((step, index) => (
          <li key={step} class={index <= reached ? "is-reached" : ""}>
            {index <= reached && <Icon name="check" />}
            {STEP_WORDS[step]}
          </li>
        ))}
      </ol>
      {version && (
        <p class="faint">
          {t("Version %(version)s", { version: version.version })}
          {version.signed_at && t(", signed by %(name)s %(time)s", { name: version.signed_by, time: clock(version.signed_at) })}
          {version.issued_at && t(", issued %(day)s %(time)s", { day: day(version.issued_at), time: clock(version.issued_at) })}
        </p>
      )}
      {stage === "recalled" && <p class="notice">{t("This version was recalled: %(reason)s", { reason: version?.recalled_because ?? "" })}</p>}
      {stage === "voided" && (
        <p class="notice">{t("This version is void: something it says was changed after it was made. Make a new draft.")}</p>
      )}
    </div>
  );
}

function Actions({ version }: { version: Version | null }) {
  const { state, send } = useWorkspace();
  const act = useAct();
  const consult = state.value;
  const stage = version?.stage ?? "";
  const mark = version && { version: version.version, sha256: version.sha256 };
  const unconfirmed = Object.values(consult.medications).filter((row) => row.review === "proposed").length;
  const unread = version ? version.lines.filter((line) => !version.reviewed.includes(line.id)).length : 0;
  const [language, setLanguage] = useState<"" | "en" | "es">("");
  const draft = (words: string, primary: boolean) => (
    <button
      type="button"
      class={`button${primary ? " primary" : " quiet"}`}
      disabled={act.busy || consult.takeaway_pending}
      onClick={() => void act.run(() => send("draft_takeaway", { language }), t("Draft is being made"))}
    >
      {consult.takeaway_pending ? t("Making the draft") : words}
    </button>
  );
  return (
    <div class="takeaway-actions">
      {unconfirmed > 0 && stage !== "issued" && (
        <p class="notice">
          {tn("%(count)s medication is not confirmed and will not be in the document.", "%(count)s medications are not confirmed and will not be in the document.", unconfirmed)}
        </p>
      )}
      <div class="row">
        {stage === "drafted" && mark && (
          <button
            type="button"
            class="button primary"
            disabled={act.busy || !consult.identity || unread > 0}
            aria-describedby={consult.identity && !unread ? undefined : "sign-needs"}
            onClick={() => void act.run(() => send("sign_takeaway", mark), t("Signed"))}
          >
            {t("Sign version %(version)s", { version: mark.version })}
          </button>
        )}
        {stage === "signed" && mark && version.failing.length === 0 && (
          <button
            type="button"
            class="button primary"
            disabled={act.busy}
            onClick={() => void act.run(() => send("issue_takeaway", mark), t("Issued to the patient"))}
          >
            {t("Give to the patient")}
          </button>
        )}
        {version && stage !== "voided" && (
          <a
            class="link"
            href={takeawayUrl(consult.id, version.version, "pdf", "pharmacist")}
            target="_blank"
            rel="noopener"
          >
            {t("Open the PDF")}
          </a>
        )}
      </div>
      {stage !== "signed" && (
        <div class="row">
          <select
            class="input"
            aria-label={t("Language of the draft")}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value as "" | "en" | "es")}
          >
            <option value="">{t("In the patient's language")}</option>
            <option value="en">{t("In English")}</option>
            <option value="es">{t("In Spanish")}</option>
          </select>
          {stage === "" || stage === "voided" ? draft(t("Make a draft"), true) : draft(t("New draft"), stage === "recalled")}
        </div>
      )}
      {stage === "signed" && version && version.failing.length > 0 && <Override version={version} />}
      {stage === "drafted" && (!consult.identity || unread > 0) && (
        <p class="hint" id="sign-needs">
          {[!consult.identity && t("Confirm the patient's identity below before signing."), unread && t("Look at every line below before signing.")].filter(Boolean).join(" ")}
        </p>
      )}
      {consult.takeaway_failed && (
        <p class="refused">
          {FAILURES[consult.takeaway_failed] ?? t("The draft could not be made (%(code)s). Nothing was lost; try again.", { code: consult.takeaway_failed })}
        </p>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}
