import type { CareGap } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { CLINICAL } from "../../shared/words";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";
import type { CareRule, Script } from "./script";

interface Care {
  care: string;
  gaps: { gap: CareGap; rule: CareRule }[];
}

/** Gaps by what they are about: where authorities differ, their rules stand side by side. */
export function careOf(script: Script, gaps: readonly CareGap[]): Care[] {
  const rules = new Map(script.prevention.map((rule) => [rule.rule, rule]));
  const found = new Map<string, Care>();
  for (const gap of gaps) {
    const rule = rules.get(gap.rule);
    if (!rule) continue;
    const care = found.get(rule.care) ?? { care: rule.care, gaps: [] };
    care.gaps.push({ gap, rule });
    found.set(rule.care, care);
  }
  return [...found.values()];
}

/** Preventive care that is due, or that nobody has asked about yet. Open in its own step, one line elsewhere. */
export function Gaps({ script, open }: { script: Script; open: boolean }) {
  const { state } = useWorkspace();
  const cares = careOf(script, state.value.guidance.gaps);
  if (!cares.length) return null;
  const due = cares.filter((one) => one.gaps.some(({ gap }) => gap.status === "due")).length;
  const ask = cares.length - due;
  const what = [due && t("%(number)s due", { number: due }), ask && t("%(number)s to ask about", { number: ask })].filter(Boolean).join(", ");
  return (
    <details class="gaps" open={open}>
      <summary>
        {t("Preventive care: %(what)s", { what })}
      </summary>
      <ul>
        {cares.map((care) => (
          <Gap key={care.care} care={care} />
        ))}
      </ul>
    </details>
  );
}

function Gap({ care }: { care: Care }) {
  const { state, send } = useWorkspace();
  const act = useAct();
  const [first] = care.gaps;
  const id = `todo:care:${care.care}`.slice(0, 80);
  const onPlan = id in state.value.todos;
  const { todo } = first!.rule;
  const add = () =>
    todo && void act.run(() => send("add_todo", { item: { id, ...todo, problem_id: "" } }), t("%(title)s added to the plan", { title: first!.rule.title }));
  return (
    <li class="gap">
      <div>
        <p class="gap-title">
          {first!.rule.title} <span class="faint">{first!.gap.status === "due" ? t("due") : t("ask")}</span>
        </p>
        {care.gaps.map(({ gap, rule }) => (
          <p key={rule.rule} class="gap-rule">
            <strong>{rule.authority}</strong> {rule.interval}. {rule.action} <span class="faint" lang={CLINICAL}>{gap.because}</span>
          </p>
        ))}
        {act.error && <p class="refused">{act.error}</p>}
      </div>
      {onPlan ? (
        <span class="faint">{t("on the plan")}</span>
      ) : (
        todo && <button type="button" class="button small" disabled={act.busy} onClick={add} aria-label={t("Add %(title)s to the plan", { title: first!.rule.title })}>{t("Add")}</button>
      )}
    </li>
  );
}
