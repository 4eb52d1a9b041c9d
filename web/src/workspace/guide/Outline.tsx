import { t } from "../../shared/texts";
import { STEP_STATES } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { stepState, type Script } from "./script";

const ICONS = { done: "check", open: "ring", skipped: "skip" } as const;

/** All steps, thin; any of them can be entered at any time. */
export function Outline({ script, present }: { script: Script; present: string }) {
  const { state, send } = useWorkspace();
  const act = useAct();
  const consult = state.value;
  const closed = consult.phase !== "open";
  return (
    <nav class="outline" aria-label={t("All steps")}>
      {script.sections.map((section) => (
        <div key={section.id} class="outline-section">
          <h3>{section.title}</h3>
          <ol>
            {section.steps.map((step) => {
              const is = stepState(step, consult);
              return (
                <li key={step.id}>
                  <button
                    type="button"
                    class={`outline-step is-${is}`}
                    aria-current={step.id === present ? "step" : undefined}
                    disabled={closed}
                    onClick={() => void act.run(() => send("enter_step", { step_id: step.id }), step.title)}
                  >
                    <Icon name={ICONS[is]} />
                    <span>{step.title}</span>
                    <span class="unseen">, {STEP_STATES[is]}</span>
                    {is === "skipped" && <span class="outline-note">{t("skipped")}</span>}
                  </button>
                </li>
              );
            })}
          </ol>
        </div>
      ))}
      {act.error && <p class="refused">{act.error}</p>}
    </nav>
  );
}
