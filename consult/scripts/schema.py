"""A compiled conversation script: what the engine walks and the browser shows.

The words are those of a FHIR Questionnaire (link_id, text, type, required, enable_when, answer_option, repeats);
script, section, step and branch are our own. Everything here is a frozen value without behaviour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Literal, get_args

from consult.scripts.phrases import Phrase
from consult.scripts.sources import version_of

ItemType = Literal[
    "boolean", "choice", "open-choice", "string", "text", "integer", "decimal", "date", "display", "group"
]
Phase = Literal["collect", "assess", "plan", "implement", "follow-up"]
Operator = Literal["exists", "=", "!=", ">", "<", ">=", "<=", "contains"]
Behavior = Literal["all", "any"]
Need = Literal["indication", "effectiveness", "safety", "adherence"]
BranchPlace = Literal["none", "ask", "hold"]
Loop = Literal["", "medication", "todo"]

ITEM_TYPES: tuple[str, ...] = get_args(ItemType)
PHASES: tuple[str, ...] = get_args(Phase)
OPERATORS: tuple[str, ...] = get_args(Operator)
NEEDS: tuple[str, ...] = get_args(Need)
CONSENTS = ("telehealth", "transcript", "prescriber", "caregiver")
BRANCH_PLACES: tuple[str, ...] = get_args(BranchPlace)

# What may be filled into a text of each loop: the patient's own name of the medication and its strength; the topic.
SLOTS: Mapping[Loop, tuple[str, ...]] = {"medication": ("medicine", "strength"), "todo": ("todo",)}
TODO_WORDS = ("todo_topic", "todo_action", "todo_why")  # of whatever proposes a to-do item
LOOP_WORDS: Mapping[Loop, str] = {"medication": "medication", "todo": "to-do item"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a clinical text comes from; `reviewer` is "unreviewed" until a pharmacist has signed it."""

    source: str
    date: str
    reviewer: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One test: of an earlier answer (`question`) or of a fact of the consult (`fact`, with `names` if it needs them).

    `answers` are alternatives: the condition holds for any one of them. `names` are drug classes or one lab name.
    """

    operator: Operator
    answers: tuple[str, ...] = ()
    question: str = ""
    fact: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guard:
    """Conditions and how they combine; no conditions always holds.

    `asks` are the questions that it looks at where it looks at nothing else and cannot hold without an answer, and
    `signs` what must be known for it to hold at all (`Known.signs`); None where that cannot be said.
    """

    conditions: tuple[Condition, ...] = ()
    behavior: Behavior = "all"
    asks: frozenset[str] | None = field(init=False, compare=False)
    signs: frozenset[str] | None = field(init=False, compare=False)

    def __post_init__(self) -> None:
        answered = all(one.question and one.operator not in ("!=", "exists") for one in self.conditions)
        asks = frozenset(one.question for one in self.conditions)
        object.__setattr__(self, "asks", asks if self.conditions and answered else None)
        signs = [_signs(one) for one in self.conditions]
        known = self.conditions and not any(one is None for one in signs)
        object.__setattr__(self, "signs", frozenset(sign for one in signs for sign in one or ()) if known else None)


def _signs(condition: Condition) -> tuple[str, ...] | None:
    """Of which one at least must be known for the condition to hold; None where it may hold with nothing known."""
    if condition.operator == "!=" or (condition.operator == "exists" and condition.answers == ("no",)):
        return None
    if condition.question:
        return (f"question:{condition.question}",)
    if condition.fact in ("class", "ingredient", "effect") and condition.operator == "=":
        return tuple(f"{condition.fact}:{answer}" for answer in condition.answers)
    if condition.fact == "lab":
        return tuple(f"lab:{name}" for name in condition.names)
    if condition.fact in ("condition", "alert", "alert_kind", "alert_indicator", "missing"):
        return ("condition" if condition.fact == "condition" else "alert",)
    return None


@dataclass(frozen=True, slots=True)
class Option:
    """One offered answer: the code that is stored and the words that are shown."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class DrugTest:
    """Which mention of a drug a rule is about: any of its status; classes, ingredients or names as typed; with an
    indication or not.

    `absent` asks that the line names no drug of the patient at all.
    """

    status: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    as_needed: bool = False
    indication: bool = False
    absent: bool = False


@dataclass(frozen=True, slots=True)
class HeardRule:
    """How a note line answers a question.

    `says` are alternatives of words, `drug` the mention it must be about, `effects` side effects that were read
    ("*" for one that the line blames on the drug). `answer` is a code or text, "{number}" (times `times`),
    "{rest}" (what follows) or "{sentence}"; `denied` the answer where the words are denied; "" gives none.
    `least` and `most` bound the number. `unless` are words of the same sentence that forbid it. `past` and
    `anyone` let it hold for what is long over and for what somebody else does.
    """

    answer: tuple[str, ...]
    denied: tuple[str, ...] = ()
    says: tuple[Phrase, ...] = ()
    also: tuple[Phrase, ...] = ()
    unless: tuple[Phrase, ...] = ()
    drug: DrugTest | None = None
    effects: tuple[str, ...] = ()
    times: float = 1.0
    least: float | None = None
    most: float | None = None
    past: bool = False
    anyone: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One question, one line to show (display) or several together (group). `help` is for the pharmacist's eyes.

    `lab` names the laboratory value that the answer is ("systolic/diastolic": the two of a reading), `consent` the
    purpose that a yes or no is about. `heard` says how a note line answers it. `same` names what several questions ask
    alike: one answer counts for all of them.
    """

    link_id: str
    text: str
    type: ItemType
    required: bool = False
    repeats: bool = False
    help: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    enable: Guard = Guard()
    for_each: Loop = ""
    items: tuple[Item, ...] = ()
    lab: str = ""
    consent: str = ""
    same: str = ""
    heard: tuple[HeardRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A question freed from its groups: `guards` are its own and those of the groups around it."""

    item: Item
    guards: tuple[Guard, ...]
    each: Loop


@dataclass(frozen=True, slots=True)
class FlagRule:
    """Opens the red flag `flag` when `when` holds."""

    flag: str
    when: Guard


@dataclass(frozen=True, slots=True)
class Proposal:
    """A medication therapy problem and a to-do item to offer to the pharmacist when `when` holds."""

    id: str
    when: Guard
    need: Need
    title: str
    todo_topic: str
    todo_action: str
    todo_why: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the talk.

    `say` is for the pharmacist to speak, `patient_topic` is shown to the patient ("" shows nothing), `record` says
    what to write down, `done_when` says in words when the step is complete and `done_if` adds conditions to the
    rule that every required question is answered. `branches`: "ask" lets the questions of open branches be
    suggested here, "hold" is the step to which they belong.
    """

    id: str
    title: str
    phase: Phase
    say: str
    patient_topic: str
    record: str
    done_when: str
    done_if: Guard
    for_each: Loop
    branches: BranchPlace
    items: tuple[Item, ...]
    leaves: tuple[Leaf, ...]
    red_flags: tuple[FlagRule, ...]
    proposes: tuple[Proposal, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Questions of a drug class, a condition or an answer. `urgent` marks a red flag; `do` says what to do then.

    `call` are numbers to call in the emergency; `place` and `call_back` the questions that hold where the person is.
    """

    id: str
    title: str
    opened_by: Guard
    urgent: bool
    say: str
    do: tuple[str, ...]
    call: tuple[str, ...]
    place: str
    call_back: str
    items: tuple[Item, ...]
    leaves: tuple[Leaf, ...]
    red_flags: tuple[FlagRule, ...]
    proposes: tuple[Proposal, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class CareRule:
    """A preventive measure that an authority calls for; rules with the same `care` are shown side by side.

    `ages` are whole years, both included; `sex` is "f", "m" or ""; any of `conditions` (whole words) or `classes`
    (of the regimen) where some are named. `lab` shows when it was done last: within `days` there is no gap. `todo_*`
    is the patient's to-do item, which one rule of a `care` holds for all of them.
    """

    id: str
    care: str
    title: str
    authority: str
    effective: str
    interval: str
    action: str
    ages: tuple[int, int]
    sex: str
    conditions: tuple[str, ...]
    classes: tuple[str, ...]
    lab: str
    days: int
    origin: Origin
    todo_topic: str = ""
    todo_action: str = ""
    todo_why: str = ""


@dataclass(frozen=True)
class Script:
    """A whole conversation; `id` is how a consult names it ("cmr"); `questions` holds every question by link_id.

    `translations` holds words by language and key (`translation.patient_words`, `staff_words`); `places` the file
    and line of every section, step, branch and item; `source` all files it was made of, as they are kept.
    """

    id: str
    version: str
    language: str
    title: str
    about: str
    sections: tuple[Section, ...]
    branches: tuple[Branch, ...]
    questions: Mapping[str, Item]
    prevention: tuple[CareRule, ...] = ()
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, tuple[Path, int]] = field(default_factory=dict)
    source: bytes = b""

    @cached_property
    def block_of(self) -> Mapping[str, Step | Branch]:
        """The step or branch of each question."""
        return {leaf.item.link_id: block for block in self.blocks for leaf in block.leaves}

    @cached_property
    def required(self) -> Mapping[str, tuple[tuple[Leaf, ...], ...]]:
        """The required questions of each step and branch, in runs that are asked in the same loop or in none."""
        runs: dict[str, tuple[tuple[Leaf, ...], ...]] = {}
        for block in self.blocks:
            asked = (leaf for leaf in block.leaves if leaf.item.required)
            runs[block.id] = tuple(tuple(run) for _, run in groupby(asked, key=lambda leaf: leaf.each))
        return runs

    @cached_property
    def consents(self) -> Mapping[str, str]:
        """The purpose of each question that asks for consent, by its link_id."""
        return {item.link_id: item.consent for item in self.questions.values() if item.consent}

    @cached_property
    def flags_by(self) -> Mapping[str, tuple[str, ...]]:
        """The red flags that words of the notes raise, by what they say (`domain.noted.Noted.said`)."""
        urgent = [branch for branch in self.branches if branch.urgent]
        raised = [(branch.id, branch.opened_by) for branch in urgent]
        raised += [(rule.flag, rule.when) for block in self.blocks for rule in block.red_flags]
        found: dict[str, tuple[str, ...]] = {}
        for flag, guard in raised:
            for condition in guard.conditions:
                if condition.operator == "=" and (condition.question or condition.fact == "effect"):
                    about = f"{condition.question}=" if condition.question else "effect:"
                    for answer in condition.answers:
                        said = about + answer
                        found[said] = tuple(dict.fromkeys((*found.get(said, ()), flag)))
        return found

    @cached_property
    def by_lab(self) -> Mapping[str, tuple[str, ...]]:
        """The questions that ask for the same laboratory value, by its name."""
        found: dict[str, tuple[str, ...]] = {}
        for item in self.questions.values():
            if item.lab:
                found[item.lab] = (*found.get(item.lab, ()), item.link_id)
        return found

    @cached_property
    def twins(self) -> Mapping[str, tuple[str, ...]]:
        """By question the others that ask for the same value or the same thing; only those that have such."""
        alike = list(self.by_lab.values())
        for same in dict.fromkeys(item.same for item in self.questions.values() if item.same):
            alike.append(tuple(item.link_id for item in self.questions.values() if item.same == same))
        return {one: tuple(other for other in group if other != one) for group in alike for one in group if group[1:]}

    @cached_property
    def kept_as(self) -> str:
        """The SHA-256 of its files: the same exactly where nothing of the script is different."""
        return version_of(self.source)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those that the script can be held in: its own first."""
        return (self.language, *self.translations)

    def spoken_in(self, tag: str) -> str:
        """The language it is held in for somebody with this language tag ("es-MX"): that one, else its own."""
        language = tag.lower().split("-")[0]
        return language if language in self.languages else self.language

    def words(self, key: str, text: str, language: str) -> str:
        """The words for `key` in a language, else `text`, those of the script itself."""
        return self.translations.get(language, {}).get(key, text)

    def todo_words(self, given: Proposal | CareRule, language: str) -> tuple[str, str, str]:
        """Topic, action and reason of the to-do item that it proposes, in a language."""
        topic, action, why = (self.words(f"{name}:{given.id}", getattr(given, name), language) for name in TODO_WORDS)
        return topic, action, why

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return tuple(step for section in self.sections for step in section.steps)

    @cached_property
    def blocks(self) -> tuple[Step | Branch, ...]:
        """Steps, then branches: everything that holds questions."""
        return (*self.steps, *self.branches)
