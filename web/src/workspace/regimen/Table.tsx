import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { day, sigWords, withUnit } from "../../shared/format";
import type { Medication, Status } from "../../shared/protocol";
import { MED_STATUS, SOURCES } from "../../shared/words";
import { directionsIn, readSig } from "../../shared/api";
import { directedIn, withDirections } from "../../shared/directed";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { Dialog } from "../../ui/dialog";
import { say } from "../../ui/live";
import { LineLinks } from "../consult/LineLinks";
import { useWorkspace } from "../store";
import { sinceRecord } from "./history";
import { ingredientWords } from "./Row";
import { evidenceLines, regimenGroups } from "./rows";

/** The whole regimen side by side; a cell is edited where it stands. */
export function RegimenTable() {
  const { state, dialog } = useWorkspace();
  const { present, past } = regimenGroups(state.value);
  const { said, language } = usePaperWords([...present, ...past]);
  return (
    <Dialog title={t("Regimen")} place="side" onClose={() => (dialog.value = "")}>
      <div class="regimen-table-scroll" tabIndex={0} role="region" aria-label={t("Regimen as a table")}>
        <table class="regimen-table">
          <caption class="unseen">{t("Every medication, one a row. Press a cell to change it.")}</caption>
          <thead>
            <tr>
              {[t("Medication"), t("How it is taken"), t("For"), t("Prescriber"), t("Source"), t("Status"), t("Last fill"), t("Since the record")].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...present, ...past].map((row) => (
              <Row key={row.id} row={row} language={language} said={said[row.id] ?? ""} />
            ))}
          </tbody>
        </table>
        {!present.length && !past.length && <p class="empty">{t("Medications appear here as the notes name them.")}</p>}
      </div>
    </Dialog>
  );
}

/** With the status of others the paper says something else than how to take it, or does not list them. */
const DIRECTED: ReadonlySet<Status> = new Set<Status>(["active", "intended", "unknown"]);

/** What the program would say on the paper of each row, by its id, and in which language. */
function usePaperWords(rows: readonly Medication[]) {
  const { state } = useWorkspace();
  const [said, setSaid] = useState<Record<string, string>>({});
  const language = (state.value.takeaway_language || state.value.patient?.language || "en").split("-")[0]!;
  const asked = JSON.stringify([language, rows.map((row) => [row.id, row.sig])]);
  useEffect(() => {
    let here = true;
    void directionsIn(language, rows.map((row) => row.sig)).then(
      (words) => here && setSaid(Object.fromEntries(rows.map((row, at) => [row.id, words[at] ?? ""]))),
      () => undefined, // the cells stay as they are; the next change asks again
    );
    return () => void (here = false);
  }, [asked]);
  return { said, language };
}

function Row({ row, language, said }: { row: Medication; language: string; said: string }) {
  const { state, send, recorded, dialog } = useWorkspace();
  const act = useAct();
  const save = (change: Partial<Medication>, words: string) =>
    act.run(() => send("edit_medication", { medication: { ...row, ...change } }), words);
  const since = sinceRecord(row, recorded);
  const takeSig = async (text: string): Promise<string> => {
    const read = await readSig(row.name, text).catch(() => null);
    if (!read) return t("This was not understood. Write it as in the notes, for example “1 tablet po bid”.");
    const sig = withUnit({ ...read, strength: read.strength ?? row.sig.strength }, row.sig, text);
    await save({ sig }, sigWords(sig));
    return "";
  };
  return (
    <tr class={`is-${row.review}`}>
      <th scope="row">
        <span class="drug">{row.name}</span>
        <span class="faint drug">{ingredientWords(row)}</span>
        {row.review === "proposed" && (
          <button
            type="button"
            class="button small quiet at-start"
            disabled={act.busy || row.match !== "exact"}
            aria-label={t("Confirm %(name)s", { name: row.name })}
            onClick={() => void act.run(() => send("confirm_medication", { medication_id: row.id }), t("%(name)s confirmed", { name: row.name }))}
          >
            {t("Confirm")}
          </button>
        )}
        {act.error && <p class="refused">{act.error}</p>}
      </th>
      <td>
        <Cell label={t("How %(name)s is taken", { name: row.name })} value={sigWords(row.sig)} save={takeSig} />
        {row.review === "confirmed" && DIRECTED.has(row.status) && said && (
          <div class="on-paper">
            <span class="faint">{directedIn(row, language) ? t("On the paper, in your words") : t("On the paper")}</span>
            <Cell
              label={t("What the paper says of %(name)s", { name: row.name })}
              lang={language}
              long
              value={directedIn(row, language) || said}
              save={(words) => plain(save({ directions: withDirections(row, language, words === said ? "" : words) }, words || said))}
            />
          </div>
        )}
      </td>
      <td>
        <Cell label={t("What %(name)s is for", { name: row.name })} value={row.why} save={(why) => plain(save({ why }, t("For %(why)s", { why })))} />
      </td>
      <td>
        <Cell
          label={t("Prescriber of %(name)s", { name: row.name })}
          value={row.prescriber}
          save={(prescriber) => plain(save({ prescriber }, t("Prescriber %(prescriber)s", { prescriber })))}
        />
      </td>
      <td>
        {SOURCES[row.source]}{" "}
        <span onClick={() => (dialog.value = "")}>
          <LineLinks lines={evidenceLines(row.evidence, state.value)} />
        </span>
      </td>
      <td>
        <select
          class="input"
          aria-label={t("Status of %(name)s", { name: row.name })}
          value={row.status}
          disabled={act.busy}
          onChange={(event) => {
            const status = event.currentTarget.value as Status;
            void save({ status }, MED_STATUS[status]);
          }}
        >
          {Object.entries(MED_STATUS)
            .filter(([code]) => code !== "allergy")
            .map(([code, words]) => (
              <option key={code} value={code}>
                {words}
              </option>
            ))}
        </select>
      </td>
      <td>
        <Cell
          label={t("Last fill of %(name)s", { name: row.name })}
          type="date"
          value={row.last_fill.slice(0, 10)}
          shown={day(row.last_fill)}
          save={(last_fill) => plain(save({ last_fill }, t("Last fill %(day)s", { day: day(last_fill) })))}
        />
      </td>
      <td class={since.kind ? "is-changed" : "faint"}>{since.kind === "new" ? t("new") : since.words || t("same")}</td>
    </tr>
  );
}

/** The error already stands in the row. */
const plain = (saved: Promise<boolean>): Promise<string> => saved.then(() => "");

interface CellProps {
  label: string;
  value: string;
  shown?: string;
  type?: string;
  /** The language of the value, where it is not that of the page. */
  lang?: string;
  long?: boolean;
  /** Saves, and gives why it could not. */
  save: (value: string) => Promise<string>;
}

/** A value that becomes a field when it is pressed: Enter or leaving saves, Escape leaves it as it was. */
function Cell({ label, value, shown = value, type = "text", lang, long = false, save }: CellProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [error, setError] = useState("");
  const button = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const back = useRef(false);
  const id = useId();
  // Before anything is painted: the next key is typed into the field.
  useLayoutEffect(() => {
    if (draft !== null) input.current?.select();
    else if (back.current) button.current?.focus();
    back.current = false;
  }, [draft === null]);
  const leave = (focus: boolean): void => {
    back.current = focus;
    setDraft(null);
    setError("");
  };
  const commit = async (focus: boolean): Promise<void> => {
    if (draft === null || draft.trim() === value) return leave(focus);
    const why = await save(draft.trim());
    if (!why) return leave(focus);
    setError(why);
    say(why);
  };
  if (draft === null)
    return (
      <button ref={button} type="button" class="cell" aria-label={t("%(label)s: %(shown)s. Change", { label, shown: shown || t("not known") })} onClick={() => setDraft(value)}>
        {shown ? <span lang={lang}>{shown}</span> : <span class="faint">{t("not known")}</span>}
      </button>
    );
  const field = {
    ref: input,
    class: "input",
    lang,
    "aria-label": label,
    "aria-invalid": error ? ("true" as const) : undefined,
    "aria-describedby": error ? id : undefined,
    autofocus: true,
    value: draft,
    onInput: (event: { currentTarget: { value: string } }) => setDraft(event.currentTarget.value),
    onBlur: () => void commit(false),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Enter") {
        event.preventDefault();
        void commit(true);
      } else if (event.key === "Escape") {
        event.preventDefault();
        event.stopPropagation();
        leave(true);
      }
    },
  };
  return (
    <>
      {long ? <textarea {...field} rows={4} maxLength={400} /> : <input {...field} type={type} maxLength={200} />}
      {error && (
        <p id={id} class="refused">
          {error}
        </p>
      )}
    </>
  );
}
