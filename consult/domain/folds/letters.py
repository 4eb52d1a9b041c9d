"""Letters to prescribers and their answers."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import events as ev
from consult.domain.folds.registry import changed, on, put
from consult.domain.state import Consult


@on(ev.LetterRequested)
@on(ev.LetterFailed)
def _(consult: Consult, event: ev.Event, data: ev.LetterRequested) -> Consult:
    return changed(consult, letters=put(consult.letters, data.letter.id, data.letter))


@on(ev.LetterDrafted)
def _(consult: Consult, event: ev.Event, data: ev.LetterDrafted) -> Consult:
    letter = replace(data.letter, drafted_at=event.at)
    return changed(consult, letters=put(consult.letters, letter.id, letter))


@on(ev.LetterSent)
def _(consult: Consult, event: ev.Event, data: ev.LetterSent) -> Consult:
    letter = replace(data.letter, sent_at=event.at)
    delivery = replace(data.delivery, at=event.at)
    return changed(
        consult,
        letters=put(consult.letters, letter.id, letter),
        deliveries=put(consult.deliveries, delivery.id, delivery),
        problems={**consult.problems, **{one.id: one for one in data.problems}},
    )


@on(ev.ProblemAnswered)
def _(consult: Consult, event: ev.Event, data: ev.ProblemAnswered) -> Consult:
    return changed(consult, problems=put(consult.problems, data.problem.id, data.problem))
