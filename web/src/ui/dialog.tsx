import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { t } from "../shared/texts";

interface DialogProps {
  title: string;
  onClose: () => void;
  /** "middle" for a short decision, "side" slides over the right column, "palette" hangs from the top. */
  place?: "middle" | "side" | "palette";
  children: ComponentChildren;
}

/** A dialog of the browser: focus stays inside, Escape closes it, focus goes back to where it was. */
export function Dialog({ title, onClose, place = "middle", children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement as HTMLElement | null;
    if (!dialog.open) dialog.showModal();
    return () => {
      if (dialog.open) dialog.close();
      if (before?.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      class={`dialog dialog-${place}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === element.current) onClose();
      }}
    >
      <div class="dialog-body">
        <header class="dialog-head">
          <h2 id={id}>{title}</h2>
          <button type="button" class="button quiet" onClick={onClose}>{t("Close")}</button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
