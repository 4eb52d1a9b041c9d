/** Step 3: the visit. What we talk about, the medicines so far, messages, and the way out. */

import { button, el, fill, heading, icon } from "../dom";
import { medicinesOf, type Medicine } from "../medicines";
import { pharmacistName, summaryOf, takenBack } from "../stage";
import { call } from "../call/place";
import { chat } from "./chat";
import type { Scene, Step } from "./step";
import { summaryLinks } from "./summary";

export const visit: Step = (scene, actions) => {
  const { words } = scene;
  const title = el("p", { class: "over" });
  const topic = heading("");
  const away = el("p", { class: "notice", hidden: true });
  const ready = el("section", { class: "panel", hidden: true });
  const list = el("div", { class: "medicines" });
  const messages = chat(scene, actions);
  const talk = call(scene, actions);
  let lastTopic = "";
  let readyVersion = 0;
  const element = el(
    "div",
    { class: "step" },
    title,
    talk.element,
    el("div", { class: "topic" }, el("p", { class: "topic-lead" }, words.visit.about), topic),
    away,
    ready,
    el("section", { class: "panel", "aria-labelledby": "medicines-title" }, el("h2", { id: "medicines-title" }, words.visit.medicines), list),
    messages.element,
    el("div", { class: "way-out" }, button(words.leave.button, "leave", actions.leave, "quiet-press"), el("p", { class: "small" }, words.leave.note)),
  );
  update(scene);
  return { element, update };

  function update(now: Scene): void {
    const consult = now.consult;
    if (consult === null) return;
    const name = pharmacistName(consult, now.visit?.pharmacist_name ?? "") || words.someone;
    fill(title, words.visit.with(name));
    showTopic(now.topics[consult.step_id], now.topicsLanguage);
    const members = Object.values(consult.participants).filter((one) => one.role === "pharmacist");
    away.hidden = members.length === 0 || members.some((one) => one.present);
    fill(away, away.hidden ? "" : words.visit.away(name));
    showSummary(now);
    showMedicines(now);
    messages.update?.(now);
    talk.update?.(now);
  }

  function showTopic(named: string | undefined, language: string): void {
    if (named) {
      if (lastTopic && named !== lastTopic) actions.announce(`${words.visit.about} ${named}`);
      lastTopic = named;
    }
    topic.lang = lastTopic ? language : words.tag;
    fill(topic, lastTopic || words.visit.starting);
  }

  function showSummary({ consult }: Scene): void {
    const summary = consult && summaryOf(consult);
    const gone = consult !== null && takenBack(consult);
    ready.hidden = !summary && !gone;
    if (gone && readyVersion !== -1) {
      readyVersion = -1;
      fill(ready, el("p", {}, words.after.recalled));
      actions.announce(words.after.recalled);
    }
    if (!summary || summary.version === readyVersion) return;
    readyVersion = summary.version;
    fill(ready, el("h2", {}, words.visit.ready), summaryLinks(consult.id, summary.version, words));
    actions.announce(words.visit.ready);
  }

  function showMedicines(now: Scene): void {
    const { taking, notTaking } = medicinesOf(now.consult!);
    if (!taking.length && !notTaking.length) return fill(list, el("p", {}, words.visit.noMedicines));
    fill(
      list,
      taking.length > 0 && el("ul", {}, ...taking.map((one) => row(one, now.directions[one.id] ?? ""))),
      notTaking.length > 0 && el("h3", {}, words.visit.notTaking),
      notTaking.length > 0 && el("ul", { class: "gone" }, ...notTaking.map((one) => row(one, ""))),
    );
  }

  function row(one: Medicine, directions: string): HTMLElement {
    return el(
      "li",
      {},
      icon("done"),
      el(
        "div",
        {},
        el("p", { class: "medicine-name", translate: "no" }, one.strength ? `${one.name} ${one.strength}` : one.name),
        one.contains ? el("p", { class: "small", translate: "no" }, words.visit.contains(one.contains)) : null,
        directions ? el("p", {}, directions) : null,
        one.why ? el("p", { class: "small" }, words.visit.reason(one.why)) : null,
      ),
    );
  }
};
