import { refusalWords } from "../../shared/socket";
import { t } from "../../shared/texts";
import { say } from "../../ui/live";
import { Icon } from "../../ui/icons";
import { useWorkspace, type Workspace } from "../store";

/** Takes the last action back and says what it was. */
export async function undoLast(workspace: Workspace): Promise<void> {
  try {
    const words = await workspace.undo();
    say(words ? t("Undone: %(words)s", { words }) : t("There is nothing to undo."));
  } catch (reason) {
    say(t("Could not be undone. %(why)s", { why: refusalWords(reason) }));
  }
}

/** Always in the same place, so that a slip costs one press. */
export function UndoButton() {
  const workspace = useWorkspace();
  const words = workspace.undoWords.value;
  return (
    <button
      type="button"
      class="button quiet undo"
      disabled={!words}
      aria-label={words ? t("Undo %(words)s", { words }) : t("Undo")}
      title={words ? t("Undo %(words)s (Alt Z)", { words }) : t("Nothing to undo")}
      onClick={() => void undoLast(workspace)}
    >
      <Icon name="undo" /> <span class="undo-word">{t("Undo")}</span>
    </button>
  );
}
