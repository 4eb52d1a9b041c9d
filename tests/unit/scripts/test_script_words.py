"""The words of the library: plain enough to be understood, and each with a source."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from consult.app import scripts
from consult.scripts import Script
from consult.scripts.linking import items_in

LIBRARY = scripts()
LATIN_SIG = re.compile(r"\b(?:po|bid|tid|qid|qd|qhs|qod|prn|ac|pc|hs|q\d+h)\b", re.IGNORECASE)


def spoken(script: Script) -> Iterator[tuple[str, str]]:
    for block in script.blocks:
        if block.say:
            yield f"say of {block.id}", block.say
    for step in script.steps:
        if step.patient_topic:
            yield f"patient_topic of {step.id}", step.patient_topic
    for block in script.blocks:
        for proposal in block.proposes:
            for name in ("todo_topic", "todo_action", "todo_why"):
                yield f"{name} of {proposal.id}", getattr(proposal, name)


@pytest.mark.parametrize("script", LIBRARY.values(), ids=lambda script: script.id)
def test_no_latin_sig_code_stands_in_words_for_the_patient(script: Script) -> None:
    texts = [*spoken(script), *((item.link_id, item.text) for item in items_in(script))]

    assert [(name, words) for name, words in texts if LATIN_SIG.search(words)] == []


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("script", LIBRARY.values(), ids=lambda script: script.id)
def test_no_two_questions_that_must_be_asked_sound_alike(script: Script, language: str) -> None:
    """Whoever was just asked would think that nobody listened. The red flags share their last question."""
    blocks: dict[str, list[str]] = {}
    for link_id, item in script.questions.items():
        if item.required and not getattr(script.block_of[link_id], "urgent", False):
            known = script.twins.get(link_id, ())
            words = script.words(f"text:{link_id}", item.text, language)
            if not set(known) & set(blocks.get(words, ())):
                blocks.setdefault(words, []).append(link_id)

    assert {words: ids for words, ids in blocks.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("script", LIBRARY.values(), ids=lambda script: script.id)
def test_what_to_do_begins_with_a_verb_and_fits_the_takeaway(script: Script) -> None:
    """The domain limits a topic to 200 characters; an action is written as an order to oneself."""
    nouns = ("The", "Your", "You", "It", "A", "An", "This")
    proposals = [proposal for block in script.blocks for proposal in block.proposes]

    assert [p.id for p in proposals if p.todo_action.split()[0] in nouns] == []
    assert [p.id for p in proposals if max(len(p.title), len(p.todo_topic)) > 120] == []


@pytest.mark.parametrize("script", LIBRARY.values(), ids=lambda script: script.id)
def test_every_step_and_branch_names_source_date_and_reviewer(script: Script) -> None:
    for block in script.blocks:
        assert len(block.origin.source) > 10
        assert block.origin.date.startswith("20")
        assert block.origin.reviewer


@pytest.mark.parametrize("script", LIBRARY.values(), ids=lambda script: script.id)
def test_ids_fit_the_limits_of_the_domain_with_room_for_a_medication(script: Script) -> None:
    ids = [block.id for block in script.blocks] + [item.link_id for item in items_in(script)]

    assert max(map(len, ids)) <= 60


def test_one_link_id_asks_one_thing_in_every_script() -> None:
    texts: dict[str, set[str]] = {}
    for script in LIBRARY.values():
        for item in items_in(script):
            texts.setdefault(item.link_id, set()).add(item.text)

    assert {link_id: found for link_id, found in texts.items() if len(found) > 1} == {}


def test_every_red_flag_says_that_it_detects_nothing_and_asks_first_whether_it_is_now() -> None:
    flags = [branch for branch in LIBRARY["cmr"].branches if branch.urgent]

    assert len(flags) >= 7
    for flag in flags:
        assert any("does not detect emergencies" in words for words in flag.do)
        assert flag.items[0].link_id.endswith("-now")
        assert all(leaf.guards for leaf in flag.leaves[1:] if leaf.item.required)
