import { t } from "../../shared/texts";
import { useWorkspace } from "../store";

interface LineLinksProps {
  lines: { lineId: string; number: number; start: number }[];
}

/** "line 13", leading back to the words. */
export function LineLinks({ lines }: LineLinksProps) {
  const workspace = useWorkspace();
  return (
    <>
      {lines.map(({ lineId, number, start }) => (
        <button
          key={lineId}
          type="button"
          class="line-link"
          aria-label={t("Go to line %(number)s of the notes", { number })}
          onClick={() => workspace.goToLine(lineId, start)}
        >
          {t("line\u00a0%(number)s", { number })}
        </button>
      ))}
    </>
  );
}
