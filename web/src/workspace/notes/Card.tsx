import { courseWords, keepUnits, mentionSig, listWords } from "../../shared/format";
import type { Candidate, EffectMention, MedicationMention, Review } from "../../shared/protocol";
import { t } from "../../shared/texts";
import { CUES, flagWords, MED_STATUS } from "../../shared/words";
import { useAct } from "../../ui/act";
import type { Workspace } from "../store";
import type { Found } from "./marks";
import { allergyOf, rowOf } from "./answers";

interface CardProps {
  workspace: Workspace;
  found: Found;
  done: () => void;
}

/** What was read, the words that say so, and the readings to choose from. */
export function Card({ workspace, found, done }: CardProps) {
  return (
    <div class="card" role="group" aria-label={t("Found: %(text)s", { text: found.mention.text })} onKeyDown={(event) => event.key === "Escape" && done()}>
      {(found.mention as MedicationMention).status === "allergy" ? (
        <AllergyCard workspace={workspace} found={found} mention={found.mention as MedicationMention} done={done} />
      ) : found.kind === "medication" ? (
        <MedicationCard workspace={workspace} found={found} mention={found.mention as MedicationMention} done={done} />
      ) : (
        <EffectCard workspace={workspace} found={found} mention={found.mention as EffectMention} done={done} />
      )}
    </div>
  );
}

interface PartProps<M> extends CardProps {
  mention: M;
}

function MedicationCard({ workspace, found, mention, done }: PartProps<MedicationMention>) {
  const act = useAct();
  const row = rowOf(found, workspace.state.value);
  const waiting = row?.review === "proposed";
  const confirm = (candidate?: Candidate) =>
    void act
      .run(
        () =>
          workspace.send("confirm_medication", {
            medication_id: row!.id,
            ...(candidate ? { ingredients: candidate.ingredients, name: candidate.name } : {}),
          }),
        t("%(name)s confirmed", { name: candidate?.name ?? mention.text }),
      )
      .then((ok) => ok && done());
  const qualifiers = [
    mention.status === "active" ? "" : MED_STATUS[mention.status],
    mention.subject === "other" ? t("another person's") : "",
    mention.previous ? t("before: %(previous)s", { previous: mention.previous }) : "",
    mention.indication ? t("for %(indication)s", { indication: mention.indication }) : "",
  ].filter(Boolean);
  return (
    <>
      <p class="card-title">
        <span class="drug">{mention.text}</span>
        {mention.ingredients.length > 0 && mention.ingredients.join(" + ").toLowerCase() !== mention.text.toLowerCase() && (
          <span class="card-ingredients drug">{mention.ingredients.join(" + ")}</span>
        )}
      </p>
      {found.meant && (
        <p>
          {t("“%(word)s” is taken to be the drug named last, in line %(number)s.", {
            word: found.meant.text,
            number: workspace.state.value.order.indexOf(found.meant.lineId) + 1,
          })}
        </p>
      )}
      {mentionSig(mention) && <p>{mentionSig(mention)}</p>}
      {qualifiers.length > 0 && <p>{keepUnits(qualifiers.join(" · "))}</p>}
      <Cues mention={mention} />
      {flagWords(mention.flags).map((words) => (
        <p key={words} class="card-flag">
          {words}
        </p>
      ))}
      {row?.review === "confirmed" && <p class="faint">{t("Confirmed")}</p>}
      {waiting && (
        <div class="card-actions">
          {mention.match === "exact" && (
            <button type="button" class="button small" disabled={act.busy} onClick={() => confirm()}>
              {t("Confirm")}{" "}<kbd>Alt Enter</kbd>
            </button>
          )}
          {mention.match !== "exact" && mention.candidates.length > 0 && <p>{mention.match === "class" ? t("Which one?") : t("Did you mean")}</p>}
          {mention.match !== "exact" &&
            mention.candidates.map((candidate, index) => (
              <button key={candidate.name} type="button" class="button small" disabled={act.busy} onClick={() => confirm(candidate)}>
                <span class="drug">{candidate.name}</span>
                {index === 0 && mention.candidates.length === 1 && <kbd>Alt Enter</kbd>}
              </button>
            ))}
          {mention.match !== "exact" && (
            <button
              type="button"
              class="button small quiet"
              onClick={() => {
                workspace.rightTab.value = "regimen";
                workspace.editing.value = row.id;
              }}
            >
              {t("Name it…")}
            </button>
          )}
          <button
            type="button"
            class="button small quiet"
            disabled={act.busy}
            onClick={() =>
              void act
                .run(() => workspace.send("reject_medication", { medication_id: row.id }), t("%(text)s rejected", { text: mention.text }))
                .then((ok) => ok && done())
            }
          >
            {t("Reject")}{" "}<kbd>Alt ⌫</kbd>
          </button>
        </div>
      )}
      {act.error && <p class="refused">{act.error}</p>}
    </>
  );
}

function AllergyCard({ workspace, found, mention, done }: PartProps<MedicationMention>) {
  const allergy = allergyOf(found, workspace.state.value);
  return (
    <>
      <p class="card-title">{t("Allergy to %(text)s", { text: mention.text })}</p>
      {allergy?.reaction && <p>{allergy.reaction}</p>}
      <Cues mention={mention} />
      {allergy && (
        <YesNo
          review={allergy.review}
          what={t("Allergy")}
          done={done}
          yes={() => workspace.send("record_allergy", { allergy })}
          no={() => workspace.send("remove_allergy", { allergy_id: allergy.id })}
        />
      )}
    </>
  );
}

function EffectCard({ workspace, mention, done }: PartProps<EffectMention>) {
  const effect_id = `effect:${mention.concept}`;
  const row = workspace.state.value.effects[effect_id];
  const qualifiers = [
    mention.negated ? t("denied") : "",
    mention.uncertain ? t("uncertain") : "",
    mention.historical ? t("in the past") : "",
    mention.subject === "other" ? t("another person's") : "",
    mention.suspected.length ? t("suspected: %(names)s", { names: listWords(mention.suspected) }) : "",
  ].filter(Boolean);
  return (
    <>
      <p class="card-title">{mention.concept}</p>
      {courseWords(mention) && <p>{courseWords(mention)}</p>}
      {qualifiers.length > 0 && <p>{qualifiers.join(" · ")}</p>}
      <Cues mention={mention} />
      {row && (
        <YesNo
          review={row.review}
          what={t("Side effect")}
          done={done}
          yes={() => workspace.send("confirm_effect", { effect_id })}
          no={() => workspace.send("reject_effect", { effect_id })}
        />
      )}
    </>
  );
}

interface YesNoProps {
  review: Review;
  what: string;
  yes: () => Promise<unknown>;
  no: () => Promise<unknown>;
  done: () => void;
}

function YesNo({ review, what, yes, no, done }: YesNoProps) {
  const act = useAct();
  const answer = (action: () => Promise<unknown>, words: string) =>
    void act.run(action, words).then((ok) => ok && done());
  if (review !== "proposed") return <p class="faint">{review === "confirmed" ? t("Confirmed") : t("Rejected")}</p>;
  return (
    <div class="card-actions">
      <button type="button" class="button small" disabled={act.busy} onClick={() => answer(yes, t("%(what)s confirmed", { what }))}>
        {t("Confirm")}{" "}<kbd>Alt Enter</kbd>
      </button>
      <button type="button" class="button small quiet" disabled={act.busy} onClick={() => answer(no, t("%(what)s rejected", { what }))}>
        {t("Reject")}{" "}<kbd>Alt ⌫</kbd>
      </button>
      {act.error && <p class="refused">{act.error}</p>}
    </div>
  );
}

/** The words behind the qualifiers: "stopped" because of "quit taking". */
function Cues({ mention }: { mention: MedicationMention | EffectMention }) {
  const cues = mention.cues.filter((cue) => cue.text.trim());
  if (!cues.length) return null;
  return (
    <p class="faint">
      {t("From the words")}{" "}
      {cues.map((cue, index) => (
        <span key={`${cue.sets}-${cue.start}`}>
          {index > 0 && ", "}“{cue.text}” ({CUES[cue.sets] ?? cue.sets})
        </span>
      ))}
    </p>
  );
}
