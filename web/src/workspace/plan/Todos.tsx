import { useId, useState } from "preact/hooks";
import type { Problem, TodoItem, TodoWords } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { NEEDS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { FollowUpsAbout } from "../followups/About";
import { useWorkspace } from "../store";
import { Letters } from "./Letters";

const LANGUAGES: Record<string, string> = { es: t("Spanish") };
const SAID = { topic: t("What we talked about"), action: t("What I should do"), why: t("Why") };

/** The patient's to-do list, in the words of the takeaway, and the problems that it answers. */
export function Todos() {
  const { state } = useWorkspace();
  const [editing, setEditing] = useState("");
  const { todos, problems } = state.value;
  const items = Object.values(todos);
  const covered = new Set(items.flatMap(problemsOf));
  const bare = Object.values(problems).filter((problem) => !covered.has(problem.id));
  return (
    <div class="todos">
      <div class="list-tools">
        <p class="faint">{t("These words go to the patient.")}</p>
        <button type="button" class="button small quiet" onClick={() => setEditing("new")}>{t("Add an item")}</button>
      </div>
      {editing === "new" && <EditTodo item={null} done={() => setEditing("")} />}
      {!items.length && !bare.length && editing !== "new" && (
        <p class="empty">{t("Items appear here when an alert is added to the plan, or when you add one.")}</p>
      )}
      <ul class="todo-list" aria-label={t("To-do list")}>
        {items.map((item) =>
          editing === item.id ? (
            <li key={item.id} class="todo">
              <EditTodo item={item} done={() => setEditing("")} />
            </li>
          ) : (
            <TodoRow key={item.id} item={item} problems={problemsOf(item).flatMap((id) => problems[id] ?? [])} edit={() => setEditing(item.id)} />
          ),
        )}
      </ul>
      {bare.length > 0 && (
        <>
          <h3 class="list-title">{t("Problems without a to-do item")}</h3>
          <ul class="todo-list" aria-label={t("Problems without a to-do item")}>
            {bare.map((problem) => (
              <BareProblem key={problem.id} problem={problem} />
            ))}
          </ul>
        </>
      )}
      <Letters />
    </div>
  );
}

/** One step may answer several problems. */
const problemsOf = (item: TodoItem) => [item.problem_id, ...(item.also ?? [])];

function TodoRow({ item, problems, edit }: { item: TodoItem; problems: Problem[]; edit: () => void }) {
  const { send } = useWorkspace();
  const act = useAct();
  return (
    <li class="todo">
      <div class="todo-main">
        <p class="todo-topic">{item.topic}</p>
        <p>{item.action}</p>
        {item.why && <p class="faint">{item.why}</p>}
        {problems.map((problem) => (
          <p key={problem.id} class="faint">{t("%(need)s problem: %(title)s", { need: NEEDS[problem.need], title: problem.title })}</p>
        ))}
        {act.error && <p class="refused">{act.error}</p>}
        <FollowUpsAbout about={item.id} title={item.topic} />
      </div>
      <div class="todo-tools">
        <button type="button" class="button small quiet" aria-label={t("Edit %(topic)s", { topic: item.topic })} onClick={edit}>{t("Edit")}</button>
        <button
          type="button"
          class="button small quiet icon-only"
          aria-label={t("Remove %(topic)s", { topic: item.topic })}
          disabled={act.busy}
          onClick={() => void act.run(() => send("remove_todo", { item_id: item.id }), t("Item removed"))}
        >
          <Icon name="close" />
        </button>
      </div>
    </li>
  );
}

function BareProblem({ problem }: { problem: Problem }) {
  const { send } = useWorkspace();
  const [adding, setAdding] = useState(false);
  const act = useAct();
  const start: TodoItem = { id: "", topic: problem.title, action: "", why: "", problem_id: problem.id, said: [] };
  if (adding)
    return (
      <li class="todo">
        <EditTodo item={start} done={() => setAdding(false)} />
      </li>
    );
  return (
    <li class="todo">
      <div class="todo-main">
        <p class="todo-topic">{problem.title}</p>
        <p class="faint">{NEEDS[problem.need]}</p>
        {act.error && <p class="refused">{act.error}</p>}
      </div>
      <div class="todo-tools">
        <button type="button" class="button small" onClick={() => setAdding(true)}>{t("Write the item")}</button>
        <button
          type="button"
          class="button small quiet icon-only"
          aria-label={t("Remove problem %(title)s", { title: problem.title })}
          disabled={act.busy}
          onClick={() => void act.run(() => send("remove_problem", { problem_id: problem.id }), t("Problem removed"))}
        >
          <Icon name="close" />
        </button>
      </div>
    </li>
  );
}

/** Without an item, or with one that has no id yet, a new one is made. */
function EditTodo({ item, done }: { item: TodoItem | null; done: () => void }) {
  const { state, send } = useWorkspace();
  const [draft, setDraft] = useState<TodoItem>(item ?? { id: "", topic: "", action: "", why: "", problem_id: "", said: [] });
  const act = useAct();
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const next = { ...draft, topic: draft.topic.trim(), action: draft.action.trim(), why: draft.why.trim(), said: draft.said.filter((one) => one.topic.trim() && one.action.trim()) };
    void act
      .run(
        () =>
          next.id
            ? send("edit_todo", { item: next })
            : send("add_todo", { item: { ...next, id: `todo:${crypto.randomUUID()}` } }),
        t("Item saved"),
      )
      .then((ok) => ok && done());
  };
  const language = state.value.patient?.language?.slice(0, 2) ?? "en";
  const other = language !== "en" && language in LANGUAGES ? language : "";
  const said = draft.said.find((one) => one.language === other) ?? { language: other, topic: "", action: "", why: "" };
  const tell = (change: Partial<TodoWords>) =>
    setDraft({ ...draft, said: [...draft.said.filter((one) => one.language !== other), { ...said, ...change }] });
  const field = (name: "topic" | "action" | "why", label: string, rows: number) => (
    <>
      <label class="label" for={`${id}-${name}`}>
        {label}
      </label>
      <textarea
        id={`${id}-${name}`}
        class="input"
        rows={rows}
        maxLength={name === "topic" ? 200 : 2000}
        value={draft[name]}
        onInput={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
      />
    </>
  );
  return (
    <form class="edit" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && done()}>
      {field("topic", t("What we talked about"), 1)}
      {field("action", t("What I should do"), 3)}
      {field("why", t("Why (if needed)"), 2)}
      {other && (
        <fieldset class="said">
          <legend class="label">{t("The same in %(language)s, as the patient reads it", { language: LANGUAGES[other] ?? other })}</legend>
          {(["topic", "action", "why"] as const).map((name) => (
            <textarea
              key={name}
              class="input"
              lang={other}
              aria-label={t("%(field)s in %(language)s", { field: SAID[name], language: LANGUAGES[other] ?? other })}
              placeholder={SAID[name]}
              rows={name === "action" ? 3 : 1}
              maxLength={name === "topic" ? 200 : 2000}
              value={said[name]}
              onInput={(event) => tell({ [name]: event.currentTarget.value })}
            />
          ))}
        </fieldset>
      )}
      <div class="row">
        <button class="button primary" disabled={act.busy || !draft.topic.trim() || !draft.action.trim()}>{t("Save")}</button>
        <button type="button" class="button quiet" onClick={done}>{t("Cancel")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
