import "./call.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import { calledBy, invited } from "../../shared/people";
import type { Consult } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { lazy } from "../../ui/lazy";
import { say } from "../../ui/live";
import { useWorkspace } from "../store";
import { CallIcon, type CallIconName } from "./CallIcon";
import { Screen } from "./Screen";
import { useCall, type CallHandle, type CallPlace } from "./useCall";
import { CODES, otherWords, ownWords } from "./words";

const Captions = lazy(() => import("./extras").then((all) => all.Captions));
const Devices = lazy(() => import("./extras").then((all) => all.Devices));

type Size = "folded" | "strip" | "large";

/** The call above the notes: one line while there is none, a strip with the faces, or large over the notes. */
export function CallPanel() {
  const { session, state, loaded, call, takeawayOpen } = useWorkspace();
  const handle = useCall({ session, consult: state.value, loaded: loaded.value });
  useEffect(() => {
    call.value = handle;
  });
  return <CallBody consult={state.value} call={handle} me={session.member?.id ?? ""} confirm={() => (takeawayOpen.value = true)} />;
}

/** The call of a supervisor, who hears and is seen to hear; microphone and camera stay shut until they are pressed. */
export function ListeningCall({ session, consult, loaded }: CallPlace) {
  const handle = useCall({ session, consult, loaded, listens: true });
  return <CallBody consult={consult} call={handle} me={session.member?.id ?? ""} listens />;
}

interface BodyProps {
  consult: Consult;
  call: CallHandle;
  me: string;
  listens?: boolean;
  /** Where the identity is confirmed. */
  confirm?: () => void;
}

function CallBody({ consult, call, me, listens = false, confirm }: BodyProps) {
  const [size, setSize] = useState<Size>("strip");
  const { phase, patient } = consult;
  const guest = invited(consult)[0];
  const name = guest?.name || patient?.name || t("The patient");
  const other = call.view.others.find((one) => one.id === guest?.id) ?? call.view.others[0];
  const inCall = guest !== undefined && call.view.members.includes(guest.id);
  const status = otherWords(name, other, inCall, Boolean(guest?.present && guest.state === "admitted"));
  const joined = call.view.state === "joining" || call.view.state === "joined";
  const calling = !joined && inCall;
  const also = call.view.members
    .filter((id) => id !== me && id !== guest?.id)
    .map((id) => consult.participants[id])
    .filter((one) => one !== undefined)
    .map(calledBy)
    .join(", ");
  useEffect(() => {
    if (calling) say(t("%(name)s is in the call", { name }));
  }, [calling]);
  useEffect(() => {
    if (joined && other?.connection !== "connecting") say(t("Call with %(name)s: %(status)s", { name, status }));
  }, [joined, status]);
  const own = joined ? ownWords(call.local) : "";
  useEffect(() => {
    if (own) say(own);
  }, [own]);
  useEffect(() => {
    if (also) say(t("Also in the call: %(also)s", { also }));
  }, [also]);
  if (phase !== "open") return null;
  if (!joined && (consult.modality === "phone" || guest?.by_phone) && !calling && !listens) return <ByPhone consult={consult} call={call} name={name} confirm={confirm} />;
  if (!joined) return <Idle call={call} name={name} calling={calling} phone={listens ? "" : (patient?.phone ?? "")} listens={listens} />;
  return (
    <section class={`call is-${size}`} aria-label={t("Call")}>
      {size !== "folded" && <Faces call={call} consult={consult} first={guest?.id ?? ""} name={name} />}
      <div class="call-side">
        <div class="call-head">
          <p class="call-status">
            <strong>{name}</strong> <span>{status}</span>
          </p>
          <SizeControls size={size} setSize={setSize} />
        </div>
        {also && <p class="call-also">{t("Also in the call: %(also)s", { also })}</p>}
        {own && <p class="call-own">{own}</p>}
        <Controls call={call} folded={size === "folded"} captions={!listens} />
      </div>
    </section>
  );
}

/** A visit by phone needs no page of the patient: dial, confirm who answers, write. A patient who is on the page and
 *  would rather talk by phone may still be called here. */
function ByPhone({ consult, call, name, confirm }: { consult: Consult; call: CallHandle; name: string; confirm?: (() => void) | undefined }) {
  const phone = consult.patient?.phone ?? "";
  return (
    <section class="call is-idle" aria-label={t("Call")}>
      <p class="call-status">
        {phone ? t("By phone: call %(name)s", { name }) : t("By phone. No number of %(name)s is known.", { name })}
        {consult.identity ? t(". Identity confirmed.") : t(", then confirm who answers.")}{" "}{t("A line that begins with “pt:” holds the patient’s words.")}
      </p>
      {phone && (
        <a class="call-phone" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
          <CallIcon name="phone" /> {phone}
        </a>
      )}
      {!consult.identity && confirm && (
        <button type="button" class="button small primary" onClick={confirm}>{t("Confirm identity")}</button>
      )}
      {consult.modality !== "phone" && <Start call={call} />}
    </section>
  );
}

interface IdleProps {
  call: CallHandle;
  name: string;
  calling: boolean;
  phone: string;
  listens: boolean;
}

function Idle({ call, name, calling, phone, listens }: IdleProps) {
  const words =
    call.view.state === "moved"
      ? t("The call went on in another window of yours.")
      : (CODES[call.view.code] ?? (calling ? (listens ? t("%(name)s is in the call. All in it are told that you are there.", { name }) : t("%(name)s is in the call and waits for you.", { name })) : t("No call yet.")));
  return (
    <section class="call is-idle" aria-label={t("Call")}>
      <p class="call-status">{words}</p>
      {phone && (
        <a class="call-phone" href={`tel:${phone.replace(/[^+\d]/g, "")}`}>
          <CallIcon name="phone" /> {phone}
        </a>
      )}
      <Start call={call} calling={calling} listens={listens} />
    </section>
  );
}

function Start({ call, calling = false, listens = false }: { call: CallHandle; calling?: boolean; listens?: boolean }) {
  const [busy, setBusy] = useState(false);
  return (
    <button
      type="button"
      class={`button small${calling ? " primary" : ""}`}
      disabled={busy}
      onClick={() => {
        setBusy(true);
        void call.start().finally(() => setBusy(false));
      }}
    >
      <CallIcon name={listens ? "phone" : "camera"} /> {listens ? t("Join the call to listen") : calling ? t("Join the call") : t("Start the call")}
    </button>
  );
}

function Faces({ call, consult, first, name }: { call: CallHandle; consult: Consult; first: string; name: string }) {
  const { others } = call.view;
  const picture = call.local.picture;
  const own = useMemo(() => (picture ? new MediaStream([picture]) : null), [picture]);
  const inOrder = [...others].sort((a, b) => Number(b.id === first) - Number(a.id === first));
  return (
    <div class={`call-faces${others.length > 1 ? " is-several" : ""}`}>
      {inOrder.map((other) => {
        const member = consult.participants[other.id];
        const who = member ? calledBy(member) : name;
        const shown = other.connection !== "connecting" && (other.sending.camera || other.sending.screen);
        return (
          <div key={other.id} class={`call-face is-${other.connection}`}>
            <Screen stream={other.stream} label={t("Picture of %(who)s", { who })} hidden={!shown} />
            {!shown && <p class="call-nopicture">{other.connection === "connecting" ? t("Connecting") : t("No picture")}</p>}
            {others.length > 1 && <p class="call-name">{who}</p>}
          </div>
        );
      })}
      {!others.length && <p class="call-face call-nopicture">{t("Waiting for %(name)s", { name })}</p>}
      {own && (
        <div class="call-self">
          <Screen stream={own} label={t("Your own picture")} muted mirrored={call.local.mirrored} />
        </div>
      )}
    </div>
  );
}

/** How much room the call takes: no part of the talk, so apart from what is. */
function SizeControls({ size, setSize }: { size: Size; setSize: (size: Size) => void }) {
  const [folded, large] = [size === "folded", size === "large"];
  return (
    <div class="call-size">
      {!folded && <Control quiet icon={large ? "smaller" : "larger"} words={large ? t("Smaller") : t("Larger")} press={() => setSize(large ? "strip" : "large")} />}
      <Control quiet icon={folded ? "unfold" : "fold"} words={folded ? t("Unfold") : t("Fold")} press={() => setSize(folded ? "strip" : "folded")} />
    </div>
  );
}

interface ControlsProps {
  call: CallHandle;
  folded: boolean;
  /** Whether there is anybody to write captions for. */
  captions: boolean;
}

/** What is needed at any moment has a frame; the rest waits as words. */
function Controls({ call, folded, captions }: ControlsProps) {
  const [devices, setDevices] = useState(false);
  const [writing, setWriting] = useState(false);
  const { local } = call;
  const { mic, screen } = local.sending;
  const mayShare = typeof navigator.mediaDevices?.getDisplayMedia === "function";
  return (
    <>
      <div class="call-controls">
        <Control icon="mic" off={!mic} words={mic ? t("Mute") : t("Unmute")} press={() => local.setMuted(mic)} />
        <Control
          icon="camera"
          off={!local.hasCamera}
          words={local.hasCamera ? t("Camera off") : t("Camera on")}
          press={() => local.setCamera(!local.hasCamera)}
        />
        <Control icon="end" words={t("Hang up")} press={call.stop} />
      </div>
      <div class="call-controls">
        {mayShare && (
          <Control
            quiet={!screen}
            icon="share"
            words={screen ? t("Stop sharing") : t("Share screen")}
            press={() => (screen ? local.unshare() : local.share().catch(() => undefined))}
          />
        )}
        {captions && (
          <button type="button" class="button small quiet" aria-expanded={writing} onClick={() => setWriting(!writing)}>
            <CallIcon name="captions" />{" "}{t("Captions")}
          </button>
        )}
        {!folded && (
          <button type="button" class="button small quiet" aria-expanded={devices} onClick={() => setDevices(!devices)}>
            <CallIcon name="devices" />{" "}{t("Devices")}
          </button>
        )}
      </div>
      {writing && <Captions />}
      {devices && !folded && <Devices local={local} />}
    </>
  );
}

interface ControlProps {
  icon: CallIconName;
  words: string;
  press: () => unknown;
  off?: boolean;
  quiet?: boolean;
}

function Control({ icon, words, press, off = false, quiet = false }: ControlProps) {
  return (
    <button type="button" class={`button small${off ? " is-off" : ""}${quiet ? " quiet" : ""}`} onClick={() => void press()}>
      <CallIcon name={icon} off={off} /> {words}
    </button>
  );
}
