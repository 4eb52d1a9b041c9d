import { useEffect, useState } from "preact/hooks";
import { pictureUrl } from "../../shared/api";
import { calledBy } from "../../shared/people";
import { clock } from "../../shared/format";
import { t } from "../../shared/texts";
import type { Picture } from "../../shared/told";
import { Dialog } from "../../ui/dialog";
import { say } from "../../ui/live";
import { useWorkspace } from "../store";

/** Still pictures that the patient has sent; one opens large. */
export function Pictures() {
  const { state } = useWorkspace();
  const [open, setOpen] = useState<Picture | null>(null);
  const { pictures, participants, id } = state.value;
  const newest = pictures[pictures.length - 1];
  const [seen, setSeen] = useState(pictures.length);
  const who = (picture: Picture): string => (participants[picture.by] ? calledBy(participants[picture.by]!) : t("The patient"));
  useEffect(() => {
    if (newest && pictures.length > seen) say(t("%(who)s has sent a picture", { who: who(newest) }));
    setSeen(pictures.length);
  }, [pictures.length]);
  if (!newest) return null;
  return (
    <div class="pictures">
      <p class="list-title">{t("Pictures")}</p>
      <ul>
        {pictures.map((picture, at) => (
          <li key={picture.id}>
            <button type="button" class="picture-small" onClick={() => setOpen(picture)}>
              <img src={pictureUrl(id, picture.id, "pharmacist")} alt={t("Picture %(number)s of %(who)s, %(time)s", { number: at + 1, who: who(picture), time: clock(picture.at) })} loading="lazy" />
            </button>
          </li>
        ))}
      </ul>
      {open && (
        <Dialog title={`${who(open)}, ${clock(open.at)}`} onClose={() => setOpen(null)}>
          <img class="picture-large" src={pictureUrl(id, open.id, "pharmacist")} width={open.width} height={open.height} alt={t("The picture in full")} />
        </Dialog>
      )}
    </div>
  );
}
