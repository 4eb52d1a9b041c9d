import { useEffect, useRef, useState } from "preact/hooks";
import { lineWords } from "../../shared/line";
import { calledBy, consentLacks, invited, ROLES } from "../../shared/people";
import { guestLink, guestLinks, joinLink, revokeGuest, type GuestLink, type JoinLink as Made } from "../../shared/api";
import { clock } from "../../shared/format";
import type { Participant } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { plainly } from "../../shared/turning";
import { useAct } from "../../ui/act";
import { Mailed } from "../../ui/mailed";
import { copied, Share } from "../../ui/share";
import { Pictures } from "../call/Pictures";
import { useWorkspace } from "../store";

/** Who is here, who waits to be let in, the link to join, and the chat. */
export function People() {
  const { state } = useWorkspace();
  const { participants, phase } = state.value;
  const guests = invited(state.value);
  const staff = Object.values(participants).filter((one) => ["pharmacist", "supervisor"].includes(one.role) && one.present);
  return (
    <div class="people">
      <h3 class="list-title">{t("In the room")}</h3>
      {guests.length ? (
        <ul class="members" aria-label={t("Patient and guests")}>
          {guests.map((member) => (
            <Guest key={member.id} member={member} />
          ))}
        </ul>
      ) : (
        <p class="faint">{t("The patient has not come yet.")}</p>
      )}
      {staff.length > 0 && <p class="faint">{t("Staff: %(names)s", { names: staff.map((one) => one.name || (ROLES[one.role] ?? one.role)).join(", ") })}</p>}
      {phase !== "closed" && <JoinLink />}
      {phase !== "closed" && <InviteGuest />}
      <Pictures />
      <h3 class="list-title">{t("Chat")}</h3>
      <Chat />
    </div>
  );
}

function Guest({ member }: { member: Participant }) {
  const { state, send, lines, seen } = useWorkspace();
  const act = useAct();
  const line = member.present ? lineWords(lines.value.get(member.id), Date.now()) : null;
  const left = seen.value.get(member.id);
  const waiting = member.state === "waiting";
  const closed = state.value.phase === "closed";
  const lacks = consentLacks(state.value, member);
  return (
    <li class="member">
      <span>
        <strong>{calledBy(member)}</strong>{" "}
        <span class="faint">{!member.present ? t("has left") : waiting ? t("is waiting") : t("is here")}</span>
        {member.by_phone && <span class="faint">{t(", would rather talk by phone")}</span>}
        {!member.present && left && <span class="faint">{t(", last seen %(time)s", { time: clock(left) })}</span>}
        {line && <span class={`line is-${line.is}`}>, {line.words}</span>}
      </span>
      {!closed && waiting && lacks && <LetInWithReason member={member} lacks={lacks} />}
      {!closed && !(waiting && lacks) &&
        (waiting ? (
          <button
            type="button"
            class="button small primary"
            disabled={act.busy}
            onClick={() => void act.run(() => send("admit_participant", { member_id: member.id }), t("%(member)s is let in", { member: member.name }))}
          >
            {t("Let in")}
          </button>
        ) : (
          <button
            type="button"
            class="button small quiet"
            disabled={act.busy}
            onClick={() => void act.run(() => send("return_participant", { member_id: member.id }), t("%(member)s waits again", { member: member.name }))}
          >
            {t("Send back to wait")}
          </button>
        ))}
      {act.error && <p class="refused">{act.error}</p>}
    </li>
  );
}

const LACKS = {
  telehealth: t("The patient said no to a visit by video or phone."),
  refused: t("The patient said no to sharing with a caregiver."),
  "not-asked": t("Ask the patient: may this person take part and hear about the medicines?"),
};

/** A caregiver comes in once the patient agrees, or with a named reason. */
function LetInWithReason({ member, lacks }: { member: Participant; lacks: keyof typeof LACKS }) {
  const { send } = useWorkspace();
  const [reason, setReason] = useState("");
  const act = useAct();
  const letIn = (override: string) =>
    void act.run(() => send("admit_participant", { member_id: member.id, override }), t("%(member)s is let in", { member: member.name }));
  const submit = (event: Event) => {
    event.preventDefault();
    letIn(reason.trim());
  };
  return (
    <form class="guest-form" onSubmit={submit}>
      <p class="notice">{LACKS[lacks]}</p>
      {lacks === "not-asked" && (
        <button type="button" class="button small primary" disabled={act.busy} onClick={() => letIn(t("the patient agrees"))}>
          {t("The patient agrees: let in")}
        </button>
      )}
      <label class="label">
        {t("Or let in because")}
        <input class="input" maxLength={200} value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
      </label>
      <button class="button small" disabled={act.busy || !reason.trim()}>{t("Let in with this reason")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}

function JoinLink() {
  const { state } = useWorkspace();
  const [made, setMade] = useState<Made | null>(null);
  const [done, setDone] = useState(false);
  const act = useAct();
  const make = () =>
    void act.run(async () => {
      const fresh = await joinLink(state.value.id);
      setMade(fresh);
      setDone(await copied(fresh.link));
    }, t("New join link made"));
  return (
    <div class="join-link">
      <button type="button" class="button small" disabled={act.busy} onClick={make}>
        {t("Copy a new join link")}
      </button>
      {made && (
        <>
          <p class="hint">
            {done ? t("Copied. ") : ""}
            {t("The link before it no longer works.")}
          </p>
          <Share label={t("Join link")} made={made} phone={state.value.patient?.phone ?? ""} email={state.value.email?.agreed ? state.value.email.address : ""} />
        </>
      )}
      {act.error && <p class="refused">{act.error}</p>}
      <Mailed consultId={state.value.id} address={state.value.email?.agreed ? state.value.email.address : ""} sent={() => setMade(null)} />
    </div>
  );
}

/** A third person: a link of an hour, into the waiting room. Those that are still good are listed, to be ended. */
function InviteGuest() {
  const { state } = useWorkspace();
  const { id } = state.value;
  const [open, setOpen] = useState(false);
  const [name, setName] = useState("");
  const [role, setRole] = useState<"caregiver" | "interpreter">("caregiver");
  const [made, setMade] = useState<Made | null>(null);
  const [links, setLinks] = useState<GuestLink[]>([]);
  const act = useAct();
  const read = () => guestLinks(id).then(setLinks, () => undefined);
  useEffect(() => void read(), []);
  const make = (event: Event) => {
    event.preventDefault();
    void act.run(async () => {
      setMade(await guestLink(id, name.trim(), role));
      await read();
    }, t("Link for %(name)s made", { name: name.trim() }));
  };
  const end = (one: GuestLink) =>
    void act.run(async () => {
      await revokeGuest(id, one.member_id);
      setMade(null);
      await read();
    }, t("Link ended"));
  return (
    <div class="join-link">
      <button type="button" class="button small" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t("Invite a caregiver or interpreter")}
      </button>
      {open && (
        <form class="guest-form" onSubmit={make}>
          <label class="label">
            {t("Name")}
            <input class="input" maxLength={80} autocomplete="off" value={name} onInput={(event) => setName(event.currentTarget.value)} />
          </label>
          <label class="label">
            {t("Takes part as")}
            <select class="input" value={role} onChange={(event) => setRole(event.currentTarget.value as typeof role)}>
              <option value="caregiver">{t("caregiver: sees the medicines, hears and speaks")}</option>
              <option value="interpreter">{t("interpreter: hears and speaks")}</option>
            </select>
          </label>
          <button class="button small primary" disabled={act.busy || !name.trim()}>
            {t("Make the link")}
          </button>
        </form>
      )}
      {open && made && (
        <>
          <p class="hint">{t("Good for an hour. Ask the patient before you let anybody in.")}</p>
          <Share label={t("Link for the guest")} made={made} />
        </>
      )}
      {links.length > 0 && (
        <ul class="members guest-links" aria-label={t("Links of guests")}>
          {links.map((one) => (
            <li key={one.member_id} class="member">
              <span>
                {t("Link of %(who)s", { who: calledBy(one) })}{" "}
                <span class="faint">{t("until %(time)s", { time: clock(one.until) })}</span>
              </span>
              <button type="button" class="button small quiet" disabled={act.busy} aria-label={t("End the link of %(name)s", { name: one.name })} onClick={() => end(one)}>
                {t("End the link")}
              </button>
            </li>
          ))}
        </ul>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}

function Chat() {
  const { state, session, send, chatCaptions } = useWorkspace();
  const [text, setText] = useState("");
  const act = useAct();
  const end = useRef<HTMLDivElement>(null);
  const { chat, phase } = state.value;
  useEffect(() => {
    end.current?.scrollIntoView({ block: "nearest" });
  }, [chat.length]);
  const submit = (event: Event) => {
    event.preventDefault();
    const words = text.trim();
    if (!words) return;
    setText("");
    void act
      .run(() => send("send_chat", { message_id: crypto.randomUUID(), text: words, caption: chatCaptions.value }))
      .then((ok) => {
        if (!ok) setText(words);
      });
  };
  return (
    <>
      <div class="chat" role="log" aria-label={t("Chat")} tabIndex={0}>
        {!chat.length && <p class="faint">{t("Messages to and from the patient appear here.")}</p>}
        {chat.map((message) => (
          <p key={message.id} class={`message${message.author.id === session.member?.id ? " is-mine" : ""}`}>
            <span class="message-head">
              {message.author.name || (ROLES[message.author.role] ?? message.author.role)} {clock(message.at)}
              {message.caption && t(", as a caption")}
            </span>
            {plainly(message.text)}
          </p>
        ))}
        <div ref={end} />
      </div>
      {phase === "open" && (
        <form class="chat-form" onSubmit={submit}>
          <label class="label" for="chat-text">{t("Message to the patient")}</label>
          <div class="row">
            <input
              id="chat-text"
              class="input"
              maxLength={2000}
              autocomplete="off"
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <button class="button" disabled={!text.trim()}>{t("Send")}</button>
          </div>
          {act.error && <p class="refused">{act.error}</p>}
        </form>
      )}
    </>
  );
}
