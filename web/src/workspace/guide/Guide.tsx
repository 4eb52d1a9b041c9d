import { useEffect, useRef, useState } from "preact/hooks";
import { listWords } from "../../shared/format";
import { t } from "../../shared/texts";
import { skippedWords } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { Divider } from "../consult/Divider";
import { USUAL } from "../consult/columns";
import { useWorkspace } from "../store";
import { Blocks } from "./Blocks";
import { DaysCovered } from "./DaysCovered";
import { emergencies, Emergency } from "./Emergency";
import { Gaps } from "./Gaps";
import { LanguageSwitch } from "./Language";
import { NextQuestion, SetAside } from "./Next";
import { Outline } from "./Outline";
import { currentStep, filled, loopAt, loopsOf, stepsOf, stepState, type Script, type Step } from "./script";

/** The conversation: the present step large, the next best question with its reason, and everything else thin. */
export function Guide() {
  const { script, scriptError, state } = useWorkspace();
  if (!script.value)
    return (
      <section class="pane pane-guide" aria-label={t("Guide")} data-pane="guide" tabIndex={-1}>
        <p class="empty">{scriptError.value || t("The conversation guide appears here.")}</p>
      </section>
    );
  const consult = state.value;
  return <Shown script={script.value} step={currentStep(script.value, consult)} />;
}

function Shown({ script, step }: { script: Script; step: Step | undefined }) {
  const { asked, state, sizes, resize } = useWorkspace();
  const pane = useRef<HTMLDivElement>(null);
  const urgent = emergencies(script, state.value);
  useEffect(() => {
    if (!asked.peek()) pane.current?.scrollTo({ top: 0 });
  }, [step?.id, urgent[0]?.id]);
  return (
    <section class="pane pane-guide" aria-label={t("Guide")} data-pane="guide" tabIndex={-1}>
      <div ref={pane} class="guide-scroll" tabIndex={0} role="group" aria-label={t("Conversation guide")}>
        {urgent.length > 0 ? (
          <>
            {urgent.map((branch) => (
              <Emergency key={branch.id} script={script} branch={branch} />
            ))}
            {step && <p class="hint waits">{t("The script waits at: %(title)s", { title: step.title })}</p>}
          </>
        ) : (
          <>
            <Refusals />
            {step && <Present script={script} step={step} />}
            <SetAside script={script} />
            <Gaps key={step?.id} script={script} open={step?.id === PREVENTION} />
            <DaysCovered />
            <Outline script={script} present={step?.id ?? ""} />
          </>
        )}
      </div>
      {step && !urgent.length && <StepFoot key={step.id} script={script} step={step} />}
      <Divider edge="guide" words={t("Width of the guide")} value={sizes.value.guide ?? USUAL.guide} set={resize} />
    </section>
  );
}

const PURPOSES: Record<string, string> = {
  telehealth: t("the visit by video or phone"),
  transcript: t("written notes of the talk"),
  prescriber: t("sharing with the prescriber"),
  caregiver: t("sharing with a caregiver"),
};

/** What the patient does not want, in view for the whole talk. */
function Refusals() {
  const { state } = useWorkspace();
  const { refused } = state.value.guidance;
  if (!refused.length) return null;
  return (
    <p class="notice">
      {t("The patient said no to: %(purposes)s.", { purposes: listWords(refused.map((one) => PURPOSES[one] ?? one)) })}{" "}
      {refused.includes("telehealth") && t("End the visit, or agree on another way.")}
    </p>
  );
}

/** The step in which preventive care is talked through. */
const PREVENTION = "prevention";

function Present({ script, step }: { script: Script; step: Step }) {
  const { state, loopRow } = useWorkspace();
  const consult = state.value;
  const steps = stepsOf(script);
  const place = steps.findIndex((one) => one.id === step.id) + 1;
  const covered = steps.filter((one) => stepState(one, consult) !== "open").length;
  const section = script.sections.find((one) => one.steps.includes(step));
  const [loop] = loopsOf(step);
  const row = loop && loopAt(loop.each, loop.items, consult, loopRow.value);
  const skippedBecause = consult.skipped[step.id];
  return (
    <div class="step-present">
      <p class="step-place">
        <span>
          {t("Step %(place)s of %(number)s", { place, number: steps.length })}
          {section ? ` · ${section.title}` : ""}
        </span>
      </p>
      <h2 class="step-title">{step.title}</h2>
      <div
        class="progress"
        role="progressbar"
        aria-label={t("Steps behind you")}
        aria-valuemin={0}
        aria-valuemax={steps.length}
        aria-valuenow={covered}
        aria-valuetext={t("%(covered)s of %(number)s steps", { covered, number: steps.length })}
      >
        {steps.map((one) => (
          <span key={one.id} class={`progress-part is-${stepState(one, consult)}${one.id === step.id ? " is-here" : ""}`} />
        ))}
      </div>
      <Coverage />
      {step.say && (
        <blockquote class="say" lang={step.language}>
          <div class="say-head">
            <span class="say-label" lang={document.documentElement.lang}>{step.patient_topic ? t("Say") : t("For you")}</span>
            <LanguageSwitch script={script} />
          </div>
          <p>{filled(step.say.trim(), row)}</p>
        </blockquote>
      )}
      <NextQuestion script={script} />
      {skippedBecause !== undefined && <p class="hint">{t("Skipped: %(reason)s", { reason: skippedWords(skippedBecause) })}</p>}
      <Blocks key={step.id} script={script} step={step} />
      {step.record && <p class="hint step-record">{t("Write down: %(what)s", { what: step.record.trim() })}</p>}
    </div>
  );
}

/** How much is behind, in questions that apply now; what arose in the talk is told apart. */
function Coverage() {
  const { state } = useWorkspace();
  const { counts } = state.value.guidance;
  if (!counts?.asked) return null;
  const parts = [
    t("%(answered)s of %(asked)s questions", { answered: counts.answered, asked: counts.asked }),
    counts.proposed ? t("%(number)s read from the notes", { number: counts.proposed }) : "",
    counts.fresh ? t("%(number)s particular to this patient", { number: counts.fresh }) : "",
  ].filter(Boolean);
  return <p class="coverage">{parts.join(" · ")}</p>;
}

function StepFoot({ script, step }: { script: Script; step: Step }) {
  const { state, send } = useWorkspace();
  const [skipping, setSkipping] = useState(false);
  const reason = useRef<HTMLInputElement>(null);
  const act = useAct();
  const steps = stepsOf(script);
  const following = steps[steps.findIndex((one) => one.id === step.id) + 1];
  const openHere = state.value.phase === "open";
  const skip = (event: Event) => {
    event.preventDefault();
    const because = reason.current?.value.trim() ?? "";
    if (!because) return reason.current?.focus();
    void act
      .run(async () => {
        await send("skip_step", { step_id: step.id, reason: because });
        if (following) await send("enter_step", { step_id: following.id });
      }, t("Step skipped"))
      .then((done) => done && setSkipping(false));
  };
  if (!openHere) return null;
  return (
    <footer class="step-foot">
      {skipping ? (
        <form class="skip" onSubmit={skip}>
          <label class="label" for="skip-reason">{t("Why is it skipped?")}</label>
          <input id="skip-reason" ref={reason} class="input" maxLength={200} required />
          <div class="row">
            <button class="button small" disabled={act.busy}>{t("Skip step")}</button>
            <button type="button" class="button small quiet" onClick={() => setSkipping(false)}>{t("Keep it")}</button>
          </div>
        </form>
      ) : (
        <div class="row">
          {following && (
            <button
              type="button"
              class="button"
              disabled={act.busy}
              aria-label={t("Next step: %(title)s", { title: following.title })}
              onClick={() => void act.run(() => send("enter_step", { step_id: following.id }))}
            >
              {following.title}
              <Icon name="next" />
            </button>
          )}
          <button type="button" class="button quiet" onClick={() => setSkipping(true)}>{t("Skip…")}</button>
        </div>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </footer>
  );
}
