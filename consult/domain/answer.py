"""Answers to script questions and what the script suggests next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from consult.domain.medication import Evidence, Review
from consult.domain.plan import TodoWords
from consult.domain.problem import Need
from consult.domain.text import Code, DateText, Id, Limit, LongText, Short


@dataclass(frozen=True, slots=True)
class Answer:
    """`values` are option codes, "yes"/"no", numbers or dates as text, or free words, as the question's type asks.

    `medication_id` is set for a question of the loop over medications, `todo_id` for one of that over the to-do list;
    at most one of them. `review` is "proposed" for an answer that was read out of a note and not yet confirmed.
    """

    link_id: Id
    values: Annotated[tuple[LongText, ...], Limit(20)]
    medication_id: Short = ""
    source: Literal["pharmacist", "note", "patient"] = "pharmacist"
    review: Review = "confirmed"
    evidence: tuple[Evidence, ...] = ()
    todo_id: Short = ""

    @property
    def key(self) -> str:
        return answer_key(self.link_id, self.medication_id or self.todo_id)


def answer_key(link_id: str, row_id: str = "") -> str:
    """One answer a question, or one a question and row of its loop: a medication or a to-do item."""
    return f"{link_id}#{row_id}" if row_id else link_id


@dataclass(frozen=True, slots=True)
class OpenBranch:
    """A branch of the script that the regimen, a condition or an effect has opened, and why, in words.

    Of a red flag, `evidence` holds the words of the notes that raise it, in the order in which they came; `put_aside`
    says how it was dismissed before, where words that came after that raise it again ("" where none do).
    """

    branch_id: Id
    because: Short
    evidence: Annotated[tuple[Evidence, ...], Limit(20)] = ()
    put_aside: Short = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The next best question: where it stands in the script, for which medication or to-do item, and why now.

    `say` (of the step or branch) and `text` (of the question) are the words to speak, in the language of the talk and
    with the name of the medication or item filled in.
    """

    step_id: Id
    link_id: Id
    medication_id: Short = ""
    why: Short = ""
    say: LongText = ""
    text: LongText = ""
    todo_id: Short = ""

    @property
    def key(self) -> str:
        return answer_key(self.link_id, self.medication_id or self.todo_id)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of the script is behind, in questions that apply now.

    `answered` counts skipped ones too, `proposed` those that the notes answer and nobody confirmed, `open` the
    rest; `fresh` of the open and proposed ones arose in the talk (branches). `steps` is how many steps there are.
    """

    steps: int = 0
    asked: int = 0
    answered: int = 0
    proposed: int = 0
    open: int = 0
    fresh: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A problem with a to-do item that an answer gives rise to, for the pharmacist to take or to leave.

    `id` is the same for the same finding; `block` is the step or branch it stands in; `because` says why in words;
    `todo_said` is the to-do item in the other languages of the script.
    """

    id: Short
    block: Id
    need: Need
    title: Short
    todo_topic: Short
    todo_action: LongText
    todo_why: LongText
    because: LongText
    medications: tuple[Id, ...] = ()
    todo_said: tuple[TodoWords, ...] = ()


@dataclass(frozen=True, slots=True)
class LabDraft:
    """A value that was answered in the talk and is not among the laboratory values yet."""

    name: Short
    value: float
    unit: Short
    link_id: Id


@dataclass(frozen=True, slots=True)
class CareGap:
    """A preventive measure that a rule of the script calls for at this age, sex and these conditions.

    `rule` is its id; its words stand in the script. `status` is "due" where a record says so, "ask" where nothing is
    known.
    """

    rule: Id
    because: Short
    status: Literal["due", "ask"] = "ask"


@dataclass(frozen=True, slots=True)
class Adherence:
    """What the fill history shows for one measure in the present year: `covered` of `days`, and `percent` of `goal`.

    `first` to `last` are the ISO dates of the period, `fills` the number of days on which something was filled.
    `not_counted` says why the measure itself would leave the person out ("" where it would not); the days are told
    all the same.
    """

    measure: Id
    title: Short
    covered: int
    days: int
    percent: float
    goal: float
    first: DateText
    last: DateText
    not_counted: Short = ""
    fills: int = 0


@dataclass(frozen=True, slots=True)
class Guidance:
    """What the script makes of the present state.

    `urgent` names the red flags that are not dealt with, the gravest first: while there is one, the script stands
    still and `next` is its question. `done` holds the ids of the steps that are complete. The words to
    speak of `next` are in `language`. `refused` holds the purposes to which the person has said no: telehealth,
    transcript, prescriber (sharing with), caregiver (sharing with); `agreed` those with a confirmed yes; `unasked`
    those of the script without an answer, and not skipped with a reason.
    """

    next: Suggestion | None = None
    branches: tuple[OpenBranch, ...] = ()
    done: tuple[str, ...] = ()
    urgent: tuple[str, ...] = ()
    counts: Counts = Counts()
    drafts: tuple[Draft, ...] = ()
    labs: tuple[LabDraft, ...] = ()
    gaps: tuple[CareGap, ...] = ()
    language: Code = "en"
    adherence: tuple[Adherence, ...] = ()
    refused: tuple[Code, ...] = ()
    agreed: tuple[Code, ...] = ()
    unasked: tuple[Code, ...] = ()
