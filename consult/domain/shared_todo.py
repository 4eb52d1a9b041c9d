"""One to-do item for several alerts that ask the patient for the same thing.

A patient who is told the same step five times reads none of them. Where the action is the same but for the medicines
it names, the item of the first alert takes in the others: it keeps the references to all problems, names all their
medicines, and gives one reason. A step of which the other says a part ("do not drive if you feel sleepy") takes it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from consult.domain.alert import Alert
from consult.domain.plan import TodoItem, TodoWords
from consult.domain.problem import Problem
from consult.domain.state import Consult

AND: Final = {"en": " and ", "es": " y "}  # before the last name of several in a to-do text
TOPIC: Final = 200  # characters, as the contract has it
_SENTENCES = re.compile(r"(?<=[.!?]) (?=\S)")
# What agrees with one medicine and not with several: "if X is still right", "your X level".
_OF_ONE = re.compile(r" (?:is|has|was|level|dose|es|está|sigue|puede)\b")
_IT = re.compile(r"\bit\b")


def item_of(alert: Alert, problem: Problem) -> TodoItem:
    """The item that one alert asks for."""
    return TodoItem(
        id=f"todo:{alert.id}"[:80],
        topic=alert.todo_topic or alert.title,
        action=alert.todo_action,
        why=alert.todo_why,
        problem_id=problem.id,
        said=alert.todo_said,
    )


def same_step(consult: Consult, item: TodoItem, problem: Problem) -> TodoItem | None:
    """The item on the list that asks for the same already, in every language."""
    return next((known for known in consult.todos.values() if _same(consult, known, item, problem)), None)


def _same(consult: Consult, known: TodoItem, item: TodoItem, problem: Problem) -> bool:
    if known.action == item.action:
        return True
    of_known = (consult.problems[key] for key in known.problems if key in consult.problems)
    names = names_of(consult, (*of_known, problem))
    said = {words.language: words.action for words in item.said}
    alike = _union(known.topic, item.topic, names, "en") and _step(known.action, item.action, names, "en")
    return bool(alike) and all(
        _step(words.action, said.get(words.language, ""), names, words.language) for words in known.said
    )


def names_of(consult: Consult, problems: Iterable[Problem]) -> tuple[str, ...]:
    """What the medicines of these problems are called."""
    keys = dict.fromkeys(key for problem in problems for key in problem.medications)
    return tuple(dict.fromkeys(consult.medications[key].name for key in keys if key in consult.medications))


def joined(known: TodoItem, item: TodoItem, names: Sequence[str]) -> TodoItem:
    """The known item with what the other one adds."""
    problems = tuple(dict.fromkeys((*known.also, item.problem_id, *item.also)))
    said = {words.language: words for words in item.said}
    return replace(
        known,
        topic=_topic(known.topic, item.topic, names, "en"),
        action=_step(known.action, item.action, names, "en") or known.action,
        why=_union(known.why, item.why, names, "en") or known.why,
        also=tuple(one for one in problems if one and one != known.problem_id),
        said=tuple(_words(words, said.get(words.language), names) for words in known.said),
    )


def without_problem(consult: Consult, item: TodoItem, problem_id: str) -> TodoItem | None:
    """What is left of an item when one of its problems goes; None where it has no other.

    Words that are still those of the alerts are written anew from the alerts that stay; changed ones are kept.
    """
    of_item = [consult.problems[key] for key in (item.problem_id, *item.also) if key in consult.problems]
    rest = [problem for problem in of_item if problem.id != problem_id]
    if not rest:
        return None
    if item == _written(consult, of_item, item.id):
        return _written(consult, rest, item.id)
    return replace(item, problem_id=rest[0].id, also=tuple(problem.id for problem in rest[1:]))


def _written(consult: Consult, problems: Sequence[Problem], item_id: str) -> TodoItem | None:
    """The item as the alerts of these problems write it, in their order."""
    made: TodoItem | None = None
    for number, problem in enumerate(problems, 1):
        if problem.alert_id not in consult.alerts:
            return None
        item = item_of(consult.alerts[problem.alert_id].alert, problem)
        made = item if made is None else joined(made, item, names_of(consult, problems[:number]))
    return replace(made, id=item_id) if made else None


def _words(known: TodoWords, other: TodoWords | None, names: Sequence[str]) -> TodoWords:
    if other is None:
        return known
    topic = _topic(known.topic, other.topic, names, known.language)
    action = _step(known.action, other.action, names, known.language) or known.action
    why = _union(known.why, other.why, names, known.language) or known.why
    return replace(known, topic=topic, action=action, why=why)


def _topic(first: str, second: str, names: Sequence[str], language: str) -> str:
    """Both topics in one: their medicines together where the rest is the same, else one after the other."""
    both = _union(first, second, names, language) or f"{first}; {second}"
    return first if second in first or len(both) > TOPIC else both


def _step(first: str, second: str, names: Sequence[str], language: str) -> str:
    """Both steps as one, where one says all of the other but for the medicines; "" where they are two steps."""
    if first == second:
        return first
    mine, other = _SENTENCES.split(first), _SENTENCES.split(second)
    longer = mine if len(mine) >= len(other) else other
    rest = other if longer is mine else mine
    said: list[str] = []
    for sentence in longer:
        pair = [(sentence, one) if longer is mine else (one, sentence) for one in rest[:1]]
        both = next((_union(*two, names, language) for two in pair if _one_list(*two, names, language)), "")
        rest = rest[1:] if both else rest
        said.append(both or sentence)
    return "" if rest or _IT.search(first) else " ".join(said)


def _one_list(first: str, second: str, names: Sequence[str], language: str) -> bool:
    """Whether naming the medicines of both says of none what was said of another.

    One list alone differs, a pair shares a medicine with the other pair, and nothing behind it is said of one alone.
    """
    lists = [_lists(text, names, language) for text in (first, second)]
    unlike = [(one, two) for one, two in zip(*lists, strict=False) if set(one[0]) != set(two[0])]
    return not unlike or (
        len(unlike) == 1
        and all(len(one) == len(two) == 1 or set(one) & set(two) for (one, _), (two, _) in unlike)
        and not any(_OF_ONE.match(behind) for _, (_, behind) in unlike)
    )


def _lists(text: str, names: Sequence[str], language: str) -> list[tuple[list[str], str]]:
    """Each list of medicines in a text, and what stands behind it."""
    found = _patterns(names, language)
    return [(found[1].findall(hit[0]), text[hit.end() :]) for hit in found[0].finditer(text)] if found else []


def _patterns(names: Sequence[str], language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """A list of these names, and one of them."""
    name = "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True) if one)
    if not name:
        return None
    both = AND.get(language, AND["en"])
    listed = re.compile(rf"(?<!\w)(?:{name})(?:(?:, |{both})(?:{name}))*(?!\w)")
    return listed, re.compile(rf"(?<!\w)(?:{name})(?!\w)")


def _union(first: str, second: str, names: Sequence[str], language: str) -> str:
    """Two sentences that differ in the medicines they name, as one; "" where they differ in more."""
    if first == second:
        return first
    found = _patterns(names, language)
    if found is None:
        return ""
    listed, one = found
    both = AND.get(language, AND["en"])
    if listed.sub("\0", first) != listed.sub("\0", second):
        return ""
    pairs = iter(zip(listed.findall(first), listed.findall(second), strict=True))

    def together(_: re.Match[str]) -> str:
        distinct = list(dict.fromkeys(word for part in next(pairs) for word in one.findall(part)))
        return both.join([", ".join(distinct[:-1]), distinct[-1]] if len(distinct) > 1 else distinct)

    return listed.sub(together, first)
