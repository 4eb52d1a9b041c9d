"""A running consult keeps the script that it began with, also when the program comes back with another one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from consult.app import knowledge
from consult.domain import commands as co
from consult.domain.facts import Facts
from consult.errors import BadFile
from consult.nlp.annotate import Annotator
from consult.scripts import Script, View, load_script
from consult.session.analysis import Analysis, Situation
from consult.session.assist import Assist
from consult.session.hub import Hub
from consult.session.shelf import Shelf
from consult.storage.events import EventStore
from tests.session.conftest import NOW, PHARMACIST, Sent, command_id

TALK = """
script: cmr
version: "{version}"
language: en
title: Talk
about: A talk.
sections:
  - id: talk
    title: Talk
    steps:
      - {{id: one, title: One, phase: collect, say: "{say}", record: It., done_when: Asked.,
         source: own question, date: 2026-11-23, reviewer: unreviewed,
         items: [{{link_id: one-q, text: "{question}", type: boolean, required: true}}]}}
"""


class Documents:
    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, content: bytes, media_type: str) -> str:
        name = hashlib.sha256(content).hexdigest()
        self.kept[name] = content
        return name

    async def get(self, sha256: str) -> bytes | None:
        return self.kept.get(sha256)


class Here:
    """The analysis in this process, without reading notes."""

    def __init__(self, scripts: Mapping[str, Script]) -> None:
        self.analysis = Analysis(cast(Annotator, None), knowledge(), scripts)

    async def run(self, job: str, argument: Any) -> Any:
        return self.analysis.judge(cast(Situation, argument))


def talk(folder: Path, version: str, question: str) -> dict[str, Script]:
    path = folder / f"v{version}" / "talk.yaml"
    path.parent.mkdir()
    path.write_text(TALK.format(version=version, say="Hello.", question=question), encoding="utf-8")
    return {"cmr": load_script(path)}


async def test_a_consult_goes_on_with_the_script_it_began_with_after_a_restart_with_another(
    opened: Hub, store: EventStore, sent: Sent, tmp_path: Path
) -> None:
    documents = Documents()
    old, new = talk(tmp_path, "1", "The old question?"), talk(tmp_path, "2", "The new question?")
    before = Assist(Here(old), opened.submit, Shelf(documents, old), lambda: NOW, command_id)
    opened.after_saving.append(before.notice)
    await opened.submit("c1", co.EnterStep("one"), PHARMACIST, command_id())
    await before.settle("c1")
    restarted = Hub(store, lambda: NOW, sent)
    after = Assist(Here(new), restarted.submit, Shelf(documents, new), lambda: NOW, command_id)
    restarted.after_saving.append(after.notice)

    await restarted.submit("c1", co.ChooseLanguage("es"), PHARMACIST, command_id())
    await after.settle("c1")

    consult = (await restarted.live("c1")).consult
    assert consult.script_version == old["cmr"].kept_as != new["cmr"].kept_as
    assert consult.guidance.next is not None
    assert consult.guidance.next.text == "The old question?"
    await restarted.close()


async def test_the_page_gets_the_script_of_the_consult_and_a_new_consult_the_new_one(tmp_path: Path) -> None:
    documents = Documents()
    old, new = talk(tmp_path, "1", "The old question?"), talk(tmp_path, "2", "The new question?")
    version = await Shelf(documents, old).keep("cmr")
    shelf = Shelf(documents, new)

    kept, present = await shelf.script("cmr", version), await shelf.script("cmr", "")

    assert kept is not None
    assert present is not None
    assert (kept.version, present.version) == ("1", "2")
    assert kept.kept_as == version
    assert await shelf.source("cmr", new["cmr"].kept_as) == b""


async def test_a_document_that_is_no_script_is_refused_and_nothing_of_it_is_told(tmp_path: Path) -> None:
    documents = Documents()
    name = await documents.put(b"%PDF-1.7 a takeaway", "application/pdf")

    with pytest.raises(BadFile, match="no script that was kept"):
        await Shelf(documents, {}).script("cmr", name)


def test_files_that_were_kept_and_are_refused_by_this_program_leave_the_present_script(tmp_path: Path) -> None:
    new = talk(tmp_path, "2", "The new question?")
    analysis = Analysis(cast(Annotator, None), knowledge(), new)
    situation = Situation("cmr", Facts(today="2026-11-23"), View(), script_version="0" * 64, script_source=b"damaged")

    guidance = analysis.judge(situation).guidance

    assert guidance.next is not None
    assert guidance.next.text == "The new question?"
