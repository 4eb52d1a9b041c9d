"""The takeaway as it was made: the stored bytes, and the check of a version against the format."""

from __future__ import annotations

from aiohttp import web

from consult.api.guard import NOTHING_HERE
from consult.api.headers import PDF_POLICY, document_policy
from consult.api.parts import PARTS
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import note, session_of
from consult.domain.consult import Consult
from consult.domain.days import day_of
from consult.domain.people import STAFF
from consult.domain.plan import Takeaway
from consult.errors import NotFound


async def takeaway(request: web.Request) -> web.Response:
    """One version, byte for byte as stored: a page, or a PDF (`download=1` to save it).

    Staff see every version; a patient only the one that is issued now.
    """
    return await _give(request, "http_takeaway", request.match_info["form"])


async def edition(request: web.Request) -> web.Response:
    """The same version in large, largest or high-contrast print."""
    name = f"{request.match_info['edition']}.{request.match_info['form']}"
    return await _give(request, "http_takeaway_edition", name)


async def text(request: web.Request) -> web.Response:
    """The same version as plain text, for reading aloud."""
    return await _give(request, "http_takeaway_text", "txt")


async def _give(request: web.Request, action: str, name: str) -> web.Response:
    consult, version = await _version(request)
    content = await _stored(request, _hash_of(version, name))
    await note(request, action, consult.id, f"takeaway {version.version} {name}")
    day = day_of(version.issued_at or consult.opened_at or consult.planned_at, request.app[PARTS].zone)
    return _response(request, content, f"medicine-visit-{day}.{name}")


def _response(request: web.Request, content: bytes, filename: str) -> web.Response:
    """Stored bytes as their file name says what they are; a page is never saved, what else there is may be."""
    kind = filename.rpartition(".")[2]
    if kind == "html":
        headers = {"Content-Security-Policy": document_policy(content)}
        return web.Response(body=content, headers=headers, content_type="text/html", charset="utf-8")
    place = "attachment" if request.query.get("download") == "1" else "inline"
    headers = {"Content-Disposition": f'{place}; filename="{filename}"'}
    if kind == "txt":
        return web.Response(body=content, headers=headers, content_type="text/plain", charset="utf-8")
    headers["Content-Security-Policy"] = PDF_POLICY
    return web.Response(body=content, headers=headers, content_type="application/pdf")


def _hash_of(version: Takeaway, name: str) -> str:
    """The hash of one form of a version. Raises NotFound where it was not made in that form."""
    kept = {"html": version.html_sha256, "pdf": version.sha256} | {one.name: one.sha256 for one in version.copies}
    if name not in kept:
        raise NotFound(NOTHING_HERE)
    return kept[name]


async def letter(request: web.Request) -> web.Response:
    """A letter to a prescriber, byte for byte as stored: a page, or a PDF (`download=1` to save it)."""
    row = await consult_row(request)
    consult = await consult_at(request.app[PARTS].store, row.id)
    found = consult.letters.get(request.match_info["letter_id"])
    form = request.match_info["form"]
    sha256 = (found.sha256 if form == "pdf" else found.html_sha256) if found else ""
    if found is None or not sha256:
        raise NotFound(NOTHING_HERE)
    content = await _stored(request, sha256)
    await note(request, "http_letter", consult.id, f"letter {found.id} {form}")
    day = day_of(found.drafted_at, request.app[PARTS].zone)
    return _response(request, content, f"prescriber-letter-{day}.{form}")


LANGUAGES = ("", "en", "es")


async def preview(request: web.Request) -> web.Response:
    """What a draft would say now, as a page marked as a preview; `language=` is "" for the patient's own.

    Nothing is stored. Raises NotFound where the consult has no patient yet, or for another language.
    """
    parts = request.app[PARTS]
    row = await consult_row(request)
    consult = await consult_at(parts.store, row.id)
    language = request.query.get("language", "")
    if consult.patient is None or language not in LANGUAGES:
        raise NotFound(NOTHING_HERE)
    content = (await parts.preview_takeaway(consult, language, parts.now())).encode()
    await note(request, "http_takeaway_preview", consult.id, f"takeaway preview at {consult.seq}")
    return _response(request, content, "preview.html")


async def check(request: web.Request) -> web.Response:
    """The points of the format's check for one version, judged with the consult as it stood when it was made."""
    parts = request.app[PARTS]
    consult, version = await _version(request)
    then = await consult_at(parts.store, consult.id, version.based_on)
    html = await _stored(request, version.html_sha256)
    pdf = await _stored(request, version.sha256)
    await note(request, "http_takeaway_check", consult.id, f"takeaway {version.version}")
    points = await parts.check_takeaway(html, pdf, then, version.drafted_at)
    reading = await parts.read_takeaway(then, version.drafted_at)
    return web.json_response(
        {
            "points": [
                {"number": one.number, "text": one.text, "passed": one.passed, "place": one.place} for one in points
            ],
            **reading,
        }
    )


async def _version(request: web.Request) -> tuple[Consult, Takeaway]:
    row = await consult_row(request)
    consult = await consult_at(request.app[PARTS].store, row.id)
    number = int(request.match_info["version"])
    found = next((one for one in consult.takeaways if one.version == number), None)
    if found is None:
        raise NotFound(NOTHING_HERE)
    if session_of(request).role not in STAFF and found.stage != "issued":
        if found.stage in ("recalled", "superseded"):
            raise NotFound(
                "This summary was taken back or replaced. Go back and look for the new one.", code=found.stage
            )
        raise NotFound(NOTHING_HERE)
    return consult, found


async def _stored(request: web.Request, sha256: str) -> bytes:
    content = await request.app[PARTS].documents.get(sha256)
    if content is None:
        raise NotFound(NOTHING_HERE)
    return content
