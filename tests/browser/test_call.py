"""The call in real browsers with made-up cameras: media flows both ways, and goes on through what happens on a day."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from consult.domain import commands as co
from consult.domain.people import Actor, patient_member
from consult.session.signalling import Turn
from tests.browser.calling import cut, flows, in_call, patient_waits, pharmacist_in, submit
from tests.browser.conftest import Caller, Site
from tests.browser.test_whole_consult import axe, until

SECRET = "a-secret-of-the-test-relay"
KEEPS_NOTHING = """for (const kind of ["localStorage", "sessionStorage"])
  Object.defineProperty(window, kind, {get() { throw new DOMException("denied", "SecurityError") }});"""


def test_the_patient_checks_the_devices_and_is_in_the_call_when_let_in(
    site: Site, caller: Callable[..., Caller]
) -> None:
    pharmacist, patient = caller(), caller(390, 844)
    pharmacist_in(site, pharmacist)
    patient_waits(site, patient)
    guest = patient.page

    for number, press in enumerate(("Use camera and microphone", "Yes, I see myself", "Yes, it moves"), 1):
        expect(guest.get_by_text(f"Step {number} of 4")).to_be_visible()
        assert axe(guest) == []
        patient.press(press)
    patient.press("Play the tones")
    patient.press("Yes, I hear them")
    expect(guest.get_by_text("The call starts by itself")).to_be_visible()
    assert guest.evaluate("window.connections.length") == 0, "nobody connects before being let in"
    pharmacist.page.get_by_role("button", name="Let in").first.click()
    expect(pharmacist.page.get_by_text("Maria Lopez is in the call and waits for you.")).to_be_visible()
    pharmacist.press("Join the call")

    flows(pharmacist, patient)
    expect(guest.get_by_text("You are talking with Daniel Reyes.").first).to_be_visible()
    assert axe(guest) == []
    assert axe(pharmacist.page) == []
    patient.press("Español")
    expect(guest.get_by_role("button", name="Silenciar")).to_be_visible()
    flows(pharmacist, patient)
    assert pharmacist.errors == patient.errors == []


def test_what_one_turns_off_the_other_is_told(site: Site, caller: Callable[..., Caller]) -> None:
    pharmacist, patient = in_call(site, caller)
    about = pharmacist.page.get_by_label("Call", exact=True).locator(".call-status")

    patient.press("Mute")
    expect(about).to_contain_text("muted")
    patient.press("Camera off")
    expect(about).to_contain_text("camera off")
    before = pharmacist.media()["frames"]
    pharmacist.press("Camera off")
    expect(patient.page.get_by_text("Daniel Reyes has turned the camera off.").first).to_be_visible()
    assert pharmacist.media()["frames"] <= before + 2
    expect(patient.page.get_by_role("button", name="Flip camera")).to_be_disabled()  # and stays in its place
    patient.press("Unmute")
    patient.press("Camera on")
    pharmacist.press("Camera on")
    expect(about).not_to_contain_text("off")
    flows(pharmacist, patient)
    patient.press("Flip camera")
    flows(pharmacist, patient)
    pharmacist.press("Hang up")
    expect(patient.page.get_by_text("Daniel Reyes will be here in a moment.").first).to_be_visible()
    pharmacist.press("Join the call")
    flows(pharmacist, patient)


def test_what_is_said_stands_in_writing_on_the_patients_page(site: Site, caller: Callable[..., Caller]) -> None:
    pharmacist, patient = in_call(site, caller)
    captions = patient.page.get_by_role("log", name="Captions")
    expect(captions).to_be_hidden()

    pharmacist.press("Captions")
    pharmacist.page.get_by_label("What you say, in writing").fill("Take it with food.")
    pharmacist.page.keyboard.press("Enter")

    expect(captions).to_have_text("Take it with food.")
    before = captions.bounding_box()
    patient.press("Captions: largest")
    after = captions.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"]
    assert axe(patient.page) + axe(pharmacist.page) == []
    pharmacist.page.get_by_label("Chat messages too").check()
    pharmacist.page.get_by_role("tab", name="Chat").click()
    pharmacist.page.get_by_label("Message to the patient").fill("Not with milk.")
    pharmacist.page.keyboard.press("Enter")
    expect(captions).to_contain_text("Not with milk.")
    patient.press("Hide captions")
    expect(captions).to_be_hidden()
    patient.page.reload()
    expect(patient.page.get_by_role("button", name="Show captions")).to_be_visible()  # the choice is kept
    assert pharmacist.errors == patient.errors == []


def test_a_lost_connection_to_the_server_drops_no_media_and_a_reload_comes_back(
    site: Site, caller: Callable[..., Caller]
) -> None:
    pharmacist, patient = in_call(site, caller)
    connections = "window.connections.length"
    me = Actor(patient_member(site.consult_id), "patient", "Maria Lopez")

    patient.page.context.set_offline(True)
    cut(site, me.id)
    submit(site, co.LeaveConsult(), me)  # what the server does when the time to come back is over
    expect(patient.page.locator("p.notice[role=status]")).to_be_visible()
    expect(pharmacist.page.locator(".presence")).to_contain_text("gone since")
    flows(pharmacist, patient)
    patient.page.context.set_offline(False)
    expect(pharmacist.page.locator(".presence")).to_contain_text("here")
    flows(pharmacist, patient)
    assert (pharmacist.page.evaluate(connections), patient.page.evaluate(connections)) == (1, 1)

    patient.page.reload()
    flows(pharmacist, patient)
    pharmacist.page.reload()
    flows(pharmacist, patient)

    pharmacist.page.locator("#tab-people").click()
    pharmacist.press("Send back to wait")
    expect(patient.page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()
    for one in (pharmacist, patient):
        assert one.page.evaluate("window.connections.every((one) => one.connectionState === 'closed')")


def test_the_visit_goes_on_where_devices_are_denied_and_nothing_may_be_kept(
    site: Site, caller: Callable[..., Caller]
) -> None:
    pharmacist, patient = caller(before=KEEPS_NOTHING), caller(390, 844, "deny", KEEPS_NOTHING)
    pharmacist_in(site, pharmacist)
    patient_waits(site, patient)

    patient.press("Use camera and microphone")
    expect(patient.page.get_by_text("Your browser blocks the camera or microphone here.")).to_be_visible()
    assert axe(patient.page) == []
    patient.press("I would rather use the phone")
    expect(patient.page.get_by_text("or you call 555-0100")).to_be_visible()
    pharmacist.page.get_by_role("button", name="Let in").first.click()
    pharmacist.press("Start the call")
    expect(patient.page.get_by_text("Daniel Reyes is in the call and waits for you.").first).to_be_visible()
    patient.press("Join the call")

    expect(patient.page.locator(".call-note")).to_contain_text("nobody can hear you")
    expect(patient.page.get_by_text("You are talking with Daniel Reyes.").first).to_be_visible()
    expect(pharmacist.page.locator(".call-status")).to_contain_text("muted")
    until(lambda: patient.media()["frames"] > 0)
    expect(patient.page.get_by_label("Write a message")).to_be_visible()
    assert pharmacist.errors == patient.errors == []


@pytest.fixture
def relay() -> Iterator[int]:
    """coturn on this machine alone; its port."""
    program = shutil.which("turnserver")
    if program is None:
        pytest.skip("coturn is not installed: apt-get install coturn")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = f"""-n --listening-ip 127.0.0.1 --relay-ip 127.0.0.1 --listening-port {port}
        --min-port 49300 --max-port 49400
        --use-auth-secret --static-auth-secret {SECRET} --realm consult.test --no-tls --no-dtls --no-cli
        --allow-loopback-peers --fingerprint --log-file stdout --simple-log"""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            program,
            *words.split(),
            "--pidfile",
            str(Path(folder) / "pid"),
            "--userdb",
            str(Path(folder) / "db"),
        ]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
        time.sleep(1.5)
        assert process.poll() is None, "coturn did not start"
        yield port
        process.terminate()
        process.wait(10)


def test_media_goes_through_the_relay_where_nothing_else_is_allowed(
    site: Site, caller: Callable[..., Caller], relay: int
) -> None:
    site.server.calls.turn = Turn((f"turn:127.0.0.1:{relay}?transport=udp",), SECRET, 600, only=True)

    pharmacist, patient = in_call(site, caller)

    assert pharmacist.media()["pairs"] == patient.media()["pairs"] == [["relay", "relay"]]
