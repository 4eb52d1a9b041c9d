import { Dialog } from "../../ui/dialog";
import { useWorkspace } from "../store";

/** docs/keyboard.md says the same; a test holds the two together. */
export const KEYS: { title: string; keys: [string[], string][] }[] = [
  {
    title: "Everywhere",
    keys: [
      [["Ctrl", "K"], "Find and do anything by name"],
      [["F6"], "Next part of the page; with Shift the one before"],
      [["Alt", "N"], "To the notes"],
      [["Alt", "A"], "To the first alert"],
      [["Alt", "G"], "To the next question of the guide"],
      [["Alt", "R"], "To the first medication that waits"],
      [["Alt", "Z"], "Undo the last action; Ctrl Z does it too, outside of a text"],
      [["?"], "This sheet, where no text is being typed"],
      [["Esc"], "Leave a card, a form or a dialog as it was"],
    ],
  },
  {
    title: "In the notes",
    keys: [
      [["Enter"], "A new line; the line before is saved as it is typed"],
      [["pt:"], "At the start of a line, or a quotation mark: the words of the patient; cg: those of a caregiver"],
      [["Alt", "Enter"], "Confirm what is found at the cursor"],
      [["Alt", "Backspace"], "Reject what is found at the cursor"],
      [["Ctrl", "Space"], "Complete the drug name at the cursor"],
      [["Ctrl", "Z"], "Undo the typing; with Shift, redo"],
      [["Tab"], "Leave the notes for the alerts"],
    ],
  },
  {
    title: "On an alert",
    keys: [
      [["A", "1"], "Acknowledge it with the first reason; digits to 8 for the others"],
      [["P"], "Add it to the plan"],
      [["L"], "Show the words that it rests on"],
      [["Down"], "Next alert; Up for the one before"],
    ],
  },
  {
    title: "On a line between two parts",
    keys: [
      [["Left", "Right"], "Move it; Up and Down below the alerts"],
      [["Enter"], "Set the usual size"],
    ],
  },
];

export function Shortcuts() {
  const { dialog } = useWorkspace();
  return (
    <Dialog title="Keyboard shortcuts" onClose={() => (dialog.value = "")}>
      {KEYS.map((group) => (
        <section key={group.title} class="shortcut-group">
          <h3>{group.title}</h3>
          <dl class="shortcuts">
            {group.keys.map(([keys, words]) => (
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
        </section>
      ))}
    </Dialog>
  );
}
