import { useState } from "preact/hooks";
import type { JoinLink } from "../shared/api";
import { t } from "../shared/texts";

/** True where the browser let the page put it there. */
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

interface ShareProps {
  label: string;
  made: JoinLink;
  phone?: string;
  email?: string;
}

/** A fresh link and the ways to send it: copied, by the telephone's messages, by the mail program. Nothing is sent from here. */
export function Share({ label, made, phone = "", email = "" }: ShareProps) {
  const [told, setTold] = useState("");
  const text = encodeURIComponent(made.message);
  const copy = () =>
    void copied(made.message).then((done) => setTold(done ? t("Copied, with words to send.") : t("Copy the link from the field.")));
  return (
    <div class="share">
      <label class="label">
        {label}
        <input class="input" readOnly value={made.link} onFocus={(event) => event.currentTarget.select()} />
      </label>
      <div class="row">
        <button type="button" class="button small" onClick={copy}>
          {t("Copy the message")}
        </button>
        <a class="button small" href={`sms:${phone.replace(/[^+\d]/g, "")}?&body=${text}`}>
          {t("As a text message")}
        </a>
        <a class="button small" href={`mailto:${encodeURIComponent(email)}?subject=${encodeURIComponent(t("Your visit"))}&body=${text}`}>
          {t("By e-mail")}
        </a>
      </div>
      {told && (
        <p class="hint" role="status">
          {told}
        </p>
      )}
    </div>
  );
}
