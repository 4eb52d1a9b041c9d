"""What a page was told to be saved survives a killed server, stands once and in order, and pages catch up."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.chaos.drill import LONG, drill

pytestmark = pytest.mark.timeout(300)
# Loading the analysis at each start is most of the time; the short form leaves it to the other drill here.
FAST = {} if LONG else {"fault": "none", "CHAOS_LIGHT": "1"}


async def test_a_killed_server_loses_doubles_and_swaps_nothing(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=2, **FAST) as one:  # type: ignore[arg-type]
        async with one.typing(pause=0.005):  # quick hands: at any moment a few lines wait for their answer
            for _ in range(3):
                await one.acknowledges(50)
                await one.all_connected()
                await one.waits_for_answers()
                await one.nodes[0].kill9()
                await one.nodes[0].start()
            await one.acknowledges(10)
        violations, held = await one.judge()

        assert violations == []
        assert any(step.phase == "info" for step in one.history.steps)  # the kills hit somebody
        assert all(actor.connections >= 4 for actor in one.pages)
        assert sum(event.type == "note_line_put" for event in held.logs["c0"]) > 20
        assert not any(word in one.nodes[0].said.read_text() for word in ("warfarin", "#anna", "Traceback"))


async def test_a_server_asked_to_stop_finishes_what_it_took_and_tells_the_pages(tmp_path: Path) -> None:
    async with drill(tmp_path, consults=2) as one:
        async with one.typing(pause=0.01):
            await one.acknowledges(50)
            took = await one.nodes[0].terminate()
            gone = time.monotonic()
            await one.nodes[0].start()
            await one.acknowledges(10)
        violations, _ = await one.judge()

        assert violations == []
        assert took < 10
        assert all(actor.drained for actor in one.pages)
        assert max(step.at for step in one.history.steps if step.phase == "ok") > gone
