"""A real server in a thread and a real Chromium; one context a person."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from consult.app import Core, build_analysis, new_id, vocabulary
from consult.config import Settings
from consult.domain import commands as co
from consult.domain.identity import Account
from consult.domain.medication import Medication, Sig, medication_key
from consult.domain.patient import Condition, Lab, Patient
from consult.domain.people import Actor, patient_member
from consult.server import Running, running
from consult.session.workers import Workers
from tests.quickly import new_database, quick_hash

PASSWORD = "a-password-for-the-browser-test"
BIRTH_DATE = "1952-03-14"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MEDIA = ["--use-fake-device-for-media-stream=device-count=2", "--autoplay-policy=no-user-gesture-required"]
COUNT = """async () => {
  const sum = {frames: 0, packets: 0, pairs: []};
  for (const one of window.connections.filter((one) => one.connectionState === 'connected')) {
    const report = await one.getStats();
    for (const entry of report.values()) {
      if (entry.type === 'inbound-rtp' && entry.kind === 'video') sum.frames += entry.framesDecoded || 0;
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio') sum.packets += entry.packetsReceived || 0;
      if (entry.type === 'transport' && entry.selectedCandidatePairId) {
        const pair = report.get(entry.selectedCandidatePairId);
        sum.pairs.push([pair.localCandidateId, pair.remoteCandidateId].map((id) => report.get(id).candidateType));
      }
    }
  }
  return sum;
}"""
KEEP = """window.connections = []; const Real = RTCPeerConnection;
window.RTCPeerConnection = class extends Real {
  constructor(...all) { super(...all); window.connections.push(this); }
};"""
# The second made-up camera speaks JPEG, which not every Chromium decodes: its picture is that of the first.
SECOND = """if (navigator.mediaDevices) {
  const media = navigator.mediaDevices, open = media.getUserMedia.bind(media);
  media.getUserMedia = async (wanted) => {
    const [first, second] = (await media.enumerateDevices()).filter(({kind}) => kind === "videoinput");
    const id = wanted.video?.deviceId?.exact;
    if (!id || id !== second?.deviceId) return open(wanted);
    const stream = await open({...wanted, video: {...wanted.video, deviceId: {exact: first.deviceId}}});
    const [track] = stream.getVideoTracks(), settings = track.getSettings.bind(track);
    track.getSettings = () => ({...settings(), deviceId: id});
    return stream;
  };
}"""
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """A served site with one consult waiting, and a way to run coroutines on its loop."""

    origin: str
    consult_id: str
    link: str
    call: Callable[[Any], Any]
    server: Running


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        if path := shutil.which(name):
            return path
    if os.environ.get("CONSULT_REQUIRE_SERVICES"):
        pytest.fail("Chromium is needed: apt-get install chromium")
    pytest.skip("Chromium is not installed: apt-get install chromium")


# A module at a time: while Playwright is open, its loop is the running one of this thread.
@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as one:
        yield one


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    one = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
    yield one
    one.close()


@dataclass(frozen=True)
class Machine:
    """A loop in a thread of its own, and processes that analyse; every site of the run is served on them."""

    loop: asyncio.AbstractEventLoop
    workers: Workers

    def call(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(60)


@pytest.fixture(scope="session")
def machine() -> Iterator[Machine]:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    one = Machine(loop, Workers(build_analysis))
    loop.call_soon_threadsafe(one.workers.start)
    yield one
    loop.call_soon_threadsafe(one.workers.stop)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(20)


@pytest.fixture
def more() -> dict[str, Any]:
    """Settings of the site beyond the usual ones; a module that needs some has a fixture of this name."""
    return {}


@pytest.fixture
def site(tmp_path: Path, machine: Machine, more: dict[str, Any]) -> Iterator[Site]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = Settings(
        database=new_database(tmp_path / "consult.db"),
        port=port,
        public_origin=f"http://localhost:{port}",
        site_name="Prairie Medication Review",
        help_phone="555-0100",
        help_hours="Monday to Friday, 8 am to 6 pm",
        plan_name="Prairie Health Part D",
        **more,
    )
    block = running(settings, workforce=machine.workers)
    server = machine.call(block.__aenter__())
    token = machine.call(fill(server.core))
    yield Site(settings.origin, "golden", f"{settings.origin}/join#t={token}", machine.call, server)
    machine.call(block.__aexit__(None, None, None))


async def fill(core: Core) -> str:
    """Two accounts and one consult that waits to be held; the token of the patient's link."""
    for login, role, name in (("reyes", "pharmacist", "Daniel Reyes"), ("okafor", "supervisor", "Ruth Okafor")):
        account = Account(f"staff-{login}", login, name, role, quick_hash(PASSWORD), "PharmD")  # type: ignore[arg-type]
        await core.accounts.add(account)
    me = Actor("staff-reyes", "pharmacist", "Daniel Reyes")
    known = vocabulary().resolve("atorvastatin")
    assert known
    history = Medication(
        medication_key(known.ingredients, "atorvastatin"),
        "atorvastatin",
        known.ingredients,
        sig=Sig("40 mg", "1 tablet", "oral", "1/day"),
        why="cholesterol",
        prescriber="Dr. Chen",
    )
    scheduled = co.ScheduleConsult(
        Patient("p1", "Maria Lopez", BIRTH_DATE, "f", "555-0142"),
        me.id,
        core.clock().strftime("%Y-%m-%dT%H:%M:%SZ"),
        medications=(history,),
        conditions=(Condition("condition:af", "atrial fibrillation"),),
        labs=(Lab("egfr", 58, "mL/min/1.73 m2", "2026-09-01"),),
    )
    await core.hub.submit("golden", scheduled, me, new_id())
    now = core.clock()
    token: str = await core.doorkeeper.invite(
        "golden",
        patient_member("golden"),
        "Maria Lopez",
        BIRTH_DATE,
        now - timedelta(hours=1),
        now + timedelta(hours=4),
    )
    return token


@dataclass
class Person:
    """A browser of one person; `errors` are what the page complained of."""

    page: Page
    errors: list[str]


def complaint(message: ConsoleMessage) -> str:
    return f"{message.text} ({message.location.get('url', '')})"


def watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A new page, and the list that gathers what it complains of."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(f"page error: {error}"))
    page.on("console", lambda message: errors.append(complaint(message)) if message.type == "error" else None)
    page.set_default_timeout(20_000)
    return page, errors


@pytest.fixture
def person(browser: Browser) -> Iterator[Callable[..., Person]]:
    contexts: list[BrowserContext] = []

    def make(width: int = 1440, height: int = 900) -> Person:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        contexts.append(context)
        return Person(*watched(context))

    yield make
    for context in contexts:
        context.close()


@dataclass
class Caller(Person):
    """A person in a call."""

    def media(self) -> dict[str, Any]:
        found: dict[str, Any] = self.page.evaluate(COUNT)
        return found

    def press(self, words: str) -> None:
        self.page.get_by_role("button", name=words, exact=True).click()


@pytest.fixture(scope="module")
def browsers(playwright: Playwright) -> Iterator[Callable[[str], Browser]]:
    """A Chromium with made-up devices; "" allows them, "deny" does not."""
    made: dict[str, Browser] = {}

    def make(answer: str) -> Browser:
        if answer not in made:
            ui = f"--use-fake-ui-for-media-stream{'=' + answer if answer else ''}"
            made[answer] = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *MEDIA, ui])
        return made[answer]

    yield make
    for one in made.values():
        one.close()


@pytest.fixture
def caller(browsers: Callable[[str], Browser]) -> Iterator[Callable[..., Caller]]:
    contexts: list[Any] = []

    def make(
        width: int = 1366, height: int = 768, answer: str = "", before: str = "", beside: Caller | None = None
    ) -> Caller:
        """`before` is a script that runs before the page's own; `beside` another tab of the same browser."""
        if beside is None:
            context = browsers(answer).new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            contexts.append(context)
            context.add_init_script(KEEP + SECOND + before)
        else:
            context = beside.page.context
        return Caller(*watched(context))

    yield make
    for context in contexts:
        context.close()
