"""Still pictures of a consult: taken from the page of whoever is let in, given to staff.

The page has made a small JPEG of it. Here it is judged by its structure only and written anew without what a camera
adds (place, time, make); the picture itself is never decoded on the server.
"""

from __future__ import annotations

from aiohttp import web

from consult.api.bodies import read_bytes
from consult.api.guard import LARGER, NOTHING_HERE
from consult.api.headers import PDF_POLICY
from consult.api.parts import PARTS
from consult.api.reading import consult_at, consult_row
from consult.api.sessions import actor_of, note
from consult.domain.commands import SendPicture
from consult.domain.text import Code
from consult.errors import BadCommand, Forbidden, NotFound, Refused

LARGEST = LARGER["http_send_picture"]
LONGEST_SIDE = 2048  # pixels
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
FRAMES = frozenset({0xC0, 0xC1, 0xC2})
DROPPED = frozenset({*range(0xE1, 0xF0), 0xFE})  # application data and comments


async def send(request: web.Request) -> web.Response:
    """Keep a picture and put it into the consult; the caller agreed to that by sending it."""
    parts, actor = request.app[PARTS], actor_of(request)
    row = await consult_row(request)
    about: Code = request.query.get("about", "")[:80]
    if request.content_type != "image/jpeg":
        raise BadCommand("Send a JPEG picture.", code="jpeg-needed")
    content, width, height = plain_jpeg(await read_bytes(request, LARGEST))
    consult = await consult_at(parts.store, row.id)
    member = consult.participants.get(actor.id)
    if member is None or member.state != "admitted":
        raise Forbidden("You are not let in yet.", code="not-admitted")
    if consult.phase != "open":
        raise Refused("Pictures can be sent while the visit is open.", code="not-open")
    sha256 = await parts.documents.put(content, "image/jpeg")
    command = SendPicture(parts.new_id(), sha256, width, height, about)
    await parts.submit(row.id, command, actor, parts.new_id())
    return web.json_response({"picture_id": command.picture_id}, status=201)


async def picture(request: web.Request) -> web.Response:
    """One picture of a consult, as it was kept."""
    parts = request.app[PARTS]
    row = await consult_row(request)
    consult = await consult_at(parts.store, row.id)
    found = next((one for one in consult.pictures if one.id == request.match_info["picture_id"]), None)
    content = await parts.documents.get(found.sha256) if found is not None else None
    if found is None or content is None:
        raise NotFound(NOTHING_HERE)
    await note(request, "http_picture", row.id, f"picture {found.id}")
    return web.Response(body=content, content_type="image/jpeg", headers={"Content-Security-Policy": PDF_POLICY})


def plain_jpeg(content: bytes) -> tuple[bytes, int, int]:
    """The JPEG without application data and comments, its width and height. Raises BadCommand."""
    kept, at, size = bytearray(b"\xff\xd8"), 2, (0, 0)
    if content[:2] != b"\xff\xd8" or content[-2:] != b"\xff\xd9":
        raise _no_jpeg()
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise _no_jpeg()
        marker = content[at + 1]
        if marker in ALONE:
            at += 2
            continue
        end = at + 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if end > len(content) or end < at + 4:
            raise _no_jpeg()
        if marker in FRAMES and end >= at + 9:
            size = (int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big"))
        if marker == 0xDA:  # what follows is the picture itself
            if not all(0 < side <= LONGEST_SIDE for side in size):
                raise BadCommand(f"A side of the picture is over {LONGEST_SIDE} pixels.", code="bad-picture")
            return bytes(kept + content[at:]), *size
        if marker not in DROPPED:
            kept += content[at:end]
        at = end
    raise _no_jpeg()


def _no_jpeg() -> BadCommand:
    return BadCommand("This is not a whole JPEG picture.", code="bad-picture")
