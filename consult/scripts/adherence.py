"""What the fill history shows of taking medicines: proportion of days covered for each measure of the year. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from consult.domain.answer import Adherence
from consult.domain.days_covered import days_covered
from consult.domain.fill import Fill, Stay, days_away
from consult.scripts.entries import Entry, parse_entries, read_text
from consult.scripts.schema import Origin

FILE = Path(__file__).parent / "measures.yaml"
_KEYS = ("measure", "title", "classes", "unless_filled", "unless_condition", "fills", "days", "age", "goal")


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: the target `classes`; who is left out; from `fills` on different dates, `days` of treatment and an
    `age` on it counts; `goal` is the share in percent from which a person counts as adherent."""

    id: str
    title: str
    classes: frozenset[str]
    unless_filled: frozenset[str]
    unless_condition: frozenset[str]
    fills: int
    days: int
    age: int
    goal: int
    origin: Origin


@cache
def measures() -> tuple[Measure, ...]:
    """The measures that come with the program. Raises BadFile."""
    fields = parse_entries(read_text(FILE), FILE).fields(("measures",))
    return tuple(_measure(entry) for entry in fields["measures"].each())


def _measure(entry: Entry) -> Measure:
    fields = entry.fields((*_KEYS, "source", "date", "reviewer"))
    return Measure(
        id=fields["measure"].word(),
        title=fields["title"].text(),
        classes=frozenset(fields["classes"].words()),
        unless_filled=frozenset(fields["unless_filled"].words()),
        unless_condition=frozenset(fields["unless_condition"].words()),
        fills=int(fields["fills"].word()),
        days=int(fields["days"].word()),
        age=int(fields["age"].word()),
        goal=int(fields["goal"].word()),
        origin=Origin(fields["source"].text(), fields["date"].word(), fields["reviewer"].text()),
    )


def adherence_of(
    fills: tuple[Fill, ...],
    classes_of: Callable[[str], frozenset[str]],
    conditions: Iterable[str],
    age: int | None,
    today: str,
    stays: Iterable[Stay] = (),
) -> tuple[Adherence, ...]:
    """Each measure of which a target was filled this year, from the first fill until `today` (an ISO date).

    The days of `stays`, in a hospital or a skilled nursing facility, do not count.
    """
    if not fills or not today:
        return ()
    year = [fill for fill in fills if fill.date[:4] == today[:4]]
    classes = {name: classes_of(name) for name in {name for fill in year for name in fill.ingredients}}
    known = frozenset(condition.lower() for condition in conditions)
    away = days_away(stays)
    found = (_shown(measure, year, classes, known, age, today, away) for measure in measures())
    return tuple(one for one in found if one is not None)


def _shown(
    measure: Measure,
    year: list[Fill],
    classes: Mapping[str, frozenset[str]],
    conditions: frozenset[str],
    age: int | None,
    today: str,
    away: frozenset[str],
) -> Adherence | None:
    targets = frozenset(name for name, own in classes.items() if own & measure.classes)
    filled = [fill for fill in year if not targets.isdisjoint(fill.ingredients)] if targets else []
    dates = {fill.date for fill in filled}
    first = min(dates, default="")
    if not first or first > today:
        return None
    result = days_covered(filled, targets, first, today, away)
    period = (date.fromisoformat(today[:10]) - date.fromisoformat(first)).days + 1
    out = [one for one in conditions if any(f" {word} " in f" {one} " for word in measure.unless_condition)]
    other = any(own & measure.unless_filled for own in classes.values())
    reasons = (
        f"under {measure.age}" if age is not None and age < measure.age else "",
        f"fewer than {measure.fills} fills" if len(dates) < measure.fills else "",
        f"fewer than {measure.days} days so far" if period < measure.days else "",
        "a fill that takes the person out of the measure" if other else "",
        *sorted(out)[:1],
    )
    return Adherence(
        measure=measure.id,
        title=measure.title,
        covered=result.covered,
        days=result.days,
        percent=round(result.share * 100, 1),
        goal=measure.goal,
        first=first,
        last=today,
        not_counted="; ".join(reason for reason in reasons if reason)[:200],
        fills=len(dates),
    )
