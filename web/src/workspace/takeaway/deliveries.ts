/** What became of a paper on its way, in words. */

import { clock, day } from "../../shared/format";
import type { Delivery } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { DELIVERY_CODES, WAYS } from "../../shared/words";

/** The server stopped, or the line broke, in the middle of the sending. */
export const isUnknown = (one: Delivery): boolean => one.stage === "failed" && one.code === "outcome-unknown";

/** "By fax to ***0142, Mon 23 Nov 15:04: page 1 of 1 confirmed"; `paper` names what was sent, where that is not plain. */
export function deliveryWords(one: Delivery, paper = ""): string {
  const way = WAYS[one.by] + (one.to && t(" to %(name)s", { name: one.to }));
  const what = [paper, paper ? way.toLowerCase() : way, `${day(one.at)} ${clock(one.at)}`].filter(Boolean).join(", ");
  if (one.stage === "requested" || one.stage === "sending") return t("%(what)s: on its way", { what });
  if (isUnknown(one)) return t("%(what)s: not known whether it went out. Ask the receiver, or look into the mail server's log, before you send it again.", { what });
  return one.stage === "failed" ? t("%(what)s: not sent, %(code)s", { what, code: DELIVERY_CODES[one.code] ?? one.code }) : `${what}: ${one.proof}`;
}
