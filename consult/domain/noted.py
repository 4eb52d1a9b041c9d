"""What the lines of the notes say, and since when: so that words that come anew are told from those dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from consult.domain.in_context import lines_in_context
from consult.domain.medication import Evidence
from consult.domain.mention import EffectMention, Heard
from consult.domain.state import Consult


@dataclass(frozen=True, slots=True)
class Noted:
    """Something that a line says now. `said` is "effect:chest pain" or "chest-pain-now=yes" (a question's answer);
    `seq` is the event since which the line says it without a break.
    """

    said: str
    evidence: Evidence
    seq: int


def noted(consult: Consult) -> Iterator[Noted]:
    """What the lines say of the patient now and what they answer, in their order."""
    for one in lines_in_context(consult):
        since = one.line.since
        for said, start, end in _sayings(one.effects, one.line.heard):
            yield Noted(said, Evidence(one.line.id, one.line.rev, start, end), since.get(said, 0))


def since(
    known: Mapping[str, int], effects: Iterable[EffectMention], heard: Iterable[Heard], seq: int
) -> dict[str, int]:
    """What a line says with the event since which it does: `known` of its last reading, else `seq`."""
    return {said: known.get(said, seq) for said, _, _ in _sayings(effects, heard)}


def _sayings(effects: Iterable[EffectMention], heard: Iterable[Heard]) -> Iterator[tuple[str, int, int]]:
    for effect in effects:
        if not (effect.negated or effect.uncertain or effect.historical or effect.subject == "other"):
            yield f"effect:{effect.concept}", effect.start, effect.end
    for answer in heard:
        for value in answer.values:
            yield f"{answer.link_id}={value}", answer.start, answer.end
