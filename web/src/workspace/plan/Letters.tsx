import { useEffect, useId, useState } from "preact/hooks";
import { letterUrl, problemCodes, type RationaleRow } from "../../shared/api";
import { clock, day } from "../../shared/format";
import type { Letter, Need, Problem, ProblemStage } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { NEEDS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { FollowUpsAbout } from "../followups/About";
import { useWorkspace } from "../store";
import { deliveryWords } from "../takeaway/deliveries";

const STAGES: Record<ProblemStage, string> = {
  open: t("Not sent yet"),
  sent: t("Sent to the prescriber"),
  accepted: t("Accepted"),
  changed: t("Accepted with a change"),
  declined: t("Declined"),
  resolved: t("Resolved"),
};
const WAYS = { email: t("By e-mail"), fax: t("By fax"), mail: t("By mail"), print: t("Printed and handed over"), portal: t("By a portal"), file: t("To the drop folder") };
type SentBy = keyof typeof WAYS;
const ANSWERS = ["accepted", "changed", "declined", "resolved", "open"] as const;

/** What prescribers are asked: the recommendations, the letters, and what was answered. */
export function Letters() {
  const { state } = useWorkspace();
  const problems = Object.values(state.value.problems);
  const letters = Object.values(state.value.letters);
  const [writing, setWriting] = useState(false);
  if (!problems.length) return null;
  const ready = problems.filter((one) => one.recommendation);
  return (
    <section class="letters" aria-label={t("Prescribers")}>
      <div class="list-tools">
        <h3 class="list-title">{t("Problems and prescribers")}</h3>
        {ready.length > 0 && !writing && (
          <button type="button" class="button small quiet" onClick={() => setWriting(true)}>{t("Write a letter")}</button>
        )}
      </div>
      {writing && <WriteLetter problems={ready} done={() => setWriting(false)} />}
      <ul class="todo-list" aria-label={t("Problems")}>
        {problems.map((problem) => (
          <ProblemRow key={problem.id} problem={problem} />
        ))}
      </ul>
      {letters.length > 0 && (
        <ul class="todo-list" aria-label={t("Letters")}>
          {letters.map((letter) => (
            <LetterRow key={letter.id} letter={letter} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ProblemRow({ problem }: { problem: Problem }) {
  const { send } = useWorkspace();
  const [open, setOpen] = useState<"" | "words" | "answer">("");
  const [draft, setDraft] = useState(problem);
  const [stage, setStage] = useState<(typeof ANSWERS)[number]>("accepted");
  const [outcome, setOutcome] = useState("");
  const [rationales, setRationales] = useState<RationaleRow[]>([]);
  useEffect(() => {
    if (open === "words" && !rationales.length) void problemCodes().then(setRationales, () => {});
  }, [open]);
  const act = useAct();
  const id = useId();
  const close = (done: boolean) => done && setOpen("");
  const save = (event: Event) => {
    event.preventDefault();
    void act.run(() => send("add_problem", { problem: draft }), t("Saved")).then(close);
  };
  const answer = (event: Event) => {
    event.preventDefault();
    void act.run(() => send("record_response", { problem_id: problem.id, stage, outcome: outcome.trim() }), t("Recorded")).then(close);
  };
  return (
    <li class="todo">
      <div class="todo-main">
        <p class="todo-topic">{problem.title}</p>
        <p class="faint">
          {NEEDS[problem.need]} · {STAGES[problem.stage]}
          {problem.outcome && `: ${problem.outcome}`}
          {problem.prescriber && ` · ${problem.prescriber}`}
        </p>
        {!open && problem.recommendation && <p>{problem.recommendation}</p>}
        {open === "words" && (
          <form class="edit" onSubmit={save}>
            <label class="label" for={`${id}-ask`}>{t("Ask the prescriber to consider")}</label>
            <textarea id={`${id}-ask`} class="input" rows={3} maxLength={4000} value={draft.recommendation} onInput={(event) => setDraft({ ...draft, recommendation: event.currentTarget.value })} />
            <label class="label" for={`${id}-kind`}>{t("Kind of problem")}</label>
            <select
              id={`${id}-kind`}
              class="input"
              value={draft.rationale}
              onChange={(event) => {
                const found = rationales.find((one) => one.rationale === event.currentTarget.value);
                setDraft({ ...draft, rationale: found?.rationale ?? "", need: found?.need ?? draft.need });
              }}
            >
              <option value="">{t("Not named")}</option>
              {(Object.keys(NEEDS) as Need[]).map((need) => (
                <optgroup key={need} label={NEEDS[need]}>
                  {rationales
                    .filter((one) => one.need === need)
                    .map((one) => (
                      <option key={one.rationale} value={one.rationale}>
                        {one.words}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
            <label class="label" for={`${id}-who`}>{t("Prescriber")}</label>
            <input id={`${id}-who`} class="input" maxLength={200} value={draft.prescriber} onInput={(event) => setDraft({ ...draft, prescriber: event.currentTarget.value })} />
            <div class="row">
              <button class="button primary" disabled={act.busy}>{t("Save")}</button>
              <button type="button" class="button quiet" onClick={() => setOpen("")}>{t("Cancel")}</button>
            </div>
          </form>
        )}
        {open === "answer" && (
          <form class="edit" onSubmit={answer}>
            <label class="label" for={`${id}-stage`}>{t("What became of it")}</label>
            <select id={`${id}-stage`} class="input" value={stage} onChange={(event) => setStage(event.currentTarget.value as typeof stage)}>
              {ANSWERS.map((code) => (
                <option key={code} value={code}>
                  {STAGES[code]}
                </option>
              ))}
            </select>
            <label class="label" for={`${id}-outcome`}>{t("In a few words")}</label>
            <input id={`${id}-outcome`} class="input" maxLength={1000} value={outcome} onInput={(event) => setOutcome(event.currentTarget.value)} />
            <div class="row">
              <button class="button primary" disabled={act.busy}>{t("Record")}</button>
              <button type="button" class="button quiet" onClick={() => setOpen("")}>{t("Cancel")}</button>
            </div>
          </form>
        )}
        {act.error && <p class="refused">{act.error}</p>}
        {!open && <FollowUpsAbout about={problem.id} title={problem.title} />}
      </div>
      {!open && (
        <div class="todo-tools">
          <button type="button" class="button small quiet" aria-label={t("Recommendation for %(title)s", { title: problem.title })} onClick={() => (setDraft(problem), setOpen("words"))}>
            {problem.recommendation ? t("Edit") : t("Ask the prescriber")}
          </button>
          <button type="button" class="button small quiet" aria-label={t("Answer to %(title)s", { title: problem.title })} onClick={() => setOpen("answer")}>{t("Answer")}</button>
        </div>
      )}
    </li>
  );
}

function WriteLetter({ problems, done }: { problems: Problem[]; done: () => void }) {
  const { send } = useWorkspace();
  const [prescriber, setPrescriber] = useState(problems.find((one) => one.prescriber)?.prescriber ?? "");
  const mine = (name: string) => problems.filter((one) => !one.prescriber || one.prescriber === name).map((one) => one.id);
  const [chosen, setChosen] = useState<string[]>(mine(prescriber));
  const [address, setAddress] = useState("");
  const [replyBy, setReplyBy] = useState("");
  const act = useAct();
  const id = useId();
  const submit = (event: Event) => {
    event.preventDefault();
    const letter = { letter_id: `letter:${crypto.randomUUID()}`, prescriber: prescriber.trim(), problems: chosen, address, reply_by: replyBy };
    void act.run(() => send("write_letter", letter), t("The letter is being made")).then((ok) => ok && done());
  };
  const toggle = (problem: string) =>
    setChosen(chosen.includes(problem) ? chosen.filter((one) => one !== problem) : [...chosen, problem]);
  return (
    <form class="edit" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && done()}>
      <label class="label" for={`${id}-to`}>{t("To")}</label>
      <input id={`${id}-to`} class="input" maxLength={200} value={prescriber} onInput={(event) => setPrescriber(event.currentTarget.value)} />
      <label class="label" for={`${id}-address`}>{t("Address, fax or e-mail (one line each)")}</label>
      <textarea id={`${id}-address`} class="input" rows={2} maxLength={400} value={address} onInput={(event) => setAddress(event.currentTarget.value)} />
      <label class="label" for={`${id}-by`}>{t("Reply by")}</label>
      <input id={`${id}-by`} class="input" type="date" value={replyBy} onInput={(event) => setReplyBy(event.currentTarget.value)} />
      <fieldset>
        <legend class="label">{t("About")}</legend>
        {problems.map((one) => (
          <label key={one.id} class="check">
            <input type="checkbox" checked={chosen.includes(one.id)} onChange={() => toggle(one.id)} /> {one.title}
          </label>
        ))}
      </fieldset>
      <div class="row">
        <button class="button primary" disabled={act.busy || !prescriber.trim() || !chosen.length}>{t("Make the letter")}</button>
        <button type="button" class="button quiet" onClick={done}>{t("Cancel")}</button>
      </div>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}

function LetterRow({ letter }: { letter: Letter }) {
  const { state, send } = useWorkspace();
  const [by, setBy] = useState<SentBy>("fax");
  const [to, setTo] = useState<Partial<Record<SentBy, string>>>({ email: lineWith(letter, "@"), fax: faxOf(letter) });
  const [anew, setAnew] = useState(false);
  const act = useAct();
  const consult = state.value;
  const carried = Object.values(consult.deliveries).filter((one) => one.letter_id === letter.id);
  const onItsWay = carried.some((one) => one.stage === "requested" || one.stage === "sending");
  const stale = letter.stage === "drafted" && letter.based_on < consult.letters_drawn;
  const ready = (letter.stage === "drafted" && !stale) || letter.stage === "sent";
  const again = () =>
    void act.run(
      () => send("write_letter", { letter_id: letter.id, prescriber: letter.prescriber, problems: letter.problems, address: letter.address, reply_by: letter.reply_by }),
      t("The letter is being made"),
    );
  const submit = (event: Event) => {
    event.preventDefault();
    const what = { delivery_id: crypto.randomUUID(), letter_id: letter.id, sha256: letter.sha256, by, to: to[by]?.trim() ?? "" };
    void act.run(() => send("send_letter", what), t("Recorded")).then((ok) => ok && setAnew(false));
  };
  return (
    <li class="todo">
      <div class="todo-main">
        <p class="todo-topic">{t("Letter to %(prescriber)s", { prescriber: letter.prescriber })}</p>
        <p class="faint">{letterWords(letter, stale)}</p>
        {ready && (
          <a class="link" href={letterUrl(consult.id, letter.id, "pdf")} target="_blank" rel="noopener">{t("Open the PDF")}</a>
        )}
        {(stale || letter.stage === "failed") && (
          <button type="button" class="button small" disabled={act.busy} onClick={again}>{t("Write it again")}</button>
        )}
        {carried.length > 0 && (
          <ul class="sending" aria-label={t("Sending")}>
            {carried.map((one) => (
              <li key={one.id}>
                <Icon name={one.stage === "failed" ? "alert" : "check"} /> {deliveryWords(one)}
              </li>
            ))}
          </ul>
        )}
        {letter.stage === "sent" && !anew && (
          <button type="button" class="button small quiet" onClick={() => setAnew(true)}>{t("Send it again")}</button>
        )}
        {((letter.stage === "drafted" && !stale) || anew) && (
          <form class="row" onSubmit={submit}>
            <select class="input" aria-label={t("How it is sent")} value={by} onChange={(event) => setBy(event.currentTarget.value as SentBy)}>
              {Object.entries(WAYS).map(([code, words]) => (
                <option key={code} value={code}>
                  {words}
                </option>
              ))}
            </select>
            {(by === "fax" || by === "email") && (
              <input
                class="input"
                type={by === "email" ? "email" : "tel"}
                required
                aria-label={by === "email" ? t("E-mail address") : t("Fax number")}
                maxLength={200}
                value={to[by] ?? ""}
                onInput={(event) => setTo({ ...to, [by]: event.currentTarget.value })}
              />
            )}
            <button class="button small" disabled={act.busy || onItsWay || !consult.identity}>{t("Sign and send")}</button>
          </form>
        )}
        {letter.stage === "drafted" && !consult.identity && <p class="hint">{t("Confirm the patient's identity first.")}</p>}
        {act.error && <p class="refused">{act.error}</p>}
      </div>
    </li>
  );
}

const lineWith = (letter: Letter, sign: string): string => letter.address.split("\n").find((line) => line.includes(sign))?.trim() ?? "";

/** The line of the address that says it is a fax number. */
const faxOf = (letter: Letter): string => /^\s*fax\D*(.+)$/im.exec(letter.address)?.[1]?.trim() ?? "";

function letterWords(letter: Letter, stale: boolean): string {
  if (letter.stage === "requested") return t("Being made");
  if (letter.stage === "failed") return t("Could not be made. Nothing was lost; write it again.");
  if (letter.stage === "sent") return t("Sent %(day)s %(time)s by %(name)s", { day: day(letter.sent_at), time: clock(letter.sent_at), name: letter.sent_by });
  return stale ? t("Something that it says was changed since.") : t("Ready to be read, signed and sent");
}
