"""Who gets what: every route for every person, own, foreign and absent."""

from __future__ import annotations

import pytest

from consult.api.routes import ROUTES
from consult.auth.access import ACTIONS
from tests.api.conftest import BORN, OWN, SiteUnderTest, new_consult

PEOPLE = ("anon", "anna", "sue", "pat")
ROLE = {"anon": "pharmacist", "anna": "pharmacist", "sue": "supervisor", "pat": "patient"}
# For each: status for anon, a pharmacist, a supervisor, a patient.
TABLE = {
    ("GET", "/"): (303, 303, 303, 303),
    ("GET", "/signin"): (200, 200, 200, 200),
    ("GET", "/join"): (200, 200, 200, 200),
    ("GET", "/pharmacist"): (303, 200, 303, 303),
    ("GET", "/supervisor"): (303, 303, 200, 303),
    ("GET", "/healthz"): (200, 200, 200, 200),
    ("GET", "/readyz"): (200, 200, 200, 200),
    ("GET", "/static/app/assets/shared-h4sh.js"): (200, 200, 200, 200),
    ("POST", "/csp-report"): (204, 204, 204, 204),
    ("POST", "/api/signin"): (400, 400, 400, 400),
    ("POST", "/api/join"): (400, 400, 400, 400),
    ("GET", "/api/me"): (401, 200, 200, 200),
    ("GET", "/api/consults"): (401, 200, 200, 403),
    ("POST", "/api/consults"): (401, 400, 403, 403),
    ("GET", "/api/scripts/cmr"): (401, 200, 200, 403),
    ("GET", "/api/scripts/none"): (401, 404, 404, 403),
    ("GET", "/api/scripts/cmr/topics"): (401, 200, 200, 200),
    ("POST", "/api/directions"): (401, 400, 400, 400),
    ("GET", "/api/labels/apixaban"): (401, 200, 200, 403),
    ("GET", "/api/labels/nothing"): (401, 404, 404, 403),
    ("GET", "/api/drugs?q=met"): (401, 200, 403, 403),
    ("GET", "/api/consults/own/guests"): (401, 200, 403, 403),
    ("GET", "/api/consults/foreign/guests"): (401, 404, 403, 403),
    ("POST", "/api/consults/own/guests/revoke"): (401, 400, 403, 403),
    ("POST", "/api/consults/own/link"): (401, 200, 403, 403),
    ("POST", "/api/consults/own/link/mail"): (401, 400, 403, 403),
    ("POST", "/api/consults/foreign/link/mail"): (401, 400, 403, 403),
    ("POST", "/api/consults/foreign/link"): (401, 404, 403, 403),
    ("POST", "/api/consults/absent/link"): (401, 404, 403, 403),
    ("GET", "/api/consults/own/takeaway/1.pdf"): (401, 200, 200, 404),
    ("GET", "/api/consults/own/takeaway/2.pdf"): (401, 200, 200, 200),
    ("GET", "/api/consults/own/takeaway/2.html"): (401, 200, 200, 200),
    ("GET", "/api/consults/own/takeaway/3.html"): (401, 200, 200, 404),
    ("GET", "/api/consults/own/takeaway/9.html"): (401, 404, 404, 404),
    ("GET", "/api/consults/foreign/takeaway/2.html"): (401, 404, 200, 404),
    ("GET", "/api/consults/absent/takeaway/2.html"): (401, 404, 404, 404),
    ("GET", "/api/consults/own/takeaway/2.large.html"): (401, 200, 200, 200),
    ("GET", "/api/consults/own/takeaway/3.large.html"): (401, 200, 200, 404),
    ("GET", "/api/consults/own/takeaway/2.larger.pdf"): (401, 404, 404, 404),
    ("GET", "/api/consults/foreign/takeaway/2.large.html"): (401, 404, 200, 404),
    ("GET", "/api/consults/own/takeaway/2.txt"): (401, 200, 200, 200),
    ("GET", "/api/consults/own/takeaway/1.txt"): (401, 200, 200, 404),
    ("GET", "/api/consults/foreign/takeaway/2.txt"): (401, 404, 200, 404),
    ("GET", "/api/consults/own/takeaway/preview.html"): (401, 200, 403, 403),
    ("GET", "/api/consults/foreign/takeaway/preview.html"): (401, 404, 403, 403),
    ("GET", "/api/consults/own/takeaway/check/2"): (401, 200, 403, 403),
    ("GET", "/api/consults/foreign/takeaway/check/2"): (401, 404, 403, 403),
    ("GET", "/api/consults/absent/takeaway/check/2"): (401, 404, 403, 403),
    ("GET", "/api/consults/own/fhir/smp.json"): (401, 409, 403, 403),
    ("GET", "/api/consults/own/fhir/ecare.json?draft=1"): (401, 200, 403, 403),
    ("POST", "/api/history"): (401, 200, 403, 403),
    ("POST", "/api/consults/own/history?try=1"): (401, 200, 403, 403),
    ("POST", "/api/consults/foreign/history"): (401, 404, 403, 403),
    ("POST", "/api/consults/absent/history"): (401, 404, 403, 403),
    ("GET", "/api/consults/own/fhir/other.json"): (404, 404, 404, 404),
    ("GET", "/api/consults/foreign/fhir/map.json?draft=1"): (401, 404, 403, 403),
    ("GET", "/api/consults/absent/fhir/map.json?draft=1"): (401, 404, 403, 403),
    ("GET", "/api/nothing"): (404, 404, 404, 404),
    ("GET", "/static/app/.vite/manifest.json"): (404, 404, 404, 404),
    ("GET", "/static/app/..%2f..%2fsite.db"): (404, 404, 404, 404),
    ("DELETE", "/api/consults"): (405, 405, 405, 405),
    ("POST", "/api/signout"): (200, 200, 200, 200),  # last: it ends the session
}


def address(site: SiteUnderTest, path: str, who: str) -> str:
    for name, consult_id in site.consults.items():
        path = path.replace(f"/{name}/", f"/{consult_id}/")
    return f"{path}{'&' if '?' in path else '?'}as={ROLE[who]}"


@pytest.mark.parametrize("who", PEOPLE)
async def test_each_person_gets_what_the_table_says(site: SiteUnderTest, who: str) -> None:
    expected = {key: row[PEOPLE.index(who)] for key, row in TABLE.items()}

    found = {
        (method, path): (
            await site.call(who, method, address(site, path, who), {} if method == "POST" else None)
        ).status
        for method, path in TABLE
    }

    assert found == expected


def test_every_route_has_a_line_in_the_table_of_actions() -> None:
    names = [name for _, _, _, name in ROUTES]

    assert set(names) <= set(ACTIONS)
    assert len(names) == len(set(names))


async def test_a_route_without_a_line_in_the_table_is_refused(site: SiteUnderTest) -> None:
    async def leak(request: object) -> None:
        raise AssertionError("reached")

    router = site.server.app.router  # type: ignore[attr-defined]
    router._frozen = False
    router.add_route("GET", "/unlisted", leak, name="http_unlisted")
    router.add_route("GET", "/unnamed", leak)

    assert (await site.call("anna", "GET", "/unlisted?as=pharmacist")).status == 404
    assert (await site.call("anna", "GET", "/unnamed?as=pharmacist")).status == 404


async def test_foreign_and_absent_consults_answer_alike(site: SiteUnderTest) -> None:
    answers = {}
    for name in ("foreign", "absent"):
        for who in ("anna", "pat"):
            path = f"/api/consults/{site.consults[name]}/takeaway/2.html?as={ROLE[who]}"
            response = await site.call(who, "GET", path)
            fixed = {k: v for k, v in response.headers.items() if k not in ("Date", "Content-Security-Policy")}
            answers[name, who] = (response.status, await response.text(), fixed)

    assert answers["foreign", "anna"] == answers["absent", "anna"]
    assert answers["foreign", "pat"] == answers["absent", "pat"]


async def test_a_cookie_counts_only_in_its_own_role(site: SiteUnderTest) -> None:
    site.cookies["mixed"] = {"consult_supervisor": site.cookies["anna"]["consult_pharmacist"]}

    assert (await site.call("mixed", "GET", "/api/consults?as=supervisor")).status == 401
    assert (await site.call("anna", "GET", "/api/consults?as=system")).status == 401
    assert (await site.call("anna", "GET", "/api/consults")).status == 401


async def test_a_pharmacist_lists_own_consults_and_a_supervisor_all(site: SiteUnderTest) -> None:
    own = await (await site.call("anna", "GET", "/api/consults?as=pharmacist")).json()
    all_ = await (await site.call("sue", "GET", "/api/consults?as=supervisor")).json()

    assert [(row["id"], row["pharmacist_name"]) for row in own["consults"]] == [(site.consults["own"], "Anna")]
    assert {row["id"] for row in all_["consults"]} == {site.consults["own"], site.consults["foreign"]}


async def test_a_voided_version_is_kept_from_the_patient_and_shown_to_staff(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/takeaway/1.html"

    assert (await site.call("pat", "GET", f"{path}?as=patient")).status == 404
    assert (await site.call("anna", "GET", f"{path}?as=pharmacist")).status == 200


async def test_reads_and_denials_leave_a_row_in_the_audit_trail(site: SiteUnderTest) -> None:
    before = (await site.audit.read())[-1].seq
    own, foreign = site.consults["own"], site.consults["foreign"]
    await site.call("pat", "GET", f"/api/consults/{own}/takeaway/2.pdf?as=patient")
    await site.call("pat", "GET", f"/api/consults/{foreign}/takeaway/2.pdf?as=patient")
    await site.call("sue", "GET", "/api/drugs?q=met&as=supervisor")

    rows = [(row.actor_id, row.action, row.outcome, row.code) for row in await site.audit.read(before)]

    assert rows == [
        (f"patient:{own}", "http_takeaway", "ok", ""),
        (f"patient:{own}", "http_takeaway", "denied", "not-found"),
        ("a-sue", "http_drugs", "denied", "forbidden"),
    ]


async def test_a_signed_out_session_is_gone_at_once(site: SiteUnderTest) -> None:
    response = await site.call("anna", "POST", "/api/signout?as=pharmacist")

    assert response.status == 200
    assert response.cookies["consult_pharmacist"].value == ""
    assert (await site.call("anna", "GET", "/api/me?as=pharmacist")).status == 401


@pytest.mark.parametrize("form", ["json", "page"])
async def test_many_made_up_ids_and_links_get_one_answer(site: SiteUnderTest, form: str) -> None:
    headers = {"Accept": "text/html"} if form == "page" else {}
    answers = set()
    for number in range(40):
        path = f"/api/consults/{number:032x}/takeaway/{number:02d}.pdf?as=patient"  # of one length: the page names it
        response = await site.call("pat", "GET", path, headers=headers)
        body = await response.text()
        answers.add((response.status, body if form == "json" else response.content_length))

    assert len(answers) == 1


async def test_wrong_link_wrong_date_and_revoked_link_answer_alike(site: SiteUnderTest) -> None:
    token = site.links["pat"].partition("#t=")[2]
    await site.call("anna", "POST", f"/api/consults/{site.consults['own']}/link?as=pharmacist", {})
    bodies = (
        {"token": "x" * 22, "birth_date": BORN},
        {"token": site.links["quinn"].partition("#t=")[2], "birth_date": "1950-01-01"},
        {"token": token, "birth_date": BORN},
    )

    answers = set()
    for body in bodies:
        response = await site.call("anon", "POST", "/api/join", body)
        answers.add((response.status, await response.text(), "consult_patient" in response.cookies))

    assert len(answers) == 1
    assert answers.pop()[0] == 403


async def test_opening_the_link_often_uses_nothing_up(site: SiteUnderTest) -> None:
    for _ in range(10):
        assert (await site.call("anon", "GET", "/join")).status == 200

    token = site.links["pat"].partition("#t=")[2]
    response = await site.call("anon", "POST", "/api/join", {"token": token, "birth_date": BORN})
    assert response.status == 200
    assert await response.json() == {"consult_id": site.consults["own"], "name": "Pat"}


async def test_ids_that_decide_ownership_are_never_the_callers(site: SiteUnderTest) -> None:
    body = {**new_consult("rob"), "pharmacist_id": "a-ben"}
    refused = await site.call("anna", "POST", "/api/consults?as=pharmacist", body)
    named = new_consult("rob")
    named["patient"]["id"] = "a-anna"
    made = await (await site.call("anna", "POST", "/api/consults?as=pharmacist", named)).json()

    assert refused.status == 400
    scheduled = (await site.parts.store.read(made["consult_id"]))[0].data
    assert scheduled.pharmacist_id == "a-anna"  # type: ignore[union-attr]
    assert scheduled.patient.id != "a-anna"  # type: ignore[union-attr]


async def test_a_consult_by_phone_has_no_link(site: SiteUnderTest) -> None:
    response = await site.call(
        "anna", "POST", "/api/consults?as=pharmacist", {**new_consult("rob"), "modality": "phone"}
    )

    assert response.status == 201
    assert (await response.json())["link"] == ""


async def test_a_change_needs_an_own_page(site: SiteUnderTest) -> None:
    path, body = "/api/consults?as=pharmacist", new_consult("rob")
    cases = {
        "own": OWN,
        "no header": {"Origin": OWN["Origin"]},
        "no origin": {"Consult-Request": "1"},
        "null": {**OWN, "Origin": "null"},
        "evil": {**OWN, "Origin": "http://evil.test"},
        "look-alike": {**OWN, "Origin": "http://visit.test.evil.test"},
        "other port": {**OWN, "Origin": "http://visit.test:81"},
        "forwarded": {**OWN, "Origin": "http://evil.test", "X-Forwarded-Host": "visit.test"},
        "same site": {**OWN, "Sec-Fetch-Site": "same-site"},
    }

    found = {name: (await site.call("anna", "POST", path, body, headers=sent)).status for name, sent in cases.items()}

    assert found == {name: 201 if name == "own" else 403 for name in cases}
