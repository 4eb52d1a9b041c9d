"""All that a script makes of a view: the next question, red flags, counts, drafts, values to keep and care gaps."""

from __future__ import annotations

import re
from dataclasses import replace

from consult.domain.answer import Answer, Counts, Guidance, LabDraft, OpenBranch, Suggestion
from consult.scripts.conditions import ClassesOf, Known, View
from consult.scripts.engine import Walk
from consult.scripts.phrases import cut
from consult.scripts.prevention import care_gaps
from consult.scripts.proposals import drafts_of
from consult.scripts.schema import Script
from consult.scripts.wording import filled

READING = re.compile(r"\d+(?:\.\d+)?")
LOWEST_PRESSURE = 20  # mmHg; "12/10" is a day


def guide(script: Script, view: View, classes_of: ClassesOf, language: str = "en") -> Guidance:
    """What to ask next and why, the open branches (closed ones too), the steps that are done, and what follows.

    Words for the patient are in `language` where the script has them in it, else in the script's own.
    """
    walk = Walk(script, Known(view, classes_of, script.questions, script.twins))
    language = script.spoken_in(language)
    return Guidance(
        next=_worded(walk, language),
        branches=tuple(_opened(walk, branch.id, reason.words) for branch, reason in walk.opened),
        done=walk.done,
        urgent=tuple(branch.id for branch, _ in walk.opened if branch.urgent and not walk.is_closed(branch)),
        counts=_counts(walk),
        drafts=drafts_of(walk),
        labs=_labs(walk),
        gaps=care_gaps(script.prevention, walk.known),
        language=language,
        adherence=walk.known.adherence,
        refused=tuple(purpose for link_id, purpose in script.consents.items() if "no" in walk.known.answers(link_id)),
        agreed=tuple(purpose for link_id, purpose in script.consents.items() if _agreed(view.answers.get(link_id))),
        unasked=tuple(purpose for link_id, purpose in script.consents.items() if _unasked(walk, link_id)),
    )


def _agreed(answer: Answer | None) -> bool:
    return answer is not None and answer.review == "confirmed" and "yes" in answer.values


def _unasked(walk: Walk, link_id: str) -> bool:
    dealt_with = {link_id, walk.script.block_of[link_id].id} & walk.skipped.keys()
    return not dealt_with and not any(walk.known.answers(link_id))


def _opened(walk: Walk, branch_id: str, because: str) -> OpenBranch:
    raised = walk.raised.get(branch_id)
    return (
        OpenBranch(branch_id, because, raised.evidence, raised.put_aside) if raised else OpenBranch(branch_id, because)
    )


def _worded(walk: Walk, language: str) -> Suggestion | None:
    """The next question with the words to speak."""
    found = walk.suggestion()
    if found is None:
        return None
    script = walk.script
    block = script.block_of[found.link_id]
    say = script.words(f"say:{block.id}", block.say, language)
    text = script.words(f"text:{found.link_id}", script.questions[found.link_id].text, language)
    values = walk.known.values_of(found.medication_id or found.todo_id, language)
    return replace(found, say=filled(say, values), text=filled(text, values))


def _counts(walk: Walk) -> Counts:
    steps = [ask for step in walk.steps for ask in walk.asks[step.id] if step.id not in walk.skipped]
    fresh = [ask for branch, _ in walk.opened for ask in walk.branch_asks[branch.id] if branch.id not in walk.skipped]
    states = [ask.state for ask in (*steps, *fresh)]
    return Counts(
        steps=len(walk.steps),
        asked=len(states),
        answered=states.count("closed"),
        proposed=states.count("proposed"),
        open=states.count("open"),
        fresh=sum(ask.state != "closed" for ask in fresh),
    )


def _labs(walk: Walk) -> tuple[LabDraft, ...]:
    """Numbers that the pharmacist has confirmed as answers and that no laboratory value of the consult holds yet."""
    view = walk.known.view
    found: list[LabDraft] = []
    for link_id in (link_id for twins in walk.script.by_lab.values() for link_id in twins):
        item, answer = walk.script.questions[link_id], view.answers.get(link_id)
        if answer is None or answer.review != "confirmed" or not answer.values:
            continue
        names = item.lab.split("/")
        values = _reading(answer.values[0]) if len(names) > 1 else _number(answer.values[0])
        for name, value in zip(names, values, strict=False):
            if not any(lab.name == name and lab.value == value for lab in view.labs):
                found.append(LabDraft(name, value, item.unit, item.link_id))
    return tuple(found)


def _number(text: str) -> tuple[float, ...]:
    try:
        return (float(text),)
    except ValueError:
        return ()


def _reading(text: str) -> tuple[float, ...]:
    """The two numbers of the first blood pressure in an answer; a date is none."""
    for token in cut(text).tokens:
        if token.reading:
            upper, lower = (float(number) for number in READING.findall(token.word))
            if upper > lower >= LOWEST_PRESSURE:
                return upper, lower
    return ()
