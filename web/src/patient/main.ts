/** The patient's page: confirm who you are, wait, talk, read the summary. */

import "../ui/tokens.css";
import "./patient.css";
import { ApiError, get, me, post, refuses, whyRefused } from "../shared/api";
import { ConsultSession, type Status } from "../shared/socket";
import { hasDirections, medicinesOf, ownWords } from "./medicines";
import { Page } from "./page";
import type { Commands, CommandType } from "../shared/protocol";
import { linkIn, partOf, stageOf, type Known } from "./stage";
import { Topics } from "./topics";
import { endCall } from "./call/place";
import type { Scene, Visit } from "./steps/step";
import { chosen, ENGLISH, keep, wordsFor } from "./words/choose";

/** The link's token stays here and in the address until it has done its work; it is written down nowhere. */
const link = linkIn(location.hash);
let { token } = link;
let words = ENGLISH;
let session: ConsultSession | null = null;
let consultId = "";
let visit: Visit | null = null;
const topics = new Topics(get);
let directions: { asked: string; said: Record<string, string> } = { asked: "", said: {} };
const known: Known = { signedIn: null, hasLink: token !== "", guestLink: link.guest, refused: false, why: "", left: false, done: false, consult: null, memberId: "" };

const page = new Page(
  { join, tell, leave, comeBack, signOut, session: () => session },
  async (tag) => {
    words = await wordsFor(tag);
    keep(tag);
    draw();
  },
);

void open();

async function open(): Promise<void> {
  words = await wordsFor(chosen(document.documentElement.lang)).catch(() => ENGLISH);
  draw();
  if (token) known.signedIn = false; // a link always asks: the device may be somebody else's
  else await resume();
  draw();
}

/** After a reload the cookie is enough. */
async function resume(): Promise<void> {
  try {
    const self = (await me("patient")) as Awaited<ReturnType<typeof me>> & { visit: Visit };
    visit = self.visit;
    known.memberId = self.id;
    known.signedIn = true;
    consultId = self.consult_id;
    page.connection(words, false);
    follow();
  } catch (error) {
    const final = error instanceof ApiError && refuses(error);
    known.signedIn = final && error.status === 401 ? false : null;
    if (final) known.why = error.code;
    known.refused = final && known.signedIn === null;
    page.connection(words, !final);
    if (!final) setTimeout(() => void resume().then(draw), 3000);
  }
}

/** "" where it was right, else the words of what is wrong. A guest has no date of birth to give. */
async function join(birthDate: string): Promise<string> {
  try {
    await post("/api/join", birthDate ? { token, birth_date: birthDate } : { token });
  } catch (error) {
    return joinProblem(error);
  }
  token = "";
  known.hasLink = known.refused = known.left = false;
  history.replaceState(null, "", location.pathname);
  known.signedIn = null;
  await resume();
  draw();
  return "";
}

function joinProblem(error: unknown): string {
  const code = error instanceof ApiError ? error.code : "";
  if (code === "link-refused") return link.guest ? words.invited.refused : words.confirm.refused;
  if (code === "too-many") return words.confirm.tooMany;
  return code === "offline" ? words.errors.offline : words.errors.other;
}

function follow(): void {
  hangUp();
  const mine = new ConsultSession("patient", consultId, () => whyRefused("patient"));
  session = mine;
  mine.onStatus((status) => session === mine && onStatus(status));
  mine.onState((state) => {
    if (session !== mine || state.phase === "none") return;
    known.consult = state;
    draw();
  });
  mine.start();
}

/** What the old connection still says no longer counts. */
function hangUp(): void {
  const old = session;
  session = null;
  old?.stop();
}

function onStatus(status: Status): void {
  known.refused = status.connection === "refused";
  known.why = status.code;
  page.connection(words, status.connection === "offline");
  draw();
}

async function tell<T extends CommandType>(type: T, data: Commands[T]): Promise<void> {
  if (session === null) throw new Error("no session");
  await session.send(type, data);
}

/** Leaving is not finishing: the consult goes on, and the way back stays open. */
function leave(): void {
  known.left = true;
  endCall();
  hangUp();
  page.connection(words, false);
  draw();
}

function comeBack(): void {
  known.left = false;
  follow();
  draw();
}

function signOut(): void {
  endCall();
  hangUp();
  void post("/api/signout", {}, "patient").then(
    () => {
      Object.assign(known, { done: true, consult: null });
      visit = null;
      draw();
    },
    () => page.connection(words, true),
  );
}

/** What the events do not carry: the topics of the script, and directions in plain words. */
async function lookUp(): Promise<void> {
  const consult = known.consult;
  if (consult === null || stageOf(known) !== "visit") return;
  if (await topics.follow(consult.script_id, words.tag)) draw();
  const rows = medicinesOf(consult).taking.filter((row) => hasDirections(row.sig)).slice(0, 100);
  const asked = JSON.stringify([words.tag, rows.map((row) => [row.id, row.sig, row.directions])]);
  if (rows.length === 0 || asked === directions.asked) return;
  directions = { asked, said: directions.said };
  const body = { language: words.tag, sigs: rows.map((row) => row.sig) };
  const answer = await post<{ directions: string[] }>("/api/directions", body, "patient").catch(() => null);
  if (answer === null || asked !== directions.asked) return;
  directions.said = Object.fromEntries(rows.map((row, at) => [row.id, ownWords(row, body.language) || (answer.directions[at] ?? "")]));
  draw();
}

function draw(): void {
  const scene: Scene = {
    words,
    consult: known.consult,
    memberId: known.memberId,
    part: partOf(known.memberId),
    why: known.why,
    visit,
    topics: topics.names,
    topicsLanguage: topics.language,
    directions: directions.said,
  };
  page.show(stageOf(known), scene);
  if (known.consult) void lookUp();
}
