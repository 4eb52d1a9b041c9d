import { useEffect, useRef, useState } from "preact/hooks";
import { answerKey, keyOf } from "../../shared/consult";
import type { Answer, LabDraft } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { labName } from "../../shared/words";
import { useAct } from "../../ui/act";
import { dayAhead } from "../followups/due";
import { useWorkspace } from "../store";
import { isBehind } from "./fresh";
import { filled, languageOf, type Item, type LoopRow } from "./script";

interface QuestionProps {
  item: Item;
  row?: LoopRow;
}

/** One question with the input that its type asks for; what is entered is saved when the field is left. */
export function Question({ item, row }: QuestionProps) {
  const { state, send, asked, script, guidedAt } = useWorkspace();
  const lang = script.value ? languageOf(script.value, item.link_id) : undefined;
  const element = useRef<HTMLDivElement>(null);
  const act = useAct();
  const key = answerKey(item.link_id, row?.id);
  const answer = state.value.answers[key];
  const id = `q-${key}`;
  const isAsked = asked.value === key;
  const { next } = state.value.guidance;
  const isNext = next !== null && keyOf(next) === key && !isBehind(next, state.value, guidedAt.value, script.value);
  const answered = answer && answer.review === "confirmed" && answer.values.length > 0;
  // A red flag that the notes raise anew: the answer from before holds no longer.
  const again = isNext && answered;

  useEffect(() => {
    if (!isAsked) return;
    element.current?.scrollIntoView({ block: "nearest" });
    element.current?.querySelector<HTMLElement>("input, textarea, select")?.focus();
    asked.value = "";
  }, [isAsked]);

  if (item.type === "display") return <p class="question-display">{filled(item.text, row)}</p>;

  const save = (values: string[]) => {
    const kept = values.map((value) => value.trim()).filter(Boolean);
    const before = answer?.review === "confirmed" ? answer.values : [];
    if (answer?.review === "confirmed" && !again && kept.join("\n") === before.join("\n")) return;
    if (!answer && !kept.length) return;
    const next: Answer = {
      link_id: item.link_id,
      values: kept,
      medication_id: row?.each === "medication" ? row.id : "",
      source: "pharmacist",
      review: "confirmed",
      evidence: answer?.evidence ?? [],
      todo_id: row?.each === "todo" ? row.id : "",
    };
    void act.run(() => send("answer_question", { answer: next }));
  };
  const labs = (state.value.guidance.labs ?? []).filter((one) => one.link_id === item.link_id && !row);
  const recordLab = ({ name, value, unit }: LabDraft) =>
    void act.run(
      () => send("record_lab", { lab: { name, value, unit, at: dayAhead(0) } }),
      t("%(name)s recorded", { name }),
    );
  const proposed = answer?.review === "proposed";

  return (
    <div ref={element} lang={lang} class={`question${answered ? " is-answered" : ""}${proposed ? " is-proposed" : ""}${isNext ? " is-next" : ""}`}>
      <Field item={item} id={id} label={filled(item.text, row)} values={again ? [] : (answer?.values ?? [])} save={save} />
      {again && (
        <p class="hint" lang={document.documentElement.lang}>
          {t("Answered before: %(answer)s. Please ask again.", { answer: answer.values.map((value) => worded(item, value)).join(", ") })}
        </p>
      )}
      {item.help && <p class="hint" id={`${id}-help`} lang={document.documentElement.lang}>{item.help}</p>}
      {proposed && (
        <p class="question-proposed" lang={document.documentElement.lang}>
          {answer.source === "patient" ? t("From a questionnaire of the patient.") : t("Read from the notes.")}{" "}
          <button type="button" class="button small" onClick={() => save(answer.values)}>{t("Confirm")}</button>
        </p>
      )}
      {labs.length > 0 && (
        <p class="question-proposed" lang={document.documentElement.lang}>
          {labs.map((lab) => (
            <button key={lab.name} type="button" class="button small" disabled={act.busy} onClick={() => recordLab(lab)}>{t("Record %(value)s", { value: `${labName(lab.name)} ${lab.value} ${lab.unit}` })}</button>
          ))}
        </p>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}

interface FieldProps {
  item: Item;
  id: string;
  label: string;
  values: string[];
  save: (values: string[]) => void;
}

function Field({ item, id, label, values, save }: FieldProps) {
  const described = item.help ? `${id}-help` : undefined;
  if (item.type === "boolean" || item.type === "choice" || item.type === "open-choice") {
    const options = item.type === "boolean" ? YES_NO : item.answer_option;
    const codes = new Set(options.map((option) => option.code));
    const open = values.filter((value) => !codes.has(value));
    const choose = (code: string, on: boolean) => {
      if (item.repeats) save(on ? [...values, code] : values.filter((value) => value !== code));
      else save(on ? [code] : []);
    };
    return (
      <fieldset class="options" aria-describedby={described}>
        <legend>{label}</legend>
        <div class="options-row">
          {options.map((option) => (
            <label key={option.code} class="option">
              <input
                type={item.repeats ? "checkbox" : "radio"}
                name={id}
                checked={values.includes(option.code)}
                onChange={(event) => choose(option.code, event.currentTarget.checked)}
              />
              <span>{option.text}</span>
            </label>
          ))}
        </div>
        {item.type === "open-choice" && (
          <TextField
            id={`${id}-open`}
            label={t("Other")}
            value={open.join(", ")}
            save={(value) => save(item.repeats ? [...values.filter((v) => codes.has(v)), value] : value ? [value] : [])}
          />
        )}
      </fieldset>
    );
  }
  const kind = item.type === "integer" || item.type === "decimal" ? "number" : item.type === "date" ? "date" : "text";
  return (
    <TextField
      id={id}
      label={item.unit && item.type !== "string" ? `${label} (${item.unit})` : label}
      value={values.join(", ")}
      kind={kind}
      step={item.type === "decimal" ? "any" : undefined}
      long={item.type === "text"}
      described={described}
      save={(value) => save(value ? [value] : [])}
    />
  );
}

const YES_NO = [
  { code: "yes", text: t("Yes") },
  { code: "no", text: t("No") },
];

const worded = (item: Item, value: string): string =>
  (item.type === "boolean" ? YES_NO : item.answer_option).find((one) => one.code === value)?.text ?? value;

interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  kind?: string;
  step?: string;
  long?: boolean;
  described?: string;
  save: (value: string) => void;
}

/** A field that saves when it is left or after Enter, and takes over what comes from elsewhere while untouched. */
function TextField({ id, label, value, kind = "text", step, long, described, save }: TextFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const props = {
    id,
    class: "input",
    value: draft ?? value,
    "aria-describedby": described,
    onInput: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    onBlur: () => {
      if (draft !== null) save(draft);
      setDraft(null);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && !event.shiftKey && draft !== null) {
      event.preventDefault();
      save(draft);
    }
  };
  return (
    <>
      <label class="label" for={id}>
        {label}
      </label>
      {long ? (
        <textarea {...props} rows={2} maxLength={8000} onKeyDown={onKeyDown} />
      ) : (
        <input {...props} type={kind} step={step} maxLength={400} onKeyDown={onKeyDown} />
      )}
    </>
  );
}
