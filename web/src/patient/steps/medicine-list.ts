/** The medicines that the pharmacist has confirmed so far; to each the patient can say whether it is right. */

import { el, fill, icon, type IconName } from "../dom";
import { medicinesOf, type Medicine } from "../medicines";
import { pharmacistName } from "../stage";
import { laterWords } from "../words/later";
import type { Reply, Report } from "../../shared/told";
import type { Actions, Scene, StepView } from "./step";

const REPLIES: readonly [Reply, IconName][] = [
  ["right", "done"],
  ["wrong", "cross"],
  ["unsure", "question"],
];

interface Row {
  element: HTMLElement;
  drawn: string;
}

/** What is being written to a medicine, kept when the page is drawn anew. */
const drafts = new Map<string, string>();

export function medicineList(scene: Scene, actions: Actions): StepView {
  const say = laterWords(scene.words.t);
  const rows = new Map<string, Row>();
  const changing = new Set<string>();
  const none = el("p", {}, say.visit.noMedicines);
  const taking = el("ul");
  const title = el("h3", {}, say.visit.notTaking);
  const gone = el("ul", { class: "gone" });
  const element = el("div", { class: "medicines" }, none, taking, title, gone);
  let now = scene;
  return { element, update };

  function update(next: Scene): void {
    now = next;
    if (next.consult === null) return;
    const lists = medicinesOf(next.consult);
    none.hidden = lists.taking.length + lists.notTaking.length > 0;
    taking.hidden = lists.taking.length === 0;
    gone.hidden = title.hidden = lists.notTaking.length === 0;
    place(taking, lists.taking.map((one) => row(one, next.directions[one.id] ?? "")));
    place(gone, lists.notTaking.map((one) => row(one, "")));
  }

  /** Rows that stay are left where they are: somebody may be writing in one. */
  function place(list: HTMLElement, wanted: HTMLElement[]): void {
    for (const old of [...list.children]) if (!wanted.includes(old as HTMLElement)) old.remove();
    wanted.forEach((one, at) => list.children[at] !== one && list.insertBefore(one, list.children[at] ?? null));
  }

  function row(one: Medicine, directions: string): HTMLElement {
    const report = now.consult?.reports[one.id] ?? null;
    const known = rows.get(one.id) ?? { element: el("li"), drawn: "" };
    const drawn = JSON.stringify([one, directions, report?.reply, report?.words, report?.by, changing.has(one.id)]);
    rows.set(one.id, known);
    if (drawn === known.drawn) return known.element;
    known.drawn = drawn;
    const focused = known.element.contains(document.activeElement);
    fill(known.element, icon(report && report.reply !== "right" ? "question" : "done"), el("div", {}, ...about(one, directions), reply(one, report)));
    if (focused) known.element.querySelector<HTMLElement>("textarea, button")?.focus();
    return known.element;
  }

  function about(one: Medicine, directions: string): (HTMLElement | null)[] {
    return [
      el("p", { class: "medicine-name", translate: "no" }, one.strength ? `${one.name} ${one.strength}` : one.name),
      one.contains ? el("p", { class: "small", translate: "no" }, say.visit.contains(one.contains)) : null,
      directions ? el("p", {}, directions) : null,
      one.why ? el("p", { class: "small" }, say.visit.reason(one.why)) : null,
    ];
  }

  function reply(one: Medicine, report: Report | null): HTMLElement {
    if (!report || changing.has(one.id)) return question(one, report);
    const name = pharmacistName(now.consult!, now.visit?.pharmacist_name ?? "") || now.words.someone;
    const again = el("button", { type: "button", class: "link-press", onclick: () => change(one.id) }, say.list.change);
    return el(
      "div",
      { class: `reply said-${report.reply}` },
      el("p", { class: "said" }, `${say.list.said[report.reply]} `, again),
      report.words ? el("p", { class: "own-words" }, `“${report.words}”`) : null,
      report.reply === "right" || report.words ? null : more(one, report),
      el("p", { class: "small" }, say.list.seen(name)),
    );
  }

  function question(one: Medicine, report: Report | null): HTMLElement {
    const error = el("p", { class: "error", role: "alert" });
    return el(
      "div",
      { class: "reply" },
      el("p", { class: "small", "aria-hidden": "true" }, say.list.question),
      el(
        "div",
        { class: "replies", role: "group", "aria-label": say.list.of(one.name) },
        ...REPLIES.map(([kind, picture]) =>
          el(
            "button",
            {
              type: "button",
              class: "press reply-press",
              "aria-pressed": String(report?.reply === kind),
              onclick: () => void send(one.id, kind, kind === report?.reply ? report.words : "", error),
            },
            icon(picture),
            el("span", {}, say.list.replies[kind]),
          ),
        ),
      ),
      error,
    );
  }

  function more(one: Medicine, report: Report): HTMLElement {
    const error = el("p", { class: "error", role: "alert" });
    const field = el("textarea", { id: `more-${one.id}`, rows: "2", maxlength: "500" });
    field.value = drafts.get(one.id) ?? "";
    field.addEventListener("input", () => drafts.set(one.id, field.value));
    const press = (): void => {
      if (field.value.trim()) void send(one.id, report.reply, field.value.trim(), error);
      else field.focus();
    };
    return el(
      "div",
      { class: "more" },
      el("label", { for: field.id }, say.list.more),
      field,
      error,
      el("button", { type: "button", class: "press", onclick: press }, icon("send"), el("span", {}, say.list.send)),
    );
  }

  function change(id: string): void {
    changing.add(id);
    update(now);
  }

  async function send(id: string, kind: Reply, words: string, error: HTMLElement): Promise<void> {
    fill(error);
    try {
      await actions.tell("report_medication", { medication_id: id, reply: kind, words });
      changing.delete(id);
      if (words) drafts.delete(id);
      actions.announce(say.list.said[kind]);
      update(now);
    } catch {
      fill(error, say.list.failed);
    }
  }
}
