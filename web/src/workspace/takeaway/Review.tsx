import { useRef } from "preact/hooks";
import type { Takeaway as Version } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";

const PARTS: [RegExp, string][] = [
  [/^cover$/, t("Letter")],
  [/^todo:/, t("To-do")],
  [/^medication:/, t("Medicine")],
  [/./, t("Below the list")],
];

const partOf = (id: string): string => PARTS.find(([pattern]) => pattern.test(id))![1];

/** Every line that speaks of this patient is looked at before the draft can be signed: Enter says that it is right. */
export function Review({ version }: { version: Version }) {
  const { send } = useWorkspace();
  const act = useAct();
  const list = useRef<HTMLOListElement>(null);
  const { lines, reviewed } = version;
  if (version.stage !== "drafted" || lines.length === 0) return null;
  const seen = new Set(reviewed);
  const left = lines.length - lines.filter((line) => seen.has(line.id)).length;
  const mark = (id: string, at: number) =>
    void act
      .run(() => send("review_takeaway", { version: version.version, sha256: version.sha256, lines: [id] }))
      .then((done) => {
        if (!done) return;
        const open = [...(list.current?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
        (open.find((button) => Number(button.dataset.at) > at) ?? open[0])?.focus();
      });
  return (
    <section class="review" aria-label={t("Review line by line")}>
      <h3 class="list-title">
        {left ? t("Read each line: %(done)s of %(number)s done", { done: lines.length - left, number: lines.length }) : t("All %(number)s lines reviewed", { number: lines.length })}
      </h3>
      {left > 0 && (
        <ol class="review-lines" ref={list}>
          {lines.map((line, at) =>
            seen.has(line.id) ? null : (
              <li key={line.id}>
                <p>
                  <span class="faint">{partOf(line.id)}</span> {line.text}
                </p>
                <button
                  type="button"
                  class="button small"
                  data-at={at}
                  aria-label={t("Right: %(text)s", { text: line.text.slice(0, 60) })}
                  onClick={() => mark(line.id, at)}
                >
                  <Icon name="check" />{" "}{t("Right")}
                </button>
              </li>
            ),
          )}
        </ol>
      )}
      {left > 0 && <p class="hint">{t("What is not right is corrected in the regimen or the to-do list; then make a new draft.")}</p>}
      {act.error && <p class="refused">{act.error}</p>}
    </section>
  );
}
