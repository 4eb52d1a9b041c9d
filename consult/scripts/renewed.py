"""Red flags that the notes raise, and raise anew after somebody has dismissed them.

A dismissal (skipped with a reason, answered otherwise, the side effect rejected) holds for what the notes said up to
then. A line that says it afterwards, or an edit by which a line comes to say it, raises the flag again, once for each.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from consult.domain.medication import Evidence
from consult.scripts.conditions import Known, View
from consult.scripts.schema import Branch, Script

MOST_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class Raised:
    """What the notes say of one red flag, as it came. `put_aside` is "" where nothing came after a dismissal.

    `asks_again` are the skips that no longer hold and the questions that wait for an answer again.
    """

    evidence: tuple[Evidence, ...]
    put_aside: str = ""
    asks_again: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Cause:
    """What raises a flag: `evidence` is None for an answer of the pharmacist."""

    said: str
    seq: int
    evidence: Evidence | None = None


def raised_by_notes(script: Script, known: Known) -> Mapping[str, Raised]:
    """Of each red flag that the notes speak of, or that was dismissed and then answered."""
    causes: dict[str, list[_Cause]] = {}
    for one in known.view.noted:
        for flag in script.flags_by.get(one.said, ()):
            causes.setdefault(flag, []).append(_Cause(one.said, one.seq, one.evidence))
    if any(branch.urgent and branch.id in known.view.skipped for branch in script.branches):
        for said, seq in _answered(known.view):
            for flag in script.flags_by.get(said, ()):
                causes.setdefault(flag, []).append(_Cause(said, seq))
    return {
        branch.id: _raised(branch, causes[branch.id], known.view) for branch in script.branches if branch.id in causes
    }


def _answered(view: View) -> Iterator[tuple[str, int]]:
    for key, answer in view.answers.items():
        if answer.review == "confirmed":
            for value in answer.values:
                yield f"{answer.link_id}={value}", view.heeded.get(key, 0)


def _raised(branch: Branch, causes: list[_Cause], view: View) -> Raised:
    causes = sorted(causes, key=lambda one: one.seq)
    evidence = tuple(one.evidence for one in causes if one.evidence is not None)[-MOST_EVIDENCE:]
    dismissed = _dismissed(branch, view)
    last = max(
        (view.heeded.get(key, sys.maxsize) for key in dismissed), default=0
    )  # holds where nobody knows since when
    anew = False
    for one in causes:
        rejected = view.heeded.get(one.said, 0)  # of a side effect, by its id
        if rejected and one.said.removeprefix("effect:") not in view.effects:
            dismissed.setdefault(one.said, "the side effect was rejected")
        anew = anew or (bool(dismissed) and one.seq > max(last, rejected))
    if not anew:
        return Raised(evidence)
    return Raised(evidence, "; ".join(dict.fromkeys(dismissed.values()))[:200], frozenset(dismissed))


def _dismissed(branch: Branch, view: View) -> dict[str, str]:
    """The branch or the questions by which it was dismissed, with the words for it."""
    found = {branch.id: view.skipped[branch.id]} if branch.id in view.skipped else {}
    for condition in branch.opened_by.conditions:
        link_id = condition.question
        answer = view.answers.get(link_id)
        if link_id in view.skipped:
            found[link_id] = view.skipped[link_id]
        elif answer is None or answer.review == "proposed" or condition.operator != "=":
            continue
        elif answer.review == "rejected" or set(answer.values).isdisjoint(condition.answers):
            found[link_id] = f"answered: {', '.join(answer.values)}" if answer.values else "the answer was taken away"
    return found
