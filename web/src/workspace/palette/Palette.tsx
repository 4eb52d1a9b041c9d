import { useEffect, useRef, useState } from "preact/hooks";
import { refusalWords } from "../../shared/socket";
import { t } from "../../shared/texts";
import { Dialog } from "../../ui/dialog";
import { say } from "../../ui/live";
import { useWorkspace } from "../store";
import { matching, paletteEntries, type Entry } from "./entries";

/** Type a few letters of what you want, Enter does it. */
export function Palette() {
  const workspace = useWorkspace();
  const { dialog } = workspace;
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [error, setError] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const found = matching(paletteEntries(workspace), query);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    if (dialog.value === "palette") dialog.value = "";
    // After the dialog has given the focus back, so that the entry may place it.
    setTimeout(() => {
      void Promise.resolve(entry.run()).then(
        () => say(entry.words),
        (reason: unknown) => {
          setError(refusalWords(reason));
          say(refusalWords(reason));
        },
      );
    });
  };
  return (
    <Dialog title={t("Find a command")} place="palette" onClose={() => (dialog.value = "")}>
      <input
        class="input palette-input"
        autofocus
        role="combobox"
        aria-label={t("Command")}
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen >= 0 ? `palette-${chosen}` : undefined}
        autocomplete="off"
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step && found.length) {
            event.preventDefault();
            setAt((chosen + step + found.length) % found.length);
          } else if (event.key === "Enter") {
            event.preventDefault();
            run(found[chosen]);
          }
        }}
      />
      <ul id="palette-list" class="palette-list" role="listbox" aria-label={t("Commands")} ref={list}>
        {found.map((entry, index) => (
          <li
            key={`${entry.group}${entry.words}`}
            id={`palette-${index}`}
            role="option"
            aria-selected={index === chosen}
            onClick={() => run(entry)}
          >
            <span class="palette-group">{entry.group}</span>
            <span class="palette-words">{entry.words}</span>
            {entry.hint && <span class="palette-hint">{entry.hint}</span>}
          </li>
        ))}
      </ul>
      {!found.length && <p class="empty">{t("Nothing is called that.")}</p>}
      {error && <p class="refused">{error}</p>}
    </Dialog>
  );
}
