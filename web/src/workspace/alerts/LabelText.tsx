import { useState } from "preact/hooks";
import { ApiError, get } from "../../shared/api";
import { day } from "../../shared/format";
import { t } from "../../shared/texts";

interface Label {
  ingredients: string;
  date: string;
  brand: string;
  sections: Record<string, string>;
  source: string;
}

/** What the labels of an alert's drugs say, word for word, where the site has loaded labels: fetched when asked for. */
export function LabelText({ between }: { between: readonly string[] }) {
  const [labels, setLabels] = useState<Label[] | null>(null);
  const [told, setTold] = useState("");
  const load = async () => {
    setTold(t("Looking …"));
    try {
      const found = await Promise.all(between.map(labelOf));
      const known = found.filter((one): one is Label => one !== null);
      setLabels(known);
      setTold(known.length ? "" : t("This site has no label text for these drugs."));
    } catch (error) {
      setTold(error instanceof ApiError ? error.message : t("The label text could not be read."));
    }
  };
  return (
    <div>
      <dt>{t("Label text")}</dt>
      <dd>
        {labels === null && (
          <button type="button" class="button small quiet" onClick={() => void load()}>{t("Show")}</button>
        )}
        <span role="status">{told}</span>
        {(labels ?? []).map((one) => (
          <div key={one.ingredients} class="label-text" tabIndex={0}>
            {Object.entries(one.sections).map(([name, words]) => (
              <p key={name}>
                <strong>
                  {one.ingredients}, {name.replaceAll("_", " ")}:
                </strong>{" "}
                {words}
              </p>
            ))}
            <p class="faint">{t("%(source)s, label of %(day)s", { source: one.source, day: day(one.date) })}</p>
          </div>
        ))}
      </dd>
    </div>
  );
}

async function labelOf(ingredient: string): Promise<Label | null> {
  try {
    return await get<Label>(`/api/labels/${encodeURIComponent(ingredient)}`, "pharmacist");
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}
