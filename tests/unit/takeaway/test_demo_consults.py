"""The consults that the demo site shows as held: what their patients were given meets the format, in both languages."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from consult.app import HereAndNow, build_analysis, open_core
from consult.config import Settings, read_settings
from consult.demo.site import create, description
from consult.rehearse import pages
from consult.takeaway.conformance import Point, check
from consult.takeaway.papers import reading_of
from consult.takeaway.source import TakeawayInput
from tests.unit.takeaway.test_development_consults import SITE

HELD = tuple(one["id"] for one in description()["patients"] if "past" in one)
Issued = tuple[TakeawayInput, bytes, bytes]  # what it was written from, its page, its PDF


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Issued]:
    """What went out of each, from the stored bytes."""
    folder = tmp_path_factory.mktemp("demo")
    settings = read_settings({}, **SITE, database=f"sqlite:///{folder}/consult.db")
    return asyncio.run(_issued(settings))


async def _issued(settings: Settings) -> dict[str, Issued]:
    await create(settings, lambda said: None)
    found = {}
    async with open_core(settings, workforce=HereAndNow(build_analysis())) as core:
        for name in HELD:
            consult = await core.consult(name)
            version = consult.takeaway() if consult else None
            assert consult is not None
            assert version is not None
            assert version.stage == "issued"
            page, printed = await core.documents.get(version.html_sha256), await core.documents.get(version.sha256)
            drawn = await core.consult(name, until=version.based_on)
            found[name] = (await core.source(drawn or consult, version.drafted_at), page or b"", printed or b"")
    return found


def failing(points: list[Point]) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(point.number, point.name, tuple(map(str, point.places))) for point in points if not point.passed]


def test_three_consults_were_held() -> None:
    assert len(HELD) == 3


@pytest.mark.parametrize("name", HELD)
def test_what_was_issued_meets_all_eighteen_points_and_reads_at_grade_six(issued: dict[str, Issued], name: str) -> None:
    source, page, printed = issued[name]

    points = check(source, html=page.decode(), pdf=printed)

    assert len(points) == 18
    assert failing(points) == []
    assert reading_of(source).grade <= 6


@pytest.mark.parametrize("name", HELD)
async def test_the_same_in_spanish_meets_them_too(issued: dict[str, Issued], name: str) -> None:
    source = replace(issued[name][0], language="es")

    page, printed = await pages(source)

    assert failing(list(check(source, html=page.decode(), pdf=printed))) == []


@pytest.mark.parametrize("name", HELD)
def test_no_step_stands_twice(issued: dict[str, Issued], name: str) -> None:
    steps = [item.action for item in issued[name][0].todos]

    assert len(steps) == len(set(steps)) > 1
