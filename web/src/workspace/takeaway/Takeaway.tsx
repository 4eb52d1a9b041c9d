import { useState } from "preact/hooks";
import { takeawayUrl } from "../../shared/api";
import { newestTakeaway } from "../../shared/consult";
import { clock, day } from "../../shared/format";
import type { Takeaway as Version } from "../../shared/protocol";
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
    <Dialog title="Takeaway" place="side" onClose={() => (takeawayOpen.value = false)}>
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
              title={`Takeaway, version ${current.version}`}
              src={takeawayUrl(consult.id, current.version, "html", "pharmacist")}
              sandbox="allow-same-origin"
            />
          ) : (
            <p class="empty">The document appears here when a draft has been made.</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

const STEPS = ["drafted", "signed", "issued"] as const;
const STEP_WORDS = { drafted: "Draft", signed: "Signed", issued: "Issued" };

function Stage({ version }: { version: Version | null }) {
  const stage = version?.stage ?? "";
  const reached = STEPS.indexOf(stage as (typeof STEPS)[number]);
  return (
    <div>
      <ol class="stages" aria-label={`Stage: ${STAGES[stage] ?? stage}`}>
        {STEPS.map((step, index) => (
          <li key={step} class={index <= reached ? "is-reached" : ""}>
            {index <= reached && <Icon name="check" />}
            {STEP_WORDS[step]}
          </li>
        ))}
      </ol>
      {version && (
        <p class="faint">
          Version {version.version}
          {version.signed_at && `, signed by ${version.signed_by} ${clock(version.signed_at)}`}
          {version.issued_at && `, issued ${day(version.issued_at)} ${clock(version.issued_at)}`}
        </p>
      )}
      {stage === "recalled" && <p class="notice">This version was recalled: {version?.recalled_because}</p>}
      {stage === "voided" && (
        <p class="notice">
          This version is void: something it says was changed after it was made. Make a new draft.
        </p>
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
      onClick={() => void act.run(() => send("draft_takeaway", { language }), "Draft is being made")}
    >
      {consult.takeaway_pending ? "Making the draft" : words}
    </button>
  );
  return (
    <div class="takeaway-actions">
      {unconfirmed > 0 && stage !== "issued" && (
        <p class="notice">
          {unconfirmed === 1 ? "1 medication is" : `${unconfirmed} medications are`} not confirmed and will not be in the
          document.
        </p>
      )}
      <div class="row">
        {(stage === "" || stage === "voided") && draft("Make a draft", true)}
        {stage === "drafted" && mark && (
          <button
            type="button"
            class="button primary"
            disabled={act.busy || !consult.identity || unread > 0}
            aria-describedby={consult.identity && !unread ? undefined : "sign-needs"}
            onClick={() => void act.run(() => send("sign_takeaway", mark), "Signed")}
          >
            Sign version {mark.version}
          </button>
        )}
        {stage === "signed" && mark && version.failing.length === 0 && (
          <button
            type="button"
            class="button primary"
            disabled={act.busy}
            onClick={() => void act.run(() => send("issue_takeaway", mark), "Issued to the patient")}
          >
            Give to the patient
          </button>
        )}
        {(stage === "drafted" || stage === "issued" || stage === "recalled") && draft("New draft", stage === "recalled")}
        {stage !== "signed" && (
          <select
            class="input"
            aria-label="Language of the draft"
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value as "" | "en" | "es")}
          >
            <option value="">In the patient's language</option>
            <option value="en">In English</option>
            <option value="es">In Spanish</option>
          </select>
        )}
        {version && stage !== "voided" && (
          <a
            class="link"
            href={takeawayUrl(consult.id, version.version, "pdf", "pharmacist")}
            target="_blank"
            rel="noopener"
          >
            Open the PDF
          </a>
        )}
      </div>
      {stage === "signed" && version && version.failing.length > 0 && <Override version={version} />}
      {stage === "drafted" && (!consult.identity || unread > 0) && (
        <p class="hint" id="sign-needs">
          {[!consult.identity && "Confirm the patient's identity", unread && "Look at every line"].filter(Boolean).join(". ")}{" "}
          below before signing.
        </p>
      )}
      {consult.takeaway_failed && (
        <p class="refused">
          {FAILURES[consult.takeaway_failed] ?? `The draft could not be made (${consult.takeaway_failed}). Nothing was lost; try again.`}
        </p>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}
