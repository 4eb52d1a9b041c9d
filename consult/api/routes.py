"""Every route and its name; `consult.auth.access` says who may use which. A route without a line there is refused."""

from __future__ import annotations

from aiohttp import web

from consult.api import (
    assets,
    consults,
    documents,
    earlier,
    entry,
    exchange,
    follow_ups,
    lookups,
    pages,
    pictures,
    plan,
    upkeep,
)
from consult.api.failures import failures
from consult.api.guard import guard
from consult.api.headers import security_headers
from consult.api.parts import PARTS, ApiParts

TAKEAWAY = "/api/consults/{consult_id}/takeaway"
LETTERS = "/api/consults/{consult_id}/letters"

ROUTES = (
    ("GET", "/", pages.home, "http_home"),
    ("GET", "/signin", pages.signin, "http_signin_page"),
    ("GET", "/pharmacist", pages.pharmacist, "http_pharmacist_page"),
    ("GET", "/supervisor", pages.supervisor, "http_supervisor_page"),
    ("GET", "/join", pages.join, "http_join_page"),
    ("POST", "/api/signin", entry.sign_in, "http_signin"),
    ("POST", "/api/signout", entry.sign_out, "http_signout"),
    ("POST", "/api/join", entry.join, "http_join"),
    ("GET", "/api/me", entry.me, "http_me"),
    ("GET", "/api/consults", consults.consults, "http_consults"),
    ("POST", "/api/consults", consults.schedule, "http_schedule"),
    ("POST", "/api/consults/{consult_id}/link", consults.link, "http_link"),
    ("POST", "/api/consults/{consult_id}/link/mail", consults.mail_link, "http_mail_link"),
    ("POST", "/api/consults/{consult_id}/link/revoke", earlier.revoke, "http_revoke_link"),
    ("GET", "/api/consults/{consult_id}/earlier", earlier.earlier, "http_earlier"),
    ("POST", "/api/consults/{consult_id}/guests", consults.guest, "http_guest"),
    ("GET", "/api/consults/{consult_id}/guests", consults.guests, "http_guests"),
    ("POST", "/api/consults/{consult_id}/guests/revoke", consults.revoke_guest, "http_revoke_guest"),
    ("GET", TAKEAWAY + r"/{version:\d{1,6}}.{form:pdf|html}", documents.takeaway, "http_takeaway"),
    (
        "GET",
        TAKEAWAY + r"/{version:\d{1,6}}.{edition:large|larger|contrast}.{form:pdf|html}",
        documents.edition,
        "http_takeaway_edition",
    ),
    ("GET", TAKEAWAY + r"/{version:\d{1,6}}.txt", documents.text, "http_takeaway_text"),
    ("GET", TAKEAWAY + "/preview.html", documents.preview, "http_takeaway_preview"),
    ("GET", TAKEAWAY + r"/check/{version:\d{1,6}}", documents.check, "http_takeaway_check"),
    ("POST", "/api/consults/{consult_id}/pictures", pictures.send, "http_send_picture"),
    ("GET", "/api/consults/{consult_id}/pictures/{picture_id}.jpg", pictures.picture, "http_picture"),
    ("GET", "/api/consults/{consult_id}/fhir/{kind:smp|map|ecare}.json", exchange.export, "http_fhir_export"),
    (
        "GET",
        r"/api/consults/{consult_id}/letters/{letter_id:[\w:.-]{1,80}}.{form:pdf|html}",
        documents.letter,
        "http_letter",
    ),
    (
        "POST",
        r"/api/consults/{consult_id}/follow-ups/{follow_up_id:[\w:.-]{1,80}}",
        follow_ups.settle,
        "http_settle_follow_up",
    ),
    ("POST", "/api/history", exchange.read_history, "http_read_history"),
    ("POST", "/api/consults/{consult_id}/history", exchange.import_history, "http_import_history"),
    ("GET", "/api/scripts/{script_id}", lookups.script, "http_script"),
    ("GET", "/api/scripts/{script_id}/topics", lookups.topics, "http_topics"),
    ("POST", "/api/directions", lookups.directions, "http_directions"),
    ("POST", "/api/sig", lookups.sig, "http_sig"),
    ("GET", "/api/labels/{ingredient}", lookups.label, "http_label"),
    ("GET", "/api/drugs", lookups.drugs, "http_drugs"),
    ("GET", "/api/plan/report.{form:csv|json}", plan.report, "http_plan_report"),
    ("GET", "/api/problem-codes", lookups.problem_codes, "http_problem_codes"),
    ("GET", "/healthz", upkeep.health, "http_health"),
    ("GET", "/readyz", upkeep.ready, "http_ready"),
    ("POST", "/csp-report", upkeep.csp_report, "http_csp_report"),
    ("GET", assets.BASE + "{path:.+}", assets.static, "http_static"),
)


def add_routes(app: web.Application, parts: ApiParts) -> None:
    """Give the application its routes and what stands before them: headers, errors, guard, in this order.

    They come before what is there already, so that no refusal of any kind leaves without its headers.
    """
    app[PARTS] = parts
    app[upkeep.TOLD] = {}
    app.middlewares[:0] = [security_headers, failures, guard]
    for method, path, handler, name in ROUTES:
        app.router.add_route(method, path, handler, name=name)
        if method == "GET":
            app.router.add_route("HEAD", path, handler, name=name)
