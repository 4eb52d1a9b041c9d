import { t } from "../../shared/texts";
import { Icon } from "../../ui/icons";
import { useWorkspace } from "../store";
import { emergencies } from "./Emergency";

/** Says a red flag wherever on the page the pharmacist is, and leads to it where the guide is out of sight. */
export function EmergencyNotice() {
  const { state, script, pane } = useWorkspace();
  const urgent = script.value ? emergencies(script.value, state.value) : [];
  const show = () => {
    pane.value = "guide";
    requestAnimationFrame(() => document.querySelector<HTMLElement>(".emergency")?.focus());
  };
  return (
    <>
      <div class="unseen" role="alert">
        {urgent.map((branch) => (
          <p key={branch.id}>{t("Possible emergency: %(title)s. The guide shows what to say and whom to call.", { title: branch.title })}</p>
        ))}
      </div>
      {urgent.length > 0 && pane.value !== "guide" && (
        <button type="button" class="urgent" onClick={show}>
          <Icon name="alert" />
          {t("Emergency? %(title)s", { title: urgent[0]!.title })}
          <span class="urgent-show">{t("Show")}</span>
        </button>
      )}
    </>
  );
}
