"""After the visit: a follow-up is planned, put off and done; the enrollment of the member is recorded before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from playwright.sync_api import expect

from consult.app import new_id
from consult.domain import commands as co
from consult.domain.people import Actor
from consult.domain.plan import TodoItem
from consult.domain.problem import Problem
from tests.browser.conftest import Person, Site
from tests.browser.test_exchange import clean
from tests.browser.test_whole_consult import sign_in
from tests.browser.test_workspace import state

ME = Actor("staff-reyes", "pharmacist", "Daniel Reyes")


def test_what_is_looked_after_stands_on_the_list_until_it_is_done(site: Site, person: Callable[..., Person]) -> None:
    for command in (
        co.OpenConsult(),
        co.AddProblem(Problem("p1", "safety", "Bleeding risk", recommendation="Consider stopping naproxen.")),
        co.AddTodo(TodoItem("t1", "Salt", "Use less salt.")),
        co.CloseConsult("completed"),
    ):
        site.call(site.server.core.hub.submit(site.consult_id, command, ME, new_id()))
    pharmacist = person(1366, 768)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    page.goto(f"{site.origin}/pharmacist#/consult/{site.consult_id}")

    page.get_by_role("tab", name="To-do").click()
    page.get_by_role("button", name="Plan a follow-up of Bleeding risk").click()
    page.get_by_label("What is looked after").fill("Call about bruises")
    page.get_by_label("By", exact=True).fill(date.today().isoformat())
    clean(page, "planning a follow-up")
    page.get_by_role("button", name="Plan it").click()
    expect(page.get_by_role("list", name="Follow-ups of Bleeding risk")).to_contain_text("Call about bruises")

    page.goto(f"{site.origin}/pharmacist")
    due = page.locator(".due")
    expect(due).to_contain_text("Maria Lopez")
    page.get_by_role("button", name="Put off: Call about bruises").click()
    page.get_by_label("Why it is put off").fill("no answer")
    clean(page, "putting off a follow-up")
    page.get_by_role("button", name="Record").click()
    expect(due).to_contain_text("Put off: no answer")
    page.get_by_role("button", name="Done: Call about bruises").click()
    page.get_by_label("What was found").fill("no bruises")
    page.get_by_role("button", name="Record").click()
    expect(due).to_have_count(0)

    (done,) = state(site).follow_ups.values()
    assert (done.stage, done.note, done.postponed, done.about) == ("done", "no bruises", 1, "p1")
    assert pharmacist.errors == []


def test_the_enrollment_is_written_before_the_visit_and_what_cannot_be_right_is_told(
    site: Site, person: Callable[..., Person]
) -> None:
    pharmacist = person(1366, 768)
    page = sign_in(pharmacist, site, "pharmacist", "reyes")
    page.goto(f"{site.origin}/pharmacist#/consult/{site.consult_id}")

    page.get_by_role("button", name="Edit the plan and the enrollment").click()
    page.get_by_label("Contract").fill("h1234")
    page.get_by_label("Enrolled on").fill("2026-01-15")
    page.get_by_label("Opted out on").fill("2025-01-01")
    clean(page, "the enrollment")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".prepare .refused")).to_have_text("The opt-out lies before the enrollment.")
    page.get_by_label("Opted out on").fill("")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".prepare")).to_contain_text("H1234 · enrolled")
    patient = state(site).patient
    assert patient is not None
    assert patient.mtm is not None
    assert (patient.mtm.contract_id, patient.mtm.enrolled_on) == ("H1234", "2026-01-15")
