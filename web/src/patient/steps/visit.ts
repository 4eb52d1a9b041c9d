/** Step 3: the visit. What we talk about, the medicines so far, messages, and the way out. */

import { button, el, fill, heading } from "../dom";
import { pharmacistName, summaryOf, takenBack } from "../stage";
import { call } from "../call/place";
import { laterWords } from "../words/later";
import { captions } from "./captions";
import { chat } from "./chat";
import { medicineList } from "./medicine-list";
import type { Scene, Step } from "./step";
import { summaryLinks } from "./summary";

export const visit: Step = (scene, actions) => {
  const { words, part } = scene;
  const say = laterWords(words.t);
  const title = el("p", { class: "over" });
  const topic = heading("");
  const away = el("p", { class: "notice", hidden: true });
  const ready = el("section", { class: "panel", hidden: true });
  const list = part === "interpreter" ? null : medicineList(scene, actions);
  const messages = chat(scene, actions);
  const talk = call(scene, actions);
  const said = captions(scene);
  let lastTopic = "";
  let readyVersion = 0;
  const element = el(
    "div",
    { class: "step" },
    title,
    talk.element,
    said.element,
    el("div", { class: "topic" }, el("p", { class: "topic-lead" }, say.visit.about), topic),
    away,
    ready,
    list && el("section", { class: "panel", "aria-labelledby": "medicines-title" }, el("h2", { id: "medicines-title" }, listTitle()), list.element),
    messages.element,
    el("div", { class: "way-out" }, button(words.leave.button, "leave", actions.leave, "quiet-press"), el("p", { class: "small" }, words.leave.note)),
  );
  update(scene);
  return { element, update };

  function update(now: Scene): void {
    const consult = now.consult;
    if (consult === null) return;
    const name = pharmacistName(consult, now.visit?.pharmacist_name ?? "") || words.someone;
    fill(title, (part === "patient" ? say.visit : say.guest).with(name));
    showTopic(now.topics[consult.step_id], now.topicsLanguage);
    const members = Object.values(consult.participants).filter((one) => one.role === "pharmacist");
    away.hidden = members.length === 0 || members.some((one) => one.present);
    fill(away, away.hidden ? "" : say.visit.away(name));
    showSummary(now);
    list?.update?.(now);
    messages.update?.(now);
    talk.update?.(now);
    said.update?.(now);
  }

  function listTitle(): string {
    const patient = Object.values(scene.consult?.participants ?? {}).find((one) => one.role === "patient")?.name;
    return part === "patient" || !patient ? say.visit.medicines : say.guest.medicines(patient);
  }

  function showTopic(named: string | undefined, language: string): void {
    if (named) {
      if (lastTopic && named !== lastTopic) actions.announce(`${say.visit.about} ${named}`);
      lastTopic = named;
    }
    topic.lang = lastTopic ? language : words.tag;
    fill(topic, lastTopic || say.visit.starting);
  }

  function showSummary({ consult }: Scene): void {
    const summary = consult && summaryOf(consult);
    const gone = consult !== null && takenBack(consult);
    ready.hidden = !summary && !gone;
    if (gone && readyVersion !== -1) {
      readyVersion = -1;
      fill(ready, el("p", {}, say.after.recalled));
      actions.announce(say.after.recalled);
    }
    if (!summary || summary.version === readyVersion) return;
    readyVersion = summary.version;
    fill(ready, el("h2", {}, say.visit.ready), summaryLinks(consult.id, summary.version, say));
    actions.announce(say.visit.ready);
  }
};
