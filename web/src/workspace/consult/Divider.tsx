import { useRef } from "preact/hooks";
import { t } from "../../shared/texts";
import { LIMITS, limited, STEP, type Edge } from "./columns";

interface DividerProps {
  edge: Edge;
  words: string;
  /** Its size now; the usual one where none was chosen. */
  value: number;
  /** Sets the size of the edge's part; null is the usual one. */
  set: (edge: Edge, size: number | null) => void;
}

/** Which way a larger number goes on the screen: the right column grows to the left. */
const SIGN: Record<Edge, 1 | -1> = { guide: 1, right: -1, alerts: 1 };

/** A line between two parts that can be dragged, or moved with the arrow keys; Enter or a double click resets it. */
export function Divider({ edge, words, value, set }: DividerProps) {
  const element = useRef<HTMLDivElement>(null);
  const across = edge === "alerts";
  const part = (): DOMRect => element.current!.parentElement!.getBoundingClientRect();
  const size = (): number => (across ? part().height : part().width);
  const move = (wanted: number): void => {
    const page = element.current!.closest(".columns")!.getBoundingClientRect();
    const other = edge === "guide" ? ".right" : ".pane-guide";
    const width = across ? 0 : document.querySelector(other)!.getBoundingClientRect().width;
    set(edge, limited(edge, wanted, page, width));
  };
  const onPointerDown = (event: PointerEvent): void => {
    event.preventDefault();
    const handle = element.current!;
    const from = across ? event.clientY : event.clientX;
    const before = size();
    handle.setPointerCapture(event.pointerId);
    const onMove = (now: PointerEvent): void => move(before + SIGN[edge] * ((across ? now.clientY : now.clientX) - from));
    const onUp = (): void => {
      handle.removeEventListener("pointermove", onMove);
      handle.removeEventListener("pointerup", onUp);
      handle.removeEventListener("pointercancel", onUp);
    };
    handle.addEventListener("pointermove", onMove);
    handle.addEventListener("pointerup", onUp);
    handle.addEventListener("pointercancel", onUp);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const [less, more] = across ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
    const step = event.key === more ? STEP : event.key === less ? -STEP : 0;
    if (step) move(size() + SIGN[edge] * step);
    else if (event.key === "Enter") set(edge, null);
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={element}
      class={`divider is-${edge}`}
      role="separator"
      tabIndex={0}
      aria-orientation={across ? "horizontal" : "vertical"}
      aria-label={words}
      aria-valuenow={value}
      aria-valuemin={LIMITS[edge].min}
      aria-valuemax={LIMITS[edge].max}
      aria-valuetext={t("%(value)s pixels", { value })}
      title={t("Drag, or use the arrow keys; Enter sets the usual size")}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDblClick={() => set(edge, null)}
    />
  );
}
