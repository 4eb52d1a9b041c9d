import { EditorView } from "@codemirror/view";
import { effect, untracked } from "@preact/signals";
import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { drugs } from "../../shared/api";
import { utf16 } from "../../shared/format";
import { t } from "../../shared/texts";
import { say } from "../../ui/live";
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

/** Where the lines are typed; fetched beside the rest of the page, which is there before it. */
export function Editor({ isWriter }: { isWriter: boolean }) {
  const workspace = useWorkspace();
  const parent = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => mountNotes(parent.current!, workspace), []); // in the first picture of the page, not after it
  return <div ref={parent} class={`notes-editor${isWriter ? "" : " is-readonly"}`} />;
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
