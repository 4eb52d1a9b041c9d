"""What goes wrong on a day, on the patient's side: in each case a plain sentence and a way on."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from consult.domain.people import patient_member
from tests.browser.calling import cut, flows, in_call, patient_waits, pharmacist_in
from tests.browser.conftest import BIRTH_DATE, Caller, Site
from tests.browser.test_reconnect import Served, served  # noqa: F401
from tests.browser.test_whole_consult import axe, until

YEARS_BACK = """{
  const Right = Date, off = 60 * 365 * 864e5;
  window.Date = class extends Right {
    constructor(...all) { if (all.length) super(...all); else super(Right.now() - off); }
    static now() { return Right.now() - off; }
  };
}"""
BUSY = """navigator.mediaDevices.getUserMedia = async () => {
  if (window.free) return window.real.call(navigator.mediaDevices, {audio: true, video: true});
  throw new DOMException("Could not start video source", "NotReadableError");
};"""


def born(page: Page, month: str, day: str, year: str) -> None:
    for label, text in (("Month", month), ("Day", day), ("Year", year)):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Continue").click()


def test_a_wrong_date_of_birth_is_asked_again_and_the_right_one_opens(
    site: Site, caller: Callable[..., Caller]
) -> None:
    page = caller(390, 844).page
    page.goto(site.link)

    born(page, "March", "15", "1952")

    expect(page.get_by_role("alert")).to_contain_text("This date does not fit the link")
    expect(page.get_by_role("link", name="555-0100")).to_be_visible()
    assert axe(page) == []
    born(page, "March", "14", "1952")
    expect(page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()


def test_an_expired_link_says_whom_to_call(site: Site, caller: Callable[..., Caller]) -> None:
    now = site.server.core.clock()
    member = patient_member(site.consult_id)
    late = [now - timedelta(hours=9), now - timedelta(hours=1)]
    token = site.call(site.server.core.doorkeeper.invite(site.consult_id, member, "Maria", BIRTH_DATE, *late))
    page = caller(390, 844).page
    page.goto(f"{site.origin}/join#t={token}")

    born(page, "3", "14", "1952")

    expect(page.get_by_role("alert")).to_contain_text("the link no longer works")
    expect(page.get_by_role("alert")).to_contain_text("call us")
    expect(page.get_by_role("link", name="555-0100")).to_have_attribute("href", "tel:5550100")


def test_a_clock_that_is_years_off_keeps_nobody_out(site: Site, caller: Callable[..., Caller]) -> None:
    patient = caller(390, 844, before=YEARS_BACK)
    patient.page.goto(site.link)
    assert patient.page.evaluate("new Date().getFullYear()") < 1970

    born(patient.page, "12", "31", "1990")
    expect(patient.page.get_by_role("alert")).to_contain_text("This date does not fit the link")
    born(patient.page, "March", "14", "1952")

    expect(patient.page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()
    planned = site.call(site.server.core.store.row(site.consult_id)).planned_at
    day = "(at) => new Intl.DateTimeFormat('en-US', {month: 'long', day: 'numeric'}).format(new Date(at))"
    expect(patient.page.locator(".facts")).to_contain_text(patient.page.evaluate(day, planned))
    assert [one for one in patient.errors if "403" not in one] == []  # the wrong date was refused


def test_a_camera_that_another_program_uses(site: Site, caller: Callable[..., Caller]) -> None:
    patient = caller(390, 844, before="window.real = navigator.mediaDevices.getUserMedia;" + BUSY)
    patient_waits(site, patient)

    patient.press("Use camera and microphone")

    expect(patient.page.get_by_text("Another program is using your camera or microphone.")).to_be_visible()
    assert axe(patient.page) == []
    expect(patient.page.get_by_role("button", name="Go on without")).to_be_visible()
    patient.page.evaluate("window.free = true")
    patient.press("Try again")
    expect(patient.page.get_by_text("Do you see yourself?")).to_be_visible()


def test_a_second_tab_or_device_takes_the_call_over_and_gives_it_back(
    site: Site, caller: Callable[..., Caller]
) -> None:
    pharmacist, patient = in_call(site, caller)
    tab = caller(beside=patient)
    tab.page.goto(f"{site.origin}/join")
    tab.press("Join the call")
    words = "The call goes on in another window or on another device of yours."
    expect(patient.page.get_by_text(words)).to_be_visible()
    flows(pharmacist, tab)

    other = caller(390, 844)
    other.page.goto(site.link)
    born(other.page, "March", "14", "1952")
    other.press("Join the call")
    expect(tab.page.get_by_text(words)).to_be_visible()
    flows(pharmacist, other)

    assert axe(patient.page) == []
    patient.press("Bring it here")
    flows(pharmacist, patient)
    expect(other.page.get_by_text(words)).to_be_visible()
    assert pharmacist.errors == patient.errors == []


def test_half_a_minute_without_the_network_loses_neither_the_talk_nor_a_message(
    site: Site, caller: Callable[..., Caller]
) -> None:
    pharmacist, patient = in_call(site, caller)
    page = patient.page
    lost = time.monotonic()
    page.context.set_offline(True)
    cut(site, patient_member(site.consult_id))
    expect(page.locator("p.notice[role=status]")).to_contain_text("The connection is lost.")
    until(lambda: axe(page) == [])
    page.get_by_label("Write a message").fill("I am still here.")
    page.get_by_role("button", name="Send").last.click()
    gone = lambda: "gone since" in (pharmacist.page.locator(".presence").text_content() or "")  # noqa: E731
    until(gone, lost + 20 - time.monotonic())
    flows(pharmacist, patient)  # the voice goes from browser to browser all the while
    time.sleep(max(0.0, lost + 30 - time.monotonic()))
    flows(pharmacist, patient)
    expect(page.get_by_label("Write a message")).to_have_value("I am still here.")

    page.context.set_offline(False)

    expect(page.locator("p.notice[role=status]")).to_be_hidden(timeout=20_000)
    pharmacist.page.locator("#tab-people").click()
    expect(pharmacist.page.get_by_text("I am still here.")).to_be_visible()
    expect(page.get_by_label("Write a message")).to_have_value("")
    assert page.evaluate("window.connections.length") == 1


def test_a_server_that_restarts_is_told_and_waited_for(served: Served, caller: Callable[..., Caller]) -> None:  # noqa: F811
    patient = caller(390, 844)
    page = patient.page
    page.goto(f"http://127.0.0.1:{served.port}/join#t={served.token}")
    born(page, "March", "14", "1952")
    expect(page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()

    served.end(signal.SIGKILL)
    expect(page.locator("p.notice[role=status]")).to_contain_text("We are trying again by ourselves.")
    served.start()

    expect(page.locator("p.notice[role=status]")).to_be_hidden(timeout=20_000)
    expect(page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()


@pytest.mark.parametrize("language", ["English", "Español"])
def test_every_step_reads_well_small_and_enlarged_in_both_languages(
    site: Site, caller: Callable[..., Caller], language: str
) -> None:
    pharmacist, patient = caller(), caller(320, 640)
    page = patient.page
    pharmacist_in(site, pharmacist)
    page.goto(f"{site.origin}/join")
    page.get_by_role("button", name=language).click()
    expect(page.locator("html")).to_have_attribute("lang", "en" if language == "English" else "es")
    seen: list[str] = []

    def looks_right() -> None:
        seen.append(page.locator("h1").inner_text())
        for width in (320, 640):  # 640 enlarged to 200 % has the room of 320
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate("(big) => { document.documentElement.style.fontSize = big }", "200%" if width == 640 else "")
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, (seen, width)
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 320, "height": 640})
        assert axe(page) == [], seen
        expect(page.locator(".help .phone")).to_be_visible()
        expect(page.locator(".languages button[aria-pressed=true]")).to_have_text(language)

    looks_right()  # no link
    page.goto(site.link)
    page.reload()
    looks_right()  # the date of birth
    page.locator("form button").click()
    expect(page.locator("#birth-error")).not_to_be_empty()
    looks_right()  # what is missing
    page.locator("#birth-month").fill("3")
    page.locator("#birth-day").fill("14")
    page.locator("#birth-year").fill("1952")
    page.locator("form button").click()
    expect(page.locator(".check")).to_be_visible()
    looks_right()  # waiting, the first step of the check
    pharmacist.page.get_by_role("button", name="Let in").first.click()
    expect(page.locator(".call-invite")).to_be_visible()
    looks_right()  # the visit
    page.locator(".way-out .press").click()
    expect(page.locator(".messages")).to_have_count(0)
    expect(page.locator("h1")).not_to_have_text(seen[-1])
    looks_right()  # left
    page.locator(".quiet-press").click()
    expect(page.locator("h1")).not_to_have_text(seen[-1])
    looks_right()  # signed out
    assert len(set(seen)) >= 6, "each step has a heading of its own"
    assert [one for one in patient.errors if "401" not in one] == []  # nobody was signed in at first
