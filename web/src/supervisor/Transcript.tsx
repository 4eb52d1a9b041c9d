import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { get, whyRefused, takeawayUrl } from "../shared/api";
import { newestTakeaway } from "../shared/consult";
import { age, birthDate, clock, day, elapsed } from "../shared/format";
import type { Consult, Event } from "../shared/protocol";
import { ConsultSession, type Status } from "../shared/socket";
import { t } from "../shared/texts";
import { bannerWords, KINDS, STAGES } from "../shared/words";
import { useAct } from "../ui/act";
import { LanguageLinks } from "../ui/language";
import { ListeningCall } from "../workspace/call/CallPanel";
import { scriptWords, type ScriptShape } from "./script";
import { summaryWords } from "./notes";
import { EntryRow } from "./EntryRow";
import { filtered, PARTS, type Part } from "./filters";
import { Replay } from "./Replay";
import { spanOf, until } from "./replay";
import { marksOf, noScript, transcript, type Mark } from "./transcript";

/** A consult as it went, beside what it caused; live while it is open. */
export function Transcript({ id }: { id: string }) {
  const { consult, events, status, session } = useFollow(id);
  const [script, setScript] = useState<ScriptShape | null>(null);
  const scriptId = consult.phase === "none" ? "" : consult.script_id;
  const version = consult.script_version;
  useEffect(() => {
    if (scriptId)
      get<ScriptShape>(`/api/scripts/${encodeURIComponent(scriptId)}`, "supervisor", { version, page: document.documentElement.lang }).then(setScript, () => undefined);
  }, [scriptId, version]);
  const words = useMemo(() => (script ? scriptWords(script) : noScript), [script]);
  const whole = useMemo(() => transcript(events, words), [events, words]);
  const marks = useMemo(() => marksOf(whole), [whole]);
  const [at, setAt] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<Part>>(new Set());
  const then = useMemo(() => (at === null ? whole : transcript(until(events, at), words)), [whole, at]);
  const entries = useMemo(() => filtered(then, hidden), [then, hidden]);
  const span = useMemo(() => spanOf(consult, events), [events]);
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  const live = consult.phase === "open";
  useEffect(() => {
    if ((live && follow && at === null) || at !== null) end.current?.scrollIntoView({ block: "end" });
  }, [entries.length, live, follow, at]);
  const passed = useRef(0);
  const scrolled = ({ currentTarget: box }: { currentTarget: HTMLElement }) => {
    const back = box.scrollTop < passed.current - 4 && box.scrollTop + box.clientHeight < box.scrollHeight - 24;
    if (live && at === null && back) setFollow(false); // who reads what was before is not taken to the end
    passed.current = box.scrollTop;
  };
  const patient = consult.patient;
  useEffect(() => {
    document.title = t("Transcript"); // without a name: titles stay in the history of the browser
  }, []);
  if (consult.phase === "none")
    return (
      <main class="sup-page">
        <p class="empty">{status.connection === "refused" ? t("This consult cannot be opened with your account.") : t("Opening the transcript")}</p>
      </main>
    );
  if (consult.guidance.refused.includes("transcript") && !(session.member && session.member.id in consult.transcript_opened))
    return <Withheld session={session} />;
  const takeaway = newestTakeaway(consult);
  const years = patient ? age(patient.birth_date) : null;
  return (
    <div class="transcript">
      <header class="transcript-top">
        <a href="#/" class="no-print">{t("Consults")}</a>
        <div>
          <h1>{patient?.name}</h1>
          <p class="faint">
            {years !== null && t("%(years)s, born %(date)s · ", { years, date: birthDate(patient!.birth_date) })}
            {KINDS[consult.kind] ?? consult.kind} · {when(consult)}
          </p>
        </div>
        <ul class="transcript-sum" aria-label={t("In short")}>
          {consult.guidance.unasked.includes("transcript") && consult.phase === "closed" && <li>{t("Consent to written notes was not asked")}</li>}
          {summaryWords(consult).map((words) => (
            <li key={words}>{words}</li>
          ))}
          <li>
            {t("Takeaway: %(stage)s", { stage: STAGES[takeaway?.stage ?? ""]?.toLowerCase() ?? "" })}{" "}
            {takeaway && takeaway.stage !== "voided" && (
              <a class="no-print" href={takeawayUrl(consult.id, takeaway.version, "pdf", "supervisor")} target="_blank" rel="noopener">{t("PDF")}</a>
            )}
          </li>
        </ul>
        <div class="transcript-tools no-print">
          {live && (
            <label class="option">
              <input type="checkbox" checked={follow} onChange={(event) => setFollow(event.currentTarget.checked)} />
              <span>{t("Follow live")}</span>
            </label>
          )}
          <LanguageLinks />
          <button type="button" class="button quiet" onClick={() => print()}>{t("Print")}</button>
        </div>
      </header>
      {(status.connection === "offline" || status.connection === "refused") && <p class="banner no-print">{bannerWords(status)}</p>}
      {live && (
        <div class="no-print">
          <ListeningCall session={session} consult={consult} loaded={status.connection === "online"} />
        </div>
      )}
      {span && <Replay span={span} marks={marks} at={at} go={setAt} />}
      <div class="transcript-body">
        <Marks marks={marks} hidden={hidden} setHidden={setHidden} before={() => [setAt(null), setFollow(false)]} />
        <main class="play" aria-label={t("Transcript")} tabIndex={0} onScroll={scrolled}>
          {entries.map((entry) => (
            <EntryRow key={entry.key} entry={entry} patientName={patient?.name ?? t("Patient")} />
          ))}
          {!entries.length && <p class="empty">{t("Nothing has happened yet. What is said and done appears here.")}</p>}
          <div ref={end} />
        </main>
      </div>
    </div>
  );
}

/** The patient did not want a transcript: it is read with a reason only, which the record keeps. */
function Withheld({ session }: { session: ConsultSession }) {
  const [reason, setReason] = useState("");
  const act = useAct();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    // What was held back is read anew.
    void act.run(() => session.send("open_transcript", { reason: reason.trim() })).then((ok) => ok && location.reload());
  };
  return (
    <main class="sup-page">
      <form class="withheld" onSubmit={submit}>
        <h1>{t("The patient did not want a transcript")}</h1>
        <p>{t("You can read it with a reason. The reason and your name stay in the record of the visit.")}</p>
        <label class="label" for="withheld-reason">{t("Why you read it")}</label>
        <input id="withheld-reason" class="input" maxLength={200} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
        <p>
          <button class="button primary" disabled={act.busy || !reason.trim()}>{t("Read with this reason")}</button>{" "}
          <a href="#/">{t("Consults")}</a>
        </p>
        {act.error && <p class="refused">{act.error}</p>}
      </form>
    </main>
  );
}

function when(consult: Consult): string {
  if (consult.phase === "scheduled") return t("planned %(day)s %(time)s", { day: day(consult.planned_at), time: clock(consult.planned_at) });
  if (consult.phase === "open") return t("open since %(time)s", { time: clock(consult.opened_at) });
  return t("%(day)s %(time)s, lasted %(length)s", { day: day(consult.opened_at), time: clock(consult.opened_at), length: elapsed(consult.opened_at, consult.closed_at) });
}

interface MarksProps {
  marks: Mark[];
  hidden: ReadonlySet<Part>;
  setHidden: (hidden: ReadonlySet<Part>) => void;
  /** Shows the whole again, where a moment is being replayed. */
  /** Shows the whole, and stays where one goes to. */
  before: () => void;
}

/** What is shown, and where to jump along: steps thin, critical alerts and the takeaway marked. */
function Marks({ marks, hidden, setHidden, before }: MarksProps) {
  const go = (key: string) => {
    before();
    requestAnimationFrame(() => {
      const element = document.getElementById(key);
      element?.scrollIntoView({ block: "start" });
      element?.focus({ preventScroll: true });
    });
  };
  const toggle = (part: Part) => {
    const next = new Set(hidden);
    if (!next.delete(part)) next.add(part);
    setHidden(next);
  };
  return (
    <nav class="marks no-print" aria-label={t("Show and jump to")}>
      <fieldset class="filters">
        <legend>{t("Show")}</legend>
        {(Object.keys(PARTS) as Part[]).map((part) => (
          <label key={part} class="option">
            <input type="checkbox" checked={!hidden.has(part)} onChange={() => toggle(part)} />
            <span>{PARTS[part]}</span>
          </label>
        ))}
      </fieldset>
      {marks.length > 0 && <p class="marks-title">{t("Jump to")}</p>}
      <ol>
        {marks.map((mark, index) => (
          <li key={`${mark.key}${index}`} class={`mark is-${mark.kind}`}>
            <button type="button" onClick={() => go(mark.key)}>
              <span class="mark-time">{clock(mark.at)}</span>
              <span>
                {mark.kind === "critical" && <span class="unseen">{t("Critical: ")}</span>}
                {mark.words}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function useFollow(id: string): { consult: Consult; events: readonly Event[]; status: Status; session: ConsultSession } {
  const session = useMemo(() => new ConsultSession("supervisor", id, () => whyRefused("supervisor")), [id]);
  const [seen, setSeen] = useState<{ consult: Consult; events: readonly Event[] }>({ consult: session.state, events: [] });
  const [status, setStatus] = useState(session.status);
  useEffect(() => {
    const log: Event[] = [];
    const stopState = session.onState((consult, fresh) => {
      log.push(...fresh);
      setSeen({ consult, events: [...log] });
    });
    const stopStatus = session.onStatus(setStatus);
    session.start();
    return () => {
      stopState();
      stopStatus();
      session.stop();
    };
  }, [session]);
  return { ...seen, status, session };
}
