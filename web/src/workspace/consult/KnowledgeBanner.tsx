import { day } from "../../shared/format";
import { t } from "../../shared/texts";
import { checksTrouble } from "../alerts/order";
import { useWorkspace } from "../store";

/** Red, because whoever trusts silent alerts must know that they cannot speak. */
export function KnowledgeBanner() {
  const { state } = useWorkspace();
  const { checked } = state.value;
  const trouble = checksTrouble(checked);
  if (!trouble) return null;
  const words = {
    failed: t("The checks do not run now. Alerts that stand may be old and new ones are missing; check interactions elsewhere."),
    missing: t("The drug knowledge is missing: nothing is being checked. Check interactions elsewhere and tell the site's operator."),
    expired: t("The drug data is of %(day)s, too old to rely on.", { day: day(checked.data_date) }),
  }[trouble];
  return (
    <p class="banner is-critical" role="alert">
      <strong>{t("Alerts cannot be relied on.")}</strong> {words}
    </p>
  );
}
