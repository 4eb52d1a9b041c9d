"""What the patient has agreed to, as the pharmacist and the supervisor meet it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import expect

from consult.app import new_id
from consult.domain import commands as co
from consult.domain.answer import Answer
from consult.domain.people import Actor
from tests.browser.conftest import Person, Site
from tests.browser.test_whole_consult import axe, begin, sign_in
from tests.browser.test_workspace import state


def test_a_caregiver_and_a_refused_transcript_wait_for_consent_or_a_reason(
    site: Site, person: Callable[..., Person]
) -> None:
    pharmacist, daughter, supervisor = person(), person(390, 844), person()
    page = begin(pharmacist, site)

    # A caregiver comes: one press says that the patient agrees, and it is on record.
    page.locator("#tab-people").click()
    page.get_by_role("button", name="Invite a caregiver or interpreter").click()
    page.get_by_label("Name", exact=True).fill("Ana Ruiz")
    page.get_by_role("button", name="Make the link").click()
    guest = daughter.page
    link = page.get_by_label("Link for the guest").input_value()
    guest.goto(link)
    guest.get_by_role("button", name="Go to the waiting room").click()
    expect(guest.get_by_role("heading", name="You are in the waiting room")).to_be_visible()
    page.locator("#tab-regimen").click()
    page.get_by_role("button", name="Ask the patient first").click()
    expect(page.get_by_text("Ask the patient: may this person take part")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="The patient agrees: let in").click()
    expect(guest.get_by_role("heading", name="You are in the waiting room")).to_be_hidden()

    # The link is ended: the caregiver's page closes by itself, with a way on, and so does the next try.
    page.get_by_role("button", name="End the link of Ana Ruiz").click()
    expect(guest.get_by_role("heading", name="This page is closed now")).to_be_visible(timeout=15_000)
    expect(page.locator(".presence")).to_contain_text("gone since", timeout=20_000)
    guest.get_by_role("button", name="Español").click()
    expect(guest.get_by_role("heading", name="Esta página ya está cerrada")).to_be_visible()
    expect(guest.get_by_role("link", name="555-0100")).to_be_visible()
    assert axe(guest) == []
    guest.goto("about:blank")
    guest.goto(link)
    guest.get_by_role("button", name="Ir a la sala de espera").click()
    expect(guest.get_by_role("alert")).to_contain_text("Este enlace ya no funciona.")
    refused = ("401", "403", "Authentication failed")  # of which the browser tells too
    assert [one for one in daughter.errors if not any(words in one for words in refused)] == []
    daughter.errors.clear()

    # A no is in view for the whole talk, and holds the transcript back from the supervisor.
    core = site.server.core
    me = Actor(state(site).pharmacist_id, "pharmacist", "Daniel Reyes")
    answer = co.AnswerQuestion(Answer("consent-transcript", ("no",)))
    site.call(core.hub.submit(site.consult_id, answer, me, new_id()))
    expect(page.get_by_text("The patient said no to: written notes of the talk.")).to_be_visible()
    review = sign_in(supervisor, site, "supervisor", "okafor")
    review.goto(f"{site.origin}/supervisor#/consult/{site.consult_id}")
    expect(review.get_by_role("heading", name="The patient did not want a transcript")).to_be_visible()
    assert axe(review) == []
    review.get_by_label("Why you read it").fill("complaint of 20 November")
    review.get_by_role("button", name="Read with this reason").click()
    expect(review.get_by_role("main", name="Transcript")).to_contain_text("complaint of 20 November")
    expect(review.get_by_text(re.compile("without the patient's consent: the patient agrees"))).to_be_visible()

    # Nobody asked whether the visit itself is okay: it ends with a reason.
    page.get_by_role("button", name="End visit").click()
    ending = page.get_by_role("dialog")
    expect(ending.get_by_text("The patient was not asked whether this visit")).to_be_visible()
    ending.get_by_role("button", name="End visit").click()
    expect(ending.get_by_text("Ask now, or say why")).to_be_visible()
    ending.get_by_label("Why the visit ends without asking").fill("the patient hung up")
    assert axe(page) == []
    ending.get_by_role("button", name="End visit").click()
    expect(ending).to_be_hidden()
    assert state(site).phase == "closed"
    for who in (pharmacist, daughter, supervisor):
        assert who.errors == []
