"""The pharmacist's page by keyboard alone, at the sizes that it must fit, and read by axe in both themes."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, ROOT, Person, Site
from tests.browser.test_whole_consult import BLEEDING, axe, begin, sign_in, until

NOTES = (
    "Eliquis 5 mg twice daily for a-fib, bruises on both forearms",
    "takes Aleve 2 tablets most mornings for her knees",
)

expect.set_options(timeout=15_000)  # the first analysis of a server waits for its processes


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, words: str, most: int = 60) -> None:
    """Tab until the link or button of this name has the focus; one that the keyboard cannot reach fails the test."""
    wanted = page.get_by_role("link", name=words).or_(page.get_by_role("button", name=words)).first
    expect(wanted).to_be_visible()  # before, Tab would go round a page that still reads
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {words!r}")


def command(page: Page, words: str) -> None:
    press(page, "Control+k")
    expect(page.get_by_role("combobox", name="Command")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def state(site: Site) -> Any:
    async def read() -> Any:
        return (await site.server.core.hub.live(site.consult_id)).consult

    return site.call(read())


def test_a_consult_by_keyboard_alone(site: Site, person: Callable[..., Person]) -> None:
    pharmacist = person(1366, 768)
    page = pharmacist.page
    page.goto(f"{site.origin}/signin?as=pharmacist")
    page.get_by_label("Account").focus()
    page.keyboard.type("reyes")
    press(page, "Tab")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    page.wait_for_url("**/pharmacist*")
    expect(page.get_by_role("link", name="Open Maria Lopez")).to_be_visible()
    tab_to(page, "Open Maria Lopez")
    press(page, "Enter")
    expect(page.get_by_role("button", name="Begin the visit")).to_be_visible()
    command(page, "begin the visit")
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")

    # Notes, a name completed, findings confirmed at the cursor.
    press(page, "Alt+n")
    for line in NOTES:
        page.keyboard.type(line)
        press(page, "Enter")
    page.keyboard.type("metoprolol succ")
    press(page, "Control+Space")
    expect(page.locator(".complete")).to_be_visible()
    press(page, "Enter")
    expect(page.locator(".cm-content")).to_contain_text("metoprolol succinate")
    expect(page.locator(".complete")).to_contain_text("100 mg")  # its strengths are offered
    press(page, "ArrowDown", "Enter", "Enter")
    expect(page.locator(".cm-content")).to_contain_text(re.compile(r"metoprolol succinate \d+ mg"))
    page.keyboard.type("takes it once a day")
    expect(page.locator(".found-meant")).to_have_text("it")
    expect(page.locator(".alert.is-critical").filter(has_text=BLEEDING)).to_be_visible()
    assert page.evaluate("document.activeElement.classList.contains('cm-content')"), "an alert never takes the focus"
    press(page, "Control+Home", "Alt+Enter")
    until(lambda: state(site).medications["med:apixaban"].review == "confirmed")

    # The critical alert: acknowledged with two keys, taken back, put on the plan.
    press(page, "Alt+a", "a", "5")
    until(lambda: any(row.stage == "acknowledged" for row in state(site).alerts.values()))
    press(page, "Alt+z")
    until(lambda: not any(row.stage == "acknowledged" for row in state(site).alerts.values()))
    press(page, "Alt+a", "p")
    until(lambda: len(state(site).problems) == 1)

    # A red flag stops the script until somebody says what it was.
    press(page, "Alt+n", "Control+End", "Enter")
    page.keyboard.type("chest pain since this morning")
    emergency = page.locator(".emergency")
    expect(emergency).to_contain_text("911")
    expect(page.locator(".step-foot")).to_have_count(0)
    assert page.evaluate("document.activeElement.classList.contains('cm-content')"), "nor does an emergency"
    press(page, "Alt+g")
    expect(emergency).to_be_focused()
    tab_to(page, "No emergency")
    press(page, "Enter")
    page.keyboard.type("sore from lifting, seen last week")
    press(page, "Enter")
    expect(emergency).to_have_count(0)
    expect(page.locator(".step-foot")).to_be_visible()

    # Said anew, it stops the script again and shows both lines.
    press(page, "Alt+n", "Control+End", "Enter")
    page.keyboard.type("crushing chest pain again, sweating")
    expect(emergency).to_contain_text("Dismissed before (sore from lifting, seen last week)")
    expect(emergency.locator(".emergency-why .line-link")).to_have_count(2)
    press(page, "Alt+g")
    tab_to(page, "No emergency")
    press(page, "Enter")
    page.keyboard.type("the same as before")
    press(page, "Enter")
    expect(emergency).to_have_count(0)

    # The parts can be resized, and the way out is a question first.
    width = page.locator(".pane-guide").bounding_box()
    command(page, "make the guide larger")
    page.wait_for_timeout(100)
    wider = page.locator(".pane-guide").bounding_box()
    assert width
    assert wider
    assert wider["width"] > width["width"] + 40
    command(page, "end the visit")
    expect(page.get_by_role("dialog")).to_contain_text("not confirmed")
    press(page, "Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert pharmacist.errors == []


def test_the_regimen_is_edited_in_its_table_and_the_preview_follows(site: Site, person: Callable[..., Person]) -> None:
    pharmacist = person(1366, 768)
    page = begin(pharmacist, site)
    command(page, "preview of the takeaway")
    paper = page.frame_locator(".right-panel .paper")
    expect(paper.get_by_text("Preview: not reviewed").first).to_be_visible()
    expect(paper.get_by_text(re.compile("atorvastatin", re.IGNORECASE))).to_have_count(0)  # not confirmed
    command(page, "regimen as a table")
    cell = page.get_by_role("button", name=re.compile("^How atorvastatin is taken"))
    cell.focus()
    press(page, "Enter")
    page.keyboard.type("1 po bid")
    press(page, "Enter")

    expect(cell).to_contain_text("1 tablet by mouth twice a day")
    expect(cell).to_be_focused()
    assert state(site).medications["med:atorvastatin"].sig.frequency == "2/day"
    expect(page.locator(".regimen-table tr", has_text="atorvastatin")).to_contain_text("was 40 mg")
    press(page, "Escape")
    expect(paper.get_by_text(re.compile("atorvastatin", re.IGNORECASE)).first).to_be_visible()
    assert pharmacist.errors == []


def scrolls(page: Page) -> list[int]:
    found: list[int] = page.evaluate(
        "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]"
    )
    return found


def compressed(entry: str) -> int:
    """Bytes of script, gzipped, that the page of an entry needs before it can be used."""
    folder = ROOT / "consult" / "static" / "app"
    manifest: dict[str, Any] = json.loads((folder / ".vite" / "manifest.json").read_text(encoding="utf-8"))
    needed, waiting = set(), [entry]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += manifest[name].get("imports", ())
    return sum(len(gzip.compress((folder / manifest[name]["file"]).read_bytes())) for name in needed)


def test_the_workspace_is_within_150_kilobytes() -> None:
    assert compressed("src/workspace/main.tsx") <= 150_000


def answered_by_hand(page: Page, site: Site) -> None:
    """One alert is acknowledged with a reason and put on the plan after all, with the mouse."""
    alert = page.locator(".alert.is-critical").filter(has_text=BLEEDING)
    alert.get_by_role("button", name="Acknowledge…").click()
    expect(alert.get_by_role("button", name="Leave it open")).to_be_in_viewport()
    assert axe(page) == [], "the reasons"
    alert.get_by_role("button", name="Dose was adjusted").click()
    expect(alert).to_contain_text("Acknowledged: Dose was adjusted")
    alert.get_by_role("button", name="Add to plan").click()
    expect(alert).to_contain_text("On the plan.")
    assert [one.stage for one in state(site).alerts.values() if BLEEDING.search(one.alert.title)] == ["accepted"]


def the_other_parts(page: Page) -> None:
    """Teach-back, where a problem is on the plan; and each tab of the right column; in both themes."""
    page.get_by_role("button", name="No emergency").click()
    page.keyboard.type("sore from lifting")
    press(page, "Enter")
    page.locator(".pane-guide").get_by_role("button", name="Teach-back").click()
    expect(page.locator(".pane-guide h2").first).to_have_text("Teach-back")
    for tab in ("To-do", "Chat", "Preview", "Regimen"):
        page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        expect(page.get_by_role("tabpanel")).to_be_visible()
        for theme in ("dark", "light"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            assert axe(page) == [], f"{tab}, {theme}"


def on_a_phone_and_on_paper(page: Page) -> None:
    """A red flag leads to the guide that a phone does not show; paper has the notes and no buttons, black on white."""
    page.set_viewport_size({"width": 360, "height": 740})
    flag = page.get_by_role("button", name=re.compile("^Emergency"))
    expect(flag).to_be_in_viewport()
    assert scrolls(page) == [0, 0]
    assert axe(page) == [], "on a phone"
    flag.click()
    expect(page.locator(".emergency")).to_be_focused()
    expect(flag).to_have_count(0)
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".topbar-tools", ".emergency", ".alert .button"):
        expect(page.locator(gone).first).to_be_hidden()
    for shown in (".cm-content", ".alert.is-critical .alert-why", ".med"):
        expect(page.locator(shown).first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.cm-content')).color") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen", color_scheme="light")
    page.get_by_role("navigation", name="Parts of the page").get_by_role("button", name="Notes").click()


def test_the_pages_fit_and_are_clean_in_both_themes_and_languages(site: Site, person: Callable[..., Person]) -> None:
    pharmacist, supervisor = person(1366, 768), person(1366, 768)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    expect(page.get_by_text("Maria Lopez")).to_be_visible()
    assert axe(page) == []
    page = begin(pharmacist, site)
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")
    page.locator(".cm-content").click()
    for line in (*NOTES, "gabapentn 300 mg tid, chest pain since this morning"):
        page.keyboard.type(line)
        press(page, "Enter")
    expect(page.locator(".emergency")).to_be_visible()
    expect(page.locator(".alert.is-critical")).to_be_visible()
    for width, height in ((1366, 768), (1024, 768), (820, 1180), (768, 1024), (1440, 900)):
        page.set_viewport_size({"width": width, "height": height})
        until(lambda: scrolls(page) == [0, 0], 3)
        expect(page.locator(".cm-content")).to_be_visible()
        expect(page.locator(".alert.is-critical")).to_be_visible()
    on_a_phone_and_on_paper(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    page.emulate_media(forced_colors="active")
    assert axe(page) == [], "forced colours"
    page.emulate_media(forced_colors="none")
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert axe(page) == [], theme
        for words in ("regimen as a table", "keyboard shortcuts", "end the visit"):
            command(page, words)
            expect(page.get_by_role("dialog")).to_be_visible()
            assert axe(page) == [], f"{words}, {theme}"
            press(page, "Escape")
        press(page, "Control+k")
        assert axe(page) == [], f"palette, {theme}"
        press(page, "Escape")
    answered_by_hand(page, site)
    the_other_parts(page)
    listening = sign_in(supervisor, site, "supervisor", "okafor")
    listening.get_by_role("link", name="Maria Lopez").click()
    expect(listening.get_by_role("slider", name="Moment of the visit")).to_be_visible()
    for theme in ("light", "dark"):
        listening.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        assert axe(listening) == [], theme
    for spoken in (page, listening):
        spoken.emulate_media(color_scheme="light")
        spoken.locator('a[hreflang="es"]').click()
        expect(spoken.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("button", name="Terminar")).to_be_visible()
    for width, height in ((1366, 768), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        until(lambda: scrolls(page) == [0, 0], 3)
    expect(listening.get_by_role("slider", name="Momento de la visita")).to_be_visible()
    assert axe(page) + axe(listening) == []
    page.goto(f"{site.origin}/pharmacist")  # the choice is kept
    expect(page.get_by_role("heading", name="Consultas")).to_be_visible()
    assert axe(page) == []
    listening.locator('a[hreflang="en"]').click()
    listening.get_by_role("checkbox", name="Notes").uncheck()
    expect(listening.get_by_text(NOTES[1])).to_be_visible()  # it has the alert beside it
    listening.get_by_role("checkbox", name="Alerts").uncheck()
    expect(listening.get_by_text(NOTES[1])).to_have_count(0)
    assert pharmacist.errors + supervisor.errors == []
