"""What holds of every script in any state: it ends, loses nothing, and depends on what is known, not on the way."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.app import scripts
from consult.domain import commands as co
from consult.domain.alert import Alert, Factor
from consult.domain.answer import Answer, Guidance
from consult.domain.consult import Consult, decide, fold
from consult.domain.events import Event
from consult.domain.medication import Medication
from consult.domain.patient import Condition, Lab, Patient
from consult.domain.people import Actor
from consult.domain.plan import TodoItem
from consult.errors import ConsultError
from consult.scripts import Script, View, coverage, guide
from consult.scripts.schema import Item
from consult.session.analysis import situation
from consult.storage.codec import event_from_json, event_to_json
from tests.unit.scripts.script_talk import classes_of, medication

LIBRARY = scripts()
CMR = LIBRARY["cmr"]
STEPS = [step.id for step in CMR.steps]
BRANCHES = [branch.id for branch in CMR.branches]
DRUGS = ("oxycodone", "apixaban", "warfarin", "lorazepam", "ibuprofen", "lisinopril")
TODOS = tuple(TodoItem(f"todo:{name}", name, f"About {name}.") for name in ("walking", "salt", "naproxen"))
ME = Actor("staff-1", "pharmacist", "Daniel Reyes")
AT = "2026-11-23T15:00:00Z"


def alert(kind: str, missing: str) -> Alert:
    factors = (Factor(missing, "", "missing"),) if missing else ()
    return Alert(f"{kind}:a+b", kind, ("a", "b"), "major", "critical", "A and B", "why", "do", "label", factors)  # type: ignore[arg-type]


def valid(item: Item, chance: random.Random) -> tuple[str, ...]:
    """Any answer that the question takes."""
    if item.options:
        codes = [option.code for option in item.options]
        return tuple(chance.sample(codes, chance.randint(1, len(codes)) if item.repeats else 1))
    return (
        chance.choice(
            {
                "boolean": ["yes", "no"],
                "integer": ["0", "1", "3", "60"],
                "decimal": ["0.5", "2.5", "9.9", "48"],
                "date": ["2026-11-01"],
            }.get(item.type, ["words", "none"])
        ),
    )


ANSWERS = st.lists(st.tuples(st.sampled_from(sorted(CMR.questions)), st.integers(0, 10_000)), max_size=40)
VIEWS = st.builds(
    View,
    medications=st.lists(st.sampled_from(DRUGS), max_size=5, unique=True).map(
        lambda names: tuple(medication(name) for name in names)
    ),
    conditions=st.lists(
        st.sampled_from(["type 2 diabetes", "heart failure", "hypertension", "asthma", "ckd"]), max_size=4, unique=True
    ).map(tuple),
    effects=st.lists(
        st.sampled_from(["chest pain", "dizziness", "fall", "edema", "confusion", "nausea"]), max_size=4, unique=True
    ).map(tuple),
    alerts=st.lists(
        st.builds(alert, st.sampled_from(["duplication", "renal", "age"]), st.sampled_from(["", "potassium", "inr"])),
        max_size=3,
        unique_by=lambda one: one.kind,
    ).map(tuple),
    labs=st.lists(
        st.sampled_from([Lab("glucose", 48), Lab("egfr", 38), Lab("inr", 4.1), Lab("a1c", 9.6)]),
        max_size=4,
        unique=True,
    ).map(tuple),
    current=st.sampled_from(["", "gone", *STEPS]),
    age=st.one_of(st.none(), st.integers(18, 99)),
    sex=st.sampled_from(["f", "m", ""]),
    today=st.just("2026-11-23"),
    todos=st.lists(st.sampled_from(TODOS), max_size=3, unique=True).map(tuple),
)


def answered(view: View, given_: Iterable[tuple[str, int]]) -> View:
    answers = dict(view.answers)
    for link_id, seed in given_:
        answer = Answer(link_id, valid(CMR.questions[link_id], random.Random(seed)))
        answers[answer.key] = answer
    return replace(view, answers=answers)


def says(guidance: Guidance) -> tuple[object, ...]:
    """All of a guidance but the words of its reasons, which tell facts in the order in which they are on record."""
    next_ = guidance.next
    return (
        (next_.step_id, next_.key) if next_ else None,
        [branch.branch_id for branch in guidance.branches],
        guidance.done,
        guidance.urgent,
        guidance.counts,
        [draft.id for draft in guidance.drafts],
        [gap.rule for gap in guidance.gaps],
        guidance.labs,
    )


@pytest.mark.parametrize("script", LIBRARY.values(), ids=lambda script: script.id)
@settings(max_examples=12, deadline=None)
@given(view=VIEWS, before=ANSWERS, seed=st.integers(0, 1_000_000))
def test_from_any_state_and_with_any_answers_every_script_ends_and_asks_nothing_twice(
    script: Script, view: View, before: list[tuple[str, int]], seed: int
) -> None:
    chance, asked = random.Random(seed), set()
    view = answered(view, before)

    while (question := guide(script, view, classes_of).next) is not None:
        key = question.key
        assert key not in asked
        asked.add(key)
        if chance.random() < 0.15:
            view = replace(view, skipped={**view.skipped, key: "not now"})
        else:
            values = valid(script.questions[question.link_id], chance)
            answer = Answer(question.link_id, values, question.medication_id, todo_id=question.todo_id)
            view = replace(view, answers={**view.answers, key: answer})
        if chance.random() < 0.3:
            view = replace(view, current=chance.choice(["", *(step.id for step in script.steps)]))

    assert guide(script, view, classes_of).urgent == ()


@settings(max_examples=40, deadline=None)
@given(view=VIEWS, given_=ANSWERS, seed=st.integers(0, 1_000_000))
def test_what_is_asked_next_does_not_depend_on_the_order_in_which_facts_arrived(
    view: View, given_: list[tuple[str, int]], seed: int
) -> None:
    """The regimen is gone through in its own order; everything else may have come in any."""
    view = answered(view, dict(given_).items())
    chance = random.Random(seed)

    def mixed(values: Iterable[object]) -> tuple[object, ...]:
        values = list(values)
        chance.shuffle(values)
        return tuple(values)

    other = replace(
        view,
        conditions=mixed(view.conditions),
        effects=mixed(view.effects),
        alerts=mixed(view.alerts),
        labs=mixed(view.labs),
        answers=dict(mixed(view.answers.items())),  # type: ignore[arg-type]
    )

    assert says(guide(CMR, other, classes_of)) == says(guide(CMR, view, classes_of))


@settings(max_examples=40, deadline=None)
@given(view=VIEWS, given_=ANSWERS, steps=st.lists(st.sampled_from(STEPS), max_size=6))
def test_going_back_or_anywhere_loses_no_answer_and_changes_no_coverage(
    view: View, given_: list[tuple[str, int]], steps: list[str]
) -> None:
    view = answered(replace(view, current=""), given_)
    before = coverage(CMR, view, classes_of)

    for step in steps:
        view = replace(view, current=step)
        question = guide(CMR, view, classes_of).next
        if question is not None:
            assert not any(view.answers.get(question.key, Answer("x", ())).values)

    assert coverage(CMR, view, classes_of) == before


COMMANDS = st.lists(
    st.one_of(
        st.sampled_from(STEPS).map(co.EnterStep),
        st.builds(co.SkipStep, st.sampled_from([*STEPS, *BRANCHES]), st.just("not now")),
        st.tuples(st.sampled_from(sorted(CMR.questions)), st.integers(0, 10_000)).map(
            lambda pair: co.AnswerQuestion(Answer(pair[0], valid(CMR.questions[pair[0]], random.Random(pair[1]))))
        ),
        st.sampled_from(["type 2 diabetes", "heart failure"]).map(
            lambda name: co.RecordCondition(Condition(f"condition:{name}", name))
        ),
        st.sampled_from(DRUGS).map(
            lambda name: co.AddMedication(Medication(f"med:{name}", name, (name,), source="hand"))
        ),
        st.sampled_from(TODOS).map(co.AddTodo),
        st.sampled_from(TODOS).map(lambda item: co.RemoveTodo(item.id)),
        st.sampled_from(TODOS).map(
            lambda item: co.AnswerQuestion(Answer("teach-back-item", ("retaught",), todo_id=item.id))
        ),
        st.sampled_from(["en", "es"]).map(co.ChooseLanguage),  # type: ignore[arg-type]
    ),
    max_size=40,
)


@settings(max_examples=40, deadline=None)
@given(commands=COMMANDS)
def test_the_same_answers_give_the_same_coverage_and_next_question_after_replay(commands: list[co.Command]) -> None:
    consult, events = Consult("c1"), []
    patient = Patient("p1", "Maria Lopez", "1952-03-14")
    for command in [co.ScheduleConsult(patient, ME.id, AT), co.OpenConsult(), *commands]:
        try:
            happened = decide(consult, command, ME, AT)
        except ConsultError:
            continue
        for data in happened:
            events.append(Event(consult.seq + 1, "c1", f"k{consult.seq}", AT, ME, data))
            consult = fold(consult, events[-1:])

    replayed = fold(Consult("c1"), [event_from_json(event_to_json(event)) for event in events])

    then, now = (situation(one, "2026-11-23") for one in (consult, replayed))
    assert coverage(CMR, now.view, classes_of) == coverage(CMR, then.view, classes_of)
    assert guide(CMR, now.view, classes_of, now.language) == guide(CMR, then.view, classes_of, then.language)
