"""Questions and conditions of a script file, compiled and refused where they make no sense by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from consult.scripts.adherence import measures
from consult.scripts.conditions import FACTS
from consult.scripts.entries import Entry, worded
from consult.scripts.heard_rules import compile_heard
from consult.scripts.schema import (
    CONSENTS,
    ITEM_TYPES,
    LOOP_WORDS,
    OPERATORS,
    SLOTS,
    Behavior,
    Condition,
    Guard,
    Item,
    ItemType,
    Leaf,
    Loop,
    Operator,
    Option,
)
from consult.scripts.wording import names_in

_ID = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,58}[a-z0-9])?")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_ITEM_KEYS = (
    "required",
    "repeats",
    "help",
    "unit",
    "answer_option",
    "enable_when",
    "enable_behavior",
    "items",
    "lab",
    "consent",
    "same",
    "heard",
)
_CHOICES = ("choice", "open-choice")
_NOT_ASKED = ("display", "group")


def identifier(entry: Entry) -> str:
    """An id: lower-case letters, digits, - and _, at most 60 characters."""
    word = entry.word()
    if not _ID.fullmatch(word):
        raise entry.bad(f"'{word}' is no id (lower-case letters, digits, '-' and '_', at most 60)")
    return word


def spoken(entry: Entry, *, each: Loop) -> str:
    """A text for people in its short form; a name stands in it only where one such row is meant."""
    words = worded(entry)
    for name in sorted(names_in(words)):
        loop = next(one for one, names in SLOTS.items() if name in names)
        if loop != each:
            raise entry.bad(f"{{{name}}} has a meaning only in questions asked for each {LOOP_WORDS[loop]}")
    return words


def compile_guard(entry: Entry | None, behavior: Entry | None, *, each: Loop) -> Guard:
    how = "all" if behavior is None else behavior.one_of(("all", "any"))
    if entry is None:
        if behavior is not None:
            raise behavior.bad("says how conditions combine, but there are no conditions")
        return Guard()
    conditions = tuple(_condition(one, each=each) for one in entry.each())
    if not conditions:
        raise entry.bad("the list of conditions is empty")
    return Guard(conditions, cast(Behavior, how))


def _condition(entry: Entry, *, each: Loop) -> Condition:
    fields = entry.fields((), ("question", "fact", "name", "operator", "answer"))
    if ("question" in fields) == ("fact" in fields):
        raise entry.bad("a condition names either a 'question' or a 'fact'")
    operator = fields["operator"].one_of(OPERATORS) if "operator" in fields else "="
    if "answer" not in fields and operator != "exists":
        raise entry.bad("'answer' is missing")
    answers = tuple(word.lower() for word in fields["answer"].words()) if "answer" in fields else ("yes",)
    if operator == "exists" and answers not in (("yes",), ("no",)):
        raise entry.bad("'exists' takes the answer yes or no")
    if operator in (">", "<", ">=", "<=") and not all(_NUMBER.fullmatch(answer) for answer in answers):
        raise fields["answer"].bad(f"'{operator}' needs a number")
    if "question" in fields:
        if "name" in fields:
            raise fields["name"].bad("'name' belongs to a fact, not to a question")
        return Condition(cast(Operator, operator), answers, question=identifier(fields["question"]))
    return _fact_condition(entry, fields, cast(Operator, operator), answers, each=each)


def _fact_condition(
    entry: Entry, fields: dict[str, Entry], operator: Operator, answers: tuple[str, ...], *, each: Loop
) -> Condition:
    name = fields["fact"].word()
    if name not in FACTS:
        raise fields["fact"].bad(f"unknown fact '{name}' (known: {', '.join(sorted(FACTS))})")
    fact = FACTS[name]
    if operator not in fact.operators:
        raise entry.bad(f"the fact '{name}' takes the operators {' '.join(fact.operators)}, not '{operator}'")
    if fact.named != ("name" in fields):
        raise entry.bad(f"the fact '{name}' {'needs' if fact.named else 'takes no'} 'name'")
    if fact.per_medication and each != "medication":
        raise fields["fact"].bad(f"the fact '{name}' has a meaning only in questions asked for each medication")
    if fact.kind == "number" and operator != "exists" and not all(_NUMBER.fullmatch(answer) for answer in answers):
        raise fields["answer"].bad(f"the fact '{name}' is a number")
    names = tuple(word.lower() for word in fields["name"].words()) if fact.named else ()
    if name in ("lab", "days_covered") and len(names) != 1:
        raise fields["name"].bad("one name at a time")
    if name == "days_covered" and names[0] not in {measure.id for measure in measures()}:
        raise fields["name"].bad(f"there is no measure '{names[0]}'")
    return Condition(operator, answers, fact=name, names=names)


def compile_items(entry: Entry, *, each: Loop, names: dict[str, Entry]) -> tuple[Item, ...]:
    """The questions of a list; `names` gathers link_id -> place and refuses one that stands twice."""
    items = tuple(_item(one, each=each, names=names) for one in entry.each())
    if not items:
        raise entry.bad("the list of questions is empty")
    return items


def _item(entry: Entry, *, each: Loop, names: dict[str, Entry]) -> Item:
    fields = entry.fields(("link_id", "text", "type"), (*_ITEM_KEYS, "for_each"))
    link_id = identifier(fields["link_id"])
    if link_id in names:
        first = names[link_id]
        raise fields["link_id"].bad(f"the link_id '{link_id}' already stands in {first.path.name}:{first.line}")
    names[link_id] = fields["link_id"]
    kind = fields["type"].one_of(ITEM_TYPES)
    for_each = loop_of(fields)
    if for_each and kind != "group":
        raise fields["for_each"].bad("'for_each' belongs to a step or a group")
    if for_each and each and for_each != each:
        raise fields["for_each"].bad("a loop stands in no other loop")
    each = each or for_each
    if each == "todo" and "heard" in fields:
        raise fields["heard"].bad("a note does not say which to-do item it is about: no 'heard' in this loop")
    _check_kind(entry, fields, kind)
    options = _options(fields["answer_option"]) if "answer_option" in fields else ()
    return Item(
        link_id=link_id,
        text=spoken(fields["text"], each=each),
        type=cast(ItemType, kind),
        required="required" in fields and fields["required"].flag(),
        repeats="repeats" in fields and fields["repeats"].flag(),
        help=spoken(fields["help"], each=each) if "help" in fields else "",
        unit=fields["unit"].text() if "unit" in fields else "",
        options=options,
        enable=compile_guard(fields.get("enable_when"), fields.get("enable_behavior"), each=each),
        for_each=for_each,
        items=compile_items(fields["items"], each=each, names=names) if "items" in fields else (),
        lab=fields["lab"].word() if "lab" in fields else "",
        consent=fields["consent"].one_of(CONSENTS) if "consent" in fields else "",
        same=identifier(fields["same"]) if "same" in fields else "",
        heard=compile_heard(fields["heard"], kind, options) if "heard" in fields else (),
    )


def loop_of(fields: Mapping[str, Entry]) -> Loop:
    """What a step or group is gone through for; "" where it is asked once."""
    return cast(Loop, fields["for_each"].one_of(tuple(SLOTS))) if "for_each" in fields else ""


def _check_kind(entry: Entry, fields: dict[str, Entry], kind: str) -> None:
    if (kind in _CHOICES) != ("answer_option" in fields):
        raise entry.bad(f"a question of type {kind} {'needs' if kind in _CHOICES else 'takes no'} 'answer_option'")
    if (kind == "group") != ("items" in fields):
        raise entry.bad(f"an item of type {kind} {'needs' if kind == 'group' else 'takes no'} 'items'")
    if kind in _NOT_ASKED and ("required" in fields or "repeats" in fields):
        raise entry.bad(f"an item of type {kind} is not answered: it takes no 'required' and no 'repeats'")
    if "heard" in fields and kind in _NOT_ASKED:
        raise fields["heard"].bad(f"an item of type {kind} is not answered")
    if "lab" in fields and kind not in (("string",) if "/" in fields["lab"].word() else ("integer", "decimal")):
        raise fields["lab"].bad("'lab' belongs to a number; two values with a slash belong to a string")
    if "same" in fields and (kind in _NOT_ASKED or "lab" in fields):
        raise fields["same"].bad("'same' belongs to a question, and 'lab' says it already")
    if "consent" in fields and kind != "boolean":
        raise fields["consent"].bad("consent is a yes or a no")
    if "unit" in fields and kind not in ("integer", "decimal") and "lab" not in fields:
        raise fields["unit"].bad("'unit' belongs to a number")


def _options(entry: Entry) -> tuple[Option, ...]:
    options = tuple(Option(identifier(code), words.text()) for code, words in entry.pairs())
    if len(options) < 2:
        raise entry.bad("a choice needs at least two options")
    return options


def leaves_of(items: tuple[Item, ...], *, each: Loop, guards: tuple[Guard, ...] = ()) -> Iterator[Leaf]:
    """Every question that is answered, with the conditions of the groups around it."""
    for item in items:
        own = (*guards, item.enable) if item.enable.conditions else guards
        inside = each or item.for_each
        if item.type == "group":
            yield from leaves_of(item.items, each=inside, guards=own)
        elif item.type != "display":
            yield Leaf(item, own, inside)
