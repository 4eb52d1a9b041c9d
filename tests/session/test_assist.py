"""Analysis beside the conversation: after saving, newest text only, failures marked, nothing lost."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from consult.domain.alert import Alert, Assessment
from consult.domain.answer import Guidance
from consult.domain.commands import Command, TakeWriter
from consult.domain.events import EventData, MentionsFound
from consult.domain.mention import Findings, MedicationMention
from consult.errors import Unavailable
from consult.session.analysis import Judgement, Situation
from consult.session.assist import Assist
from consult.session.hub import Hub
from consult.session.workers import AnalysisFailed
from tests.session.conftest import NOW, PHARMACIST, command_id, put


class Shelf:
    """Keeps nothing; there is one version of each script."""

    async def keep(self, script_id: str) -> str:
        return ""

    async def source(self, script_id: str, version: str) -> bytes:
        return b""


class Workforce:
    """Reads the drug names warfarin and ibuprofen; finds the two together."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.fail: Callable[[str], bool] = lambda text: False
        self.gate: asyncio.Event | None = None

    async def run(self, job: str, argument: Any) -> Any:
        await asyncio.sleep(0)
        if self.gate is not None:
            await self.gate.wait()
        if job == "judge":
            return self.judge(argument)
        self.read.append(argument)
        if self.fail(argument):
            raise AnalysisFailed("too slow", code="analysis-timeout")
        found = [
            MedicationMention(at, at + len(name), name, (name,), "exact")
            for name in ("warfarin", "ibuprofen")
            if (at := argument.find(name)) >= 0
        ]
        return Findings(tuple(found))

    def judge(self, now: Situation) -> Judgement:
        names = {row.ingredients[0] for row in now.facts.medications if row.status == "active"}
        alert = Alert(
            "interaction:ibuprofen+warfarin",
            "interaction",
            ("ibuprofen", "warfarin"),
            "major",
            "critical",
            "bleeding",
            "why",
            "consider",
            "label",
        )
        both = {"warfarin", "ibuprofen"} <= names
        return Judgement(Assessment((alert,) if both else (), len(names), (), "2026-11-23"), Guidance())


@pytest.fixture
def workforce() -> Workforce:
    return Workforce()


@pytest.fixture
def assist(opened: Hub, workforce: Workforce) -> Assist:
    assist = Assist(workforce, opened.submit, Shelf(), lambda: NOW, command_id)
    opened.after_saving.append(assist.notice)
    return assist


async def test_the_checks_are_of_the_day_where_the_site_is(opened: Hub) -> None:
    seen: list[str] = []

    class Dated(Workforce):
        def judge(self, now: Situation) -> Judgement:
            seen.append(now.facts.today)
            return super().judge(now)

    # 15:00 UTC is midnight in Tokyo
    assist = Assist(Dated(), opened.submit, Shelf(), lambda: NOW, command_id, ZoneInfo("Asia/Tokyo"))
    opened.after_saving.append(assist.notice)

    await write(opened, "l1", "on warfarin")
    await assist.settle("c1")

    assert set(seen) == {"2026-11-24"}


async def write(hub: Hub, line_id: str, text: str, base_rev: int = 0) -> None:
    await hub.submit("c1", put(line_id, text, base_rev), PHARMACIST, command_id())


async def test_two_lines_raise_the_alert_and_an_edit_withdraws_it(opened: Hub, assist: Assist) -> None:
    await write(opened, "a", "warfarin 5 mg")
    await write(opened, "b", "takes ibuprofen for knees")
    await assist.settle("c1")
    raised = (await opened.live("c1")).consult.alerts["interaction:ibuprofen+warfarin"].stage

    await write(opened, "b", "takes nothing for knees", 1)
    await assist.settle("c1")

    consult = (await opened.live("c1")).consult
    assert raised == "raised"
    assert consult.alerts["interaction:ibuprofen+warfarin"].stage == "withdrawn"
    assert set(consult.medications) == {"med:warfarin"}


async def test_a_line_is_saved_before_it_is_analysed(opened: Hub, assist: Assist, workforce: Workforce) -> None:
    workforce.gate = asyncio.Event()

    await write(opened, "a", "warfarin 5 mg")  # returns although the analysis stands still

    assert (await opened.live("c1")).consult.lines["a"].analysed == 0
    workforce.gate.set()
    await assist.settle("c1")
    assert (await opened.live("c1")).consult.lines["a"].analysed == 1


async def test_only_the_newest_text_of_a_line_is_kept(opened: Hub, assist: Assist, workforce: Workforce) -> None:
    workforce.gate = asyncio.Event()
    await write(opened, "a", "w")
    for rev in range(1, 30):
        await write(opened, "a", "warfarin"[: 1 + rev % 8], rev)
    workforce.gate.set()

    await assist.settle("c1")

    consult = (await opened.live("c1")).consult
    assert consult.lines["a"].analysed == consult.lines["a"].rev == 30
    assert len(workforce.read) <= 3


async def test_a_line_that_cannot_be_analysed_is_marked_and_the_others_go_on(
    opened: Hub, assist: Assist, workforce: Workforce
) -> None:
    workforce.fail = lambda text: "poison" in text
    await write(opened, "a", "poison")
    await write(opened, "b", "warfarin 5 mg")

    await assist.settle("c1")

    consult = (await opened.live("c1")).consult
    assert (consult.lines["a"].failed, consult.lines["a"].text) == ("analysis-timeout", "poison")
    assert "med:warfarin" in consult.medications


async def test_a_line_without_analysis_after_a_restart_is_analysed_then(
    opened: Hub, workforce: Workforce, store: Any, sent: Any
) -> None:
    await write(opened, "a", "warfarin 5 mg")  # nobody listens: the server died before the analysis
    restarted = Hub(store, lambda: NOW, sent)
    assist = Assist(workforce, restarted.submit, Shelf(), lambda: NOW, command_id)
    restarted.after_saving.append(assist.notice)

    await restarted.live("c1")
    await assist.settle("c1")

    assert (await restarted.live("c1")).consult.lines["a"].analysed == 1
    await restarted.close()


async def test_alerts_equal_those_computed_from_the_state_they_stand_in(
    opened: Hub, assist: Assist, workforce: Workforce
) -> None:
    for i, text in enumerate(["warfarin", "ibuprofen", "", "ibuprofen warfarin", "stop", "ibuprofen"]):
        await write(opened, f"l{i % 2}", text, i // 2)
        await assist.settle("c1")

        consult = (await opened.live("c1")).consult
        expected = {alert.id for alert in workforce.judge(_situation(consult)).assessment.alerts}
        assert {row.alert.id for row in consult.alerts.values() if row.stage != "withdrawn"} == expected


def _situation(consult: Any) -> Situation:
    from consult.session.analysis import situation

    return replace(situation(consult, "2026-11-23"))


async def test_what_a_line_says_and_what_follows_are_saved_at_once(opened: Hub, assist: Assist) -> None:
    saved: list[list[str]] = []
    opened.after_saving.append(lambda consult, events: saved.append([event.data.type for event in events]))

    for line, text in (("a", "warfarin 5 mg"), ("b", "takes ibuprofen for knees")):
        await write(opened, line, text)
        await assist.settle("c1")

    assert [kinds for kinds in saved if "alert_raised" in kinds] == [
        ["mentions_found", "medication_proposed", "alert_raised", "regimen_assessed"]
    ]
    assert len(saved) == 4
    consult = (await opened.live("c1")).consult
    assert (consult.checked.checked, consult.checked.based_on) == (2, consult.seq - 2)


async def test_findings_do_not_wait_for_a_judgement_that_hangs(
    opened: Hub, assist: Assist, workforce: Workforce, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consult.session.assist.PATIENCE", 0.01)
    hangs, judge = asyncio.Event(), workforce.run

    async def run(job: str, argument: Any) -> Any:
        if job == "judge":
            await hangs.wait()
        return await judge(job, argument)

    workforce.run = run  # type: ignore[method-assign]
    await write(opened, "a", "warfarin and ibuprofen")
    await asyncio.sleep(0.1)
    before = (await opened.live("c1")).consult
    hangs.set()
    await assist.settle("c1")

    assert (set(before.medications), dict(before.alerts)) == ({"med:warfarin", "med:ibuprofen"}, {})
    assert (await opened.live("c1")).consult.alerts


async def interrupted(hub: Hub, assist: Assist, workforce: Workforce, *commands: Command) -> list[EventData]:
    """What is saved after a line with both drugs, where `commands` come while its findings are judged first."""
    run, left = workforce.run, list(commands)

    async def interrupting(job: str, argument: Any) -> Any:
        while job == "judge" and left:
            await hub.submit("c1", left.pop(0), PHARMACIST, command_id())
        return await run(job, argument)

    saved: list[EventData] = []
    hub.after_saving.append(lambda consult, events: saved.extend(event.data for event in events))
    workforce.run = interrupting  # type: ignore[method-assign]
    await write(hub, "a", "warfarin and ibuprofen")
    await assist.settle("c1")
    return saved


async def test_findings_of_a_text_that_is_gone_are_not_saved_with_their_judgement(
    opened: Hub, assist: Assist, workforce: Workforce
) -> None:
    again = (put("a", "nothing", 1), put("a", "warfarin and ibuprofen", 2))

    saved = await interrupted(opened, assist, workforce, *again)

    assert [one.rev for one in saved if isinstance(one, MentionsFound)] == [3]
    assert [one.type for one in saved].count("alert_raised") == 1


async def test_what_comes_between_a_judgement_and_its_saving_does_not_lose_it(
    opened: Hub, assist: Assist, workforce: Workforce
) -> None:
    saved = await interrupted(opened, assist, workforce, TakeWriter("another-tab"))

    assert [one.type for one in saved].count("alert_raised") == 1


async def test_a_finding_that_could_not_be_saved_is_tried_again_by_itself(
    opened: Hub, workforce: Workforce, assist: Assist
) -> None:
    failing = iter([True, True])
    submit = assist._submit

    async def sometimes(consult_id: str, command: Any, actor: Any, command_id: str) -> int:
        if next(failing, False):
            raise Unavailable("The database does not answer.")
        return await submit(consult_id, command, actor, command_id)

    assist._submit = sometimes
    assist.waits = (0.01, 0.01)
    await opened.submit("c1", put("a", "warfarin"), PHARMACIST, command_id())
    await assist.settle("c1")

    line = (await opened.live("c1")).consult.lines["a"]
    assert line.analysed == line.rev


async def test_a_line_that_comes_while_the_checks_fail_is_read_all_the_same(
    opened: Hub, assist: Assist, workforce: Workforce
) -> None:
    run, left = workforce.run, [put("b", "ibuprofen")]
    judged = 0

    async def failing(job: str, argument: Any) -> Any:
        nonlocal judged
        if job != "judge":
            return await run(job, argument)
        judged += 1
        if judged == 2 and left:  # the first is that which would be saved with the findings
            await opened.submit("c1", left.pop(), PHARMACIST, command_id())
        raise AnalysisFailed("too slow", code="analysis-timeout")

    workforce.run = failing  # type: ignore[method-assign]
    await write(opened, "a", "warfarin")
    await assist.settle("c1")

    consult = (await opened.live("c1")).consult
    assert {line.id: line.analysed for line in consult.lines.values()} == {"a": 1, "b": 1}
