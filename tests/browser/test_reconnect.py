"""The open page lives through a killed server: nothing acknowledged is lost, and it catches up by itself."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import expect

from consult.app import HereAndNow, build_analysis, open_core
from consult.config import Settings
from consult.domain.consult import Consult
from tests.browser.conftest import PASSWORD, Person, fill

T = TypeVar("T")


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread of its own: Playwright's loop lives in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result(120)


class Served:
    """`consult serve` in a process of its own, to be killed and started again."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.settings = Settings(database=f"sqlite:///{folder}/consult.db", port=self.port)
        self.token = ""  # of the patient's link
        self.process: subprocess.Popen[bytes] | None = None

    async def prepare(self) -> None:
        async with open_core(self.settings, workforce=HereAndNow(build_analysis()), create=True) as core:
            self.token = await fill(core)

    async def state(self) -> Consult:
        async with open_core(self.settings, workforce=HereAndNow(build_analysis())) as core:
            consult = await core.consult("golden")
            assert consult
            return consult

    def start(self) -> None:
        words = ["serve", "--database", self.settings.database, "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "consult.cli", *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 90
        while self.process.poll() is None and time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def end(self, how: signal.Signals) -> None:
        assert self.process
        os.kill(self.process.pid, how)
        self.process.wait(15)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    one = Served(tmp_path)
    apart(one.prepare())
    one.start()
    yield one
    if one.process and one.process.poll() is None:
        one.end(signal.SIGTERM)


def test_lines_typed_around_a_kill_stand_once_and_in_order(served: Served, person: Callable[..., Person]) -> None:
    page = person().page
    origin = f"http://127.0.0.1:{served.port}"
    page.goto(f"{origin}/signin?as=pharmacist")
    page.get_by_label("Account").fill("reyes")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pharmacist*")
    page.goto(f"{origin}/pharmacist#/consult/golden")
    page.get_by_role("button", name="Begin the visit").click()
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")
    page.locator(".cm-content").click()
    lines = [f"line {number}: metformin {number * 100} mg twice daily" for number in range(1, 13)]

    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)
        if number == 4:
            served.end(signal.SIGKILL)
        if number == 8:
            served.start()
    expect(page.locator(".saved")).to_contain_text("Saved", timeout=30_000)
    served.end(signal.SIGKILL)

    stored = apart(served.state())
    assert [stored.lines[one].text for one in stored.order] == lines
    served.start()
    page.reload()
    expect(page.locator(".cm-line")).to_have_text([*lines, ""], timeout=30_000)  # and one to write on
