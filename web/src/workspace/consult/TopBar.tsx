import { calledBy, consentLacks, invited } from "../../shared/people";
import { useEffect, useState } from "preact/hooks";
import { age, birthDate, clock, day, elapsed } from "../../shared/format";
import { lineWords } from "../../shared/line";
import type { Participant } from "../../shared/protocol";
import { talkMs } from "../../shared/talk";
import { t } from "../../shared/texts";
import { savedWords, SHORT_KINDS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { LanguageLinks } from "../../ui/language";
import { say } from "../../ui/live";
import { useWorkspace } from "../store";
import { UndoButton } from "./UndoButton";

/** Who this is about, how long it has lasted, what is safe, who is here, and the way out. */
export function TopBar() {
  const { state, takeawayOpen, dialog } = useWorkspace();
  const consult = state.value;
  const { patient, phase } = consult;
  const years = patient ? age(patient.birth_date) : null;
  return (
    <section class="topbar" aria-label={t("This consult")}>
      <a class="topbar-back" href="#/">{t("Consults")}</a>
      <div class="topbar-who">
        <h1 title={patient?.name}>{patient?.name ?? t("Consult")}</h1>
        {patient && (
          <p>
            {years !== null && <strong>{years}</strong>}{" "}
            {t("· born %(date)s", { date: birthDate(patient.birth_date) })}
            <span class="topbar-kind"> · {SHORT_KINDS[consult.kind] ?? consult.kind}</span>
          </p>
        )}
      </div>
      <p class="topbar-time">
        {phase === "open" && <Timer since={consult.opened_at} />}
        {phase === "scheduled" && t("planned %(day)s %(time)s", { day: day(consult.planned_at), time: clock(consult.planned_at) })}
        {phase === "closed" && t("held %(day)s, %(length)s", { day: day(consult.opened_at), length: elapsed(consult.opened_at, consult.closed_at) })}
      </p>
      <Saved />
      <Presence />
      <div class="topbar-tools">
        <UndoButton />
        <button type="button" class="button quiet" onClick={() => (dialog.value = "palette")}>
          {t("Find")}{" "}<kbd>Ctrl K</kbd>
        </button>
        <LanguageLinks short />
        {phase !== "scheduled" && (
          <button type="button" class="button" onClick={() => (takeawayOpen.value = true)}>{t("Takeaway")}</button>
        )}
        {phase === "open" && (
          <button type="button" class="button quiet" onClick={() => (dialog.value = "end")}>{t("End visit")}</button>
        )}
      </div>
    </section>
  );
}

function Saved() {
  const { status } = useWorkspace();
  return (
    <p class={`saved is-${status.value.connection}${status.value.unsent ? " is-busy" : ""}`}>
      <span class="saved-dot" aria-hidden="true" />
      {savedWords(status.value)}
    </p>
  );
}

/** The time of the talk, standing still while one of the two is away; beside it the whole visit. */
function Timer({ since }: { since: string }) {
  const { talk, status, state } = useWorkspace();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1000);
    return () => clearInterval(timer);
  }, []);
  const cutOff = status.value.connection === "offline" ? new Date(status.value.since) : now;
  const together = talkMs(talk.value, cutOff < now ? cutOff : now);
  const stands = !talk.value.since || status.value.connection === "offline";
  const whole = elapsed(since, now);
  const begun = talk.value.since !== "" || talk.value.before > 0;
  const words = begun ? elapsed(new Date(0).toISOString(), new Date(together)) : "00:00:00";
  const away = begun ? t("paused") : state.value.modality === "phone" ? "" : t("not begun");
  const spoken = stands && away ? `${words}, ${away}` : words;
  return (
    <time
      class={`timer${stands ? " is-paused" : ""}`}
      role="timer"
      aria-label={t("Talked for %(time)s; visit open for %(whole)s", { time: spoken, whole })}
      title={t("Time in which you and the patient were both here. Visit open for %(whole)s.", { whole })}
    >
      {words}
      {stands && away && <span class="timer-paused">{away}</span>}
    </time>
  );
}

const waitingWords = (member: Participant): string =>
  member.by_phone ? t("%(who)s is waiting, would rather talk by phone", { who: calledBy(member) }) : t("%(who)s is waiting", { who: calledBy(member) });

function Presence() {
  const { state, send, lines, seen, rightTab, pane } = useWorkspace();
  const act = useAct();
  const { phase, modality } = state.value;
  const guests = invited(state.value);
  const caller = guests.find((one) => one.by_phone);
  useEffect(() => {
    if (caller) say(t("%(who)s would rather talk by phone", { who: calledBy(caller) }));
  }, [caller?.id]);
  if (phase === "closed") return <span class="presence" />;
  const waiting = guests.find((one) => one.present && one.state === "waiting");
  if (waiting && phase === "open" && consentLacks(state.value, waiting))
    return (
      <p class="presence is-waiting">
        <span>{waitingWords(waiting)}</span>
        <button
          type="button"
          class="button small"
          onClick={() => {
            rightTab.value = "people";
            pane.value = "right";
          }}
        >
          {t("Ask the patient first")}
        </button>
      </p>
    );
  if (waiting)
    return (
      <p class="presence is-waiting">
        <span>{waitingWords(waiting)}</span>
        <button
          type="button"
          class="button small primary"
          disabled={act.busy}
          onClick={() =>
            void act.run(async () => {
              if (phase === "scheduled") await send("open_consult", {});
              await send("admit_participant", { member_id: waiting.id });
            }, t("%(name)s is let in", { name: waiting.name }))
          }
        >
          {phase === "scheduled" ? t("Begin and let in") : t("Let in")}
        </button>
        {act.error && <span class="refused">{act.error}</span>}
      </p>
    );
  const here = guests.filter((one) => one.present);
  const line = lineWords(lines.value.get(here[0]?.id ?? ""), Date.now());
  const left = seen.value.get(guests[0]?.id ?? "");
  const words = here.length
    ? here.length > 1
      ? t("%(who)s and %(number)s more here", { who: calledBy(here[0]!), number: here.length - 1 })
      : here[0]!.by_phone
        ? t("%(who)s would rather talk by phone", { who: calledBy(here[0]!) })
        : t("%(who)s here", { who: calledBy(here[0]!) })
    : guests.length
      ? left
        ? t("patient gone since %(time)s", { time: clock(left) })
        : t("patient has left")
      : modality === "phone"
        ? t("by phone")
        : t("patient not here yet");
  return (
    <p class={`presence${here.length ? " is-here" : ""}`}>
      {words}
      {line && line.is !== "good" && <span class={`line is-${line.is}`}>{line.words}</span>}
    </p>
  );
}
