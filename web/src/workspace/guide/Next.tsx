import type { Suggestion } from "../../shared/protocol";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { keyOf } from "../../shared/consult";
import { t } from "../../shared/texts";
import { CLINICAL, SET_ASIDE } from "../../shared/words";
import { useWorkspace, type Workspace } from "../store";
import { isBehind } from "./fresh";
import { filled, itemOf, languageOf, placeWords, rowOf, type Script } from "./script";

/** Brings a question under the eyes, entering its step where that is another one. */
export function goToQuestion(workspace: Workspace, question: Suggestion): Promise<unknown> {
  workspace.asked.value = keyOf(question);
  workspace.pane.value = "guide";
  const there = workspace.state.value.step_id === question.step_id;
  return there ? Promise.resolve() : workspace.send("enter_step", { step_id: question.step_id });
}

/** The next best question, why now, and the way round it. */
export function NextQuestion({ script }: { script: Script }) {
  const workspace = useWorkspace();
  const { state, send, guidedAt } = workspace;
  const act = useAct();
  const next = state.value.guidance.next;
  if (!next || state.value.phase === "closed") return null;
  // Dimmed in its place until the next one is known, so that nothing moves.
  const behind = isBehind(next, state.value, guidedAt.value, script);
  const item = itemOf(script, next.link_id);
  const row = rowOf(state.value, next.medication_id || next.todo_id);
  const open = state.value.phase === "open";
  const later = () =>
    send("skip_step", { step_id: keyOf(next), reason: SET_ASIDE });
  return (
    <div class={`next${behind ? " is-behind" : ""}`} aria-busy={behind}>
      <p class="next-text">
        <span class="next-label">{behind ? t("One moment") : t("Ask next")}</span>
        <strong lang={languageOf(script, next.link_id)}>{filled(item?.text ?? "", row)}</strong>
        <Why next={next} script={script} />
      </p>
      <div class="next-tools">
        <button
          type="button"
          class="button small"
          onClick={() => void act.run(() => goToQuestion(workspace, next))}
          disabled={act.busy || behind}
          aria-label={t("Go to this question")}
        >
          {t("Go")}
          <Icon name="next" />
        </button>
        {open && (
          <button
            type="button"
            class="button small quiet"
            onClick={() => void act.run(later, t("Set aside"))}
            disabled={act.busy || behind}
            aria-label={t("Set this question aside for later")}
          >
            {t("Later")}
          </button>
        )}
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}

/** Why now: where its step stands, in the language of the page; of a branch what opened it, as the program recorded it. */
function Why({ next, script }: { next: Suggestion; script: Script }) {
  const { state } = useWorkspace();
  const words = placeWords(next, script, state.value);
  return (
    <span class="next-why" lang={words ? undefined : CLINICAL}>
      {words || next.why}
    </span>
  );
}

/** Questions that were set aside, each with the way back to it. */
export function SetAside({ script }: { script: Script }) {
  const { state, send } = useWorkspace();
  const act = useAct();
  const consult = state.value;
  const aside = Object.keys(consult.skipped)
    .map((key) => ({ key, linkId: key.split("#")[0]!, row: rowOf(consult, key.slice(key.indexOf("#") + 1)) }))
    .map((one) => ({ ...one, item: itemOf(script, one.linkId) }))
    .filter((one) => one.item !== undefined);
  if (!aside.length || consult.phase !== "open") return null;
  return (
    <details class="aside">
      <summary>{t("Set aside: %(number)s", { number: aside.length })}</summary>
      <ul>
        {aside.map(({ key, item, row }) => {
          const text = filled(item!.text, row);
          return (
            <li key={key}>
              <span lang={languageOf(script, item!.link_id)}>{text}</span>
              <button
                type="button"
                class="button small quiet"
                disabled={act.busy}
                aria-label={t("Take up again: %(text)s", { text })}
                onClick={() => void act.run(() => send("resume_step", { step_id: key }), t("Open again"))}
              >
                {t("Take up")}
              </button>
            </li>
          );
        })}
      </ul>
      {act.error && <p class="refused">{act.error}</p>}
    </details>
  );
}
