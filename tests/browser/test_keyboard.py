"""Tab alone reaches everything, is trapped nowhere and shows where it is; nothing moves for whom motion disturbs."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, Site
from tests.browser.test_bad_days import born
from tests.browser.test_whole_consult import begin, write
from tests.browser.test_workspace import NOTES, press

expect.set_options(timeout=15_000)  # the first analysis of a server waits for its processes
# The part of the page that has the focus, the thing that has it, and what is wrong with how that is seen.
FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const part = one.closest("[data-pane]")?.dataset.pane ?? one.closest("section, main, header")?.className ?? "";
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const mark = getComputedStyle(one, "::after").backgroundColor;
  const shown = ring || (one.role === "separator" && !/^(transparent|rgba\\(.*, 0\\))$/.test(mark));
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const seen = hit !== null && (one.contains(hit) || hit.contains(one));
  const wrong = one === document.body || one.matches(".cm-content") ? "" : !shown ? "no ring" : !seen ? "hidden" : "";
  return {part, name: (one.ariaLabel || one.innerText || one.id).slice(0, 60), body: one === document.body, wrong};
}"""
MOVING = """() => [...document.querySelectorAll("*")]
  .flatMap((one) => ["", "::before", "::after"].map((part) => [one, part]))
  .filter(([one, part]) => {
    const {transitionDuration, animationName, animationDuration} = getComputedStyle(one, part);
    const longest = (times) => Math.max(...times.split(",").map(parseFloat));
    return longest(transitionDuration) > 0.001 || (animationName !== "none" && longest(animationDuration) > 0.001);
  }).map(([one, part]) => one.className + part)"""


def round_trip(page: Page, most: int = 150) -> list[str]:
    """Tab until the page has been left at its end; the parts in order, each with a thing that has a visible focus."""
    parts: list[str] = []
    names: list[str] = []
    for _ in range(most):
        press(page, "Tab")
        now = page.evaluate(FOCUS)
        if now["body"]:
            return parts
        names.append(now["name"])
        assert now["wrong"] == "", names[-3:]
        if parts[-1:] != [now["part"]]:
            parts.append(now["part"])
    raise AssertionError(f"the keyboard does not come out: {names[-3:]}")


def the_notes_are_no_trap(page: Page) -> None:
    notes = page.locator(".cm-content")
    expect(notes).to_be_focused()
    press(page, "Tab")
    expect(page.locator(".alerts-list")).to_be_focused()
    press(page, "Tab")
    expect(page.locator(".alert button").first).to_be_focused()
    press(page, "Shift+Tab", "Shift+Tab")
    expect(notes).to_be_focused()


def dialogs_give_the_focus_back(page: Page) -> None:
    for name in ("Find", "Takeaway", "End visit", "Show the regimen as a table"):
        opener = page.locator(".consult").get_by_role("button", name=name).first
        opener.focus()
        press(page, "Enter")
        expect(page.get_by_role("dialog")).to_be_visible()
        expect(opener).not_to_be_focused()
        press(page, "Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(opener).to_be_focused()


def nothing_moves(page: Page) -> None:
    page.get_by_role("button", name="Takeaway").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert page.evaluate(MOVING) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING) != [], "for the others it does"
    page.emulate_media(reduced_motion="reduce")
    press(page, "Escape")


def test_tab_goes_round_both_pages_and_shows_where_it_is(site: Site, person: Callable[..., Person]) -> None:
    pharmacist, patient = person(1366, 768), person(390, 844)
    page, guest = begin(pharmacist, site), patient.page
    write(page, NOTES)
    expect(page.locator(".alert.is-critical").first).to_be_visible()

    the_notes_are_no_trap(page)
    assert round_trip(page) == ["alerts", "right", "columns"]  # the last is the line between the columns
    assert round_trip(page) == ["topbar", "guide", "call is-idle", "notes", "alerts", "right", "columns"]
    dialogs_give_the_focus_back(page)
    nothing_moves(page)

    guest.goto(site.link)
    expect(guest.get_by_label("Month")).to_be_visible()
    round_trip(guest)
    born(guest, "March", "14", "1952")
    expect(guest.get_by_role("button", name="Use camera and microphone")).to_be_visible()
    round_trip(guest)
    page.get_by_role("button", name="Let in").first.click()
    expect(guest.get_by_role("button", name="Join the call")).to_be_visible()
    round_trip(guest)
    assert guest.evaluate(MOVING) == []
    assert pharmacist.errors == patient.errors == []
