"""A join link that goes out by e-mail from the site."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from consult.errors import Unavailable
from tests.api.conftest import BORN, ORIGIN, SiteUnderTest

Build = Callable[..., Awaitable[SiteUnderTest]]
Mailing = Callable[["Post"], Awaitable[SiteUnderTest]]
PATH = "/api/consults/{}/link/mail?as=pharmacist"
TO = {"address": "maria@mail.example"}


class Post:
    """A mail server that keeps what it is given, or refuses it."""

    def __init__(self, code: str = "") -> None:
        self.taken: list[tuple[str, str, str, str]] = []
        self._code = code

    async def __call__(self, to: str, language: str, subject: str, text: str) -> None:
        if self._code:
            raise Unavailable("Not taken.", code=self._code)
        self.taken.append((to, language, subject, text))


@pytest.fixture
def mailing(site: SiteUnderTest, build: Build) -> Mailing:
    """The same site, with a mail server."""

    async def make(post: Post) -> SiteUnderTest:
        other = await build(send_mail=post)
        other.consults, other.links, other.cookies = site.consults, site.links, site.cookies
        return other

    return make


async def test_the_mail_holds_a_link_that_opens_and_names_nobody(mailing: Mailing) -> None:
    post = Post()
    site = await mailing(post)
    consult_id, before = site.consults["own"], site.links["pat"].partition("#t=")[2]

    answer = await site.call("anna", "POST", PATH.format(consult_id), TO)

    told = await answer.text()
    to, language, subject, text = post.taken[0]
    link = next(word for word in text.split() if word.startswith(ORIGIN))
    token = link.partition("#t=")[2]
    assert (answer.status, to, language) == (200, TO["address"], "en")
    assert token not in told, "the link goes to the patient alone"
    for word in ("Pat", "Maria", BORN, "metformin", consult_id):
        assert word not in subject + text.replace(link, "")
    assert (await site.call("anon", "POST", "/api/join", {"token": before, "birth_date": BORN})).status == 403
    assert (await site.call("anon", "POST", "/api/join", {"token": token, "birth_date": BORN})).status == 200


async def test_a_mail_is_in_the_audit_trail_without_its_address(mailing: Mailing) -> None:
    site = await mailing(Post("address-refused"))
    consult_id = site.consults["own"]

    answer = await site.call("anna", "POST", PATH.format(consult_id), TO)

    assert (answer.status, (await answer.json())["code"]) == (503, "address-refused")
    rows = [row for row in await site.audit.read() if row.action == "http_mail_link"]
    assert [(row.outcome, row.code, row.consult_id) for row in rows] == [
        ("ok", "", consult_id),
        ("failed", "address-refused", consult_id),
    ]
    assert TO["address"] not in repr(rows)


@pytest.mark.parametrize(
    "address", ["maria", "a@b", "a@b.c\nBcc: x@y.example", "a@b.example, c@d.example", "<a@b.example>"]
)
async def test_what_is_no_single_address_gets_nothing_and_ends_no_link(mailing: Mailing, address: str) -> None:
    post = Post()
    site = await mailing(post)

    answer = await site.call("anna", "POST", PATH.format(site.consults["own"]), {"address": address})

    token = site.links["pat"].partition("#t=")[2]
    assert (answer.status, post.taken) == (400, [])
    assert (await site.call("anon", "POST", "/api/join", {"token": token, "birth_date": BORN})).status == 200


async def test_a_site_without_a_mail_server_says_so(site: SiteUnderTest) -> None:
    answer = await site.call("anna", "POST", PATH.format(site.consults["own"]), TO)

    assert (answer.status, (await answer.json())["code"]) == (409, "no-carrier")
    assert (await (await site.call("anna", "GET", "/api/me?as=pharmacist")).json())["mail"] is False
