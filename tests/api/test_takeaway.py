"""The forms of an issued takeaway over HTTP, and what a patient is told of one that was taken back."""

from __future__ import annotations

from consult.domain import commands as co
from consult.domain.people import Actor
from tests.api.conftest import HTML, SiteUnderTest

ANNA = Actor("a-anna", "pharmacist", "Anna")


async def test_each_form_is_given_as_it_was_stored(site: SiteUnderTest) -> None:
    own = f"/api/consults/{site.consults['own']}/takeaway/2"
    large = await site.call("pat", "GET", f"{own}.large.html?as=patient")
    text = await site.call("pat", "GET", f"{own}.txt?as=patient")

    assert (await large.read(), large.content_type) == (HTML.replace(b"#111", b"#000"), "text/html")
    assert (await text.read(), text.content_type, text.charset) == (b"A", "text/plain", "utf-8")


async def test_a_recalled_takeaway_is_gone_for_the_patient_and_kept_for_staff(site: SiteUnderTest) -> None:
    consult_id = site.consults["own"]
    path = f"/api/consults/{consult_id}/takeaway/2.pdf"
    await site.parts.submit(consult_id, co.RecallTakeaway(2, "wrong dose"), ANNA, "recall")
    patient = await site.call("pat", "GET", f"{path}?as=patient")
    staff = await site.call("anna", "GET", f"{path}?as=pharmacist")

    assert (patient.status, (await patient.json())["code"]) == (404, "recalled")
    assert "wrong dose" not in await patient.text()
    assert staff.status == 200


async def test_a_preview_is_made_from_the_consult_as_it_stands_and_stored_nowhere(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/takeaway/preview.html?as=pharmacist"
    before = await site.parts.store.read(site.consults["own"], 0, 10_000)

    spanish = await site.call("anna", "GET", f"{path}&language=es")
    unknown = await site.call("anna", "GET", f"{path}&language=fr")

    assert f"<html lang=es><head><title>P</title></head><p>{len(before)} " in await spanish.text()
    assert (
        "sandbox" in spanish.headers["Content-Security-Policy"]
        or "default-src 'none'" in spanish.headers["Content-Security-Policy"]
    )
    assert unknown.status == 404
    assert await site.parts.store.read(site.consults["own"], 0, 10_000) == before


async def test_the_check_tells_the_reading_grade_and_the_hard_sentences(site: SiteUnderTest) -> None:
    answer = await site.call("anna", "GET", f"/api/consults/{site.consults['own']}/takeaway/check/2?as=pharmacist")

    assert {"points", "grade", "hard"} == set(await answer.json())


async def test_the_report_for_the_plan_is_for_supervisors_and_audited(site: SiteUnderTest) -> None:
    path = "/api/plan/report.csv?from=2026-01-01&to=2026-12-31"
    given = await site.call("sue", "GET", f"{path}&as=supervisor")
    refused = await site.call("anna", "GET", f"{path}&as=pharmacist")

    assert (given.status, given.content_type) == (200, "text/csv")
    assert (await given.text()).startswith("member_id,contract_id,mtm_enrolled_on,")
    assert refused.status == 403
    assert any(row.action == "http_plan_report" and row.role == "supervisor" for row in await site.audit.read())


async def test_a_period_that_is_none_says_what_to_write(site: SiteUnderTest) -> None:
    answer = await site.call("sue", "GET", "/api/plan/report.json?from=yesterday&to=today&as=supervisor")

    assert (answer.status, (await answer.json())["code"]) == (400, "bad-period")


async def test_the_kinds_of_problems_are_told_by_need(site: SiteUnderTest) -> None:
    rows = (await (await site.call("anna", "GET", "/api/problem-codes?as=pharmacist")).json())["rationales"]

    assert {
        "rationale": "forgets",
        "need": "adherence",
        "words": "Forgets it",
        "cipolle": "7 Nonadherence",
        "pcne": "P1.2 C7",
    } in rows
