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


async def test_an_import_reports_and_leaves_a_row_in_the_audit_trail(site: SiteUnderTest) -> None:
    own = site.consults["own"]
    before = (await site.audit.read())[-1].seq
    path = f"/api/consults/{own}/history?name=claims.csv&as=pharmacist"

    stored = await (await site.call("anna", "POST", path, data=b"a,b\n1,2\n")).json()
    tried = await (await site.call("anna", "POST", f"{path}&try=1", data=b"a,b\n1,2\n")).json()

    assert stored == {
        "stored": True,
        "report": [{"kind": "fill", "name": "8 bytes of a-anna", "fate": "taken", "why": ""}],
    }
    assert tried["stored"] is False
    assert [(row.action, row.object) for row in await site.audit.read(before)] == [
        ("http_import_history", "stored"),
        ("http_import_history", "tried"),
    ]


async def test_a_file_that_cannot_be_used_is_refused_with_its_reason(site: SiteUnderTest) -> None:
    answer = await site.call("anna", "POST", "/api/history?name=x.json&as=pharmacist", data=b"")

    assert answer.status == 400
    assert await answer.json() == {"code": "bad-file", "message": "x.json: the file is empty"}


async def test_a_file_may_be_larger_than_a_command_and_not_without_end(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/history?as=pharmacist"

    large = await site.call("anna", "POST", path, data=b"x" * 1024 * 1024)
    endless = await site.call("anna", "POST", path, data=b"x" * (20 * 1024 * 1024 + 1))

    assert (large.status, endless.status) == (200, 413)
