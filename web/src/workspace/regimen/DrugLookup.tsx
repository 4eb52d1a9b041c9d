import { useEffect, useId, useRef, useState } from "preact/hooks";
import { drugs } from "../../shared/api";
import { t } from "../../shared/texts";
import type { DrugName } from "../../shared/wire";

interface DrugLookupProps {
  label: string;
  value: string;
  onType: (text: string) => void;
  onChoose: (name: DrugName) => void;
  focus?: boolean;
}

/** A text field with the drug names that it may stand for; Up, Down and Enter choose, typing on is free. */
export function DrugLookup({ label, value, onType, onChoose, focus = false }: DrugLookupProps) {
  const id = useId();
  const [names, setNames] = useState<DrugName[]>([]);
  const [at, setAt] = useState(-1);
  const [failed, setFailed] = useState("");
  const asked = useRef("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.focus();
  }, []);

  const look = (text: string) => {
    onType(text);
    asked.current = text;
    setAt(-1);
    if (text.trim().length < 2) return setNames([]);
    setTimeout(() => {
      if (asked.current !== text) return;
      drugs(text.trim())
        .then((found) => {
          if (asked.current === text) setNames(found);
          setFailed("");
        })
        .catch(() => setFailed(t("Names cannot be looked up now. You can still write the name.")));
    }, 150);
  };
  const choose = (name: DrugName) => {
    asked.current = "";
    setNames([]);
    onChoose(name);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!names.length) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      setAt((at + step + names.length) % names.length);
    } else if (event.key === "Enter" && names[at]) {
      event.preventDefault();
      choose(names[at]!);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      setNames([]);
    }
  };
  return (
    <div class="lookup">
      <label class="label" for={id}>
        {label}
      </label>
      <input
        ref={input}
        id={id}
        class="input"
        value={value}
        maxLength={200}
        autocomplete="off"
        spellcheck={false}
        role="combobox"
        aria-expanded={names.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        onInput={(event) => look(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => setTimeout(() => setNames([]), 150)}
      />
      <ul id={`${id}-list`} class="lookup-list" role="listbox" aria-label={t("Drug names")} hidden={!names.length}>
        {names.map((name, index) => (
          <li
            key={`${name.name}-${name.kind}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            class={index === at ? "is-at" : ""}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(name);
            }}
          >
            <span class="drug">{name.name}</span>
            <span class="faint">{ingredientWords(name)}</span>
          </li>
        ))}
      </ul>
      {failed && <p class="hint">{failed}</p>}
    </div>
  );
}

function ingredientWords(name: DrugName): string {
  const words = name.ingredients.join(" + ");
  return words.toLowerCase() === name.name.toLowerCase() ? name.kind : words;
}
