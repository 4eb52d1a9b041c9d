import { calledBy, invited } from "../../shared/consult";
import { useEffect, useState } from "preact/hooks";
import { age, birthDate, clock, day, elapsed } from "../../shared/format";
import { talkMs } from "../../shared/talk";
import { savedWords, SHORT_KINDS } from "../../shared/words";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";
import { UndoButton } from "./UndoButton";

/** Who this is about, how long it has lasted, what is safe, who is here, and the way out. */
export function TopBar() {
  const { state, status, takeawayOpen, dialog } = useWorkspace();
  const consult = state.value;
  const { patient, phase } = consult;
  const years = patient ? age(patient.birth_date) : null;
  return (
    <section class="topbar" aria-label="This consult">
      <a class="topbar-back" href="#/">
        Consults
      </a>
      <div class="topbar-who">
        <h1>{patient?.name ?? "Consult"}</h1>
        {patient && (
          <p>
            {years !== null && <strong>{years}</strong>} · born {birthDate(patient.birth_date)}
            <span class="topbar-kind"> · {SHORT_KINDS[consult.kind] ?? consult.kind}</span>
          </p>
        )}
      </div>
      <p class="topbar-time">
        {phase === "open" && <Timer since={consult.opened_at} />}
        {phase === "scheduled" && `planned ${day(consult.planned_at)} ${clock(consult.planned_at)}`}
        {phase === "closed" && `held ${day(consult.opened_at)}, ${elapsed(consult.opened_at, consult.closed_at)}`}
      </p>
      <p class={`saved is-${status.value.connection}${status.value.unsent ? " is-busy" : ""}`}>
        <span class="saved-dot" aria-hidden="true" />
        {savedWords(status.value)}
      </p>
      <Presence />
      <div class="topbar-tools">
        <UndoButton />
        <button type="button" class="button quiet" onClick={() => (dialog.value = "palette")}>
          Find <kbd>Ctrl K</kbd>
        </button>
        {phase !== "scheduled" && (
          <button type="button" class="button" onClick={() => (takeawayOpen.value = true)}>
            Takeaway
          </button>
        )}
        {phase === "open" && (
          <button type="button" class="button quiet" onClick={() => (dialog.value = "end")}>
            End visit
          </button>
        )}
      </div>
    </section>
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
  const away = begun ? "paused" : state.value.modality === "phone" ? "" : "not begun";
  return (
    <time
      class={`timer${stands ? " is-paused" : ""}`}
      role="timer"
      aria-label={`Talked for ${words}${stands && away ? `, ${away}` : ""}; visit open for ${whole}`}
      title={`Time in which you and the patient were both here. Visit open for ${whole}.`}
    >
      {words}
      {stands && away && <span class="timer-paused">{away}</span>}
    </time>
  );
}

function Presence() {
  const { state, send } = useWorkspace();
  const act = useAct();
  const { phase, modality } = state.value;
  if (phase === "closed") return <span class="presence" />;
  const guests = invited(state.value);
  const waiting = guests.find((one) => one.present && one.state === "waiting");
  if (waiting)
    return (
      <p class="presence is-waiting">
        <span>{calledBy(waiting)} is waiting</span>
        <button
          type="button"
          class="button small primary"
          disabled={act.busy}
          onClick={() =>
            void act.run(async () => {
              if (phase === "scheduled") await send("open_consult", {});
              await send("admit_participant", { member_id: waiting.id });
            }, `${waiting.name} is let in`)
          }
        >
          {phase === "scheduled" ? "Begin and let in" : "Let in"}
        </button>
        {act.error && <span class="refused">{act.error}</span>}
      </p>
    );
  const here = guests.filter((one) => one.present);
  const words = here.length
    ? `${calledBy(here[0]!)}${here.length > 1 ? ` and ${here.length - 1} more` : ""} here`
    : guests.length
      ? "patient has left"
      : modality === "phone"
        ? "by phone"
        : "patient not here yet";
  return <p class={`presence${here.length ? " is-here" : ""}`}>{words}</p>;
}
