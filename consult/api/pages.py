"""The page shells (jinja2): readable before any script has loaded, filled by the browser bundle afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web

from consult.api import assets
from consult.api.headers import nonce_of
from consult.api.parts import PARTS
from consult.api.words import N_, NAMES, languages, negotiate, translator

ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
STAFF = {"pharmacist": "Pharmacist", "supervisor": "Supervisor"}
# What an error is in plain words, for whoever has opened an address in a browser.
ERRORS = {
    "sign-in-needed": N_(
        "This page is closed now. Open the link in our message again. If you work here, sign in again."
    ),
    "not-found": N_("We cannot find this page, or it is not meant for you."),
    "forbidden": N_("This page is not meant for you."),
    "internal": N_("Something went wrong on our side."),
    "unavailable": N_("This does not work right now. Nothing was lost. Please try again in a moment."),
    "too-many": N_("There were too many tries. Wait 15 minutes and try again."),
}


def render(request: web.Request, template: str, *, status: int = 200, source: str = "", **values: Any) -> web.Response:
    """A page; `source` names the bundle's entry that it loads, if any."""
    parts = request.app[PARTS]
    bundle = assets.entry(parts.static_dir, source) if source else None
    html = ENVIRONMENT.get_template(template).render(
        site=parts.site,
        now=parts.now(),
        nonce=nonce_of(request),
        bundle=bundle,
        **{"role": "", "language": "en", **values},
    )
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8")


def error_page(request: web.Request, status: int, code: str, message: str) -> web.Response:
    """An error in plain words, with the phone number; the code helps whoever is called."""
    language = negotiate(request)
    say = translator(language)
    plain = say(ERRORS[code]) if code in ERRORS else message
    others = [
        (tag, NAMES[tag], f"?{request.rel_url.update_query(lang=tag).query_string}")
        for tag in languages()
        if tag != language
    ]
    return render(
        request, "error.html.j2", status=status, code=code, message=plain, language=language, _=say, others=others
    )


async def home(request: web.Request) -> web.Response:
    return redirect("/signin")


async def signin(request: web.Request) -> web.Response:
    role = request.query.get("as", "pharmacist")
    role = role if role in STAFF else "pharmacist"
    return render(request, "signin.html.j2", source="src/signin/main.ts", role=role, title=STAFF[role])


async def pharmacist(request: web.Request) -> web.Response:
    return render(request, "workspace.html.j2", source="src/workspace/main.tsx", role="pharmacist", title="Pharmacist")


async def supervisor(request: web.Request) -> web.Response:
    return render(request, "workspace.html.j2", source="src/supervisor/main.tsx", role="supervisor", title="Supervisor")


async def join(request: web.Request) -> web.Response:
    """The patient's page. It needs no session: the link's token stays in the fragment, which is not sent."""
    language = negotiate(request)
    return render(
        request,
        "join.html.j2",
        source="src/patient/main.ts",
        role="patient",
        language=language,
        _=translator(language),
    )


def redirect(path: str) -> web.Response:
    return web.Response(status=303, headers={"Location": path})
