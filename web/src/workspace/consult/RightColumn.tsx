import type { KeyboardEventHandler } from "preact";
import { People } from "../chat/People";
import { Todos } from "../plan/Todos";
import { Regimen } from "../regimen/Regimen";
import { regimenGroups } from "../regimen/rows";
import { useWorkspace, type RightTab } from "../store";

const TABS: RightTab[] = ["regimen", "todo", "people"];

/** Regimen, to-do list and people share one place; each tab says what waits in it. */
export function RightColumn() {
  const { state, rightTab } = useWorkspace();
  const consult = state.value;
  const { toConfirm } = regimenGroups(consult);
  const waiting = Object.values(consult.participants).some((one) => one.state === "waiting" && one.present);
  const labels: Record<RightTab, string> = {
    regimen: toConfirm ? `Regimen · ${toConfirm} to confirm` : "Regimen",
    todo: Object.keys(consult.todos).length ? `To-do ${Object.keys(consult.todos).length}` : "To-do",
    people: waiting ? "People · waiting" : consult.chat.length ? `Chat ${consult.chat.length}` : "Chat",
  };
  const onKeyDown: KeyboardEventHandler<HTMLDivElement> = (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    event.preventDefault();
    rightTab.value = TABS[(TABS.indexOf(rightTab.value) + step + TABS.length) % TABS.length]!;
    requestAnimationFrame(() => document.getElementById(`tab-${rightTab.value}`)?.focus());
  };
  return (
    <section class="pane pane-right" aria-label="Regimen, to-do and chat" data-pane="right" tabIndex={-1}>
      <div class="tabs" role="tablist" aria-label="Regimen, to-do and chat" onKeyDown={onKeyDown}>
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
      <div id="right-panel" class="right-panel" role="tabpanel" aria-labelledby={`tab-${rightTab.value}`} tabIndex={0}>
        {rightTab.value === "regimen" && <Regimen />}
        {rightTab.value === "todo" && <Todos />}
        {rightTab.value === "people" && <People />}
      </div>
    </section>
  );
}
