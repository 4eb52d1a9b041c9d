import { useEffect, useState } from "preact/hooks";
import type { Consult, Draft } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { CLINICAL } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { Question } from "./Question";
import {
  applies,
  filled,
  loopAt,
  loopRows,
  loopsOf,
  openQuestions,
  questionsIn,
  type Branch,
  type Item,
  type Loop as LoopKind,
  type LoopRow,
  type Script,
  type Step,
} from "./script";

/** The questions of a step: its own, those asked of each medication or to-do item, and those of the branches that are open. */
export function Blocks({ script, step }: { script: Script; step: Step }) {
  const { state } = useWorkspace();
  const consult = state.value;
  const open = new Map(consult.guidance.branches.map((one) => [one.branch_id, one.because]));
  // A red flag that was dealt with stays to be read, last.
  const shown = script.branches
    .filter((branch) => open.has(branch.id) && (branch.urgent || step.branches !== "none"))
    .sort((a, b) => Number(a.urgent) - Number(b.urgent));
  const single = step.for_each ? [] : step.items.filter((item) => !item.for_each);
  return (
    <div class="blocks">
      {single.map((item) => (
        <ItemBlock key={item.link_id} item={item} consult={consult} />
      ))}
      {loopsOf(step).map(({ each, items }) => (
        <Loop key={each} each={each} items={items} />
      ))}
      {shown.map((branch) => (
        <BranchBlock
          key={branch.id}
          branch={branch}
          because={consult.skipped[branch.id] ?? open.get(branch.id) ?? ""}
          startOpen={!branch.urgent && step.branches === "hold"}
        />
      ))}
      <Drafts block={step.id} />
    </div>
  );
}

interface ItemBlockProps {
  item: Item;
  consult: Consult;
  row?: LoopRow;
}

export function ItemBlock({ item, consult, row }: ItemBlockProps) {
  if (!applies(item, consult, row?.id)) return null;
  if (item.type === "group")
    return (
      <fieldset class="group">
        <legend>{filled(item.text, row)}</legend>
        {item.items.map((child) => (
          <ItemBlock key={child.link_id} item={child} consult={consult} row={row} />
        ))}
      </fieldset>
    );
  return <Question item={item} row={row} />;
}

const EMPTY: Record<LoopKind, string> = {
  medication: t("Each medication of the regimen is gone through here, one by one."),
  todo: t("Each item of the to-do list is gone through here, one by one."),
};

/** The same questions for each medication or to-do item, one unfolded at a time. */
function Loop({ each, items }: { each: LoopKind; items: Item[] }) {
  const { state, asked, loopRow } = useWorkspace();
  const consult = state.value;
  const rows = loopRows(each, consult);
  const askedRow = asked.value.includes("#") ? asked.value.slice(asked.value.indexOf("#") + 1) : "";
  useEffect(() => {
    if (askedRow) loopRow.value = askedRow;
  }, [askedRow]);
  const present = loopAt(each, items, consult, askedRow || loopRow.value);
  if (!present) return <p class="empty">{EMPTY[each]}</p>;
  return (
    <div class="loop">
      {rows.map((row) => {
        const open = openQuestions(items, consult, row);
        const here = row.id === present.id;
        return (
          <div key={row.id} class={`loop-row${here ? " is-here" : ""}`}>
            <button
              type="button"
              class="loop-name"
              aria-expanded={here}
              onClick={() => (loopRow.value = row.id)}
            >
              <Icon name={open ? "ring" : "check"} />
              <span class={each === "medication" ? "drug" : ""}>{row.name}</span>
              <span class="loop-open">{open ? t("%(number)s open", { number: open }) : t("asked")}</span>
            </button>
            {here && (
              <div class="loop-body">
                {items.map((item) => (
                  <ItemBlock key={item.link_id} item={item} consult={consult} row={row} />
                ))}
              </div>
            )}
          </div>
        );
      })}
    </div>
  );
}

function BranchBlock({ branch, because, startOpen }: { branch: Branch; because: string; startOpen: boolean }) {
  const { state, asked, script } = useWorkspace();
  const said = script.value?.language;
  const consult = state.value;
  const holdsAsked = questionsIn(branch.items).some((item) => item.link_id === asked.value);
  const [open, setOpen] = useState(startOpen);
  const shown = open || holdsAsked;
  useEffect(() => {
    if (holdsAsked) setOpen(true);
  }, [holdsAsked]);
  return (
    <section class="branch">
      <button type="button" class="branch-head" aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <Icon name={shown ? "down" : "next"} />
        <span>
          {branch.title}
          {branch.urgent && <span class="faint">{t(", looked at")}</span>}
          <span class="branch-why" lang={CLINICAL}>{because}</span>
        </span>
      </button>
      {shown && (
        <div class="branch-body">
          {branch.say && <p class="branch-say" lang={said}>“{branch.say.trim()}”</p>}
          {branch.do.length > 0 && (
            <ul class="branch-do">
              {branch.do.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
          {branch.items.map((item) => (
            <ItemBlock key={item.link_id} item={item} consult={consult} />
          ))}
          <Drafts block={branch.id} />
        </div>
      )}
    </section>
  );
}

/** Problems with a to-do item that the answers of a block give rise to, for the pharmacist to take. */
function Drafts({ block }: { block: string }) {
  const { state, send } = useWorkspace();
  const act = useAct();
  const { guidance, todos, problems } = state.value;
  const ids = (draft: Draft) => ({ todo: `todo:${draft.id}`.slice(0, 80), problem: `problem:${draft.id}`.slice(0, 80) });
  const left = (guidance.drafts ?? []).filter(
    (draft) => draft.block === block && !(ids(draft).todo in todos) && !(ids(draft).problem in problems),
  );
  if (!left.length) return null;
  const take = (draft: Draft) => {
    const { todo, problem } = ids(draft);
    const { need, title, because: detail, medications } = draft;
    void act.run(async () => {
      await send("add_problem", { problem: { id: problem, need, title, detail, alert_id: "", medications } });
      if (draft.todo_action)
        await send("add_todo", {
          item: {
            id: todo,
            topic: draft.todo_topic || title,
            action: draft.todo_action,
            why: draft.todo_why,
            problem_id: problem,
            said: draft.todo_said ?? [],
          },
        });
    }, t("Added to the plan"));
  };
  return (
    <ul class="drafts" aria-label={t("Ready for the plan")}>
      {left.map((draft) => (
        <li key={draft.id}>
          <span lang={CLINICAL}>
            {draft.title}
            {draft.because && <span class="branch-why">{draft.because}</span>}
          </span>
          <button type="button" class="button small" disabled={act.busy} onClick={() => take(draft)}>{t("Add to plan")}</button>
        </li>
      ))}
      {act.error && <li class="refused">{act.error}</li>}
    </ul>
  );
}
