/** The messages between the patient and the pharmacist. A message stays in the field until it is saved. */

import { button, el, fill } from "../dom";
import { pharmacistName } from "../stage";
import { plainly } from "../../shared/turning";
import { clockTime } from "../when";
import { laterWords } from "../words/later";
import type { Actions, Scene, StepView } from "./step";

const LONGEST = 2000;

/** What was being written, kept when the page is drawn anew (another language). */
let draft = "";

export function chat(scene: Scene, actions: Actions): StepView {
  const { words } = scene;
  const say = laterWords(words.t);
  const log = el("div", { class: "messages", role: "log", "aria-labelledby": "chat-title", tabindex: "0" });
  const error = el("p", { class: "error", role: "alert" });
  const field = el("textarea", { id: "chat-text", rows: "2", maxlength: String(LONGEST) });
  field.value = draft;
  field.addEventListener("input", () => (draft = field.value));
  const send = button(say.chat.send, "send", () => void submit(), "main-press");
  let shown = -1;
  const element = el(
    "section",
    { class: "panel", "aria-labelledby": "chat-title" },
    el("h2", { id: "chat-title" }, say.chat.heading),
    log,
    el("label", { for: "chat-text" }, say.chat.write),
    field,
    error,
    send,
  );
  return { element, update };

  function update({ consult, memberId, visit }: Scene): void {
    if (consult === null || consult.chat.length === shown) return;
    const name = pharmacistName(consult, visit?.pharmacist_name ?? "") || words.someone;
    const newest = consult.chat[consult.chat.length - 1];
    if (shown >= 0 && newest && !newest.caption && newest.author.id !== memberId) actions.announce(say.chat.arrived(newest.author.name || name));
    shown = consult.chat.length;
    log.tabIndex = consult.chat.length ? 0 : -1;
    if (!newest) return fill(log, el("p", {}, say.chat.empty(name)));
    fill(
      log,
      ...consult.chat.map((message) => {
        const own = message.author.id === memberId;
        const who = own ? say.chat.you : message.author.name || name;
        return el(
          "div",
          { class: own ? "message own" : "message" },
          el("p", { class: "small" }, `${who}, ${clockTime(message.at, words.tag)}`),
          el("p", { class: "message-text" }, plainly(message.text)),
        );
      }),
    );
    log.scrollTop = log.scrollHeight;
  }

  async function submit(): Promise<void> {
    const text = field.value.trim();
    if (!text || send.disabled) return field.focus();
    fill(error);
    send.disabled = true;
    send.querySelector("span")!.textContent = say.chat.sending;
    try {
      await actions.tell("send_chat", { message_id: crypto.randomUUID(), text });
      field.value = draft = "";
    } catch {
      fill(error, say.chat.failed);
    }
    send.disabled = false;
    send.querySelector("span")!.textContent = say.chat.send;
    field.focus();
  }
}
