"""A record is brought in before the visit and the consult goes out again; the dialogs around it, read by axe."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, Site
from tests.browser.test_whole_consult import axe, sign_in
from tests.browser.test_workspace import command, press, state

FILLS = b"drug name,fill date,days supply\nmetoprolol succinate 50 mg,2026-11-02,30\n,2026-11-03,30\n"


def clean(page: Page, where: str) -> None:
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        page.wait_for_timeout(100)
        assert axe(page) == [], f"{where}, {theme}"


def test_a_record_comes_in_and_the_consult_goes_out(site: Site, person: Callable[..., Person], tmp_path: Path) -> None:
    pharmacist, supervisor = person(1366, 768), person(1366, 768)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    page.get_by_role("button", name="New consult").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    clean(page, "a new consult")
    press(page, "Escape")
    page.get_by_role("button", name="link", exact=False).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    clean(page, "the patient's link")
    press(page, "Escape")

    # A file that cannot be used is told; one that can is shown first, and then added.
    page.goto(f"{site.origin}/pharmacist#/consult/{site.consult_id}")
    expect(page.get_by_role("region", name="Preparation")).to_be_visible()
    command(page, "import a record")
    expect(page.locator(".import summary")).to_be_focused()
    file = page.locator("#import-file")
    file.set_input_files({"name": "broken.json", "mimeType": "application/json", "buffer": b"{"})
    expect(page.locator(".import .refused")).to_contain_text("broken.json")
    assert "med:metoprolol" not in state(site).medications
    file.set_input_files({"name": "fills.csv", "mimeType": "text/csv", "buffer": FILLS})
    report = page.get_by_role("group", name="What the file holds")
    expect(report).to_contain_text("Would be added")
    expect(report).to_contain_text("Would be left out")
    assert "med:metoprolol" not in state(site).medications
    clean(page, "before the visit")
    page.get_by_role("button", name="Add to this consult").click()
    expect(report).to_contain_text("Added")
    assert "med:metoprolol" in state(site).medications

    # What is not signed goes out as a draft, and only when that is said.
    page.get_by_role("button", name="Begin the visit").click()
    expect(page.locator(".cm-content")).to_have_attribute("aria-readonly", "false")
    command(page, "export")
    expect(page.locator(".export summary")).to_be_focused()
    page.get_by_label("For another system").select_option("map")
    page.get_by_role("button", name="Save the file").click()
    expect(page.locator(".export .refused")).to_contain_text("not signed")
    clean(page, "the takeaway")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save a draft").click()
    assert saved.value.suggested_filename.endswith(".map.draft.json")
    saved.value.save_as(tmp_path / "map.json")
    assert json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))["resourceType"] == "Bundle"

    listening = sign_in(supervisor, site, "supervisor", "okafor")
    expect(listening.get_by_role("link", name="Maria Lopez")).to_be_visible()
    clean(listening, "the supervisor's list")
    assert supervisor.errors == []
    assert not [one for one in pharmacist.errors if "400" not in one and "409" not in one]
