import { EditorView } from "@codemirror/view";
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { drugs } from "../../shared/api";
import { utf16 } from "../../shared/format";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { say } from "../../ui/live";
import { lazy } from "../../ui/lazy";
import { useWorkspace, type Workspace } from "../store";
import { answerCommand, findingsOf } from "./answers";
import { Card } from "./Card";
import { completion } from "./complete";
import { cardExtension } from "./tooltip";
import { editorPort, fromServer, makeEditor, setWriter } from "./editor";
import { lineFlags } from "./flags";
import { setFlags } from "./gutter";
import { lineIds } from "./ids";
import { NoteKeeper, type Trouble } from "./keeper";
import { setFindings } from "./marks";

const Prepare = lazy(() => import("../list/Prepare").then((all) => all.Prepare));

/** The notes: the pharmacist types, the lines save themselves, what is found in them is underlined. */
export function Notes() {
  const workspace = useWorkspace();
  const { state, status, loaded } = workspace;
  const parent = useRef<HTMLDivElement>(null);
  const consult = state.value;
  const isWriter = consult.phase === "open" && consult.writer_tab === workspace.tabId;

  useEffect(() => mountNotes(parent.current!, workspace), []);
  useEffect(() => {
    const free = consult.phase === "open" && consult.writer_tab === "";
    if (loaded.value && free && status.value.connection === "online")
      void workspace.send("take_writer", { tab_id: workspace.tabId }).catch(() => undefined);
  }, [loaded.value, consult.phase, consult.writer_tab, status.value.connection]);

  return (
    <section class="pane pane-notes" aria-label={t("Notes")} data-pane="notes">
      {loaded.value && !isWriter && <ReadOnlyNotice />}
      {loaded.value && consult.phase === "scheduled" && <Prepare />}
      <div ref={parent} class={`notes-editor${isWriter ? "" : " is-readonly"}`} hidden={consult.phase === "scheduled"} />
    </section>
  );
}

function ReadOnlyNotice() {
  const { state, tabId, send, focusNotes } = useWorkspace();
  const act = useAct();
  const [tried, setTried] = useState(false);
  const { phase, writer_tab } = state.value;
  if (phase === "scheduled")
    return (
      <div class="notes-notice">
        <p>{t("The visit has not begun. This is what is known so far.")}</p>
        <button type="button" class="button primary" disabled={act.busy} onClick={() => void act.run(() => send("open_consult", {}), t("Visit begun"))}>{t("Begin the visit")}</button>
        {act.error && <p class="refused">{act.error}</p>}
      </div>
    );
  if (phase === "closed") return <div class="notes-notice">{t("The visit is finished. The notes can be read here.")}</div>;
  if (!writer_tab && !tried) return null;
  const take = () => {
    setTried(true);
    void act.run(() => send("take_writer", { tab_id: tabId }), t("You write here now")).then((ok) => ok && focusNotes());
  };
  return (
    <div class="notes-notice">
      <p>{t("Another tab or person is writing. You can read along here.")}</p>
      <button type="button" class="button" disabled={act.busy} onClick={take}>{t("Write here")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}

/** Ties editor, keeper and state together; the returned function unties them. */
function mountNotes(parent: HTMLElement, workspace: Workspace): () => void {
  const { session } = workspace;
  const placed = new Map<string, string>();
  let trouble: Trouble = new Map();
  let shownFlags = "";

  const view: EditorView = makeEditor({
    parent,
    card: cardExtension(
      (found) => {
        const dom = document.createElement("div");
        render(<Card workspace={workspace} found={found} done={() => view.focus()} />, dom);
        return dom;
      },
      (found, answer) => {
        const command = answerCommand(found, answer, workspace.state.value);
        if (!command) {
          if (answer === "confirm") say(t("Choose what it is first."));
          return false;
        }
        workspace.send(command.type, command.data as never).then(
          () => say(answer === "confirm" ? t("%(name)s confirmed", { name: found.mention.text }) : t("%(name)s rejected", { name: found.mention.text })),
          () => say(t("That did not work.")),
        );
        return true;
      },
    ),
    complete: completion(drugs, say),
    onTyped: () => keeper.typed(),
    onMoved: () => keeper.typed(),
  });
  const showFlags = () => {
    const next = lineFlags(workspace.state.value, trouble);
    const key = JSON.stringify([...next]);
    if (key === shownFlags) return;
    shownFlags = key;
    view.dispatch({ effects: setFlags.of(next), annotations: fromServer.of(true) });
  };
  const keeper = new NoteKeeper(session, editorPort(view), workspace.tabId, (next) => {
    if (!next.size && !trouble.size) return;
    trouble = next;
    queueMicrotask(showFlags);
  });

  const follow = () => {
    const consult = workspace.state.value;
    const wasWriter = !view.state.readOnly;
    setWriter(view, keeper.mayType);
    keeper.reconcile();
    const fresh = consult.order
      .map((id) => consult.lines[id]!)
      .filter((line) => line.analysed === line.rev)
      .map((line) => ({ line, found: findingsOf(line, consult) }))
      .filter(({ line, found }) => {
        const key = `${line.rev} ${line.failed} ${found.map((one) => `${one.mention.start}${one.mention.text}${one.review}`).join(" ")}`;
        const changed = placed.get(line.id) !== key;
        placed.set(line.id, key);
        return changed;
      });
    if (fresh.length) view.dispatch({ effects: setFindings.of(fresh), annotations: fromServer.of(true) });
    showFlags();
    if (!wasWriter && keeper.mayType && document.activeElement === document.body) toEnd(view);
  };
  const stopState = effect(() => {
    const { phase, writer_tab, lines, order, medications, allergies, effects, alerts } = workspace.state.value;
    void [phase, writer_tab, lines, order, medications, allergies, effects, alerts]; // what the notes show
    untracked(follow);
  });
  const onHidden = () => keeper.flush();
  document.addEventListener("visibilitychange", onHidden);
  addEventListener("pagehide", onHidden);

  workspace.focusNotes = () => view.focus();
  workspace.goToLine = (lineId, start) => {
    workspace.pane.value = "notes";
    const index = view.state.field(lineIds).indexOf(lineId);
    if (index < 0) return say(t("This line is no longer in the notes."));
    const line = view.state.doc.line(index + 1);
    const position = Math.min(line.to, line.from + utf16(line.text, start ?? 0));
    view.dispatch({
      selection: { anchor: position },
      effects: EditorView.scrollIntoView(position, { y: "center" }),
      userEvent: "select",
    });
    view.focus();
  };
  return () => {
    keeper.stop();
    stopState();
    document.removeEventListener("visibilitychange", onHidden);
    removeEventListener("pagehide", onHidden);
    view.destroy();
  };
}

function toEnd(view: EditorView): void {
  view.dispatch({ selection: { anchor: view.state.doc.length } });
  view.focus();
}
