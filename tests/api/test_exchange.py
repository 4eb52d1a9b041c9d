"""Consults for other systems over HTTP."""

from __future__ import annotations

from tests.api.conftest import SiteUnderTest


async def test_an_export_is_a_file_of_fhir_and_leaves_a_row_in_the_audit_trail(site: SiteUnderTest) -> None:
    own = site.consults["own"]
    before = (await site.audit.read())[-1].seq

    answer = await site.call("anna", "GET", f"/api/consults/{own}/fhir/map.json?draft=1&as=pharmacist")

    assert answer.content_type == "application/fhir+json"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="medication-review-2026-11-23.map.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert (await answer.json(content_type=None))["id"] == f"{own}-map"
    assert [(row.action, row.consult_id, row.object) for row in await site.audit.read(before)] == [
        ("http_fhir_export", own, "map")
    ]


async def test_what_is_not_signed_is_refused_with_a_code(site: SiteUnderTest) -> None:
    answer = await site.call("anna", "GET", f"/api/consults/{site.consults['own']}/fhir/smp.json?as=pharmacist")

    assert (answer.status, (await answer.json())["code"]) == (409, "not-signed")
