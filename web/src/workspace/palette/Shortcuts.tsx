import { Dialog } from "../../ui/dialog";
import { useWorkspace } from "../store";

const KEYS: [string[], string][] = [
  [["Ctrl", "K"], "Find and do anything by name"],
  [["F6"], "Next part of the page; with Shift the one before"],
  [["Enter"], "In the notes: a new line; the line before is saved as it is typed"],
  [["Alt", "Enter"], "In the notes: confirm what is found at the cursor"],
  [["Alt", "Backspace"], "In the notes: reject what is found at the cursor"],
  [["1", "to", "8", "Enter"], "While acknowledging an alert: take that reason"],
  [["Esc"], "Leave a card, a form or a dialog as it was"],
  [["Ctrl", "Z"], "Undo in the notes; with Shift, redo"],
  [["Tab"], "Leave the notes for the alerts"],
  [["?"], "This sheet, where no text is being typed"],
];

export function Shortcuts() {
  const { dialog } = useWorkspace();
  return (
    <Dialog title="Keyboard shortcuts" onClose={() => (dialog.value = "")}>
      <dl class="shortcuts">
        {KEYS.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
