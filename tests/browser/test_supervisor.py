"""What a supervisor does, by keyboard: sign in, choose a consult, follow it live, filter it, jump along, replay it."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Person, Site
from tests.browser.test_whole_consult import BLEEDING, axe, begin, until, write
from tests.browser.test_workspace import NOTES, press, tab_to

expect.set_options(timeout=15_000)  # the first analysis of a server waits for its processes
LATER = "sleeps well, walks every morning"


def signs_in(page: Page, site: Site) -> None:
    """By keyboard, at the second try."""
    page.goto(f"{site.origin}/signin?as=supervisor")
    expect(page.get_by_label("Account")).to_be_focused()
    page.keyboard.type("okafor")
    press(page, "Tab")
    page.keyboard.type("not the password")
    press(page, "Enter")
    expect(page.get_by_role("alert")).to_have_text("The account or the password is not right.")
    expect(page.get_by_label("Password")).to_be_focused()
    assert axe(page) == []
    page.keyboard.type(PASSWORD)  # what was wrong is marked, so that it is written over
    press(page, "Enter")
    page.wait_for_url("**/supervisor*")


def shown(page: Page, words: str) -> bool:
    return page.locator(".play").get_by_text(words).count() > 0


def filters(page: Page) -> None:
    play = page.locator(".play")
    alert = play.locator(".side.is-critical").filter(has_text=BLEEDING)
    room = play.locator(".entry.is-stage:not(:has(.side))")  # one with an alert beside it stays
    for part, there in (("Room and papers", room), ("Alerts", alert), ("Notes", play.get_by_text(LATER))):
        expect(there.first).to_be_visible()
        box = page.get_by_role("checkbox", name=part)
        box.focus()
        press(page, "Space")
        expect(there).to_have_count(0)
        press(page, "Space")
        expect(there.first).to_be_visible()


def jumps(page: Page, mine: Page) -> None:
    """Along the critical alerts, and to a mark of the list, which takes the focus."""
    before, after = (
        page.get_by_role("button", name=f"To the {one}") for one in ("critical alert before", "next critical")
    )
    expect(after).to_be_disabled()
    before.focus()
    press(page, "Enter")
    until(lambda: not shown(page, LATER))
    expect(page.locator(".play .side.is-critical").filter(has_text=BLEEDING)).to_be_in_viewport()
    tab_to(page, "Show all")
    press(page, "Enter")
    expect(page.get_by_text(LATER)).to_be_visible()
    mark = page.get_by_role("navigation", name="Show and jump to").get_by_role("button").filter(has_text=BLEEDING)
    mark.focus()
    press(page, "Enter")
    expect(page.locator(".entry:focus")).to_contain_text(BLEEDING)
    expect(page.get_by_role("checkbox", name="Follow live")).not_to_be_checked()
    mine.keyboard.type("one more line")
    press(mine, "Enter")
    expect(page.get_by_text("one more line")).to_be_attached()
    expect(page.locator(".entry:focus")).to_be_in_viewport()  # who has jumped is not taken back to the end
    follow = page.get_by_role("checkbox", name="Follow live")
    follow.check()
    expect(page.get_by_text("one more line")).to_be_in_viewport()
    page.locator(".play").focus()
    press(page, "PageUp")
    expect(follow).not_to_be_checked()  # nor is who scrolls back


def replays(page: Page) -> None:
    slider = page.get_by_role("slider", name="Moment of the visit")
    slider.focus()
    press(page, "Home")
    until(lambda: not shown(page, NOTES[0]))
    expect(slider).to_have_attribute("aria-valuetext", re.compile("00:00:00 into the visit"))
    press(page, "End")
    expect(page.get_by_text(LATER)).to_be_visible()
    page.get_by_label("Speed").select_option("1")
    play = page.get_by_role("region", name="Replay").get_by_role("button").first
    play.focus()
    press(page, "Enter")
    expect(play).to_have_text("Pause")
    assert not shown(page, LATER)
    press(page, "Enter")
    expect(play).to_have_text("Replay")
    moment = slider.input_value()
    page.wait_for_timeout(500)
    assert slider.input_value() == moment, "it stands"
    page.get_by_label("Speed").select_option("60")
    play.focus()
    press(page, "Enter")
    expect(page.get_by_text(LATER)).to_be_visible()
    expect(play).to_have_text("Replay")


def test_a_visit_is_followed_filtered_and_replayed_by_keyboard(site: Site, person: Callable[..., Person]) -> None:
    pharmacist, supervisor = person(1366, 768), person(1366, 768)
    mine, page = begin(pharmacist, site), supervisor.page
    write(mine, NOTES)
    expect(mine.locator(".alert.is-critical").first).to_be_visible()

    signs_in(page, site)
    tab_to(page, "Maria Lopez")
    press(page, "Enter")
    expect(page.locator(".play").get_by_text(NOTES[1])).to_be_visible()
    expect(page.get_by_role("checkbox", name="Follow live")).to_be_checked()
    for line in ("", *[f"nothing new, {number}" for number in range(12)], LATER):
        mine.keyboard.type(line)
        press(mine, "Enter")
    expect(page.get_by_text(LATER)).to_be_in_viewport()
    filters(page)
    jumps(page, mine)
    replays(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "on a phone"
    assert axe(page) == []
    assert pharmacist.errors == []
    assert [one for one in supervisor.errors if "401" not in one] == []  # the wrong password
