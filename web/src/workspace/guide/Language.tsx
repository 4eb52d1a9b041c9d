import { useAct } from "../../ui/act";
import { useWorkspace } from "../store";
import type { Script } from "./script";

const NAMES: Record<string, string> = { en: "English", es: "Español" };

/** Go on in the other language that the script has; nothing where there is only one. */
export function LanguageSwitch({ script }: { script: Script }) {
  const { send, state } = useWorkspace();
  const act = useAct();
  const other = (script.languages ?? []).find((one) => one !== script.language && one in NAMES);
  if ((other !== "en" && other !== "es") || state.value.phase !== "open") return null;
  return (
    <button
      type="button"
      class="button small quiet"
      lang={other}
      disabled={act.busy}
      onClick={() => void act.run(() => send("choose_language", { language: other }))}
    >
      {NAMES[other]}
    </button>
  );
}
