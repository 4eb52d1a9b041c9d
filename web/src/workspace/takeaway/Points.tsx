import { useEffect, useState } from "preact/hooks";
import { reviewOf } from "../../shared/api";
import { tn } from "../../shared/counts";
import { t } from "../../shared/texts";
import type { Review } from "../../shared/wire";
import { Icon } from "../../ui/icons";

/** What a version does not meet, and which of its sentences are hard to read. Nothing is rewritten by itself. */
export function Points({ consultId, version }: { consultId: string; version: number }) {
  const [review, setReview] = useState<Review | null>(null);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    reviewOf(consultId, version)
      .then(setReview)
      .catch((reason: unknown) => setFailed(reason instanceof Error ? reason.message : t("Not checked.")));
  }, [consultId, version]);
  if (failed) return <p class="refused">{t("The form could not be checked: %(failed)s", { failed })}</p>;
  if (!review) return null;
  const { points, grade, hard } = review;
  const open = points.filter((point) => !point.passed);
  return (
    <>
      <details class="points" open={hard.length > 0}>
        <summary>
          {t("Reading grade %(grade)s", { grade })}
          {hard.length > 0 && `, ${tn("%(count)s hard sentence", "%(count)s hard sentences", hard.length)}`}
        </summary>
        {hard.length === 0 && <p class="faint">{t("No sentence that you wrote is above grade 6.")}</p>}
        <ul>
          {hard.map((one) => (
            <li key={one.place + one.text} class="is-open">
              <Icon name="alert" />
              <span>
                “{one.text}” <span class="faint">{t("Grade %(grade)s. %(advice)s", { grade: one.grade, advice: one.suggestions.join(". ") })}</span>
              </span>
            </li>
          ))}
        </ul>
      </details>
      <details class="points" open={open.length > 0}>
        <summary>{t("Standardized format: %(met)s of %(number)s points met", { met: points.length - open.length, number: points.length })}</summary>
        <ul>
          {[...open, ...points.filter((point) => point.passed)].map((point) => (
            <li key={point.number} class={point.passed ? "" : "is-open"}>
              <Icon name={point.passed ? "check" : "alert"} />
              <span>
                <span class="unseen">{point.passed ? t("met: ") : t("not met: ")}</span>
                {point.text}
                {point.place && <span class="faint"> {point.place}</span>}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
