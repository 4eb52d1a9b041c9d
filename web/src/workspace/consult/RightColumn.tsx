import type { ComponentChildren, KeyboardEventHandler } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../shared/texts";
import { lazy } from "../../ui/lazy";
import { say } from "../../ui/live";
import { EditMedication } from "../regimen/later";
import { Regimen } from "../regimen/Regimen";
import { regimenGroups } from "../regimen/rows";
import { useWorkspace, type RightTab } from "../store";

const People = lazy(() => import("../chat/People").then((all) => all.People));
const Preview = lazy(() => import("../overlays").then((all) => all.Preview));
const Todos = lazy(() => import("../plan/Todos").then((all) => all.Todos));

const TABS: RightTab[] = ["regimen", "todo", "people", "preview"];

/** Regimen, to-do list and people share one place; each tab says what waits in it. */
export function RightColumn() {
  const { state, rightTab, chatSeen, loaded, session } = useWorkspace();
  const consult = state.value;
  useEffect(() => {
    if (loaded.value) setTimeout(() => [Todos, People, EditMedication].forEach((one) => one.fetch()), 1500); // there when it is wanted, also without a connection
  }, [loaded.value]);
  const said = consult.chat.length;
  useEffect(() => {
    // What was there when the page was opened counts as seen.
    if (loaded.value && (rightTab.value === "people" || chatSeen.value < 0)) chatSeen.value = said;
  }, [said, rightTab.value, loaded.value]);
  const fresh = consult.chat.slice(Math.max(0, chatSeen.value)).filter((one) => one.author.id !== session.member?.id);
  const unread = loaded.value && chatSeen.value >= 0 && rightTab.value !== "people" ? fresh.length : 0;
  useEffect(() => {
    if (unread) say(t("New message from %(author)s", { author: fresh[fresh.length - 1]!.author.name }));
  }, [unread]);
  const { toConfirm, doubted } = regimenGroups(consult);
  const before = useRef(doubted);
  useEffect(() => {
    if (loaded.value && doubted > before.current) say(t("The patient says that a medication is not right. See the regimen."));
    before.current = doubted;
  }, [doubted]);
  const waiting = Object.values(consult.participants).some((one) => one.state === "waiting" && one.present);
  const open = [toConfirm && t("%(number)s to confirm", { number: toConfirm }), doubted && t("%(number)s doubted", { number: doubted })].filter(Boolean).join(" · ");
  const labels: Record<RightTab, ComponentChildren> = {
    regimen: label(t("Regimen"), open),
    todo: Object.keys(consult.todos).length ? t("To-do %(number)s", { number: Object.keys(consult.todos).length }) : t("To-do"),
    people: waiting ? label(t("People"), t("waiting")) : label(t("Chat"), unread ? t("%(number)s unread", { number: unread }) : ""),
    preview: t("Preview"),
  };
  const onKeyDown: KeyboardEventHandler<HTMLDivElement> = (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    rightTab.value = TABS[(TABS.indexOf(rightTab.value) + step + TABS.length) % TABS.length]!;
    requestAnimationFrame(() => document.getElementById(`tab-${rightTab.value}`)?.focus());
  };
  return (
    <section class="pane pane-right" aria-label={t("Regimen, to-do and chat")} data-pane="right" tabIndex={-1}>
      <div class="tabs" role="tablist" aria-label={t("Regimen, to-do and chat")} onKeyDown={onKeyDown}>
        {TABS.map((tab) => (
          <button
            key={tab}
            id={`tab-${tab}`}
            type="button"
            role="tab"
            aria-selected={rightTab.value === tab}
            aria-controls="right-panel"
            tabIndex={rightTab.value === tab ? 0 : -1}
            onClick={() => (rightTab.value = tab)}
          >
            {labels[tab]}
          </button>
        ))}
      </div>
      <div id="right-panel" class={`right-panel${rightTab.value === "preview" ? " is-paper" : ""}`} role="tabpanel" aria-labelledby={`tab-${rightTab.value}`} tabIndex={0}>
        {rightTab.value === "regimen" && <Regimen />}
        {rightTab.value === "todo" && <Todos />}
        {rightTab.value === "people" && <People />}
        {rightTab.value === "preview" && <Preview />}
      </div>
    </section>
  );
}

/** A tab's name, and below it what waits there. */
const label = (name: string, open: string): ComponentChildren =>
  open
    ? [
        name,
        <span key="open" class="tab-open">
          {open}
        </span>,
      ]
    : name;
