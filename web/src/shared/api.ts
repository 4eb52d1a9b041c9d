/** HTTP calls: `as` names the role whose cookie counts; every change carries the header against forged requests. */

import type { Role, Sig } from "./protocol";
import type { Need, Rationale } from "./problem";
import { t } from "./texts";
import type { ConsultRow, DrugName, Me, Review } from "./wire";

export type As = "pharmacist" | "supervisor" | "patient";

/** An answer with an error status; `code` never changes, `message` is for people, in the language of the page. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(t(message));
    this.name = "ApiError";
  }
}

export function url(path: string, as?: As, query: Record<string, string> = {}): string {
  const params = new URLSearchParams(as ? { ...query, as } : query);
  const tail = params.toString();
  return tail ? `${path}?${tail}` : path;
}

export async function get<T>(path: string, as: As, query: Record<string, string> = {}): Promise<T> {
  return read<T>(fetch(url(path, as, query), { headers: { Accept: "application/json" } }));
}

export async function post<T>(path: string, body: unknown, as?: As): Promise<T> {
  return read<T>(
    fetch(url(path, as), {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json", "Consult-Request": "1" },
      body: JSON.stringify(body),
    }),
  );
}

async function read<T>(pending: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await pending;
  } catch {
    throw new ApiError(0, "offline", t("The server cannot be reached. Check the connection and try again."));
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const { code = "error", message = t("The server answered %(status)s.", { status: response.status }) } = (body ?? {}) as {
    code?: string;
    message?: string;
  };
  throw new ApiError(response.status, code, message);
}

/** A still picture of the patient's into the consult. */
export async function sendPicture(consultId: string, jpeg: Blob, about = ""): Promise<void> {
  const path = `/api/consults/${encodeURIComponent(consultId)}/pictures`;
  const headers = { Accept: "application/json", "Content-Type": "image/jpeg", "Consult-Request": "1" };
  await read(fetch(url(path, "patient", about ? { about } : {}), { method: "POST", headers, body: jpeg }));
}

export const pictureUrl = (consultId: string, pictureId: string, as: As): string =>
  url(`/api/consults/${encodeURIComponent(consultId)}/pictures/${encodeURIComponent(pictureId)}.jpg`, as);

/** A way in, and the words to send it with in the patient's language; they name nobody. */
export interface JoinLink {
  link: string;
  message: string;
}

/** A new link that goes by e-mail from the site itself; nobody else is told it. */
export const mailLink = (consultId: string, address: string): Promise<unknown> =>
  post(`/api/consults/${encodeURIComponent(consultId)}/link/mail`, { address }, "pharmacist");

/** A link for a caregiver or an interpreter. */
export const guestLink = (consultId: string, name: string, role: "caregiver" | "interpreter"): Promise<JoinLink> =>
  post<JoinLink>(`/api/consults/${encodeURIComponent(consultId)}/guests`, { name, role }, "pharmacist");

/** A guest's link that is still good; the address itself is kept nowhere. */
export interface GuestLink {
  member_id: string;
  name: string;
  role: Role;
  until: string;
}

export const guestLinks = async (consultId: string): Promise<GuestLink[]> =>
  (await get<{ links: GuestLink[] }>(`/api/consults/${encodeURIComponent(consultId)}/guests`, "pharmacist")).links;

export const revokeGuest = (consultId: string, member_id: string): Promise<unknown> =>
  post(`/api/consults/${encodeURIComponent(consultId)}/guests/revoke`, { member_id }, "pharmacist");

/** A follow-up is done, or put off to the day `due`; `note` says what was found, or why. */
export const settleFollowUp = (consultId: string, followUpId: string, body: { note: string; due?: string }): Promise<unknown> =>
  post(`/api/consults/${encodeURIComponent(consultId)}/follow-ups/${encodeURIComponent(followUpId)}`, body, "pharmacist");

export const me = (as: As): Promise<Me> => get<Me>("/api/me", as);

export const consults = async (as: As): Promise<ConsultRow[]> =>
  (await get<{ consults: ConsultRow[] }>("/api/consults", as)).consults;

export const drugs = async (q: string): Promise<DrugName[]> =>
  properNames((await get<{ names: DrugName[] }>("/api/drugs", "pharmacist", { q })).names);

/** Directions as one jots them down, read as a sig; null where they are not understood. */
export const readSig = async (name: string, text: string): Promise<Sig | null> =>
  (await post<{ sig: Sig | null }>("/api/sig", { name, text }, "pharmacist")).sig;

/** Directions in the words of the paper, one for each sig. */
export const directionsIn = async (language: string, sigs: readonly Sig[]): Promise<string[]> =>
  sigs.length ? (await post<{ directions: string[] }>("/api/directions", { language, sigs: sigs.slice(0, 100) }, "pharmacist")).directions : [];

/** A misspelling is left out where the name that it stands for is in the list. */
export function properNames(names: readonly DrugName[]): DrugName[] {
  const key = (name: DrugName): string => name.ingredients.join("+");
  const proper = new Set(names.filter((name) => name.kind !== "misspelling").map(key));
  return names.filter((name) => name.kind !== "misspelling" || !proper.has(key(name)));
}

export const joinLink = (consultId: string): Promise<JoinLink> =>
  post<JoinLink>(`/api/consults/${encodeURIComponent(consultId)}/link`, {}, "pharmacist");

export type Form = "html" | "pdf" | "txt" | "large.html" | "large.pdf" | "larger.html" | "larger.pdf" | "contrast.html";

export const takeawayUrl = (consultId: string, version: number, form: Form, as: As): string =>
  url(`/api/consults/${encodeURIComponent(consultId)}/takeaway/${version}.${form}`, as);

/** What a draft would say now; `times` is how often it has changed, so that the page is fetched anew. */
export const previewUrl = (consultId: string, language: string, times: number): string =>
  url(`/api/consults/${encodeURIComponent(consultId)}/takeaway/preview.html`, "pharmacist", { language, times: String(times) });

/** One kind of problem, in the pharmacist's words, below its need. */
export interface RationaleRow {
  rationale: Rationale;
  need: Need;
  words: string;
  cipolle: string;
  pcne: string;
}

export const problemCodes = async (): Promise<RationaleRow[]> =>
  (await get<{ rationales: RationaleRow[] }>("/api/problem-codes", "pharmacist")).rationales;

export const letterUrl = (consultId: string, letterId: string, form: "html" | "pdf"): string =>
  url(`/api/consults/${encodeURIComponent(consultId)}/letters/${encodeURIComponent(letterId)}.${form}`, "pharmacist");

/** What became of one item of a record that was brought in. */
export interface Outcome {
  kind: "medication" | "condition" | "allergy" | "lab" | "fill" | "patient" | "enrollment";
  name: string;
  fate: "taken" | "merged" | "left";
  why: string;
}

/** Brings a FHIR bundle or a CSV of fills into a consult; `tried` only says what would become of it. */
export async function importRecord(consultId: string, file: Blob & { name: string }, tried: boolean): Promise<Outcome[]> {
  const query: Record<string, string> = { name: file.name, ...(tried ? { try: "1" } : {}) };
  const path = url(`/api/consults/${encodeURIComponent(consultId)}/history`, "pharmacist", query);
  const headers = { Accept: "application/json", "Content-Type": "application/octet-stream", "Consult-Request": "1" };
  return (await read<{ report: Outcome[] }>(fetch(path, { method: "POST", headers, body: file }))).report;
}

export type ExportKind = "smp" | "map" | "ecare";

/** The consult as a FHIR bundle. Refused with "not-signed" or "changed-since-signed" where only a draft can go out. */
export const exportConsult = (consultId: string, kind: ExportKind, draft: boolean): Promise<{ id: string }> =>
  get(`/api/consults/${encodeURIComponent(consultId)}/fhir/${kind}.json`, "pharmacist", draft ? { draft: "1" } : {});

export const reviewOf = (consultId: string, version: number): Promise<Review> =>
  get<Review>(`/api/consults/${encodeURIComponent(consultId)}/takeaway/check/${version}`, "pharmacist");

/** Why the server does not take a connection of this page (a browser does not say); "" where it would, or does not answer. */
export async function whyRefused(as: As): Promise<string> {
  try {
    await post("/socket.io/", {}, as);
    return "";
  } catch (error) {
    return error instanceof ApiError && refuses(error) ? error.code : "";
  }
}

/** Whether the server answered, and trying again by itself cannot change what it says. */
export const refuses = (error: ApiError): boolean => error.status >= 400 && error.status < 500;

/** The nonce of this page's content security policy. */
export const cspNonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";

/** Ends the patient's join link; how many links still worked. */
export const revokeLink = (consultId: string): Promise<{ ended: number }> =>
  post<{ ended: number }>(`/api/consults/${encodeURIComponent(consultId)}/link/revoke`, {}, "pharmacist");
