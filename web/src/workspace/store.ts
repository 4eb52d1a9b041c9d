/** What the parts of the consult page share: the state as signals, the commands, and where to go. */

import { signal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import { get, whyRefused } from "../shared/api";
import { behindFrame } from "../shared/frame";
import { heardAfter, type Heard, type Presence } from "../shared/line";
import { inParts, type Parts } from "../shared/parts";
import type { Commands, CommandType, Consult, Event, Medication } from "../shared/protocol";
import { ConsultSession, type Status } from "../shared/socket";
import { noTalk, talkAfter, type Talk } from "../shared/talk";
import { t } from "../shared/texts";
import type { CallHandle } from "./call/useCall";
import type { Script } from "./guide/script";
import { keepSizes, keptSizes, type Edge, type Sizes } from "./consult/columns";
import { inverse, UndoStack } from "./undo";

export type RightTab = "regimen" | "todo" | "people" | "preview";
export type Pane = "guide" | "notes" | "alerts" | "right";

export interface Workspace {
  session: ConsultSession;
  tabId: string;
  state: Parts<Consult>;
  status: Parts<Status>;
  loaded: Signal<boolean>;
  /** How long pharmacist and patient have been together. */
  talk: Signal<Talk>;
  /** Everything that has happened so far, for the history of a row. */
  log: readonly Event[];
  /** The medications of the record that the consult began with, by row. */
  recorded: ReadonlyMap<string, Medication>;
  script: Signal<Script | null>;
  scriptError: Signal<string>;
  rightTab: Signal<RightTab>;
  /** How many chat messages have been in view. */
  chatSeen: Signal<number>;
  /** How well each page is connected, by member. */
  lines: Signal<ReadonlyMap<string, Heard>>;
  /** When each member was last seen to leave, by member; ISO times. */
  seen: Signal<ReadonlyMap<string, string>>;
  /** Chat messages go into the captions of the patient's page too. */
  chatCaptions: Signal<boolean>;
  /** The pane shown where the window is too narrow for all. */
  pane: Signal<Pane>;
  takeawayOpen: Signal<boolean>;
  /** Sizes that the pharmacist has chosen for parts of the page. */
  sizes: Signal<Sizes>;
  /** Null sets the usual size again. */
  resize: (edge: Edge, size: number | null) => void;
  /** The call of this page, once its panel is there. */
  call: Signal<CallHandle | null>;
  dialog: Signal<"" | "palette" | "shortcuts" | "end" | "table">;
  /** The regimen row that is being edited, "new" for one by hand. */
  editing: Signal<string>;
  /** The medication that the loop of the guide is at, "" for the first with open questions. */
  loopRow: Signal<string>;
  /** The question that the guide should bring into view. */
  asked: Signal<string>;
  /** The seq of the newest word of the program on what to ask. */
  guidedAt: Signal<number>;
  /** Sends a command, and remembers how to take it back. */
  send: <T extends CommandType>(type: T, data: Commands[T]) => Promise<number>;
  /** What would be undone now, "" for nothing. */
  undoWords: Signal<string>;
  /** Takes the last action back; gives what it was, "" where there was none. */
  undo: () => Promise<string>;
  /** Set by the notes: brings a line, and a place in it, under the eyes. */
  goToLine: (lineId: string, start?: number) => void;
  focusNotes: () => void;
}

const Context = createContext<Workspace | null>(null);
export const WorkspaceProvider = Context.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(Context);
  if (!workspace) throw new Error("outside of a consult page");
  return workspace;
}

const TAB = "consult-tab";

/** One id for the life of this tab; it holds nothing but itself. A copied tab gets its own, through a lock. Where the
 * browser keeps nothing, each load of the page is a tab of its own. */
export async function tabId(): Promise<string> {
  const kept = keptTab();
  if (kept && (await isFree(kept))) return kept;
  const fresh = crypto.randomUUID();
  try {
    sessionStorage.setItem(TAB, fresh);
  } catch {
    // nothing to keep it in
  }
  await isFree(fresh);
  return fresh;
}

function keptTab(): string | null {
  try {
    return sessionStorage.getItem(TAB);
  } catch {
    return null;
  }
}

async function isFree(id: string): Promise<boolean> {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    const held = navigator.locks.request(`consult-tab-${id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => undefined) : undefined; // held until the page goes
    });
    held.catch(() => resolve(true)); // locks may be forbidden as storage is
  });
}

let thisTab: Promise<string> | undefined;

/** The workspace of a consult; its connection is on its way when this returns, and `session.stop` ends it. */
export async function openWorkspace(consultId: string): Promise<Workspace> {
  const id = (thisTab ??= tabId());
  const session = new ConsultSession("pharmacist", consultId, () => whyRefused("pharmacist"));
  const { parts: state, set: setState } = inParts(session.state);
  const { parts: status, set: setStatus } = inParts(session.status);
  const loaded = signal(false);
  const script = signal<Script | null>(null);
  const scriptError = signal("");
  loading = "";
  const talk = signal(noTalk);
  const sizes = signal(keptSizes());
  const resize: Workspace["resize"] = (edge, size) => {
    const { [edge]: _, ...others } = sizes.value;
    sizes.value = size === null ? others : { ...others, [edge]: size };
    keepSizes(sizes.value);
  };
  const lines = signal<ReadonlyMap<string, Heard>>(new Map());
  const guidedAt = signal(0);
  const seen = signal<ReadonlyMap<string, string>>(new Map());
  session.hear<Presence>("presence", (told) => {
    if (told.consult_id === consultId) lines.value = heardAfter(lines.value, told, Date.now());
  });
  const log: Event[] = [];
  const recorded = new Map<string, Medication>();
  const done = new UndoStack();
  const undoWords = signal("");
  const send: Workspace["send"] = async (type, data) => {
    const back = inverse(type, data, session.state);
    // Remembered at once: undo may be pressed before the answer has come, and goes out behind it.
    if (back) done.push(back, Date.now());
    undoWords.value = done.words;
    try {
      return await session.send(type, data);
    } catch (refused) {
      if (back) done.forget(back);
      undoWords.value = done.words;
      throw refused;
    } finally {
      shown.now(); // who has acted sees it at once
    }
  };
  const undo = async (): Promise<string> => {
    const last = done.pop();
    undoWords.value = done.words;
    for (const { type, data } of last?.steps ?? []) await session.send(type, data);
    shown.now();
    return last?.words ?? "";
  };
  let arrived: Event[] = [];
  // Many events come with one line: all of them are drawn together, behind the frame of the key just typed.
  const shown = behindFrame(() => {
    const events = arrived;
    arrived = [];
    log.push(...events);
    for (const { data } of events)
      if (data.type === "medication_added" && data.medication.source === "history") recorded.set(data.medication.id, data.medication);
    const left = events.filter(({ data }) => data.type === "participant_left");
    if (left.length) seen.value = new Map([...seen.value, ...left.map(({ actor, at }) => [actor.id, at] as const)]);
    talk.value = events.reduce(talkAfter, talk.value);
    guidedAt.value = events.reduce((last, { seq, data }) => (data.type === "guidance_changed" ? Math.max(last, seq) : last), guidedAt.value);
    setState(session.state);
    if (session.state.phase !== "none") void loadScript(session.state, script, scriptError);
  });
  session.onState((_next, events) => {
    arrived.push(...events);
    shown.soon();
  });
  session.onStatus((next) => {
    if (next.connection !== status.value.connection) shown.now();
    setStatus(next);
    if (next.connection === "online") loaded.value = true;
  });
  session.start(); // the longest wait of the page, so it begins first
  return {
    session,
    tabId: await id,
    state,
    status,
    loaded,
    talk,
    log,
    recorded,
    script,
    scriptError,
    call: signal<CallHandle | null>(null),
    rightTab: signal<RightTab>("regimen"),
    lines,
    seen,
    chatSeen: signal(-1),
    chatCaptions: signal(false),
    pane: signal<Pane>("notes"),
    takeawayOpen: signal(false),
    sizes,
    resize,
    dialog: signal(""),
    editing: signal(""),
    loopRow: signal(""),
    asked: signal(""),
    guidedAt,
    send,
    undoWords,
    undo,
    goToLine: () => undefined,
    focusNotes: () => undefined,
  };
}

let loading = "";

/**
 * The script in the version that the consult began with: its words for the patient in the language of the talk, those
 * for the staff in that of the page.
 */
async function loadScript(consult: Consult, script: Signal<Script | null>, error: Signal<string>): Promise<void> {
  const { script_id, script_version: version, patient } = consult;
  const query = { version, language: consult.language || (patient?.language ?? ""), page: document.documentElement.lang };
  const wanted = JSON.stringify([script_id, query]);
  if (loading === wanted) return;
  loading = wanted;
  try {
    const found = await get<Script>(`/api/scripts/${encodeURIComponent(script_id)}`, "pharmacist", query);
    if (loading !== wanted) return; // another one has been asked for meanwhile
    script.value = found;
    error.value = "";
  } catch (reason) {
    if (loading !== wanted) return;
    loading = ""; // the next event tries again
    error.value = reason instanceof Error ? reason.message : t("The script could not be read.");
  }
}
