import { t } from "../../shared/texts";
import { Dialog } from "../../ui/dialog";
import { useWorkspace } from "../store";

/** docs/keyboard.md says the same; a test holds the two together. */
export const KEYS: { title: string; keys: [string[], string][] }[] = [
  {
    title: t("Everywhere"),
    keys: [
      [["Ctrl", "K"], t("Find and do anything by name")],
      [["F6"], t("Next part of the page; with Shift the one before")],
      [["Alt", "N"], t("To the notes")],
      [["Alt", "A"], t("To the first alert")],
      [["Alt", "G"], t("To the next question of the guide")],
      [["Alt", "R"], t("To the first medication that waits")],
      [["Alt", "Z"], t("Undo the last action; Ctrl Z does it too, outside of a text")],
      [["?"], t("This sheet, where no text is being typed")],
      [["Esc"], t("Leave a card, a form or a dialog as it was")],
    ],
  },
  {
    title: t("In the notes"),
    keys: [
      [["Enter"], t("A new line; the line before is saved as it is typed")],
      [["pt:"], t("At the start of a line, or a quotation mark: the words of the patient; cg: those of a caregiver")],
      [["Alt", "Enter"], t("Confirm what is found at the cursor")],
      [["Alt", "Backspace"], t("Reject what is found at the cursor")],
      [["Ctrl", "Space"], t("Complete the drug name at the cursor")],
      [["Ctrl", "Z"], t("Undo the typing; with Shift, redo")],
      [["Tab"], t("Leave the notes for the alerts")],
    ],
  },
  {
    title: t("On an alert"),
    keys: [
      [["A", "1"], t("Acknowledge it with the first reason; digits to 8 for the others")],
      [["P"], t("Add it to the plan")],
      [["L"], t("Show the words that it rests on")],
      [["Down"], t("Next alert; Up for the one before")],
    ],
  },
  {
    title: t("On a line between two parts"),
    keys: [
      [["Left", "Right"], t("Move it; Up and Down below the alerts")],
      [["Enter"], t("Set the usual size")],
    ],
  },
];

export function Shortcuts() {
  const { dialog } = useWorkspace();
  return (
    <Dialog title={t("Keyboard shortcuts")} onClose={() => (dialog.value = "")}>
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
