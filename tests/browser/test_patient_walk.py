"""The patient's whole way on a small phone, in Spanish and in the dark: each state is clean and fits."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from consult.domain import commands as co
from consult.domain.people import Actor
from tests.browser.calling import flows, pharmacist_in, submit
from tests.browser.conftest import Caller, Site
from tests.browser.test_patient import ME, fits, state
from tests.browser.test_whole_consult import axe, until

PRINTED = "window.print = () => { window.top.printed = location.pathname; };"
SMALL = """() => [...document.querySelectorAll('a[href], button, textarea, input, summary')]
  .map((one) => one.closest('label.choice') ?? one)
  .filter((one) => one.checkVisibility())
  .map((one) => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 47.5 || box.width < 47.5)
  .map(([one]) => one.outerHTML.slice(0, 120))"""


def looks_right(page: Page) -> None:
    assert page.evaluate(SMALL) == [], "each target is 48 pixels high and wide"
    assert fits(page)
    assert axe(page) == []


def issue(site: Site, actor: Actor) -> None:
    """The takeaway is drafted, signed and given, as the pharmacist's page does it."""
    submit(site, co.ConfirmIdentity("video", ("full name", "date of birth")), actor)
    submit(site, co.DraftTakeaway("es"), actor)
    until(lambda: state(site).takeaways and state(site).takeaways[-1].stage == "drafted", 60)
    sha256 = state(site).takeaways[-1].sha256
    submit(site, co.ReviewTakeaway(1, sha256, tuple(line.id for line in state(site).takeaways[-1].lines)), actor)
    submit(site, co.SignTakeaway(1, sha256), actor)
    submit(site, co.IssueTakeaway(1, sha256), actor)


@pytest.mark.timeout(300)
def test_the_patients_way_on_a_small_phone_in_spanish_and_in_the_dark(
    site: Site, caller: Callable[..., Caller]
) -> None:
    pharmacist, patient = caller(), caller(320, 640, before=PRINTED)
    page = patient.page
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    pharmacist_in(site, pharmacist)
    page.goto(site.link)
    patient.press("Español")
    looks_right(page)
    for label, text in (("Mes", "marzo"), ("Día", "14"), ("Año", "1952")):
        page.get_by_label(label).fill(text)
    patient.press("Continuar")

    # The device check; what does not work is helped.
    for press in ("Usar cámara y micrófono", "No", "Sí, me veo", "No", "Sí, se mueve", "No", "Sí, los oigo"):
        expect(page.get_by_role("button", name=press, exact=True)).to_be_visible()
        looks_right(page)
        patient.press(press)
    looks_right(page)

    # The call, with the list, the captions and a picture.
    pharmacist.page.get_by_role("button", name="Let in").first.click()
    pharmacist.press("Join the call")
    flows(pharmacist, patient)
    looks_right(page)
    submit(site, co.ConfirmMedication("med:atorvastatin"), ME)
    page.locator(".replies button").nth(1).click()
    expect(page.locator(".more textarea")).to_be_visible()
    page.locator(".caption-turn").click()
    looks_right(page)
    page.locator(".call-second button").first.click()
    expect(page.locator(".show-live")).to_be_visible()
    looks_right(page)
    page.locator(".show-medicine .main-press").click()
    expect(page.locator(".show-still")).to_be_visible()
    looks_right(page)
    page.locator(".show-medicine .main-press").click()
    expect(page.locator(".sent")).to_be_focused()
    page.locator(".hang-up").click()
    expect(page.locator(".call-invite button").first).to_be_visible()
    expect(page.locator(".sent")).to_be_hidden()
    looks_right(page)

    # The summary: read, larger, printed, saved.
    issue(site, ME)
    expect(page.locator(".summary")).to_be_visible()
    looks_right(page)
    links = page.locator(".summary a[target=_blank]")
    for number in range(links.count()):
        with page.context.expect_page() as opened:
            links.nth(number).click()
        paper = opened.value
        paper.wait_for_load_state()
        paper.set_viewport_size({"width": 320, "height": 640})
        assert fits(paper), paper.url
        if ".html" in paper.url:
            expect(paper.locator("html")).to_have_attribute("lang", "es")
        paper.close()
    patient.press("Imprimirlo")
    until(lambda: str(page.evaluate("window.printed ?? ''")).endswith("/takeaway/1.html"))
    with page.expect_download() as saved:
        page.locator(".summary a[href*=download]").click()
    with pikepdf.open(io.BytesIO(saved.value.path().read_bytes())) as pdf:
        assert str(pdf.Root.Lang).startswith("es")

    # After the visit: two questions, and the way out.
    submit(site, co.CloseConsult("done"), ME)
    expect(page.locator(".rating")).to_be_visible()
    looks_right(page)
    for name in ("helped", "worked"):
        page.locator(f"label.choice:has([name={name}])").first.click()
    page.locator(".rating form button").click()
    until(lambda: state(site).rating is not None)
    looks_right(page)
    page.locator(".step > .quiet-press").click()
    expect(page.locator(".summary")).to_have_count(0)
    looks_right(page)
    assert pharmacist.errors == patient.errors == []
