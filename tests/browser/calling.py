"""Steps of people in a call, in real browsers with made-up cameras; several modules use them."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import expect

from consult.app import new_id
from consult.domain import commands as co
from consult.domain.people import Actor
from tests.browser.conftest import PASSWORD, Caller, Site


def pharmacist_in(site: Site, who: Caller) -> None:
    page = who.page
    page.goto(f"{site.origin}/signin?as=pharmacist")
    page.get_by_label("Account").fill("reyes")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pharmacist*")
    page.goto(f"{site.origin}/pharmacist#/consult/{site.consult_id}")
    page.get_by_role("button", name="Begin the visit").click()


def patient_waits(site: Site, who: Caller) -> None:
    page = who.page
    page.goto(site.link)
    for label, text in (("Month", "March"), ("Day", "14"), ("Year", "1952")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()


def flows(*people: Caller, seconds: float = 15.0) -> None:
    """Frames are decoded and sound arrives, growing, at each of them."""
    end = time.monotonic() + seconds
    counts = ("frames", "packets")
    first = [one.media() for one in people]
    while True:
        time.sleep(0.3)
        now = [one.media() for one in people]
        if all(b[count] > a[count] + 3 for a, b in zip(first, now, strict=True) for count in counts):
            return
        assert time.monotonic() < end, f"no media: {first} then {now}"
        # A connection that has gone takes its counts along.
        first = [{count: min(a[count], b[count]) for count in counts} for a, b in zip(first, now, strict=True)]


def in_call(site: Site, caller: Callable[..., Caller], before: str = "") -> tuple[Caller, Caller]:
    """Pharmacist and patient, talking; `before` is a script that runs before those of their pages."""
    pharmacist, patient = caller(before=before), caller(390, 844, before=before)
    pharmacist_in(site, pharmacist)
    patient_waits(site, patient)
    pharmacist.page.get_by_role("button", name="Let in").first.click()
    pharmacist.press("Start the call")
    patient.press("Join the call")
    flows(pharmacist, patient)
    return pharmacist, patient


def submit(site: Site, command: co.Command, actor: Actor) -> None:
    site.call(site.server.core.hub.submit(site.consult_id, command, actor, new_id()))


def cut(site: Site, member_id: str) -> None:
    """Break the member's connections to the server off."""

    async def work() -> None:
        for member in site.server.core.hub.here(site.consult_id):
            line = site.server.door.plain.get(site.server.door.manager.eio_sid_from_sid(member.socket, "/"))
            if member.actor.id == member_id and line is not None:
                line.cut()

    site.call(work())
