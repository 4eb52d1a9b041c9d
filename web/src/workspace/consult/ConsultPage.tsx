import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { t } from "../../shared/texts";
import { bannerWords } from "../../shared/words";
import { lazy } from "../../ui/lazy";
import { LiveRegion, say } from "../../ui/live";
import { Alerts } from "../alerts/Alerts";
import { CallPanel } from "../call/CallPanel";
import { EmergencyNotice } from "../guide/EmergencyNotice";
import { Guide } from "../guide/Guide";
import { Editor, Notes } from "../notes/Notes";
import { openWorkspace, useWorkspace, WorkspaceProvider, type Pane, type Workspace } from "../store";
import { USUAL, type Sizes } from "./columns";
import { Divider } from "./Divider";
import { KnowledgeBanner } from "./KnowledgeBanner";
import { RightColumn } from "./RightColumn";
import { TopBar } from "./TopBar";
import { undoLast } from "./UndoButton";

const overlays = () => import("../overlays");
const EndVisit = lazy(() => overlays().then((all) => all.EndVisit));
const Palette = lazy(() => overlays().then((all) => all.Palette));
const Shortcuts = lazy(() => overlays().then((all) => all.Shortcuts));
const RegimenTable = lazy(() => overlays().then((all) => all.RegimenTable));
const Takeaway = lazy(() => overlays().then((all) => all.Takeaway));

export function ConsultPage({ id }: { id: string }) {
  const [workspace, setWorkspace] = useState<Workspace | null>(null);
  useLayoutEffect(() => {
    let open: Workspace | null = null;
    let gone = false;
    void openWorkspace(id).then((made) => {
      if (gone) return made.session.stop();
      open = made;
      setWorkspace(made);
      Editor.fetch(); // most of the page's script is made ready while the consult is on its way
    });
    return () => {
      gone = true;
      open?.session.stop();
    };
  }, [id]);
  if (!workspace) return null;
  return (
    <WorkspaceProvider value={workspace}>
      <Page />
    </WorkspaceProvider>
  );
}

const PANES: { pane: Pane; words: string }[] = [
  { pane: "guide", words: t("Guide") },
  { pane: "notes", words: t("Notes") },
  { pane: "alerts", words: t("Alerts") },
  { pane: "right", words: t("Regimen") },
];

function Page() {
  const workspace = useWorkspace();
  const { status, loaded, pane, takeawayOpen, dialog } = workspace;
  useKeys(workspace);
  useEffect(() => {
    // Soon after the page can be typed on, so that they are there when the server is not.
    if (loaded.value) setTimeout(() => [EndVisit, Palette, Shortcuts, RegimenTable, Takeaway].forEach((one) => one.fetch()), 1500);
  }, [loaded.value]);
  useEffect(() => {
    document.title = t("Consult"); // without a name: titles stay in the history of the browser
  }, []);
  useEffect(() => {
    if (loaded.value && status.value.connection !== "connecting") say(status.value.connection === "online" ? t("Connected") : bannerWords(status.value));
  }, [status.value.connection]);
  const bad = status.value.connection === "offline" || status.value.connection === "refused";
  if (status.value.connection === "refused" && !loaded.value) return <NotOpened />;
  if (!loaded.value) return <Opening />;
  return (
    <div class={`consult shows-${pane.value}${bad ? " has-banner" : ""}`}>
      <TopBar />
      <div class="banners">
        <EmergencyNotice />
        <KnowledgeBanner />
        {bad && <Disconnected />}
      </div>
      <PaneTabs />
      <main class="columns" style={columnStyle(workspace.sizes.value)}>
        <Guide />
        <div class="middle">
          <CallPanel />
          <Notes />
        </div>
        <div class="right">
          <Alerts />
          <RightColumn />
          <Divider edge="right" words={t("Width of alerts and regimen")} value={workspace.sizes.value.right ?? USUAL.right} set={workspace.resize} />
        </div>
      </main>
      {takeawayOpen.value && <Takeaway />}
      {dialog.value === "palette" && <Palette />}
      {dialog.value === "shortcuts" && <Shortcuts />}
      {dialog.value === "end" && <EndVisit />}
      {dialog.value === "table" && <RegimenTable />}
      <LiveRegion />
    </div>
  );
}

/** Where nothing of the consult may be shown: why, and the way on. */
function NotOpened() {
  const { status } = useWorkspace();
  const signIn = status.value.code === "sign-in-needed";
  return (
    <main class="list-page">
      <h1>{t("Consult")}</h1>
      <p class="refused" role="alert">{signIn ? t("You are signed out.") : bannerWords(status.value)}</p>
      <p class="row">
        {signIn && <a class="button primary" href="/signin?as=pharmacist">{t("Sign in")}</a>}
        <a class="button" href="#/">{t("Back to the list")}</a>
      </p>
    </main>
  );
}

function Disconnected() {
  const { status } = useWorkspace();
  return (
    <p class="banner">
      {bannerWords(status.value)}
      {status.value.code === "sign-in-needed" && (
        <a href="/signin?as=pharmacist" target="_blank" rel="noopener">{t("Sign in")}</a>
      )}
    </p>
  );
}

/** Where the window is too narrow for all parts side by side. */
function PaneTabs() {
  const { state, pane } = useWorkspace();
  const critical = Object.values(state.value.alerts).filter((row) => row.stage === "raised" && row.alert.indicator === "critical").length;
  return (
    <nav class="pane-tabs" aria-label={t("Parts of the page")}>
      {PANES.map((one) => (
        <button key={one.pane} type="button" class={`is-${one.pane}`} aria-current={pane.value === one.pane ? "true" : undefined} onClick={() => (pane.value = one.pane)}>
          {one.words}
          {one.pane === "alerts" && critical > 0 && <span class="tab-critical">{t("%(number)s critical", { number: critical })}</span>}
        </button>
      ))}
    </nav>
  );
}

function columnStyle(sizes: Sizes): Record<string, string> {
  return Object.fromEntries(Object.entries(sizes).map(([edge, size]) => [`--${edge}-size`, `${size}px`]));
}

/** Nothing is said of a consult that is not known yet: an empty list of allergies would be taken for a fact. */
function Opening() {
  const { status } = useWorkspace();
  const away = status.value.connection === "offline";
  return (
    <main class="list-page reading">
      <h1>{t("Opening the consult")}</h1>
      {away && <p class="refused" role="alert">{t("The server cannot be reached. The consult opens here as soon as it can; what was saved is safe.")}</p>}
      <p class="row">
        <a class="button" href="#/">{t("Back to the list")}</a>
      </p>
    </main>
  );
}

const CYCLE = ["guide", "notes", "alerts", "right"];

function useKeys(workspace: Workspace): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { dialog } = workspace;
      const target = event.target as HTMLElement;
      const typing = target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        dialog.value = dialog.value === "palette" ? "" : "palette";
      } else if (event.key === "?" && !typing && !dialog.value) {
        event.preventDefault();
        dialog.value = "shortcuts";
      } else if (event.key === "F6" && !dialog.value) {
        event.preventDefault();
        cycle(workspace, event.shiftKey ? -1 : 1);
      } else if (undoes(event, typing) && !dialog.value) {
        event.preventDefault();
        void undoLast(workspace);
      } else if (event.altKey && !event.ctrlKey && event.code in GO && !dialog.value) {
        event.preventDefault();
        GO[event.code]!(workspace);
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [workspace]);
}

/** Ctrl+Z takes back the typing where text is typed, and the last action elsewhere; Alt+Z is the action anywhere. */
function undoes(event: KeyboardEvent, typing: boolean): boolean {
  if (event.altKey) return !event.ctrlKey && event.code === "KeyZ";
  return !typing && (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
}

/** Focuses the first of the places that is there: at once where it is in sight, so that the next key finds it. */
const show = (workspace: Workspace, pane: Pane, ...places: string[]): void => {
  const focus = (): boolean => {
    const found = places.map((place) => document.querySelector<HTMLElement>(place)).find((one) => one !== null);
    found?.focus();
    return document.activeElement === found;
  };
  workspace.pane.value = pane;
  if (!focus()) requestAnimationFrame(focus);
};

/** Alt and a letter go to what is needed most while talking. */
const GO: Record<string, (workspace: Workspace) => void> = {
  KeyN: (workspace) => {
    workspace.pane.value = "notes";
    workspace.focusNotes();
  },
  KeyA: (workspace) => show(workspace, "alerts", ".alerts-list .alert", ".alerts-list"),
  KeyG: (workspace) => show(workspace, "guide", ".emergency", ".next .button", ".pane-guide"),
  KeyR: (workspace) => {
    workspace.rightTab.value = "regimen";
    show(workspace, "right", ".is-proposed .med-review .button", ".med-edit", "#tab-regimen");
  },
};

/** Moves the focus to the next part of the page. */
function cycle(workspace: Workspace, step: 1 | -1): void {
  const here = document.activeElement?.closest<HTMLElement>("[data-pane]")?.dataset.pane ?? "";
  const at = CYCLE.indexOf(here);
  const next = CYCLE[(at + step + CYCLE.length) % CYCLE.length]!;
  workspace.pane.value = next as Pane;
  requestAnimationFrame(() => {
    if (next === "notes") workspace.focusNotes();
    else document.querySelector<HTMLElement>(`[data-pane="${next}"]`)?.focus();
  });
}
