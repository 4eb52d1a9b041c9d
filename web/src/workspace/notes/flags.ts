/** What is to be said beside a line: not saved, not analysed, written twice, named by a critical alert. */

import type { Consult } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { linesOf } from "../alerts/order";
import { FAILURES } from "../../shared/words";
import type { LineFlag } from "./gutter";
import type { Trouble } from "./keeper";

export function lineFlags(consult: Consult, trouble: Trouble): Map<string, LineFlag> {
  const said = new Map<string, LineFlag>();
  for (const row of Object.values(consult.alerts)) {
    if (row.stage !== "raised" || row.alert.indicator !== "critical") continue;
    for (const { lineId } of linesOf(row, consult)) said.set(lineId, { kind: "critical", words: row.alert.title });
  }
  for (const line of Object.values(consult.lines)) {
    const other = consult.lines[line.conflicts_with];
    if (line.conflicts_with && other) {
      const number = consult.order.indexOf(other.id) + 1;
      said.set(line.id, { kind: "conflict", words: t("Written at the same time as line %(number)s. Keep one.", { number }) });
      said.set(other.id, { kind: "conflict", words: t("Written twice; see line %(number)s.", { number: consult.order.indexOf(line.id) + 1 }) });
    } else if (line.failed && line.analysed === line.rev) {
      const why = FAILURES[line.failed];
      said.set(line.id, { kind: "failed", words: why ? t("Saved, not analysed: %(why)s", { why }) : t("Saved, not analysed") });
    }
  }
  for (const [id, words] of trouble) said.set(id, { kind: "unsaved", words });
  return said;
}
