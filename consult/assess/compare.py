"""What alerts change between two states of the knowledge, on a set of regimens."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from consult.assess.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.knowledge.tables import Knowledge

Change = tuple[str, str, str]  # alert id, indicator before, indicator after; "" where there is none
ORDER = ("critical", "warning", "info", "")


@dataclass
class Comparison:
    """`changes` counts in how many regimens each change occurs; `example` names the first of them."""

    regimens: int = 0
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    changes: Counter[Change] = field(default_factory=Counter)
    example: dict[Change, str] = field(default_factory=dict)


def compare(cases: Iterable[tuple[str, Facts]], old: Knowledge, new: Knowledge) -> Comparison:
    """Every case checked with both."""
    found = Comparison()
    for name, facts in cases:
        found.regimens += 1
        before = {one.id: str(one.indicator) for one in assess(facts, old).alerts}
        after = {one.id: str(one.indicator) for one in assess(facts, new).alerts}
        found.before.update(before.values())
        found.after.update(after.values())
        for alert in sorted(set(before) | set(after)):
            change = (alert, before.get(alert, ""), after.get(alert, ""))
            if change[1] != change[2]:
                found.changes[change] += 1
                found.example.setdefault(change, name)
    return found


def told(found: Comparison) -> Iterator[str]:
    """The comparison as lines of text: how much, then what is new, gone, or of another indicator; gravest first."""
    for level in ORDER[:-1]:
        yield f"{level:<9}{found.before[level]:>6} before {found.after[level]:>6} after"
    if not found.changes:
        yield f"no alert changes in {found.regimens} regimens"
        return
    yield f"{len(found.changes)} changes in {found.regimens} regimens:"
    ranked = sorted(
        found.changes,
        key=lambda one: (min(ORDER.index(one[1]), ORDER.index(one[2])), -found.changes[one], one[0]),
    )
    for alert, before, after in ranked:
        sign = "+" if not before else "-" if not after else "~"
        level = f"{before} -> {after}" if sign == "~" else before or after
        count = found.changes[alert, before, after]
        yield f"{sign} {level:<20} {alert}  in {count}, first in {found.example[alert, before, after]}"


def drawn(ingredients: Sequence[str], count: int, size: int = 8, seed: int = 1) -> Iterator[tuple[str, Facts]]:
    """Regimens drawn from a list of ingredients, the first ones most often; the same for the same arguments."""
    chance = random.Random(seed)
    weights = [1 / (place + 10) for place in range(len(ingredients))]
    for number in range(1, count + 1):
        chosen: list[str] = []
        while len(chosen) < min(size, len(ingredients)):
            one = chance.choices(ingredients, weights)[0]
            if one not in chosen:
                chosen.append(one)
        rows = tuple(Medication(f"med:{one}", one, (one,), review="confirmed") for one in chosen)
        facts = Facts(age=chance.randint(50, 90), sex=chance.choice(("f", "m")), medications=rows)
        yield f"drawn {number} ({', '.join(chosen)})", facts
