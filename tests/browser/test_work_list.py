"""The work list: the patient's way in by mail, what stands there without a connection, a tablet's width."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import BIRTH_DATE, Machine, Person, Site
from tests.browser.test_bad_days import born
from tests.browser.test_exchange import clean
from tests.browser.test_whole_consult import sign_in
from tests.session.test_desk_delivery import Mailbox


@pytest.fixture
def box(machine: Machine) -> Iterator[Mailbox]:
    """A mail server on this machine."""
    one = Mailbox()
    server = machine.call(asyncio.start_server(one.talk, "127.0.0.1", 0))
    one.port = server.sockets[0].getsockname()[1]
    yield one
    machine.loop.call_soon_threadsafe(server.close)


@pytest.fixture
def more(box: Mailbox) -> dict[str, Any]:
    return {
        "smtp_host": "127.0.0.1",
        "smtp_port": box.port,
        "smtp_security": "none",
        "smtp_sender": "desk@prairie.example",
    }


def let_in(page: Page, site: Site, token: str) -> bool:
    answer = page.request.post(
        f"{site.origin}/api/join",
        data={"token": token, "birth_date": BIRTH_DATE},
        headers={"Consult-Request": "1", "Origin": site.origin},
    )
    assert answer.status == 200 or answer.json()["code"] != "foreign-request"
    return answer.status == 200


def test_a_join_link_goes_out_by_mail_and_ends_the_one_on_the_page(
    site: Site, person: Callable[..., Person], box: Mailbox
) -> None:
    pharmacist, patient = person(1366, 768), person(390, 844)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    page.get_by_role("button", name="Join link of Maria Lopez").click()
    dialog = page.get_by_role("dialog")
    page.get_by_role("button", name="Make a new link").click()
    shown = page.get_by_label("Join link", exact=True).input_value()
    box.refuse = "RCPT"
    page.get_by_label("Send a new link by e-mail from here").fill("maria@mail.example")
    page.keyboard.press("Enter")
    expect(dialog.locator(".refused")).to_be_visible()
    clean(page, "a mail that was refused")
    assert box.taken == []

    box.refuse = ""
    page.get_by_role("button", name="Send the link").click()

    expect(dialog).to_contain_text("Sent to maria@mail.example")
    expect(dialog.locator(".refused")).to_have_count(0)
    expect(page.get_by_label("Join link", exact=True)).to_have_count(0)  # the one that was shown has ended
    (_sender, to, letter) = box.taken[0]
    link = next(word for word in letter.get_content().split() if word.startswith(site.origin))
    assert (to, "Maria" in letter.as_string()) == ("maria@mail.example", False)
    assert not let_in(page, site, shown.partition("#t=")[2])
    guest = patient.page
    guest.goto(link)
    born(guest, "March", "14", "1952")
    expect(guest.get_by_role("heading", name="You are in the waiting room")).to_be_visible()

    page.get_by_role("button", name="End the link", exact=True).click()
    expect(dialog).to_contain_text("The link is ended")
    guest.reload()
    expect(guest.get_by_role("heading", name="You are in the waiting room")).to_be_visible()  # who is there stays
    guest.goto("about:blank")
    guest.goto(link)
    guest.get_by_role("button", name="Español").click()
    for label, text in (("Mes", "marzo"), ("Día", "14"), ("Año", "1952")):
        guest.get_by_label(label).fill(text)
    guest.get_by_role("button", name="Continuar").click()
    expect(guest.get_by_role("alert")).to_contain_text("el enlace ya no funciona")
    expect(guest.get_by_role("link", name="555-0100")).to_have_attribute("href", "tel:5550100")
    clean(guest, "a link that was ended")
    assert not [one for one in pharmacist.errors if "503" not in one and "403" not in one]


def test_a_list_that_cannot_be_read_says_of_when_it_is_and_a_new_consult_begins_at_the_name(
    site: Site, person: Callable[..., Person]
) -> None:
    pharmacist = person(1024, 768)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    expect(page.get_by_role("link", name="Open Maria Lopez")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("The list is as it was at")
    expect(page.get_by_role("link", name="Open Maria Lopez")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)

    page.keyboard.press("Escape")
    page.get_by_role("button", name="New consult").press("Enter")
    expect(page.get_by_label("Patient's full name")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="New consult")).to_be_focused()


def test_a_name_is_never_cut_and_a_value_has_its_usual_name(site: Site, person: Callable[..., Person]) -> None:
    pharmacist = person(1024, 768)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    page.goto(f"{site.origin}/pharmacist?lang=es#/consult/{site.consult_id}")
    expect(page.get_by_role("region", name="Preparación")).to_contain_text("eGFR 58")
    expect(page.locator(".next-why")).to_have_text("Aún abierto aquí: Preparación")
    page.get_by_role("button", name="Empezar la visita").click()
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")

    cut = page.evaluate(
        "[...document.querySelectorAll('.topbar-who > *')].filter((one) => one.scrollWidth > one.clientWidth)"
    )

    assert cut == []
    assert pharmacist.errors == []


def test_a_consult_that_one_may_not_see_says_so_and_leads_back(site: Site, person: Callable[..., Person]) -> None:
    page = sign_in(person(1366, 768), site, "pharmacist", "reyes")
    page.goto(f"{site.origin}/pharmacist#/consult/nothing")
    back = page.get_by_role("link", name="Back to the list")
    expect(back).to_be_visible(timeout=60_000)
    expect(page.get_by_role("alert")).to_have_text("This consult cannot be opened with your account.")
    back.click()
    expect(page.get_by_role("link", name="Open Maria Lopez")).to_be_visible()

    # Nor does one say anything of itself while the server is out of reach: "None noted" would be taken for a fact.
    page.context.set_offline(True)
    page.get_by_role("link", name="Open Maria Lopez").click()
    expect(page.get_by_role("alert")).to_contain_text("The consult opens here as soon as it can")
    expect(back).to_be_visible()
    expect(page.get_by_text("None noted.")).to_have_count(0)
    page.context.set_offline(False)
    expect(page.get_by_role("button", name="Begin the visit")).to_be_visible()


def test_a_click_on_the_name_opens_the_consult_too(site: Site, person: Callable[..., Person]) -> None:
    page = sign_in(person(1366, 768), site, "pharmacist", "reyes")

    page.get_by_role("link", name="Maria Lopez", exact=True).click()

    expect(page.get_by_role("button", name="Begin the visit")).to_be_visible()
