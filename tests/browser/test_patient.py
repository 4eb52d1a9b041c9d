"""What the patient, and who comes with the patient, can do on the page: answer, show, bring a third person, rate."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from consult.app import new_id
from consult.domain import commands as co
from consult.domain.patient import Patient
from consult.domain.people import Actor
from tests.browser.calling import flows, in_call, submit
from tests.browser.conftest import PASSWORD, Caller, Site
from tests.browser.test_whole_consult import axe, until

ME = Actor("staff-reyes", "pharmacist", "Daniel Reyes")


def read(site: Site, consult_id: str) -> Any:
    async def work() -> Any:
        return (await site.server.core.hub.live(consult_id)).consult

    return site.call(work())


def state(site: Site) -> Any:
    return read(site, site.consult_id)


def fits(page: Page) -> bool:
    """No scrolling sideways."""
    found: bool = page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    return found


def test_answers_a_picture_a_third_person_and_the_rating(site: Site, caller: Callable[..., Caller]) -> None:
    pharmacist, patient = in_call(site, caller)
    page, guest = pharmacist.page, patient.page

    # The list grows; the patient says what is not right, and the pharmacist sees whose word it is.
    submit(site, co.ConfirmMedication("med:atorvastatin"), ME)
    replies = guest.get_by_role("group", name="Is this right? Atorvastatin")
    expect(replies.get_by_role("button")).to_have_count(3)
    replies.get_by_role("button", name="Not right").click()
    guest.get_by_label("What is different?").fill("I take it in the morning")
    guest.locator(".more").get_by_role("button", name="Send").click()
    expect(guest.get_by_text("Daniel Reyes can see your answer.")).to_be_visible()
    expect(guest.get_by_text("“I take it in the morning”")).to_be_visible()
    page.locator("#tab-regimen").click()
    row = page.locator("[data-medication='med:atorvastatin']")
    expect(row).to_contain_text("I take it in the morning")
    assert state(site).medications["med:atorvastatin"].sig.frequency == "1/day", "a word is not a change"
    guest.evaluate("scrollTo(0, 0)")  # what lies behind the call just now is no target
    assert axe(guest) == []

    # A still picture is sent only when asked, and kept under its hash.
    patient.press("Show my medicine")
    patient.press("Take a picture of it")
    assert state(site).pictures == ()
    assert axe(guest) == []
    patient.press("Yes, send it")
    expect(guest.locator(".sent")).to_have_text("Sent. Daniel Reyes has your picture.")
    picture = state(site).pictures[0]
    kept = site.call(site.server.core.documents.get(picture.sha256))
    assert kept[:3] == b"\xff\xd8\xff"
    assert b"Exif" not in kept[:400]
    page.locator("#tab-people").click()
    page.get_by_role("button", name=re.compile("Picture 1 of Maria Lopez")).click()
    expect(page.get_by_alt_text("The picture in full")).to_be_visible()
    until(lambda: page.get_by_alt_text("The picture in full").evaluate("(one) => one.naturalWidth") == picture.width)
    assert axe(page) == []
    page.keyboard.press("Escape")
    flows(pharmacist, patient)

    # An interpreter comes by a link of an hour, waits, and all three hear each other.
    pharmacist.press("Invite a caregiver or interpreter")
    page.get_by_label("Name", exact=True).fill("Leo Lopez")
    pharmacist.press("Make the link")
    gone = page.get_by_label("Link for the guest").input_value()
    page.get_by_role("button", name=re.compile("^End the link.*Leo Lopez")).click()
    expect(page.get_by_text("Leo Lopez")).to_have_count(0)
    page.get_by_label("Name", exact=True).fill("Ana Ruiz")
    page.get_by_label("Takes part as").select_option("interpreter")
    pharmacist.press("Make the link")
    link = page.get_by_label("Link for the guest").input_value()
    assert axe(page) == []
    third = caller(390, 844)
    third.page.goto(gone)
    third.press("Go to the waiting room")
    expect(third.page.get_by_text("This link no longer works.")).to_be_visible()
    third.errors.clear()  # the browser tells of the refusal too
    third.page.goto("about:blank")
    third.page.goto(link)
    assert axe(third.page) == []
    third.press("Go to the waiting room")
    expect(third.page.get_by_role("heading", name="You are in the waiting room")).to_be_visible()
    assert "Maria" not in (third.page.text_content("body") or "")
    expect(page.get_by_text("Ana Ruiz (interpreter) is waiting").first).to_be_visible()
    page.get_by_role("button", name="Let in").first.click()
    third.press("Join the call")
    expect(guest.locator(".call-also")).to_have_text("Also in the call: Ana Ruiz, interpreter.")
    expect(page.locator(".call-also")).to_have_text("Also in the call: Ana Ruiz (interpreter)")
    flows(pharmacist, patient, third)
    assert [len(one.media()["pairs"]) for one in (pharmacist, patient, third)] == [2, 2, 2]
    assert third.page.get_by_text("Atorvastatin").count() == 0
    guest.set_viewport_size({"width": 320, "height": 640})
    assert fits(guest)
    assert axe(guest) == []
    assert axe(third.page) == []
    third.press("Leave the visit")
    expect(guest.locator(".call-also")).to_be_hidden()
    flows(pharmacist, patient)

    # A supervisor is named to both.
    boss = caller()
    boss.page.goto(f"{site.origin}/signin?as=supervisor")
    boss.page.get_by_label("Account").fill("okafor")
    boss.page.get_by_label("Password").fill(PASSWORD)
    boss.page.keyboard.press("Enter")
    boss.page.wait_for_url("**/supervisor*")
    boss.page.goto(f"{site.origin}/supervisor#/consult/{site.consult_id}")
    expect(boss.page.get_by_text("All in it are told that you are there.")).to_be_visible()
    boss.press("Join the call to listen")
    expect(guest.locator(".call-also")).to_have_text("Also in the call: Ruth Okafor, supervisor.")
    expect(page.locator(".call-also")).to_have_text("Also in the call: Ruth Okafor (supervisor)")
    expect(guest.locator(".call-stage .tile:visible")).to_have_count(1)  # who only listens takes no room
    flows(pharmacist, patient)
    until(lambda: boss.media()["frames"] > 0 and len(boss.media()["pairs"]) == 2)
    boss.press("Hang up")
    expect(guest.locator(".call-also")).to_be_hidden()

    # Two questions after the end; nobody has to answer, and half an answer is asked again.
    submit(site, co.CloseConsult("done"), ME)
    expect(guest.get_by_role("heading", name="Your visit has ended")).to_be_visible()
    guest.get_by_label("Partly").first.check()
    patient.press("Send my answers")
    expect(guest.get_by_text("Please answer both questions first.")).to_be_visible()
    assert axe(guest) == []
    guest.get_by_label("Yes").last.check()
    patient.press("Send my answers")
    expect(guest.get_by_text("Your answers help us").first).to_be_visible()
    assert (state(site).rating.helped, state(site).rating.worked) == ("partly", "yes")
    assert fits(guest)
    for one in (pharmacist, patient, third, boss):
        assert one.errors == []


def test_a_visit_by_phone_needs_no_page_of_the_patient(site: Site, caller: Callable[..., Caller]) -> None:
    person = Patient("p2", "Ruben Ortiz", "1948-07-02", "m", "(555) 010-0177")
    made = co.ScheduleConsult(person, ME.id, site.server.core.clock().isoformat(), modality="phone")
    site.call(site.server.core.hub.submit("by-phone", made, ME, new_id()))
    pharmacist = caller()
    page = pharmacist.page
    page.goto(f"{site.origin}/signin?as=pharmacist")
    page.get_by_label("Account").fill("reyes")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/pharmacist*")
    page.goto(f"{site.origin}/pharmacist#/consult/by-phone")
    page.get_by_role("button", name="Begin the visit").click()

    expect(page.locator(".call-phone")).to_have_attribute("href", "tel:5550100177")
    expect(page.locator(".call-status")).to_contain_text("then confirm who answers")
    assert page.get_by_role("button", name="Start the call").count() == 0
    assert axe(page) == []
    pharmacist.press("Confirm identity")
    page.get_by_label(re.compile("^full name", re.I)).check()
    page.get_by_label(re.compile("^date of birth", re.I)).check()
    page.get_by_role("button", name=re.compile("^Confirm")).last.click()
    until(lambda: read(site, "by-phone").identity is not None)
    assert read(site, "by-phone").identity.method == "phone"
    page.keyboard.press("Escape")
    page.locator(".cm-content").click()
    page.keyboard.type("pt: I feel dizzy since the amlodipine")
    page.keyboard.press("Enter")
    page.keyboard.type("takes amlodipine 5 mg daily")
    until(lambda: len([one for one in read(site, "by-phone").lines.values() if one.medications]) == 2)

    lines = list(read(site, "by-phone").lines.values())
    assert [(one.speaker, one.author.role) for one in lines[:2]] == [
        ("patient", "pharmacist"),
        ("pharmacist", "pharmacist"),
    ]
    assert [one.role for one in read(site, "by-phone").participants.values()] == ["pharmacist"]
    assert pharmacist.errors == []
