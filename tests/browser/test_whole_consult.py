"""A whole consult in a real browser: typed by keyboard, joined by link, warned, signed, handed over, reviewed."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Person, Site

# Consult c02 of the development notes.
LINES = (
    "Patient is a 78-year-old woman with atrial fibrillation, prior TIA and osteoarthritis; her daughter Allegra joins"
    " by phone.",
    "She takes Eliquis 5 mg, one tablet twice daily, but misses the evening dose about once a week.",
    "She was on warfarin until last fall, when it was stopped because her INR was all over the place.",
    "She denies nosebleeds, blood in the urine or black stools, but her gums bleed when she flosses.",
    "Large bruises on both forearms, which she blames on the blood thinner.",
    "She has been buying Aleve and takes 2 tablets most mornings for her knees.",
    "She agreed to use acetaminophen 500 mg, two tablets every 8 hours as needed, starting tomorrow.",
    "Metoprolol succinate 50 mg once daily; she feels tired and her resting pulse is 54.",
    "Digoxin 125 mcg was discontinued by cardiology in May 2022 after nausea and yellow vision.",
    "Lightheaded when she gets out of bed, two near misses, but no falls.",
    "Her sister takes Xarelto and had a stomach bleed from it years ago.",
    "She also takes fish oil 1000 mg capsules daily and ginko for her memory.",
    "Told her to call if she has black stools, a severe headache or a fall with a head strike.",
    "Cardiology offered amiodarone in the spring; she declined and never took it.",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BLEEDING = re.compile("Eliquis.*Aleve|Aleve.*Eliquis")


def sign_in(person: Person, site: Site, role: str, login: str) -> Page:
    page = person.page
    page.goto(f"{site.origin}/signin?as={role}")
    page.get_by_label("Account").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{role}*")
    return page


def begin(person: Person, site: Site) -> Page:
    """The pharmacist's page with the visit begun."""
    page = sign_in(person, site, "pharmacist", "reyes")
    page.goto(f"{site.origin}/pharmacist#/consult/{site.consult_id}")
    page.get_by_role("button", name="Begin the visit").click()
    return page


def write(page: Page, lines: tuple[str, ...]) -> None:
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")
    page.locator(".cm-content").click()
    for number, line in enumerate(lines):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)
    expect(page.locator(".saved")).to_contain_text("Saved")


def axe(page: Page) -> list[str]:
    """What is wrong; what is right (most of it) is not told, which saves half of the time."""
    found: Any = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found.response["violations"]]


def stored(site: Site) -> list[Any]:
    events: list[Any] = list(site.call(site.server.core.store.read(site.consult_id, 0, 10_000)))
    return events


def until(what: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def test_a_whole_consult(site: Site, person: Callable[..., Person]) -> None:
    pharmacist, patient, supervisor = person(), person(390, 844), person()
    page = begin(pharmacist, site)

    # The patient joins by link and date of birth, waits, and is let in.
    guest = patient.page
    guest.goto(site.link)
    guest.get_by_label("Month").fill("March")
    guest.get_by_label("Day").fill("14")
    guest.get_by_label("Year").fill("1952")
    guest.get_by_role("button", name="Continue").click()
    expect(guest.get_by_role("heading", name="You are in the waiting room")).to_be_visible()
    assert axe(guest) == []
    page.get_by_role("button", name="Let in").first.click()
    expect(guest.get_by_text("We are talking about:")).to_be_visible()

    # Notes are typed; the alert appears while typing, the words are marked.
    write(page, LINES[:6])
    critical = page.locator("[class*=alert]").filter(has_text=BLEEDING).first
    expect(critical).to_be_visible()
    page.keyboard.press("Enter")
    write_rest = LINES[6:]
    for number, line in enumerate(write_rest):
        if number:
            page.keyboard.press("Enter")
        page.keyboard.type(line)
    expect(page.locator(".saved")).to_contain_text("Saved")
    texts = {line.text for line in site.call(_state(site)).lines.values()}
    assert texts == set(LINES)
    assert axe(page) == []

    # Reloading shows the same.
    page.reload()
    expect(page.locator(".cm-line").filter(has_text="amiodarone")).to_be_visible()
    expect(page.locator(".cm-content")).to_contain_text("Eliquis 5 mg")

    # The pharmacist confirms what is exact, accepts the problem, writes to the patient.
    page.locator("#tab-regimen").click()
    page.get_by_role("button", name=re.compile(r"^Confirm \d+ exact")).click()
    until(lambda: site.call(_state(site)).medications["med:apixaban"].review == "confirmed")
    assert site.call(_state(site)).medications["med:ginkgo"].review == "proposed", "a misspelling is never confirmed"
    page.locator("[class*=alert]").filter(has_text=BLEEDING).get_by_role("button", name="Add to plan").first.click()
    until(lambda: len(site.call(_state(site)).problems) == 1)
    page.locator("#tab-people").click()
    page.locator("#chat-text").fill("I am writing your summary now.")
    page.keyboard.press("Enter")
    expect(guest.get_by_text("I am writing your summary now.").first).to_be_visible()

    # Draft, identity, signature, hand over.
    page.get_by_role("button", name="Takeaway", exact=True).click()
    page.get_by_label(re.compile("^full name", re.I)).check()
    page.get_by_label(re.compile("^date of birth", re.I)).check()
    page.get_by_role("button", name=re.compile("^Confirm")).last.click()
    page.get_by_role("button", name="Make a draft").click()
    page.get_by_role("button", name="Sign version 1").wait_for()
    expect(page.get_by_role("button", name="Sign version 1")).to_be_disabled()
    lines = page.get_by_role("region", name="Review line by line").get_by_role("button", name=re.compile("^Right"))
    lines.first.focus()
    while lines.count():
        before = lines.count()
        page.keyboard.press("Enter")
        until(lambda before=before: lines.count() < before)
    page.get_by_role("button", name="Sign version 1").click()
    assert axe(page) == []
    page.get_by_role("button", name="Give to the patient").click()

    # The patient reads it: the bytes that were signed.
    expect(guest.get_by_role("heading", name="Your summary is ready")).to_be_visible()
    version = site.call(_state(site)).takeaways[-1]
    assert version.stage == "issued"
    got = guest.request.get(f"{site.origin}/api/consults/{site.consult_id}/takeaway/1.pdf?as=patient")
    assert got.ok
    assert got.body() == site.call(site.server.core.documents.get(version.sha256))
    assert axe(guest) == []

    # The supervisor reads the transcript.
    review = sign_in(supervisor, site, "supervisor", "okafor")
    review.goto(f"{site.origin}/supervisor#/consult/{site.consult_id}")
    for line in (LINES[1], LINES[5], LINES[13]):
        expect(review.get_by_text(line.split(",")[0], exact=False).first).to_be_visible()
    expect(review.get_by_text(BLEEDING).first).to_be_visible()
    assert axe(review) == []

    seqs = [event.seq for event in stored(site)]
    assert seqs == list(range(1, len(seqs) + 1))
    for who in (pharmacist, patient, supervisor):
        assert who.errors == []


async def _state(site: Site) -> Any:
    return (await site.server.core.hub.live(site.consult_id)).consult
