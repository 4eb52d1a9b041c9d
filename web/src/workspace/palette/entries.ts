/** Everything that can be done on the page, by name. */

import { calledBy, consentLacks } from "../../shared/people";
import { t } from "../../shared/texts";
import { INDICATORS, STEP_STATES } from "../../shared/words";
import { isBehind } from "../guide/fresh";
import { currentStep, placeWords, stepsOf, stepState } from "../guide/script";
import { alertGroups, linesOf } from "../alerts/order";
import { goToQuestion } from "../guide/Next";
import { regimenGroups } from "../regimen/rows";
import { callEntries } from "../call/entries";
import { LIMITS, STEP, USUAL, type Edge } from "../consult/columns";
import type { RightTab, Workspace } from "../store";

const PARTS: [Edge, string][] = [
  ["guide", t("guide")],
  ["right", t("right column")],
  ["alerts", t("alerts")],
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

  if (consult.phase === "scheduled") add(t("Visit"), t("Begin the visit"), () => send("open_consult", {}));
  for (const member of Object.values(consult.participants))
    if (member.state === "waiting" && member.present && open)
      add(t("Visit"), t("Let in %(who)s", { who: calledBy(member) }), () =>
        consentLacks(consult, member) ? show("people")() : send("admit_participant", { member_id: member.id }),
      );
  entries.push(...callEntries(workspace.call.value, open));
  if (workspace.undoWords.value) add(t("Undo"), workspace.undoWords.value, () => workspace.undo(), "Alt Z");
  add(t("Go to"), t("Notes"), () => workspace.focusNotes(), "F6");
  add(t("Go to"), t("Regimen"), show("regimen"));
  add(t("Go to"), t("Regimen as a table"), () => (dialog.value = "table"));
  add(t("Go to"), t("To-do list"), show("todo"));
  add(t("Go to"), t("Chat and waiting room"), show("people"));
  add(t("Go to"), t("Preview of the takeaway"), show("preview"));
  if (consult.phase !== "scheduled") add(t("Go to"), t("Takeaway"), () => (takeawayOpen.value = true));
  if (consult.phase === "scheduled")
    add(t("Go to"), t("Import a record"), () => openDetails(".import", () => (pane.value = "notes")), t("FHIR, CSV"));
  else add(t("Go to"), t("Export (FHIR)"), () => openDetails(".export", () => (takeawayOpen.value = true)));
  if (open && consult.writer_tab !== tabId) add(t("Notes"), t("Write here"), () => send("take_writer", { tab_id: tabId }));
  add(t("Regimen"), t("Add a medication by hand"), () => {
    show("regimen")();
    editing.value = "new";
  });
  const next = consult.guidance.next;
  if (next && open && !isBehind(next, consult, workspace.guidedAt.value, script.value))
    add(t("Guide"), t("Go to the next question"), () => goToQuestion(workspace, next), (script.value && placeWords(next, script.value, consult)) || next.why);
  const groups = alertGroups(consult);
  for (const row of [...groups.critical, ...groups.open]) {
    add(t("Alert"), t("Add to plan: %(title)s", { title: row.alert.title }), () => send("accept_alert", { alert_id: row.alert.id }), INDICATORS[row.alert.indicator]);
    const line = linesOf(row, consult)[0];
    if (line) add(t("Alert"), t("Show the words: %(title)s", { title: row.alert.title }), () => workspace.goToLine(line.lineId, line.start), t("line %(number)s", { number: line.number }));
  }
  for (const row of regimenGroups(consult).present) {
    if (row.review === "proposed" && row.match === "exact")
      add(t("Regimen"), t("Confirm %(name)s", { name: row.name }), () => send("confirm_medication", { medication_id: row.id }));
    add(t("Regimen"), t("Edit %(name)s", { name: row.name }), () => {
      show("regimen")();
      editing.value = row.id;
    });
  }
  if (script.value && open) {
    const here = currentStep(script.value, consult);
    for (const step of stepsOf(script.value))
      if (step.id !== here?.id)
        add(t("Step"), step.title, () => send("enter_step", { step_id: step.id }), STEP_STATES[stepState(step, consult)]);
  }
  for (const [edge, part] of PARTS) {
    const size = workspace.sizes.value[edge] ?? USUAL[edge];
    add(t("Page"), t("Make the %(part)s larger", { part }), () => workspace.resize(edge, Math.min(size + 3 * STEP, LIMITS[edge].max)));
    add(t("Page"), t("Make the %(part)s smaller", { part }), () => workspace.resize(edge, Math.max(size - 3 * STEP, LIMITS[edge].min)));
  }
  if (Object.keys(workspace.sizes.value).length)
    add(t("Page"), t("Set the usual sizes"), () => PARTS.forEach(([edge]) => workspace.resize(edge, null)));
  if (open) add(t("Visit"), t("End the visit"), () => (dialog.value = "end"));
  add(t("Help"), t("Keyboard shortcuts"), () => (dialog.value = "shortcuts"), "?");
  return entries;
}

/** Unfolds a part that may still be on its way, and puts the focus on it. */
function openDetails(part: string, show: () => unknown, tries = 40): void {
  show();
  const summary = document.querySelector<HTMLElement>(`${part} > summary`);
  if (summary) {
    (summary.parentElement as HTMLDetailsElement).open = true;
    summary.scrollIntoView({ block: "nearest" });
    summary.focus();
  }
  if (tries && (!summary || document.activeElement !== summary)) setTimeout(openDetails, 50, part, show, tries - 1);
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
