/** Everything that can be done on the page, by name. */

import { calledBy } from "../../shared/consult";
import { currentStep, stepsOf, stepState } from "../guide/script";
import { alertGroups, linesOf } from "../alerts/order";
import { goToQuestion } from "../guide/Next";
import { regimenGroups } from "../regimen/rows";
import { callEntries } from "../call/entries";
import { LIMITS, STEP, USUAL, type Edge } from "../consult/columns";
import type { RightTab, Workspace } from "../store";

const PARTS: [Edge, string][] = [
  ["guide", "guide"],
  ["right", "right column"],
  ["alerts", "alerts"],
];

export interface Entry {
  group: string;
  words: string;
  hint?: string;
  run: () => unknown;
}

export function paletteEntries(workspace: Workspace): Entry[] {
  const { state, script, send, pane, rightTab, takeawayOpen, dialog, editing, tabId } = workspace;
  const consult = state.value;
  const open = consult.phase === "open";
  const show = (tab: RightTab) => () => {
    rightTab.value = tab;
    pane.value = "right";
    requestAnimationFrame(() => document.getElementById(`tab-${tab}`)?.focus());
  };
  const entries: Entry[] = [];
  const add = (group: string, words: string, run: () => unknown, hint = "") => entries.push({ group, words, run, hint });

  if (consult.phase === "scheduled") add("Visit", "Begin the visit", () => send("open_consult", {}));
  for (const member of Object.values(consult.participants))
    if (member.state === "waiting" && member.present && open)
      add("Visit", `Let in ${calledBy(member)}`, () => send("admit_participant", { member_id: member.id }));
  entries.push(...callEntries(workspace.call.value, open));
  if (workspace.undoWords.value) add("Undo", workspace.undoWords.value, () => workspace.undo(), "Alt Z");
  add("Go to", "Notes", () => workspace.focusNotes(), "F6");
  add("Go to", "Regimen", show("regimen"));
  add("Go to", "Regimen as a table", () => (dialog.value = "table"));
  add("Go to", "To-do list", show("todo"));
  add("Go to", "Chat and waiting room", show("people"));
  if (consult.phase !== "scheduled") add("Go to", "Takeaway", () => (takeawayOpen.value = true));
  if (consult.phase === "scheduled")
    add("Go to", "Import a record", () => openDetails(".import", () => (pane.value = "notes")), "FHIR, CSV");
  else add("Go to", "Export (FHIR)", () => openDetails(".export", () => (takeawayOpen.value = true)));
  if (open && consult.writer_tab !== tabId) add("Notes", "Write here", () => send("take_writer", { tab_id: tabId }));
  add("Regimen", "Add a medication by hand", () => {
    show("regimen")();
    editing.value = "new";
  });
  const next = consult.guidance.next;
  if (next && open)
    add("Guide", "Go to the next question", () => goToQuestion(workspace, next), next.why);
  const groups = alertGroups(consult);
  for (const row of [...groups.critical, ...groups.open]) {
    add("Alert", `Add to plan: ${row.alert.title}`, () => send("accept_alert", { alert_id: row.alert.id }), row.alert.indicator);
    const line = linesOf(row, consult)[0];
    if (line) add("Alert", `Show the words: ${row.alert.title}`, () => workspace.goToLine(line.lineId, line.start), `line ${line.number}`);
  }
  for (const row of regimenGroups(consult).present) {
    if (row.review === "proposed" && row.match === "exact")
      add("Regimen", `Confirm ${row.name}`, () => send("confirm_medication", { medication_id: row.id }));
    add("Regimen", `Edit ${row.name}`, () => {
      show("regimen")();
      editing.value = row.id;
    });
  }
  if (script.value && open) {
    const here = currentStep(script.value, consult);
    for (const step of stepsOf(script.value))
      if (step.id !== here?.id)
        add("Step", step.title, () => send("enter_step", { step_id: step.id }), stepState(step, consult));
  }
  for (const [edge, part] of PARTS) {
    const size = workspace.sizes.value[edge] ?? USUAL[edge];
    add("Page", `Make the ${part} larger`, () => workspace.resize(edge, Math.min(size + 3 * STEP, LIMITS[edge].max)));
    add("Page", `Make the ${part} smaller`, () => workspace.resize(edge, Math.max(size - 3 * STEP, LIMITS[edge].min)));
  }
  if (Object.keys(workspace.sizes.value).length)
    add("Page", "Set the usual sizes", () => PARTS.forEach(([edge]) => workspace.resize(edge, null)));
  if (open) add("Visit", "End the visit", () => (dialog.value = "end"));
  add("Help", "Keyboard shortcuts", () => (dialog.value = "shortcuts"), "?");
  return entries;
}

/** Unfolds a part that may still be on its way, and puts the focus on it. */
function openDetails(part: string, show: () => unknown, tries = 40): void {
  show();
  const summary = document.querySelector<HTMLElement>(`${part} > summary`);
  if (!summary) {
    if (tries) setTimeout(openDetails, 50, part, show, tries - 1);
    return;
  }
  (summary.parentElement as HTMLDetailsElement).open = true;
  summary.scrollIntoView({ block: "nearest" });
  summary.focus();
}

/** Entries whose words hold every typed word, those that begin with it first. */
export function matching(entries: readonly Entry[], query: string): Entry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (entry: Entry): string => `${entry.words} ${entry.group}`.toLowerCase();
  const hits = entries.filter((entry) => words.every((word) => text(entry).includes(word)));
  const begins = (entry: Entry): number => (words[0] && entry.words.toLowerCase().startsWith(words[0]) ? 0 : 1);
  return hits
    .map((entry, index) => ({ entry, index }))
    .sort((a, b) => begins(a.entry) - begins(b.entry) || a.index - b.index)
    .map(({ entry }) => entry);
}
