"""Drafts that answers give rise to: a medication therapy problem with a to-do item, for the pharmacist to judge."""

from __future__ import annotations

from dataclasses import replace

from consult.domain.answer import Draft
from consult.scripts.conditions import ClassesOf, Known, View
from consult.scripts.engine import Walk
from consult.scripts.schema import MEDICINE, Branch, Proposal, Script, Step


def proposals(script: Script, view: View, classes_of: ClassesOf) -> tuple[Draft, ...]:
    """Every draft whose conditions hold now, in the order of the script; skipped steps and branches give none."""
    return drafts_of(Walk(script, Known(view, classes_of, script.questions)), script.language)


def drafts_of(walk: Walk, language: str) -> tuple[Draft, ...]:
    """The drafts of a walk; the to-do item in `language`, title and reason for the pharmacist in the script's own."""
    script, known, view = walk.script, walk.known, walk.known.view
    found: list[Draft] = []
    for step in script.steps:
        for proposal in step.proposes if step.id not in view.skipped else ():
            if not known.touched(proposal.when):
                continue
            found += _of_step(step, proposal, walk, language)
    for branch, opened in walk.opened:
        for proposal in branch.proposes if branch.id not in view.skipped else ():
            reason = known.why(proposal.when) if known.touched(proposal.when) else None
            if reason is not None:
                rows, because = reason.medications or opened.medications, reason.words or opened.words
                found.append(_made(branch, _worded(script, proposal, language), proposal.id, because, rows, ""))
    return tuple(found)


def _worded(script: Script, proposal: Proposal, language: str) -> Proposal:
    def say(name: str) -> str:
        return script.words(f"{name}:{proposal.id}", getattr(proposal, name), language)

    return replace(proposal, todo_topic=say("todo_topic"), todo_action=say("todo_action"), todo_why=say("todo_why"))


def _of_step(step: Step, proposal: Proposal, walk: Walk, language: str) -> list[Draft]:
    known = walk.known
    proposal = _worded(walk.script, proposal, language)
    if not step.for_each:
        reason = known.why(proposal.when)
        return [_made(step, proposal, proposal.id, reason.words, reason.medications, "")] if reason else []
    made = []
    for row in known.rows:
        reason = known.why(proposal.when, row.id)
        if reason is not None:
            made.append(_made(step, proposal, f"{proposal.id}#{row.id}", reason.words, (row.id,), row.name))
    return made


def _made(
    block: Step | Branch, proposal: Proposal, name: str, because: str, rows: tuple[str, ...], medicine: str
) -> Draft:
    def words(text: str) -> str:
        return text.replace(MEDICINE, medicine)

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
    )
