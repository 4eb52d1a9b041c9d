import { useEffect, useState } from "preact/hooks";
import { choices, type Choice } from "../../media/devices";
import type { LocalMedia } from "../../media/local";
import { t } from "../../shared/texts";

/** Which camera and microphone; the choice is remembered on this computer. */
export function Devices({ local }: { local: LocalMedia }) {
  const [cameras, setCameras] = useState<Choice[]>([]);
  const [microphones, setMicrophones] = useState<Choice[]>([]);
  useEffect(() => {
    const look = (): void => {
      void choices("video").then(setCameras);
      void choices("audio").then(setMicrophones);
    };
    look();
    navigator.mediaDevices?.addEventListener("devicechange", look);
    return () => navigator.mediaDevices?.removeEventListener("devicechange", look);
  }, []);
  return (
    <div class="call-devices">
      <Choose words={t("Microphone")} kind="audio" all={microphones} now={local.microphoneId} local={local} />
      <Choose words={t("Camera")} kind="video" all={cameras} now={local.cameraId} local={local} />
    </div>
  );
}

interface ChooseProps {
  words: string;
  kind: "audio" | "video";
  all: Choice[];
  /** The one that is open, "" for none. */
  now: string;
  local: LocalMedia;
}

function Choose({ words, kind, all, now, local }: ChooseProps) {
  return (
    <label class="label">
      {words}
      <select class="input" value={now} onChange={(event) => void local.choose(kind, event.currentTarget.value)}>
        {!now && <option value="">{t("Off")}</option>}
        {all.map((one, at) => (
          <option key={one.id} value={one.id}>
            {one.label || `${words} ${at + 1}`}
          </option>
        ))}
      </select>
    </label>
  );
}
