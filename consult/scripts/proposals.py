"""Drafts that answers give rise to: a medication therapy problem with a to-do item, for the pharmacist to judge."""

from __future__ import annotations

from collections.abc import Mapping

from consult.domain.answer import Draft
from consult.domain.plan import TodoWords
from consult.scripts.conditions import ClassesOf, Known, View
from consult.scripts.engine import Walk
from consult.scripts.schema import Branch, Proposal, Script, Step
from consult.scripts.wording import filled


def proposals(script: Script, view: View, classes_of: ClassesOf) -> tuple[Draft, ...]:
    """Every draft whose conditions hold now, in the order of the script; skipped steps and branches give none."""
    return drafts_of(Walk(script, Known(view, classes_of, script.questions, script.twins)))


def drafts_of(walk: Walk) -> tuple[Draft, ...]:
    script, known = walk.script, walk.known
    found: list[Draft] = []
    for step in script.steps:
        for proposal in step.proposes if step.id not in walk.skipped else ():
            if not known.touched(proposal.when):
                continue
            found += _of_step(step, proposal, walk)
    for branch, opened in walk.opened:
        for proposal in branch.proposes if branch.id not in walk.skipped else ():
            reason = known.why(proposal.when) if known.touched(proposal.when) else None
            if reason is not None:
                rows, because = reason.medications or opened.medications, reason.words or opened.words
                found.append(_made(script, branch, proposal, proposal.id, because, rows, {}))
    return tuple(found)


def _said(script: Script, proposal: Proposal, values: Mapping[str, str]) -> tuple[TodoWords, ...]:
    """The to-do item in the other languages that the script has it in."""
    said = []
    for language in script.languages[1:]:
        topic, action, why = (filled(text, values) for text in script.todo_words(proposal, language))
        said.append(TodoWords(language, topic[:200], action, why))
    return tuple(said)


def _of_step(step: Step, proposal: Proposal, walk: Walk) -> list[Draft]:
    script, known = walk.script, walk.known
    if not step.for_each:
        reason = known.why(proposal.when)
        return [_made(script, step, proposal, proposal.id, reason.words, reason.medications, {})] if reason else []
    made = []
    for row_id, _ in known.rounds[step.for_each]:
        reason = known.why(proposal.when, row_id)
        if reason is not None:
            rows = (row_id,) if step.for_each == "medication" else reason.medications
            made.append(
                _made(script, step, proposal, f"{proposal.id}#{row_id}", reason.words, rows, known.values_of(row_id))
            )
    return made


def _made(
    script: Script,
    block: Step | Branch,
    proposal: Proposal,
    name: str,
    because: str,
    rows: tuple[str, ...],
    values: Mapping[str, str],
) -> Draft:
    def words(text: str) -> str:
        return filled(text, values)

    return Draft(
        id=name,
        block=block.id,
        need=proposal.need,
        title=words(proposal.title)[:200],  # the limit of a Short text
        todo_topic=words(proposal.todo_topic)[:200],
        todo_action=words(proposal.todo_action),
        todo_why=words(proposal.todo_why),
        because=because,
        medications=rows,
        todo_said=_said(script, proposal, values),
    )
