import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../shared/texts";

interface ScreenProps {
  stream: MediaStream | null;
  label: string;
  muted?: boolean;
  mirrored?: boolean;
  hidden?: boolean;
}

/** A picture with its sound. Where the browser holds the sound back, a button lets it go. */
export function Screen({ stream, label, muted = false, mirrored = false, hidden = false }: ScreenProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [held, setHeld] = useState(false);
  const play = (): void => {
    const element = video.current;
    if (!element?.srcObject) return;
    element.play().then(
      () => setHeld(false),
      (reason: { name?: string }) => setHeld(reason?.name === "NotAllowedError"),
    );
  };
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
    play();
  }, [stream]);
  return (
    <>
      <video
        ref={video}
        class={`screen${mirrored ? " is-mirrored" : ""}${hidden ? " is-away" : ""}`}
        aria-label={label}
        muted={muted}
        playsInline
      />
      {held && (
        <button type="button" class="button small primary screen-play" onClick={play}>{t("Turn the sound on")}</button>
      )}
    </>
  );
}
