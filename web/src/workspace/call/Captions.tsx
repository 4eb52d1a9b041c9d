import { useState } from "preact/hooks";
import { t } from "../../shared/texts";
import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";

/** What is said, typed for a patient who does not hear it well: it stands large on the patient's page. */
export function Captions() {
  const { send, chatCaptions } = useWorkspace();
  const [text, setText] = useState("");
  const act = useAct();
  const submit = (event: Event) => {
    event.preventDefault();
    const words = text.trim();
    if (!words) return;
    setText("");
    void act
      .run(() => send("send_chat", { message_id: crypto.randomUUID(), text: words, caption: true }), t("Caption shown"))
      .then((ok) => !ok && setText(words));
  };
  return (
    <form class="call-captions" onSubmit={submit}>
      <label class="label" for="caption-text">
        {t("What you say, in writing")}
      </label>
      <input
        id="caption-text"
        class="input"
        maxLength={500}
        autocomplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <label class="option">
        <input type="checkbox" checked={chatCaptions.value} onChange={(event) => (chatCaptions.value = event.currentTarget.checked)} />
        <span>{t("Chat messages too")}</span>
      </label>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
