"""Preventive care: rules of authorities as data, and which of them call for something now. Pure.

Nothing says that a measure was not taken: a gap is something to ask about ("ask"), or due where a record shows it.
"""

from __future__ import annotations

import re
from datetime import date

from consult.domain.answer import CareGap
from consult.scripts.conditions import Known
from consult.scripts.entries import Entry
from consult.scripts.questions import identifier
from consult.scripts.schema import TODO_WORDS, CareRule, Origin

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_KEYS = ("rule", "care", "title", "authority", "effective", "interval", "action", "ages", "source", "date", "reviewer")
_MAY = ("sex", "conditions", "classes", "lab", "days", *TODO_WORDS)
OLDEST = 130


def compile_prevention(entry: Entry) -> tuple[CareRule, ...]:
    """The rules of a part file. Raises BadFile with the line."""
    rules = tuple(_rule(each) for each in entry.each())
    names = [rule.id for rule in rules]
    for each, name in zip(entry.each(), names, strict=True):
        if names.count(name) > 1:
            raise each.bad(f"the rule '{name}' stands twice")
    return rules


def _rule(entry: Entry) -> CareRule:
    fields = entry.fields(_KEYS, _MAY)
    if not _DATE.fullmatch(fields["effective"].word()):
        raise fields["effective"].bad("no date (YYYY, YYYY-MM or YYYY-MM-DD)")
    if ("lab" in fields) != ("days" in fields):
        raise entry.bad("'lab' and 'days' go together")
    if 0 < len(fields.keys() & set(TODO_WORDS)) < len(TODO_WORDS):
        raise entry.bad(f"{', '.join(TODO_WORDS)} go together")
    return CareRule(
        id=identifier(fields["rule"]),
        care=identifier(fields["care"]),
        title=fields["title"].text(),
        authority=fields["authority"].text(),
        effective=fields["effective"].word(),
        interval=fields["interval"].text(),
        action=fields["action"].text(),
        ages=_ages(fields["ages"]),
        sex=fields["sex"].one_of(("f", "m")) if "sex" in fields else "",
        conditions=tuple(word.lower() for word in fields["conditions"].words()) if "conditions" in fields else (),
        classes=tuple(word.lower() for word in fields["classes"].words()) if "classes" in fields else (),
        lab=fields["lab"].word() if "lab" in fields else "",
        days=_whole(fields["days"]) if "days" in fields else 0,
        origin=Origin(fields["source"].text(), fields["date"].word(), fields["reviewer"].text()),
        **{name: fields[name].text() for name in TODO_WORDS if name in fields},
    )


def _ages(entry: Entry) -> tuple[int, int]:
    ends = [_whole(each) for each in entry.each()]
    if len(ends) not in (1, 2) or ends != sorted(ends):
        raise entry.bad("ages are [from] or [from, to] in whole years")
    return ends[0], ends[1] if len(ends) == 2 else OLDEST


def _whole(entry: Entry) -> int:
    if not entry.word().isdecimal():
        raise entry.bad(f"'{entry.word()}' is no whole number")
    return int(entry.word())


def care_gaps(rules: tuple[CareRule, ...], known: Known) -> tuple[CareGap, ...]:
    """What the rules call for, those on the same matter next to each other, in the order of the file."""
    order = {rule.care: place for place, rule in reversed(list(enumerate(rules)))}
    found = [(rule, gap) for rule in rules if (gap := _gap(rule, known)) is not None]
    return tuple(gap for _, gap in sorted(found, key=lambda pair: order[pair[0].care]))


def _gap(rule: CareRule, known: Known) -> CareGap | None:
    view = known.view
    if view.age is None or not rule.ages[0] <= view.age <= rule.ages[1] or (rule.sex and rule.sex != view.sex):
        return None
    reasons = [f"age {view.age}"] + ([{"f": "woman", "m": "man"}[rule.sex]] if rule.sex else [])
    if rule.conditions or rule.classes:
        held = next((one for one, low in known.conditions if any(f" {word} " in low for word in rule.conditions)), "")
        if not held and known.all_classes.isdisjoint(rule.classes):
            return None
        rows = (row.name for row in known.rows if not known.classes[row.id].isdisjoint(rule.classes))
        reasons.append(held or next(rows))
    newest = next((lab for lab in reversed(view.labs) if rule.lab and lab.name == rule.lab), None)
    days = _days_since(newest.at, view.today) if newest is not None else None
    if newest is not None and (days is None or days <= rule.days):
        return None
    if days is not None:
        reasons.append(f"last one {days} days ago")
    return CareGap(rule.id, ", ".join(reasons)[:200], "ask" if days is None else "due")


def _days_since(day: str, today: str) -> int | None:
    try:
        return (date.fromisoformat(today[:10]) - date.fromisoformat(day)).days
    except ValueError:
        return None
