import { useEffect, useRef, useState } from "preact/hooks";
import { clock, elapsed } from "../shared/format";
import { t } from "../shared/texts";
import { Icon } from "../ui/icons";
import { nextMark, ticks, type Span } from "./replay";
import type { Mark } from "./transcript";

interface ReplayProps {
  span: Span;
  marks: readonly Mark[];
  /** The moment shown, null for the whole. */
  at: number | null;
  go: (at: number | null) => void;
}

const SPEEDS = [1, 5, 20, 60];
const TICK_MS = 200;
const iso = (at: number): string => new Date(at).toISOString();

/** A line through the visit: drag or use the arrow keys to see it as it stood then, or let it run. */
export function Replay({ span, marks, at, go }: ReplayProps) {
  const [speed, setSpeed] = useState(20);
  const [playing, setPlaying] = useState(false);
  const now = at ?? span.to;
  const newest = useRef(now);
  newest.current = now;
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => {
      const next = newest.current + TICK_MS * speed;
      if (next >= span.to) {
        setPlaying(false);
        go(null);
      } else go(next);
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [playing, speed, span.to]);
  const play = () => {
    if (!playing && now >= span.to) go(span.from);
    setPlaying(!playing);
  };
  const jump = (step: 1 | -1) => {
    const moment = nextMark(marks, now, step);
    if (moment !== null) go(moment);
  };
  return (
    <section class="replay no-print" aria-label={t("Replay")}>
      <button type="button" class="button small" onClick={play}>
        <Icon name={playing ? "pause" : "play"} /> {playing ? t("Pause") : t("Replay")}
      </button>
      <label class="replay-speed">
        <span class="unseen">{t("Speed")}</span>
        <select class="input" value={speed} onChange={(event) => setSpeed(Number(event.currentTarget.value))}>
          {SPEEDS.map((one) => (
            <option key={one} value={one}>
              {one}×
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        class="button small quiet"
        disabled={nextMark(marks, now, -1) === null}
        onClick={() => jump(-1)}
        aria-label={t("To the critical alert before")}
      >
        {t("‹ Alert")}
      </button>
      <button
        type="button"
        class="button small quiet"
        disabled={nextMark(marks, now, 1) === null}
        onClick={() => jump(1)}
        aria-label={t("To the next critical alert")}
      >
        {t("Alert ›")}
      </button>
      <span class="replay-time">
        {clock(iso(now))} <span class="faint">{elapsed(iso(span.from), iso(now))}</span>
      </span>
      <div class="replay-line">
        {ticks(marks, span).map((tick) => (
          <span key={`${tick.key}${tick.at}`} class={`replay-tick is-${tick.kind}`} style={{ left: `${tick.share * 100}%` }} aria-hidden="true" />
        ))}
        <input
          type="range"
          aria-label={t("Moment of the visit")}
          aria-valuetext={t("%(time)s, %(length)s into the visit", { time: clock(iso(now)), length: elapsed(iso(span.from), iso(now)) })}
          min={span.from}
          max={span.to}
          step={1000}
          value={now}
          onInput={(event) => {
            const moment = Number(event.currentTarget.value);
            setPlaying(false);
            go(moment >= span.to - 1000 ? null : moment);
          }}
        />
      </div>
      {at !== null && (
        <button
          type="button"
          class="button small quiet"
          onClick={() => {
            setPlaying(false);
            go(null);
          }}
        >
          {t("Show all")}
        </button>
      )}
    </section>
  );
}
