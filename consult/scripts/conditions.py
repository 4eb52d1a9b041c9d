"""The facts and operators a script may name, and whether they hold now.

A condition never raises: a fact that is not known, a lab that was not taken or an answer that is no number simply
does not meet it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from consult.domain.alert import Alert
from consult.domain.answer import Answer, answer_key
from consult.domain.fill import Fill, Stay
from consult.domain.medication import Medication
from consult.domain.noted import Noted
from consult.domain.patient import Lab
from consult.domain.plan import TodoItem
from consult.scripts.adherence import adherence_of
from consult.scripts.schema import Condition, Guard, Item, Loop
from consult.scripts.wording import filled

ClassesOf = Callable[[str], frozenset[str]]  # of an ingredient

NUMBER_OPERATORS = (">", "<", ">=", "<=", "=", "!=")
IN_REGIMEN = ("active", "intended", "unknown")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a fact name means: words or a number, whether it needs `name`, whether it belongs to one medication."""

    kind: Literal["words", "number"]
    operators: tuple[str, ...]
    named: bool = False
    per_medication: bool = False


_SPACED = str.maketrans(":+,;()/", "       ")
_ANY = {"medicine": "it", "todo": "it"}
_WORDS = ("=", "!=", "exists")
_PHRASE = ("=", "!=", "contains", "exists")
FACTS: Mapping[str, Fact] = {
    "class": Fact("words", _WORDS),
    "ingredient": Fact("words", _WORDS),
    "condition": Fact("words", _PHRASE),
    "effect": Fact("words", _WORDS),
    "alert": Fact("words", _PHRASE),
    "alert_kind": Fact("words", _WORDS),
    "alert_indicator": Fact("words", _WORDS),
    "missing": Fact("words", _WORDS),
    "sex": Fact("words", _WORDS),
    "age": Fact("number", (*NUMBER_OPERATORS, "exists")),
    "medication_count": Fact("number", NUMBER_OPERATORS),
    "class_count": Fact("number", NUMBER_OPERATORS, named=True),
    "lab": Fact("number", (*NUMBER_OPERATORS, "exists"), named=True),
    "days_covered": Fact("number", (*NUMBER_OPERATORS, "exists"), named=True),
    "medication_class": Fact("words", _WORDS, per_medication=True),
    "medication_route": Fact("words", _WORDS, per_medication=True),
    "medication_source": Fact("words", _WORDS, per_medication=True),
    "medication_status": Fact("words", _WORDS, per_medication=True),
    "medication_as_needed": Fact("words", ("=", "!="), per_medication=True),
}


@dataclass(frozen=True, slots=True)
class View:
    """What a script may know of the consult.

    `answers` by `domain.answer.answer_key`; `effects` are concepts that were not denied; `skipped` maps a step id,
    branch id or answer key to the reason; `current` is the id of the step that the pharmacist is in, or ""; `today` is
    an ISO date or ""; `fills` are what was dispensed and `stays` days in a facility, the oldest first; `todos` the plan
    so far. `noted` is what the lines say and since when, `heeded` when something was last skipped, answered or rejected
    (`Consult.heeded`).
    """

    medications: tuple[Medication, ...] = ()
    conditions: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()
    labs: tuple[Lab, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    skipped: Mapping[str, str] = field(default_factory=dict)
    heeded: Mapping[str, int] = field(default_factory=dict)
    noted: tuple[Noted, ...] = ()
    current: str = ""
    age: int | None = None
    sex: str = ""
    today: str = ""
    fills: tuple[Fill, ...] = ()
    stays: tuple[Stay, ...] = ()
    todos: tuple[TodoItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something holds, in words, and the regimen rows it rests on."""

    words: str = ""
    medications: tuple[str, ...] = ()


class Known:
    """A view made ready for many tests: rows of the regimen, their classes, answers by question."""

    def __init__(
        self,
        view: View,
        classes_of: ClassesOf,
        questions: Mapping[str, Item],
        twins: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """`twins` are the questions that ask alike (`Script.twins`): what one was answered, the others know too."""
        self.view = view
        self.questions = questions
        self.rows = tuple(row for row in view.medications if row.status in IN_REGIMEN and row.review != "rejected")
        self.classes: dict[str, frozenset[str]] = {
            row.id: frozenset().union(*(classes_of(ingredient) for ingredient in row.ingredients)) for row in self.rows
        }
        self.all_classes = frozenset().union(*self.classes.values())
        self.conditions = tuple((one, f" {one.lower()} ") for one in view.conditions)  # as on record, and to look in
        self.rows_of: dict[tuple[str, str], list[str]] = {}
        for row in self.rows:
            for name in self.classes[row.id]:
                self.rows_of.setdefault(("class", name), []).append(row.id)
            for name in row.ingredients:
                self.rows_of.setdefault(("ingredient", name), []).append(row.id)
        self.row = {row.id: row for row in self.rows}
        self.todo = {item.id: item for item in view.todos}
        self.rounds: Mapping[Loop, tuple[tuple[str, str], ...]] = {  # the id and name of each row, by loop
            "medication": tuple((row.id, row.name) for row in self.rows),
            "todo": tuple((item.id, item.topic) for item in view.todos),
        }
        self.labs = {lab.name.lower(): lab.value for lab in view.labs}  # the newest stands last
        self.adherence = adherence_of(view.fills, classes_of, view.conditions, view.age, view.today, view.stays)
        self._by_question: dict[str, list[Answer]] = {}
        for answer in view.answers.values():
            known = not answer.medication_id or answer.medication_id in self.row
            if known and answer.review != "rejected" and (not answer.todo_id or answer.todo_id in self.todo):
                self._by_question.setdefault(answer.link_id, []).append(answer)
        own = {link_id: tuple(given) for link_id, given in self._by_question.items()}
        self.confirmed = frozenset(
            link_id for link_id, given in own.items() if any(a.review == "confirmed" and any(a.values) for a in given)
        )
        for link_id in (twins or {}).keys() - own.keys():
            if heard := [answer for other in (twins or {})[link_id] for answer in own.get(other, ())]:
                self._by_question[link_id] = heard

        self._answered = frozenset(self._by_question)
        self.signs = frozenset(self._signs())

    def _signs(self) -> Iterator[str]:
        """What is known, as `Guard.signs` names it."""
        yield from (f"{fact}:{name}" for fact, name in self.rows_of)
        yield from (f"effect:{effect.lower()}" for effect in self.view.effects)
        yield from (f"lab:{name}" for name in self.labs)
        yield from (f"question:{link_id}" for link_id in self._answered)
        yield from (("condition",) if self.view.conditions else ())
        yield from (("alert",) if self.view.alerts else ())

    def answers(self, link_id: str, row_id: str = "") -> tuple[str, ...]:
        """The values given: for this row where it was asked of each in a loop, else those of the consult."""
        if link_id not in self._by_question:
            return ()
        if row_id:
            own = self.view.answers.get(answer_key(link_id, row_id))
            if own is not None and own.review != "rejected":
                return own.values
            whole = (a for a in self._by_question.get(link_id, ()) if not a.medication_id and not a.todo_id)
            return tuple(v for a in whole for v in a.values)
        return tuple(v for a in self._by_question.get(link_id, ()) for v in a.values)

    def only_heard(self, link_id: str, value: str) -> bool:
        """Whether this answer was read from the notes each time and confirmed by nobody."""
        given = (answer for answer in self._by_question.get(link_id, ()) if value in answer.values)
        return all(answer.review == "proposed" for answer in given)

    def name_of(self, row_id: str, language: str = "") -> str:
        """What a medication or a to-do item is called, in a language where it has a name in it; "" for neither."""
        if row_id in self.row:
            return self.row[row_id].name
        item = self.todo.get(row_id)
        if item is None:
            return ""
        return next((said.topic for said in item.said if said.language == language), item.topic)

    def values_of(self, row_id: str, language: str = "") -> Mapping[str, str]:
        """What a text about a medication or a to-do item is filled with; nothing where it is about neither."""
        if row_id in self.row:
            return {"medicine": self.row[row_id].name, "strength": self.row[row_id].sig.strength or ""}
        return {"todo": self.name_of(row_id, language)} if row_id in self.todo else {}

    def named(self, ids: Iterable[str]) -> str:
        return _listed([self.row[i].name for i in ids if i in self.row])

    def touched(self, guard: Guard) -> bool:
        """False where the guard looks only at questions that have no answer: it cannot hold for any medication."""
        return guard.asks is None or not guard.asks.isdisjoint(self._answered)

    def why(self, guard: Guard, row_id: str = "") -> Reason | None:
        """The reason for which the guard holds, None where it does not."""
        if guard.signs is not None and guard.signs.isdisjoint(self.signs):
            return None
        reasons: list[Reason] = []
        for condition in guard.conditions:
            reason = self._test(condition, row_id)
            if reason is None and guard.behavior == "all":
                return None
            if reason is not None:
                reasons.append(reason)
        if guard.conditions and not reasons:
            return None
        words = "; ".join(dict.fromkeys(r.words for r in reasons if r.words))
        rows = tuple(dict.fromkeys(i for r in reasons for i in r.medications))
        return Reason(words[:200], rows)

    def holds(self, guard: Guard, row_id: str = "") -> bool:
        tests = (self._test(condition, row_id) is not None for condition in guard.conditions)
        return not guard.conditions or (all(tests) if guard.behavior == "all" else any(tests))

    def _test(self, condition: Condition, row_id: str) -> Reason | None:
        if condition.question:
            values = self.answers(condition.question, row_id)
            if _compare(condition, values, "") is None:
                return None
            return Reason(self._said(condition.question, values, row_id))
        if condition.fact in ("age", "lab", "days_covered", "medication_count", "class_count"):
            return self._test_number(condition)
        return self._test_words(condition, row_id)

    def _said(self, link_id: str, values: tuple[str, ...], row_id: str) -> str:
        item = self.questions.get(link_id)
        if item is None or not values:
            return ""
        text = filled(item.text, self.values_of(row_id) or _ANY)
        words = {"yes": "Yes", "no": "No"} | {option.code: option.text for option in item.options}
        return f'"{text}" {_listed(words.get(value, value) for value in values)}'

    def _test_number(self, condition: Condition) -> Reason | None:
        rows: tuple[str, ...] = ()
        if condition.fact == "age":
            value = None if self.view.age is None else float(self.view.age)
            words = f"age {self.view.age}"
        elif condition.fact == "lab":
            value = self.labs.get(condition.names[0])
            words = f"{condition.names[0]} is {value:g}" if value is not None else ""
        elif condition.fact == "days_covered":
            shown = next((one for one in self.adherence if one.measure in condition.names), None)
            value = shown.percent if shown is not None else None
            words = f"{shown.title}: {shown.percent:g} % of days covered" if shown is not None else ""
        else:
            if condition.fact == "class_count":
                rows = tuple(row.id for row in self.rows if not self.classes[row.id].isdisjoint(condition.names))
            else:
                rows = tuple(row.id for row in self.rows)
            value = float(len(rows))
            words = f"{len(rows)} medicines: {self.named(rows)}" if condition.names else f"{len(rows)} medicines"
        if value is None:
            return None
        if condition.operator == "exists":
            return Reason(words, rows) if condition.answers != ("no",) else None
        return Reason(words, rows) if _numeric(condition, f"{value:g}") else None

    def _test_words(self, condition: Condition, row_id: str) -> Reason | None:
        if condition.fact in ("class", "ingredient"):
            hits = self._rows_with(condition)
            if condition.operator == "!=":
                return None if hits else Reason()
            if not hits:
                return None
            return Reason(f"{self.named(hits)} {'is' if len(hits) == 1 else 'are'} on the list", hits)
        if condition.fact.startswith("medication_"):
            row = self.row.get(row_id)
            return None if row is None else _compare(condition, self._of_row(row, condition.fact), "")
        if condition.fact == "missing":
            return self._test_missing(condition)
        if condition.fact.startswith("alert"):
            return self._test_alert(condition)
        values = {
            "condition": self.view.conditions,
            "effect": self.view.effects,
            "sex": (self.view.sex,) if self.view.sex else (),
        }.get(condition.fact, ())
        hit = [value for value in values if _matches(condition, value)]
        one, several = (
            ("is on record", "are on record") if condition.fact == "condition" else ("was noted", "were noted")
        )
        words = f"{_listed(hit)} {one if len(hit) == 1 else several}" if hit else ""
        return _compare(condition, values, words)

    def _test_alert(self, condition: Condition) -> Reason | None:
        value_of = {"alert": "id", "alert_kind": "kind", "alert_indicator": "indicator"}[condition.fact]
        hits = [a for a in self.view.alerts if _matches(condition, getattr(a, value_of))]
        if condition.operator == "!=":
            return None if hits else Reason()
        if not hits:
            return None
        return Reason(f"alert: {hits[0].title}", tuple(i for i in hits[0].medications if i in self.row))

    def _test_missing(self, condition: Condition) -> Reason | None:
        """What alerts could not weigh because it is not known."""
        hits = [
            (factor.name, alert)
            for alert in self.view.alerts
            for factor in alert.factors
            if factor.effect == "missing" and _matches(condition, factor.name)
        ]
        if condition.operator == "!=":
            return None if hits else Reason()
        if not hits:
            return None
        names = _listed(name for name, _ in hits)
        rows = tuple(dict.fromkeys(i for _, alert in hits for i in alert.medications if i in self.row))
        return Reason(f"{names} not known, for: {_listed(alert.title for _, alert in hits)}"[:200], rows)

    def _rows_with(self, condition: Condition) -> tuple[str, ...]:
        if condition.operator == "exists":
            hits = {row_id for (fact, _), rows in self.rows_of.items() if fact == condition.fact for row_id in rows}
        else:
            hits = {i for answer in condition.answers for i in self.rows_of.get((condition.fact, answer), ())}
        return tuple(row.id for row in self.rows if row.id in hits) if hits else ()

    def _of_row(self, row: Medication, fact: str) -> tuple[str, ...]:
        if fact == "medication_class":
            return tuple(self.classes[row.id])
        value = {
            "medication_route": row.sig.route or "",
            "medication_source": row.source,
            "medication_status": row.status,
            "medication_as_needed": "yes" if row.sig.as_needed else "no",
        }.get(fact, "")
        return (value,) if value else ()


def _listed(names: Iterable[str]) -> str:
    names = list(dict.fromkeys(names))
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def _matches(condition: Condition, value: str) -> bool:
    value = value.lower()
    if condition.operator == "exists":
        return bool(value)
    if condition.operator == "contains":  # whole words: "failure" is not in "failures"
        spaced = f" {value.translate(_SPACED)} "
        return any(f" {answer} " in spaced for answer in condition.answers)
    return value in condition.answers


def _numeric(condition: Condition, value: str) -> bool:
    try:
        number, limits = float(value), [float(answer) for answer in condition.answers]
    except ValueError:
        return False
    tests = {
        ">": number.__gt__,
        "<": number.__lt__,
        ">=": number.__ge__,
        "<=": number.__le__,
        "=": number.__eq__,
        "!=": number.__ne__,
    }
    test = tests.get(condition.operator)
    return test is not None and any(test(limit) for limit in limits)


def _compare(condition: Condition, values: Iterable[str], words: str) -> Reason | None:
    """`exists` with answer "no" asks for absence; "!=" holds where no value is equal, also where there is none."""
    values = tuple(values)
    if condition.operator == "exists":
        return Reason(words) if bool(values) == (condition.answers != ("no",)) else None
    if condition.operator == "!=":
        return None if any(value.lower() in condition.answers for value in values) else Reason()
    if condition.operator in ("=", "contains"):
        return Reason(words) if any(_matches(condition, value) for value in values) else None
    return Reason(words) if any(_numeric(condition, value) for value in values) else None
