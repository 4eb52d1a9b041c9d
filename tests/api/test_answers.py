"""What every answer carries, and what none may: headers, cookies, limits, errors."""

from __future__ import annotations

import gzip
import json
import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from consult.api.assets import entry
from consult.api.headers import document_policy
from consult.api.parts import Site
from consult.api.routes import ROUTES
from consult.domain import commands as co
from consult.domain.medication import Sig
from consult.domain.people import Actor
from consult.domain.problem import Problem
from consult.takeaway.plain import how_to_take
from tests.api.conftest import BORN, NOW, ORIGIN, OWN, PASSWORD, Build, SiteUnderTest, new_consult

PAGE_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-N'; style-src 'self' 'nonce-N'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; media-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; report-uri /csp-report"
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": (
        "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex",
}
PLACES = [
    (method, path.replace("{consult_id}", "x").replace("{script_id}", "cmr"))
    for method, path, _, name in ROUTES
    if name != "http_static"
]


def concrete(path: str) -> str:
    path = re.sub(r"\{version:[^}]*\}*\}", "2", path)
    return re.sub(r"\{form:[^}]*\}", "pdf", path)


@pytest.mark.parametrize("who", ["anon", "anna"])
async def test_every_answer_of_every_route_has_the_security_headers(site: SiteUnderTest, who: str) -> None:
    places = [*PLACES, ("GET", "/nowhere"), ("PUT", "/signin"), ("POST", "/api/nowhere"), ("GET", "/%ff")]
    for method, path in places:
        for accept in ("application/json", "text/html"):
            headers = {"Accept": accept, **(OWN if method != "GET" else {})}
            response = await site.call(who, method, f"{concrete(path)}?as=pharmacist", headers=headers)
            found = {name: response.headers.get(name) for name in ALWAYS}

            assert found == ALWAYS, (method, path)
            assert "default-src 'none'" in response.headers["Content-Security-Policy"], (method, path)
            assert "unsafe" not in response.headers["Content-Security-Policy"] or path.endswith("pdf}")


async def test_a_page_has_a_fresh_nonce_in_policy_and_page(site: SiteUnderTest) -> None:
    seen = set()
    for path in ("/signin", "/join", "/join", "/pharmacist"):
        response = await site.call("anna", "GET", path)
        html = await response.text()
        policy = response.headers["Content-Security-Policy"]
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        seen.add(nonce)

        assert policy == PAGE_POLICY.replace("nonce-N", f"nonce-{nonce}")
        assert f'<meta name="csp-nonce" content="{nonce}">' in html
        assert not re.search(r"\son\w+=|\sstyle=|<script(?![^>]*\ssrc=)", html)
    assert len(seen) == 4


async def test_a_page_loads_the_script_and_styles_of_the_bundle(site: SiteUnderTest) -> None:
    html = await (await site.call("anon", "GET", "/join")).text()

    assert '<script type="module" src="/static/app/assets/3-h4sh.js"></script>' in html
    assert '<link rel="stylesheet" href="/static/app/assets/3-h4sh.css">' in html
    assert '<link rel="modulepreload" href="/static/app/assets/shared-h4sh.js">' in html
    assert '<meta name="consult-role" content="patient">' in html
    assert html.count("(555) 010-0199") >= 2


async def test_the_notes_are_fetched_behind_the_rest_of_the_pharmacists_page(site: SiteUnderTest) -> None:
    html = await (await site.call("anna", "GET", "/pharmacist")).text()

    notes = '<link rel="modulepreload" href="/static/app/assets/notes-h4sh.js" fetchpriority="low">'
    assert html.index('<script type="module" src="/static/app/assets/1-h4sh.js">') < html.index(notes)
    assert "notes-h4sh" not in await (await site.call("sue", "GET", "/supervisor")).text()


async def test_a_staff_page_speaks_the_language_chosen_and_keeps_it(site: SiteUnderTest) -> None:
    spanish = {"Accept-Language": "es-US"}

    asked = await site.call("anon", "GET", "/signin", headers=spanish)
    chosen = await site.call("anon", "GET", "/signin?as=supervisor&lang=en", headers=spanish)
    kept = await site.call("anon", "GET", "/signin", headers={**spanish, "Cookie": "consult_language=en"})

    html = await asked.text()
    assert '<html lang="es">' in html
    assert "Iniciar sesión como farmacéutico" in html
    assert html.index("assets/4-h4sh.js") < html.index('src="/static/app/assets/0-h4sh.js"')  # the texts come first
    assert "consult_language" not in asked.cookies
    assert '<html lang="en">' in await chosen.text()
    assert chosen.cookies["consult_language"].value == "en"
    assert chosen.cookies["consult_language"]["httponly"]
    html = await kept.text()
    assert '<html lang="en">' in html
    assert "assets/4-h4sh.js" not in html


async def test_the_patients_page_speaks_the_language_that_the_browser_asks_for(site: SiteUnderTest) -> None:
    html = await (await site.call("anon", "GET", "/join", headers={"Accept-Language": "fr, es-MX;q=0.8"})).text()

    assert '<html lang="es">' in html
    assert "Le damos la bienvenida" in html


async def test_the_help_number_can_be_dialled_and_is_left_out_where_there_is_none(
    site: SiteUnderTest, build: Build
) -> None:
    without = await build(site=Site("Riverside Pharmacy", ""))

    there = await (await site.call("anon", "GET", "/join")).text()
    gone = await (await without.call("anon", "GET", "/join")).text()

    assert '<a class="phone" href="tel:5550100199">(555) 010-0199</a>' in there
    assert '<footer class="help" hidden>' in gone


async def test_hashed_files_are_kept_for_good_by_the_browser(site: SiteUnderTest) -> None:
    response = await site.call("anon", "GET", "/static/app/assets/shared-h4sh.js")

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content_type in ("text/javascript", "application/javascript")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_a_script_goes_out_compressed_where_it_stands_so(site: SiteUnderTest) -> None:
    script = site.parts.static_dir / "assets" / "shared-h4sh.js"
    script.with_name("shared-h4sh.js.gz").write_bytes(gzip.compress(script.read_bytes()))

    response = await site.call("anon", "GET", "/static/app/assets/shared-h4sh.js", headers={"Accept-Encoding": "gzip"})

    assert response.headers["Content-Encoding"] == "gzip"
    assert response.content_type in ("text/javascript", "application/javascript")
    assert response.headers["Vary"] == "Accept-Encoding"
    assert await response.read() == script.read_bytes()


async def test_the_takeaway_page_runs_no_script_and_only_its_own_styles(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/takeaway/2.html?as=patient"

    policy = (await site.call("pat", "GET", path)).headers["Content-Security-Policy"]

    assert "script-src" not in policy
    assert re.search(r"default-src 'none'; style-src 'sha256-[\w+/]{43}='", policy)
    assert "frame-ancestors 'self'; sandbox allow-same-origin allow-modals" in policy


def test_a_document_without_styles_may_use_none() -> None:
    assert "style-src 'none'" in document_policy(b"<p>x</p>")


async def test_a_saved_takeaway_gets_a_name_without_the_patients(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/takeaway/2.pdf?as=patient"

    inline = await site.call("pat", "GET", path)
    saved = await site.call("pat", "GET", f"{path}&download=1")

    assert inline.headers["Content-Disposition"] == 'inline; filename="medicine-visit-2026-11-23.pdf"'
    assert saved.headers["Content-Disposition"] == 'attachment; filename="medicine-visit-2026-11-23.pdf"'
    assert await inline.read() == await saved.read() == b"%PDF-2"


async def test_files_are_named_by_the_day_on_the_sites_calendar_and_its_pages_are_told_the_zone(
    site: SiteUnderTest, build: Build
) -> None:
    tokyo = await build(zone=ZoneInfo("Asia/Tokyo"))  # 15:00 UTC is midnight there
    tokyo.cookies = site.cookies
    own = f"/api/consults/{site.consults['own']}"

    paper = await tokyo.call("anna", "GET", f"{own}/takeaway/2.pdf?as=pharmacist")
    bundle = await tokyo.call("anna", "GET", f"{own}/fhir/map.json?draft=1&as=pharmacist")
    page = await (await tokyo.call("anna", "GET", "/pharmacist")).text()
    plain = await (await site.call("anna", "GET", "/pharmacist")).text()

    assert "medicine-visit-2026-11-24.pdf" in paper.headers["Content-Disposition"]
    assert "medication-review-2026-11-24.map.json" in bundle.headers["Content-Disposition"]
    assert '<meta name="consult-zone" content="Asia/Tokyo">' in page
    assert "consult-zone" not in plain


@pytest.mark.parametrize("secure", [False, True])
async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
    site: SiteUnderTest, build: Build, secure: bool
) -> None:
    other = await build(secure_cookies=secure)

    response = await other.call(
        "anon", "POST", "/api/signin", {"login": "anna", "password": PASSWORD, "as": "pharmacist"}
    )
    cookie = response.cookies["consult_pharmacist"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert cookie["domain"] == ""
    assert bool(cookie["secure"]) is secure
    assert cookie["max-age"] == str(12 * 3600)
    assert ("Strict-Transport-Security" in response.headers) is secure
    assert len(cookie.value) >= 22


async def test_signing_in_again_makes_a_new_session_and_ends_the_old(site: SiteUnderTest) -> None:
    old = site.cookies["anna"]["consult_pharmacist"]
    body = {"login": "anna", "password": PASSWORD, "as": "pharmacist"}

    response = await site.call("anna", "POST", "/api/signin", body)

    assert response.cookies["consult_pharmacist"].value != old
    assert (await site.call("anna", "GET", "/api/me?as=pharmacist")).status == 401


async def test_the_link_keeps_its_token_in_the_fragment(site: SiteUnderTest) -> None:
    assert re.fullmatch(re.escape(ORIGIN) + r"/join#t=[\w-]{22}", site.links["pat"])


async def test_a_patient_is_told_with_whom_and_when(site: SiteUnderTest) -> None:
    answer = await (await site.call("pat", "GET", "/api/me?as=patient")).json()

    assert answer["consult_id"] == site.consults["own"]
    assert answer["visit"]["pharmacist_name"] == "Anna"
    assert answer["visit"]["planned_at"] == "2026-11-23T15:05:00Z"


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b'{"login": "' + b"a" * 70_000 + b'"}', 413, "too-large"),
        (b"[1]", 400, "bad-json"),
        (b"{", 400, "bad-json"),
        (b'{"a": NaN}', 400, "bad-json"),
        (b'{"a": ' + b"[" * 30 + b"]" * 30 + b"}", 400, "bad-json"),
        (b"[" * 60_000, 400, "bad-json"),
        (b"\xff", 400, "bad-json"),
        (b'{"login": "a", "password": "b", "as": "pharmacist", "x": 1}', 400, "unknown-field"),
        (b'{"login": "a", "password": "b"}', 400, "bad-field"),
        (b'{"login": "a", "password": "b", "as": "patient"}', 400, "bad-field"),
        (b'{"login": {"a": 1}, "password": "b", "as": "pharmacist"}', 400, "bad-field"),
        (b'{"login": "a", "password": "' + b"b" * 129 + b'", "as": "pharmacist"}', 400, "bad-field"),
        (b'{"login": "nobody", "password": "b", "as": "pharmacist"}', 401, "sign-in-needed"),
    ],
)
async def test_bad_bodies_are_refused_with_a_code(site: SiteUnderTest, content: bytes, status: int, code: str) -> None:
    headers = {**OWN, "Content-Type": "application/json"}

    response = await site.call("anon", "POST", "/api/signin", headers=headers, data=content)

    assert (response.status, (await response.json())["code"]) == (status, code)


async def test_a_body_of_unknown_length_is_cut_off_too(site: SiteUnderTest) -> None:
    async def flood() -> Any:
        for _ in range(40):
            yield b"x" * 4096

    headers = {**OWN, "Content-Type": "application/json"}
    response = await site.call("anon", "POST", "/api/join", headers=headers, data=flood())

    assert response.status == 413


async def test_a_form_of_another_kind_is_refused(site: SiteUnderTest) -> None:
    response = await site.call("anon", "POST", "/api/join", headers=OWN, data={"token": "a", "birth_date": BORN})

    assert (response.status, (await response.json())["code"]) == (415, "json-needed")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"patient": {"name": "Rob", "birth_date": "1951-02-30"}}, "bad-field"),
        ({"patient": {"name": "Rob", "birth_date": "2951-02-03"}}, "bad-field"),
        ({"patient": {"name": "  ", "birth_date": BORN}}, "bad-field"),
        ({"patient": {"birth_date": BORN}}, "bad-field"),
        ({"patient": None}, "bad-field"),
        ({"planned_at": "2026-11-23T15:00:00"}, "bad-field"),
        ({"planned_at": "soon"}, "bad-field"),
        ({"script_id": "none"}, "unknown-script"),
        ({"kind": "other"}, "bad-field"),
        ({"medications": {"name": "x"}}, "bad-field"),
        ({"medications": [{"name": 1}]}, "bad-field"),
        ({"favourite": 1}, "unknown-field"),
    ],
)
async def test_a_consult_that_cannot_be_is_refused_with_a_code(
    site: SiteUnderTest, change: dict[str, Any], code: str
) -> None:
    response = await site.call("anna", "POST", "/api/consults?as=pharmacist", {**new_consult("rob"), **change})

    assert (response.status, (await response.json())["code"]) == (400, code)


async def test_a_medication_given_by_name_only_gets_its_ingredients(site: SiteUnderTest) -> None:
    body = {**new_consult("rob"), "medications": [{"name": "Glucophage"}, {"name": "glucoph"}]}

    made = await (await site.call("anna", "POST", "/api/consults?as=pharmacist", body)).json()

    rows = [one.data.medication for one in (await site.parts.store.read(made["consult_id"]))[1:]]  # type: ignore[union-attr]
    assert [(row.id, row.ingredients, row.review) for row in rows] == [
        ("med:metformin", ("metformin",), "proposed"),
        ("med:glucoph", (), "proposed"),
    ]


async def test_names_are_found_by_their_beginning_first(site: SiteUnderTest) -> None:
    answer = await (await site.call("anna", "GET", "/api/drugs?q=met&as=pharmacist")).json()

    first = {"name": "metformin", "ingredients": ["metformin"], "kind": "generic", "strengths": ["500 mg", "1000 mg"]}
    assert answer["names"][0] == first
    assert [one["name"] for one in answer["names"]] == ["metformin", "metformin er"]


async def test_a_revoked_link_lets_nobody_in(site: SiteUnderTest) -> None:
    consult_id, token = site.consults["own"], site.links["pat"].partition("#t=")[2]

    answer = await site.call("anna", "POST", f"/api/consults/{consult_id}/link/revoke?as=pharmacist", {})
    joined = await site.call("anon", "POST", "/api/join", {"token": token, "birth_date": BORN})

    assert await answer.json() == {"ended": 1}
    assert joined.status == 403


async def test_the_consults_before_are_told_for_preparing_the_next(site: SiteUnderTest) -> None:
    held = site.consults["own"]
    before = site.parts
    me = Actor("a-anna", "pharmacist", "Anna")
    await before.submit(held, co.AddProblem(Problem("p1", "adherence", "Misses the evening dose")), me, "problem")
    again = await (await site.call("anna", "POST", "/api/consults?as=pharmacist", new_consult("pat"))).json()
    path = "/api/consults/{}/earlier?as=pharmacist"

    told = await (await site.call("anna", "GET", path.format(again["consult_id"]))).json()
    foreign = await site.call("ben", "GET", path.format(again["consult_id"]))

    assert [one["id"] for one in told["earlier"]] == [held]
    assert told["earlier"][0]["problems"] == ["Misses the evening dose"]
    assert told["more"] == 0
    assert foreign.status == 404


async def test_quick_directions_are_read_as_a_sig(site: SiteUnderTest) -> None:
    body = {"name": "metformin", "text": "1 po bid"}

    answer = await (await site.call("anna", "POST", "/api/sig?as=pharmacist", body)).json()
    unknown = await (await site.call("anna", "POST", "/api/sig?as=pharmacist", {**body, "text": "as it is"})).json()

    assert answer["sig"]["dose"] == "1 tablet"
    assert answer["sig"]["frequency"] == "2/day"
    assert unknown == {"sig": None}


async def test_topics_are_told_in_plain_words_by_step(site: SiteUnderTest) -> None:
    topics = (await (await site.call("pat", "GET", "/api/scripts/cmr/topics?as=patient")).json())["topics"]
    script = site.parts.scripts["cmr"]

    assert topics == {step.id: step.patient_topic for step in script.steps if step.patient_topic}
    assert topics


async def test_directions_are_said_in_the_words_of_the_takeaway(site: SiteUnderTest) -> None:
    sig = {"dose": "1 tablet", "route": "oral", "frequency": "2/day", "timing": "with food"}

    said = {}
    for language in ("en", "es-MX"):
        body = {"sigs": [sig, {}], "language": language}
        answer = await (await site.call("pat", "POST", "/api/directions?as=patient", body)).json()
        said[language] = answer["directions"]

    assert said["en"][0] == how_to_take(Sig(**sig), "en")
    assert said["es-MX"] == [how_to_take(Sig(**sig), "es"), how_to_take(Sig(), "es")]


async def test_an_unforeseen_error_says_and_logs_no_word_of_the_patient(
    site: SiteUnderTest, build: Build, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken() -> Any:
        raise RuntimeError("Zzyzx Qwertyson takes canarymycin")

    other = await build(ready=broken)
    with caplog.at_level(logging.DEBUG):
        for accept in ("application/json", "text/html"):
            response = await other.call("anon", "GET", "/readyz", headers={"Accept": accept})
            text = await response.text()

            assert response.status == 500
            assert "internal" in text
            assert not re.search("Zzyzx|Traceback|RuntimeError|\\.py", text)

    assert "RuntimeError" in caplog.text
    assert not re.search("Zzyzx|canarymycin", caplog.text)


async def test_an_error_page_says_what_to_do_and_whom_to_call(site: SiteUnderTest) -> None:
    response = await site.call("anon", "GET", "/nowhere", headers={"Accept": "text/html,*/*;q=0.8"})
    html = await response.text()

    assert response.status == 404
    assert response.content_type == "text/html"
    assert "(555) 010-0199" in html
    assert "<code>not-found</code>" in html


async def test_an_error_page_speaks_plainly_in_the_readers_language(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/takeaway/2.html?as=patient"
    headers = {"Accept": "text/html", "Accept-Language": "es"}

    html = await (await site.call("anon", "GET", path, headers=headers)).text()

    assert "Abra otra vez el enlace de nuestro mensaje" in html
    assert "<code>sign-in-needed</code>" in html


async def test_an_error_page_can_be_turned_to_the_other_language(site: SiteUnderTest) -> None:
    html = await (await site.call("anon", "GET", "/nowhere?as=patient", headers={"Accept": "text/html"})).text()
    link = html.partition('hreflang="es"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")

    turned = await (await site.call("anon", "GET", f"/nowhere{link}", headers={"Accept": "text/html"})).text()

    assert link == "?as=patient&lang=es"
    assert "No encontramos esta página" in turned
    assert 'lang="es"' in turned.partition("<head>")[0]


async def test_a_probe_may_ask_for_the_head_only(site: SiteUnderTest) -> None:
    response = await site.call("anon", "HEAD", "/healthz", headers={})

    assert (response.status, await response.read()) == (200, b"")


async def test_no_answer_names_the_library_that_made_it(site: SiteUnderTest) -> None:
    assert (await site.call("anon", "GET", "/join")).headers["Server"] == "consult"


async def test_without_the_bundle_a_page_says_how_to_build_it(build: Build, tmp_path: Path) -> None:
    other = await build(static_dir=tmp_path / "nothing")

    response = await other.call("anon", "GET", "/join")

    assert (response.status, (await response.json())["code"]) == (503, "bundle-missing")
    assert "npm run build" in await response.text()


def test_a_new_build_is_seen_without_a_restart(tmp_path: Path) -> None:
    manifest = tmp_path / ".vite" / "manifest.json"
    manifest.parent.mkdir()
    manifest.write_text(json.dumps({"a.ts": {"file": "assets/one.js"}}))
    first = entry(tmp_path, "a.ts")
    manifest.write_text(json.dumps({"a.ts": {"file": "assets/two-longer.js", "css": ["assets/a.css"]}}))

    second = entry(tmp_path, "a.ts")

    assert (first.script, second.script) == ("/static/app/assets/one.js", "/static/app/assets/two-longer.js")
    assert second.styles == ("/static/app/assets/a.css",)


async def test_a_policy_report_leaves_only_its_directive_in_the_log(
    site: SiteUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    report = {"csp-report": {"effective-directive": "img-src", "blocked-uri": "http://evil.test/?Zzyzx"}}
    await site.call("anon", "POST", "/csp-report", report, headers={})
    await site.call("anon", "POST", "/csp-report", {"csp-report": {"effective-directive": "Zzyzx\r\n"}}, headers={})

    assert "img-src" in caplog.text
    assert "unknown" in caplog.text
    assert "Zzyzx" not in caplog.text


async def test_a_flood_of_policy_reports_is_one_line_a_minute(
    site: SiteUnderTest, caplog: pytest.LogCaptureFixture
) -> None:
    report = {"csp-report": {"effective-directive": "img-src"}}
    for _ in range(5):
        await site.call("anon", "POST", "/csp-report", report, headers={})
    site.now[0] += timedelta(minutes=1)
    await site.call("anon", "POST", "/csp-report", report, headers={})

    assert caplog.text.count("img-src") == 2


async def test_a_failing_check_makes_the_site_unwell(site: SiteUnderTest, build: Build) -> None:
    async def down() -> dict[str, str]:
        return {"database": "failing: no answer"}

    well = await site.call("anon", "GET", "/readyz")
    ill = await (await build(ready=down)).call("anon", "GET", "/readyz")

    assert (well.status, (await well.json())["status"]) == (200, "ok")
    assert (ill.status, (await ill.json())["status"]) == (503, "failing")


async def test_the_check_is_made_with_the_consult_as_it_stood_then(site: SiteUnderTest) -> None:
    path = f"/api/consults/{site.consults['own']}/takeaway/check/2?as=pharmacist"

    points = (await (await site.call("anna", "GET", path)).json())["points"]

    assert points == [
        {"number": "1", "text": "Made from event 3 at 2026-11-23T15:00:00.000Z", "passed": True, "place": ""}
    ]


async def test_an_expired_session_needs_a_new_sign_in(site: SiteUnderTest) -> None:
    site.now[0] = replace_hour(18)
    before = (await site.call("pat", "GET", "/api/me?as=patient")).status
    site.now[0] = replace_hour(20)

    assert before == 200
    assert (await site.call("pat", "GET", "/api/me?as=patient")).status == 401


def replace_hour(hour: int) -> Any:
    return NOW.replace(hour=hour)


async def test_a_proxys_word_for_the_address_counts_only_where_it_is_trusted(site: SiteUnderTest) -> None:
    class Request:
        remote = "10.0.0.1"
        headers = {"X-Forwarded-For": "6.6.6.6, 203.0.113.9"}

    trusting = replace(site.parts, trusted_proxies=frozenset({"10.0.0.1"}))

    assert site.parts.client_of(Request()) == "10.0.0.1"  # type: ignore[arg-type]
    assert trusting.client_of(Request()) == "203.0.113.9"  # type: ignore[arg-type]
