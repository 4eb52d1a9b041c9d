"""A QuestionnaireResponse as answers to the script of a consult: what fits is proposed, the rest told in its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from consult.domain.answer import Answer
from consult.domain.history import Outcome
from consult.fhir.codes import OWN, Json
from consult.fhir.make import clean
from consult.fhir.questionnaire import ABOUT, ABOUT_WORDS
from consult.fhir.questionnaire_in import id_of
from consult.fhir.taking import Left, objects
from consult.scripts.schema import Item, Leaf, Loop, Script

STATUSES = ("in-progress", "completed", "amended", "stopped")
LONGEST = 2000  # characters of one answer
MOST_VALUES = 20
_NUMBER = re.compile(r"-?\d{1,9}(?:\.\d{1,6})?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
RowNamed = Callable[[Loop, str], str]  # the id of the medication or to-do item of this name, "" where there is none


@dataclass(frozen=True, slots=True)
class Asked:
    """An item with an answer: its link id and words, what was answered, and the row that this round is about."""

    link: str
    words: str
    given: Sequence[Json]
    about: str

    @property
    def shown(self) -> str:
        """Question and answer as the report names them, so that what is left can still be read."""
        said = ", ".join(filter(None, map(_plain, self.given))) or "an answer that cannot be read"
        about = f" ({self.about})" if self.about else ""
        return clean(f"{self.words[:90]}{about}: {said}")[:200]


def read_answers(response: Json, script: Script | None, row_named: RowNamed) -> tuple[list[Answer], list[Outcome]]:
    """The answers to questions of this script, from the patient and to be confirmed; and every answer that is left."""
    answers: dict[str, Answer] = {}
    left: list[Outcome] = []
    why = _foreign(response, script)
    leaves = {leaf.item.link_id: leaf for block in script.blocks for leaf in block.leaves} if script else {}
    for asked in _asked(response):
        try:
            if why or script is None:
                raise Left(why)
            one = _answer(asked, leaves.get(asked.link if _ours(response) else id_of(asked.link)), script, row_named)
            if answers.setdefault(one.key, one) != one:
                raise Left("the question has another answer in the same file")
        except Left as reason:
            left.append(Outcome("answer", asked.shown, "left", str(reason)))
    return list(answers.values()), left


def _ours(response: Json) -> bool:
    return str(response.get("questionnaire") or "").startswith(f"{OWN}:script:")


def _foreign(response: Json, script: Script | None) -> str:
    """Why none of its answers is taken; "" where they may be. A link id of ours means the same in every script."""
    if response.get("status") not in STATUSES:
        return f"the status of the response is {str(response.get('status'))[:30]}"
    if script is None:
        return "add it to a consult: answers belong to its script"
    url = str(response.get("questionnaire") or "").split("|")[0]
    if _ours(response) or (url and any(block.origin.source.endswith(url) for block in script.blocks)):
        return ""
    return f"it answers another questionnaire than the script: {clean(url)[:100] or 'none is named'}"


def _asked(response: Json) -> Iterator[Asked]:
    """The items with an answer in their order, those below a group or an answer too."""
    stack = [(one, "") for one in reversed(objects(response.get("item")))]
    while stack:
        item, about = stack.pop()
        link, below, given = str(item.get("linkId") or ""), objects(item.get("item")), objects(item.get("answer"))
        named = [one for one in below if str(one.get("linkId") or "").endswith(f".{ABOUT}")]
        about = next((said for one in named for said in map(_plain, objects(one.get("answer"))) if said), about)
        if item.get("answer") and not link.endswith(f".{ABOUT}"):
            yield Asked(link, str(item.get("text") or link), given, about)
        nested = [one for value in given for one in objects(value.get("item"))]
        stack += [(one, about) for one in reversed([*below, *nested])]


def _answer(asked: Asked, leaf: Leaf | None, script: Script, row_named: RowNamed) -> Answer:
    if leaf is None:
        raise Left("the script has no such question")
    item, row = leaf.item, ""
    if leaf.each:
        row = row_named(leaf.each, asked.about) if asked.about else ""
        if not row:
            what = ABOUT_WORDS[leaf.each].lower()
            raise Left(f"no {what} {asked.about!r} stands in the consult" if asked.about else f"it names no {what}")
    if item.consent:
        raise Left("consent is asked of the patient in person")
    values = tuple(dict.fromkeys(_value(item, one, script) for one in asked.given))
    if not values:
        raise Left("its answer cannot be read")
    if len(values) > (MOST_VALUES if item.repeats else 1):
        raise Left("it has more answers than the question takes")
    return Answer(
        item.link_id,
        values,
        row if leaf.each == "medication" else "",
        source="patient",
        review="proposed",
        todo_id=row if leaf.each == "todo" else "",
    )


def _value(item: Item, given: Json, script: Script) -> str:
    """One answer as the question keeps it. Raises Left; nothing is guessed."""
    if item.type in ("choice", "open-choice"):
        return _chosen(item, given, script)
    said = _plain(given)
    if item.type == "boolean":
        if isinstance(given.get("valueBoolean"), bool) or said in ("yes", "no"):
            return said
        raise Left("a yes or no is needed")
    if item.type in ("integer", "decimal"):
        quantity = given.get("valueQuantity")
        unit = str(quantity.get("unit") or quantity.get("code") or "") if isinstance(quantity, dict) else ""
        if unit and unit != item.unit:
            raise Left(f"its unit is {clean(unit)[:20]!r}, not {item.unit!r}")
        number = _plain({"valueDecimal": quantity.get("value")}) if isinstance(quantity, dict) else said
        if not _NUMBER.fullmatch(number) or (item.type == "integer" and float(number) != int(float(number))):
            raise Left("a number is needed" if item.type == "decimal" else "a whole number is needed")
        return number
    if item.type == "date":
        if not _DAY.fullmatch(said[:10]):
            raise Left("a whole date is needed")
        return said[:10]
    if not said:
        raise Left("its answer is of a kind that the question does not take")
    if len(said) > LONGEST:
        raise Left(f"it is longer than {LONGEST} characters")
    return said


def _chosen(item: Item, given: Json, script: Script) -> str:
    """The code of an option, by code or by its words; free words only where the question takes them."""
    coding, said = given.get("valueCoding"), _plain(given)
    if isinstance(coding, dict):
        system = str(coding.get("system") or "")
        codes = {str(coding.get("code")), id_of(str(coding.get("code")))}
        if system.startswith(f"{OWN}:") and system.rpartition(":")[2] != item.link_id:
            raise Left("its code is one of another question")
    else:
        codes = {said}
    for option in item.options:
        words = {script.words(f"option:{item.link_id}:{option.code}", option.text, one) for one in script.languages}
        if option.code in codes or said.casefold() in {one.casefold() for one in words}:
            return option.code
    if item.type == "open-choice" and said and len(said) <= LONGEST:
        return said
    raise Left("it is none of the question's options")


def _plain(given: Any) -> str:
    """A value as text: "yes", "3", "2026-11-27", words; "" for what has none (an attachment, a reference)."""
    for name, value in given.items() if isinstance(given, dict) else ():
        if isinstance(value, bool):
            return "yes" if value else "no"
        if name in ("valueDecimal", "valueInteger") and isinstance(value, int | float):
            return str(value)
        if name == "valueCoding" and isinstance(value, dict):
            return clean(str(value.get("display") or value.get("code") or "")).strip()
        if name == "valueQuantity" and isinstance(value, dict):
            return clean(f"{value.get('value', '')} {value.get('unit') or value.get('code') or ''}").strip()
        if name.startswith("value") and isinstance(value, str):
            return clean(value).strip()
    return ""
