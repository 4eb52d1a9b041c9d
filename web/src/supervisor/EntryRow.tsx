import { clock, keepUnits } from "../shared/format";
import { t } from "../shared/texts";
import { CLINICAL } from "../shared/words";
import type { SideNote } from "./notes";
import type { Entry, LineEntry } from "./transcript";

/** One row of the play: time in the margin, who, what, and what it caused beside it. */
export function EntryRow({ entry, patientName }: { entry: Entry; patientName: string }) {
  return (
    <div id={entry.key} tabIndex={-1} class={`entry is-${entry.kind}`}>
      <time class="entry-time" dateTime={entry.at}>
        {clock(entry.at)}
      </time>
      <div class="entry-main">
        {entry.kind === "step" && <h2>{entry.text}</h2>}
        {(entry.kind === "stage" || entry.kind === "answer") && <p>{keepUnits(entry.text)}</p>}
        {entry.kind === "chat" && (
          <p>
            <span class="entry-who">{t("%(author)s, in the chat", { author: entry.author })}</span>
            {entry.text}
          </p>
        )}
        {entry.kind === "line" && <Line entry={entry} patientName={patientName} />}
      </div>
      <div class="entry-side">
        {entry.side.map((note) => (
          <Side key={note.seq + note.text} note={note} />
        ))}
      </div>
    </div>
  );
}

function Line({ entry, patientName }: { entry: LineEntry; patientName: string }) {
  const who = entry.speaker === "pharmacist" ? entry.author : entry.speaker === "patient" ? patientName : t("Caregiver");
  return (
    <>
      {entry.before.map((earlier) => (
        <p key={earlier.at + earlier.text} class="entry-before">
          <span class="unseen">{t("Before the correction: ")}</span>
          <del dateTime={earlier.at}>{earlier.text}</del> <span class="faint">{t("until changed, %(time)s", { time: clock(earlier.at) })}</span>
        </p>
      ))}
      <p>
        <span class="entry-who">{who}</span>
        {entry.removedAt ? (
          <>
            <del dateTime={entry.removedAt}>{entry.text}</del>{" "}
            <span class="faint">{t("removed %(time)s", { time: clock(entry.removedAt) })}</span>
          </>
        ) : (
          keepUnits(entry.text)
        )}
      </p>
      {entry.conflict && <p class="faint">{t("Written at the same time as another line; both stand.")}</p>}
      {entry.failed && <p class="faint">{t("Not analysed")}</p>}
      {entry.found.map((words) => (
        <p key={words} class="faint">
          {words}
        </p>
      ))}
    </>
  );
}

function Side({ note }: { note: SideNote }) {
  const said = note.alert && note.kind !== "answer" ? CLINICAL : undefined;
  return (
    <div class={`side is-${note.kind}`}>
      <p class="side-text">
        {note.kind === "critical" && <span class="side-label">{t("Critical: ")}</span>}
        {note.kind === "warning" && <span class="unseen">{t("Warning: ")}</span>}
        <span lang={said}>{note.text}</span>
      </p>
      {note.detail && <p class="faint" lang={said}>{note.detail}</p>}
      {note.answers.map((answer) => (
        <p key={answer.at + answer.text} class="side-answer">
          {answer.text} <time dateTime={answer.at}>{clock(answer.at)}</time>
        </p>
      ))}
      <time class="side-time" dateTime={note.at}>
        {clock(note.at)}
      </time>
    </div>
  );
}
