import { useEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Allergy, Effect } from "../../shared/protocol";
import { courseWords, day, keepUnits, listWords } from "../../shared/format";
import { t } from "../../shared/texts";
import { labName } from "../../shared/words";
import { useAct } from "../../ui/act";
import { Icon } from "../../ui/icons";
import { LineLinks } from "../consult/LineLinks";
import { useWorkspace } from "../store";
import { evidenceLines } from "./rows";

/** What bears on the regimen: allergies, side effects, conditions, laboratory values. */
export function Others() {
  const { state } = useWorkspace();
  const { allergies, effects, conditions, labs } = state.value;
  const shownAllergies = Object.values(allergies).filter((one) => one.review !== "rejected");
  const shownEffects = Object.values(effects).filter((one) => one.review !== "rejected");
  return (
    <>
      <Group title={t("Side effects")} empty={t("None noted.")} some={shownEffects.length > 0}>
        {shownEffects.map((one) => (
          <EffectRow key={one.id} effect={one} />
        ))}
      </Group>
      <Group title={t("Allergies")} empty={t("None noted.")} some={shownAllergies.length > 0} add={<AddAllergy />}>
        {shownAllergies.map((one) => (
          <AllergyRow key={one.id} allergy={one} />
        ))}
      </Group>
      <Group title={t("Conditions")} empty={t("None noted.")} some={Object.keys(conditions).length > 0} add={<AddCondition />}>
        {Object.values(conditions).map((one) => (
          <ConditionRow key={one.id} id={one.id} name={one.name} since={one.since} />
        ))}
      </Group>
      {labs.length > 0 && (
        <Group title={t("Values")} empty="" some>
          {labs.map((lab) => (
            <li key={`${lab.name}${lab.at}${lab.value}`} class="other">
              <span class="other-text">
                {labName(lab.name)} {keepUnits(`${lab.value} ${lab.unit}`)} <span class="faint">{day(lab.at)}</span>
              </span>
            </li>
          ))}
        </Group>
      )}
    </>
  );
}

interface GroupProps {
  title: string;
  empty: string;
  some: boolean;
  add?: ComponentChildren;
  children: ComponentChildren;
}

function Group({ title, empty, some, add, children }: GroupProps) {
  return (
    <section class="others">
      <h3 class="list-title">{title}</h3>
      {some ? <ul aria-label={title}>{children}</ul> : <p class="faint">{empty}</p>}
      {add}
    </section>
  );
}

interface ReviewProps {
  name: string;
  proposed: boolean;
  confirm: () => Promise<unknown>;
  reject: () => Promise<unknown>;
}

function Review({ name, proposed, confirm, reject }: ReviewProps) {
  const act = useAct();
  return (
    <span class="other-review">
      {proposed && (
        <button
          type="button"
          class="button small icon-only is-yes"
          disabled={act.busy}
          aria-label={t("Confirm %(name)s", { name })}
          title={t("Confirm")}
          onClick={() => void act.run(confirm, t("%(name)s confirmed", { name }))}
        >
          <Icon name="check" />
        </button>
      )}
      <button
        type="button"
        class="button small quiet icon-only"
        disabled={act.busy}
        aria-label={proposed ? t("Reject %(name)s", { name }) : t("Remove %(name)s", { name })}
        onClick={() => void act.run(reject, proposed ? t("%(name)s rejected", { name }) : t("%(name)s removed", { name }))}
      >
        <Icon name="close" />
      </button>
      {act.error && <span class="refused">{act.error}</span>}
    </span>
  );
}

function EffectRow({ effect }: { effect: Effect }) {
  const { state, send } = useWorkspace();
  const { id, concept, words, suspected, historical, review, evidence } = effect;
  return (
    <li class={`other is-${review}`}>
      <span class="other-text">
        {concept}
        {words.toLowerCase() !== concept.toLowerCase() && <span class="faint"> “{words}”</span>}
        {courseWords(effect) && `: ${courseWords(effect)}`}
        {suspected.length > 0 && <span class="faint">{t(" after %(names)s", { names: listWords(suspected) })}</span>}
        {historical && <span class="faint">{t(" in the past")}</span>}{" "}
        <LineLinks lines={evidenceLines(evidence, state.value)} />
      </span>
      <Review
        name={concept}
        proposed={review === "proposed"}
        confirm={() => send("confirm_effect", { effect_id: id })}
        reject={() => send("reject_effect", { effect_id: id })}
      />
    </li>
  );
}

function AllergyRow({ allergy }: { allergy: Allergy }) {
  const { state, send } = useWorkspace();
  const { id, substance, reaction, review, evidence } = allergy;
  return (
    <li class={`other is-${review}`}>
      <span class="other-text">
        <span class="drug">{substance}</span>
        {reaction && <span class="faint">: {reaction}</span>} <LineLinks lines={evidenceLines(evidence, state.value)} />
      </span>
      <Review
        name={t("allergy to %(substance)s", { substance })}
        proposed={review === "proposed"}
        confirm={() => send("record_allergy", { allergy })}
        reject={() => send("remove_allergy", { allergy_id: id })}
      />
    </li>
  );
}

function ConditionRow({ id, name, since }: { id: string; name: string; since: string }) {
  const { send } = useWorkspace();
  return (
    <li class="other">
      <span class="other-text">
        {name}
        {since && <span class="faint">{t(" since %(since)s", { since })}</span>}
      </span>
      <Review
        name={name}
        proposed={false}
        confirm={() => Promise.resolve()}
        reject={() => send("remove_condition", { condition_id: id })}
      />
    </li>
  );
}

function AddAllergy() {
  const { send } = useWorkspace();
  const add = (substance: string) => {
    const id = `allergy:${substance.toLowerCase()}`.slice(0, 80);
    return send("record_allergy", {
      allergy: { id, substance, ingredients: [], reaction: "", review: "confirmed", source: "hand", evidence: [] },
    });
  };
  return <AddLine label={t("Add an allergy")} field={t("Allergy to")} add={add} />;
}

function AddCondition() {
  const { send } = useWorkspace();
  const add = (name: string) =>
    send("record_condition", {
      condition: { id: `condition:${name.toLowerCase()}`.slice(0, 80), name: name.toLowerCase(), since: "", source: "hand" },
    });
  return <AddLine label={t("Add a condition")} field={t("Condition")} add={add} />;
}

interface AddLineProps {
  label: string;
  field: string;
  add: (text: string) => Promise<unknown>;
}

function AddLine({ label, field, add }: AddLineProps) {
  const [text, setText] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const act = useAct();
  useEffect(() => input.current?.focus(), [text === null]);
  if (text === null)
    return (
      <button type="button" class="link" onClick={() => setText("")}>
        {label}
      </button>
    );
  const submit = (event: Event) => {
    event.preventDefault();
    const words = text.trim();
    if (words) void act.run(() => add(words), t("%(name)s added", { name: words })).then((ok) => ok && setText(null));
  };
  return (
    <form class="add-line" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && setText(null)}>
      <label class="label">
        {field}
        <input
          class="input"
          maxLength={200}
          value={text}
          ref={input}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <button class="button small" disabled={act.busy || !text.trim()}>{t("Add")}</button>
      {act.error && <p class="refused">{act.error}</p>}
    </form>
  );
}
