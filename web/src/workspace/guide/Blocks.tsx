import { useEffect, useState } from "preact/hooks";
import type { Consult, Medication } from "../../shared/protocol";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { Question } from "./Question";
import {
  applies,
  loopAt,
  loopItems,
  loopRows,
  openQuestions,
  questionsIn,
  type Branch,
  type Item,
  type Script,
  type ScriptProposal,
  type Step,
} from "./script";

/** The questions of a step: its own, those asked of each medication, and those of the branches that are open. */
export function Blocks({ script, step }: { script: Script; step: Step }) {
  const { state } = useWorkspace();
  const consult = state.value;
  const open = new Map(consult.guidance.branches.map((one) => [one.branch_id, one.because]));
  const shown = script.branches.filter((branch) => open.has(branch.id) && (branch.urgent || step.branches !== "none"));
  const urgent = shown.filter((branch) => branch.urgent);
  const calm = step.branches === "none" ? [] : shown.filter((branch) => !branch.urgent);
  const whole = step.for_each === "medication";
  const single = whole ? [] : step.items.filter((item) => item.for_each !== "medication");
  const looped = loopItems(step);
  return (
    <div class="blocks">
      {urgent.map((branch) => (
        <BranchBlock key={branch.id} branch={branch} because={open.get(branch.id) ?? ""} startOpen />
      ))}
      {single.map((item) => (
        <ItemBlock key={item.link_id} item={item} consult={consult} />
      ))}
      {looped.length > 0 && <Loop items={looped} />}
      {calm.map((branch) => (
        <BranchBlock
          key={branch.id}
          branch={branch}
          because={open.get(branch.id) ?? ""}
          startOpen={step.branches === "hold"}
        />
      ))}
      {step.proposes.length > 0 && !whole && <Drafts proposals={step.proposes} />}
    </div>
  );
}

interface ItemBlockProps {
  item: Item;
  consult: Consult;
  row?: Medication;
}

function ItemBlock({ item, consult, row }: ItemBlockProps) {
  if (!applies(item, consult, row?.id)) return null;
  if (item.type === "group")
    return (
      <fieldset class="group">
        <legend>{item.text.replaceAll("{medicine}", row?.name ?? "this medicine")}</legend>
        {item.items.map((child) => (
          <ItemBlock key={child.link_id} item={child} consult={consult} row={row} />
        ))}
      </fieldset>
    );
  return <Question item={item} medicationId={row?.id} medicine={row?.name} />;
}

/** The same questions for each medication, one medication unfolded at a time. */
function Loop({ items }: { items: Item[] }) {
  const { state, asked, loopRow } = useWorkspace();
  const consult = state.value;
  const rows = loopRows(consult);
  const askedRow = asked.value.includes("#") ? asked.value.slice(asked.value.indexOf("#") + 1) : "";
  useEffect(() => {
    if (askedRow) loopRow.value = askedRow;
  }, [askedRow]);
  const present = loopAt(items, consult, askedRow || loopRow.value);
  if (!present) return <p class="empty">Each medication of the regimen is gone through here, one by one.</p>;
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
              <span class="drug">{row.name}</span>
              <span class="loop-open">{open ? `${open} open` : "asked"}</span>
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
  const { state, asked } = useWorkspace();
  const consult = state.value;
  const holdsAsked = questionsIn(branch.items).some((item) => item.link_id === asked.value);
  const [open, setOpen] = useState(startOpen);
  const shown = open || holdsAsked;
  useEffect(() => {
    if (holdsAsked) setOpen(true);
  }, [holdsAsked]);
  return (
    <section class={`branch${branch.urgent ? " is-urgent" : ""}`}>
      <button type="button" class="branch-head" aria-expanded={shown} onClick={() => setOpen(!shown)}>
        <Icon name={branch.urgent ? "alert" : shown ? "down" : "next"} />
        <span>
          {branch.urgent && <span class="branch-flag">Red flag: </span>}
          {branch.title}
          <span class="branch-why">{because}</span>
        </span>
      </button>
      {shown && (
        <div class="branch-body">
          {branch.say && <p class="branch-say">“{branch.say.trim()}”</p>}
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
          {branch.proposes.length > 0 && <Drafts proposals={branch.proposes} />}
        </div>
      )}
    </section>
  );
}

/** To-do items that the script has ready, for the pharmacist to take. */
function Drafts({ proposals }: { proposals: ScriptProposal[] }) {
  const { state, send } = useWorkspace();
  const act = useAct();
  const left = proposals.filter((one) => one.todo_action && !(`todo:${one.id}` in state.value.todos));
  if (!left.length) return null;
  const take = (one: ScriptProposal) => {
    const problem = `problem:${one.id}`.slice(0, 80);
    void act.run(async () => {
      await send("add_problem", {
        problem: { id: problem, need: one.need, title: one.title, detail: "", alert_id: "", medications: [] },
      });
      await send("add_todo", {
        item: {
          id: `todo:${one.id}`.slice(0, 80),
          topic: one.todo_topic || one.title,
          action: one.todo_action,
          why: one.todo_why,
          problem_id: problem,
        },
      });
    }, "Added to the plan");
  };
  return (
    <details class="drafts">
      <summary>Ready for the plan ({left.length})</summary>
      <ul>
        {left.map((one) => (
          <li key={one.id}>
            <span>{one.title}</span>
            <button type="button" class="button small" disabled={act.busy} onClick={() => take(one)}>
              Add to plan
            </button>
          </li>
        ))}
      </ul>
      {act.error && <p class="refused">{act.error}</p>}
    </details>
  );
}
