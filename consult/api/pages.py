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
STAFF = {"pharmacist": N_("Pharmacist"), "supervisor": N_("Supervisor")}
SIGN_IN_AS = {"pharmacist": N_("Sign in as pharmacist"), "supervisor": N_("Sign in as supervisor")}
LANGUAGE_COOKIE = "consult_language"
LANGUAGE_SECONDS = 365 * 24 * 3600
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
        **{"role": "", "language": "en", "texts": "", "zone": "", **values},
    )
    return web.Response(text=html, status=status, content_type="text/html", charset="utf-8")


def error_page(request: web.Request, status: int, code: str, message: str) -> web.Response:
    """An error in plain words, with the phone number; the code helps whoever is called."""
    language = negotiate(request)
    say = translator(language)
    plain = say(ERRORS[code]) if code in ERRORS else message
    return render(
        request,
        "error.html.j2",
        status=status,
        code=code,
        message=plain,
        language=language,
        _=say,
        others=_others(request, language),
    )


def _others(request: web.Request, language: str) -> list[tuple[str, str, str]]:
    """Tag, name and address of the same page in each other language."""
    return [
        (tag, NAMES[tag], f"?{request.rel_url.update_query(lang=tag).query_string}")
        for tag in languages()
        if tag != language
    ]


def _staff_page(request: web.Request, template: str, *, source: str, role: str) -> web.Response:
    """A page of the staff's in their language; one that was chosen by `lang=` is kept in a cookie."""
    parts = request.app[PARTS]
    language = negotiate(request, kept=request.cookies.get(LANGUAGE_COOKIE, ""))
    response = render(
        request,
        template,
        source=source,
        role=role,
        title=translator(language)(STAFF[role]),
        language=language,
        texts=assets.texts(parts.static_dir, language),
        zone=getattr(parts.zone, "key", ""),  # nothing where it is that of the machine
        _=translator(language),
        others=_others(request, language),
        other_doors=[(door, words) for door, words in SIGN_IN_AS.items() if door != role],
        sign_in_as=SIGN_IN_AS[role],
    )
    if request.query.get("lang", "") == language:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language,
            path="/",
            httponly=True,
            samesite="Strict",
            secure=parts.secure_cookies,
            max_age=LANGUAGE_SECONDS,
        )
    return response


async def home(request: web.Request) -> web.Response:
    return redirect("/signin")


async def signin(request: web.Request) -> web.Response:
    role = request.query.get("as", "pharmacist")
    role = role if role in STAFF else "pharmacist"
    return _staff_page(request, "signin.html.j2", source="src/signin/main.ts", role=role)


async def pharmacist(request: web.Request) -> web.Response:
    return _staff_page(request, "workspace.html.j2", source="src/workspace/main.tsx", role="pharmacist")


async def supervisor(request: web.Request) -> web.Response:
    return _staff_page(request, "workspace.html.j2", source="src/supervisor/main.tsx", role="supervisor")


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
