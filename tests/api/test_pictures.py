"""Still pictures: taken from whoever is let in, given to staff, kept without what a camera adds."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from aiohttp import ClientResponse

from consult.api.pictures import LARGEST, plain_jpeg
from consult.domain import commands as co
from consult.domain.people import Actor
from consult.errors import BadCommand
from tests.api.conftest import OWN, SiteUnderTest

START, END = b"\xff\xd8", b"\xff\xd9"
EXIF = b"\xff\xe1\x00\x20Exif\x00\x00 41.87 N, 87.62 W     !!"
COMMENT = b"\xff\xfe\x00\x0ataken at"


def jpeg(width: int = 640, height: int = 480, *extra: bytes) -> bytes:
    """The smallest thing with the structure of a JPEG."""
    frame = b"\xff\xc0\x00\x11\x08" + height.to_bytes(2, "big") + width.to_bytes(2, "big") + b"\x03" + b"\x00" * 9
    return (
        START + b"\xff\xe0\x00\x04JF" + b"".join(extra) + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00abc" + END
    )


async def let_in(site: SiteUnderTest, consult: str = "own", pharmacist: str = "anna") -> None:
    consult_id = site.consults[consult]
    guest = Actor(f"patient:{consult_id}", "patient", "Pat")
    await site.parts.submit(consult_id, co.JoinConsult(), guest, "in-1")
    me = Actor(f"a-{pharmacist}", "pharmacist")
    await site.parts.submit(consult_id, co.AdmitParticipant(guest.id), me, "in-2")


async def send(site: SiteUnderTest, who: str, content: bytes, consult: str = "own", **extra: str) -> ClientResponse:
    query = "".join(f"&{name}={value}" for name, value in extra.items())
    path = f"/api/consults/{site.consults[consult]}/pictures?as=patient{query}"
    return await site.call(who, "POST", path, headers={**OWN, "Content-Type": "image/jpeg"}, data=content)


async def test_staff_see_the_picture_without_place_and_time_and_it_is_audited(site: SiteUnderTest) -> None:
    await let_in(site)

    sent = await send(site, "pat", jpeg(640, 480, EXIF, COMMENT), about="med:metformin")

    assert sent.status == 201
    picture_id = (await sent.json())["picture_id"]
    path = f"/api/consults/{site.consults['own']}/pictures/{picture_id}.jpg?as="
    got = await site.call("anna", "GET", path + "pharmacist")
    assert (got.status, got.content_type) == (200, "image/jpeg")
    assert await got.read() == jpeg(640, 480)
    assert (await site.call("sue", "GET", path + "supervisor")).status == 200
    row = (await site.parts.store.read(site.consults["own"]))[-1].data.picture  # type: ignore[union-attr]
    assert (row.width, row.height, row.about) == (640, 480, "med:metformin")
    assert row.sha256 == hashlib.sha256(jpeg(640, 480)).hexdigest()
    assert [one.object for one in await site.audit.read() if one.action == "http_picture"] == [
        f"picture {picture_id}"
    ] * 2


async def test_only_whoever_is_let_in_sends_and_only_to_the_own_consult(site: SiteUnderTest) -> None:
    assert (await (await send(site, "pat", jpeg())).json())["code"] == "not-admitted"
    await let_in(site)

    assert (await send(site, "pat", jpeg(), "foreign")).status == 404
    assert (await send(site, "anna", jpeg())).status in (401, 403)
    assert (
        await site.call("pat", "GET", f"/api/consults/{site.consults['own']}/pictures/x.jpg?as=patient")
    ).status in (
        403,
        404,
    )
    await site.parts.submit(site.consults["own"], co.CloseConsult("done"), Actor("a-anna", "pharmacist"), "close")
    assert (await (await send(site, "pat", jpeg())).json())["code"] == "not-open"


async def test_what_is_too_large_or_no_jpeg_is_refused(site: SiteUnderTest) -> None:
    await let_in(site)

    assert (await send(site, "pat", b"\0" * (LARGEST + 1))).status == 413
    assert (await (await send(site, "pat", b"\x89PNG")).json())["code"] == "bad-picture"
    text = await site.call("pat", "POST", f"/api/consults/{site.consults['own']}/pictures?as=patient", {"a": 1})
    assert (await text.json())["code"] == "jpeg-needed"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        START + END,
        jpeg()[:-2],
        jpeg(0, 4),
        jpeg(4000, 4),
        START + b"\xff\xc0\xff\xff" + END,
        START + b"\xff\xc0\x00\x00" * 9 + END,
        jpeg().replace(b"\xff\xda", b"\x00\xda"),
    ],
)
def test_a_broken_picture_is_told_apart(content: bytes) -> None:
    with pytest.raises(BadCommand):
        plain_jpeg(content)


def test_a_picture_of_a_real_encoder_is_read(tmp_path: Path) -> None:
    from PIL import Image

    file = tmp_path / "pill.jpg"
    Image.new("RGB", (120, 90), "red").save(file, "JPEG", comment=b"mine", exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00")

    content, width, height = plain_jpeg(file.read_bytes())

    assert (width, height) == (120, 90)
    assert b"mine" not in content
    assert b"Exif" not in content
    (tmp_path / "plain.jpg").write_bytes(content)
    assert Image.open(tmp_path / "plain.jpg").convert("RGB").getpixel((5, 5)) == pytest.approx((254, 0, 0), abs=2)
