"""A script as one page to read and to review on paper: every word, condition and source, both languages together."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from consult.scripts.conditions import FACTS
from consult.scripts.linking import items_in
from consult.scripts.schema import LOOP_WORDS, Condition, Guard, Item, Script

_FACT_WORDS = {"class": "takes", "ingredient": "takes", "effect": "noted", "missing": "not known"}


def page_of(script: Script) -> str:
    """The page as HTML that needs nothing else."""
    others = [language for language in script.languages if language != script.language]
    return (
        _environment()
        .get_template("page.html.j2")
        .render(script=script, others=others, when=_when, heard=_heard(script))
    )


def _heard(script: Script) -> dict[str, int]:
    """How many rules each question has by which a note answers it."""
    return {item.link_id: len(item.heard) for item in items_in(script) if item.heard}


def _when(guard: Guard) -> str:
    """Conditions in words; "" where there are none."""
    joined = " and " if guard.behavior == "all" else " or "
    return joined.join(_condition(one) for one in guard.conditions)


def _condition(condition: Condition) -> str:
    subject = condition.question or " ".join((_FACT_WORDS.get(condition.fact, condition.fact), *condition.names[:1]))
    if len(condition.names) > 1:
        subject = f"{condition.fact} ({', '.join(condition.names)})"
    if condition.operator == "exists":
        return f"{subject} {'is not answered' if condition.answers == ('no',) else 'is answered'}"
    words = {"=": "is", "!=": "is not"}.get(condition.operator, condition.operator)
    if condition.fact in _FACT_WORDS:
        words = {"=": "", "!=": "not"}.get(condition.operator, words)
    return " ".join(f"{subject} {words} {' or '.join(condition.answers)}".split())


def _flat(items: tuple[Item, ...], depth: int = 0) -> list[tuple[int, Item]]:
    return [pair for item in items for pair in ((depth, item), *_flat(item.items, depth + 1))]


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    globals_: dict[str, Any] = {"flat": _flat, "loops": LOOP_WORDS, "facts": sorted(FACTS)}
    environment.globals.update(globals_)
    return environment
