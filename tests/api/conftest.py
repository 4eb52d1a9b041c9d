"""A small site behind the HTTP door: real storage and doorkeeper, two pharmacists, a supervisor, two patients."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, DummyCookieJar, web
from aiohttp.test_utils import TestServer
from yarl import URL

from consult.api.parts import ApiParts, Point, Site
from consult.api.routes import add_routes
from consult.app import scripts
from consult.auth.sessions import Doorkeeper
from consult.domain import commands as co
from consult.domain.identity import Account
from consult.domain.lexicon import DrugName
from consult.domain.mention import Findings, MedicationMention
from consult.domain.people import SYSTEM, Actor
from consult.domain.plan import Copy
from consult.domain.state import Consult
from consult.errors import BadFile, Refused
from consult.knowledge.lookup import Lookup
from consult.knowledge.site import LabelText
from consult.session.hub import Hub
from consult.session.shelf import Shelf
from consult.storage.audit import AuditTrail
from consult.storage.database import open_database
from consult.storage.documents import DocumentStore
from consult.storage.events import EventStore
from consult.storage.identities import AccountStore, InviteStore, SessionStore
from tests.quickly import new_database, quick_hash

ORIGIN = "http://visit.test"
PASSWORD = "four quiet herons wade"
BORN = "1951-03-04"
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
OWN = {"Origin": ORIGIN, "Consult-Request": "1"}
HTML = b"<!doctype html><html lang=en><head><title>T</title><style>p { color: #111 }</style></head><p>A</p></html>"
NAMES = (
    DrugName("metformin", ("metformin",), "generic"),
    DrugName("metformin er", ("metformin",), "generic"),
    DrugName("glucophage", ("metformin",), "brand"),
    DrugName("janumet", ("metformin", "sitagliptin"), "brand"),
)


@dataclass
class SiteUnderTest:
    parts: ApiParts
    server: TestServer
    audit: AuditTrail
    now: list[datetime]
    consults: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, dict[str, str]] = field(default_factory=lambda: {"anon": {}})

    async def call(
        self,
        who: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        headers: Mapping[str, str] | None = None,
        **options: Any,
    ) -> ClientResponse:
        """A request of one of the people; a change carries what a page of the site sends, unless told otherwise."""
        sent = dict(OWN if method != "GET" else {}) if headers is None else dict(headers)
        cookies = self.cookies[who]
        if cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if body is not None:
            options["data"] = json.dumps(body).encode()
            sent.setdefault("Content-Type", "application/json")
        address = URL(f"http://{self.server.host}:{self.server.port}{path}", encoded=True)
        async with ClientSession(cookie_jar=DummyCookieJar()) as client:
            response = await client.request(method, address, headers=sent, allow_redirects=False, **options)
            await response.read()
            return response

    async def enter(self, who: str, path: str, body: Any, role: str) -> None:
        response = await self.call("anon", "POST", path, body)
        assert response.status == 200, await response.text()
        self.cookies[who] = {f"consult_{role}": response.cookies[f"consult_{role}"].value}


async def _preview(consult: Consult, language: str, at: str) -> str:
    return f"<!doctype html><html lang={language or 'en'}><head><title>P</title></head><p>{consult.seq} {at}</p></html>"


async def _points(html: bytes, pdf: bytes, consult: Consult, at: str) -> Sequence[Point]:
    return (Point("1", f"Made from event {consult.seq} at {at}", html == HTML and pdf == b"%PDF-2", ""),)


async def _reading(consult: Consult, at: str) -> dict[str, Any]:
    return {"grade": 4.2, "hard": []}


async def _bundle(consult: Consult, kind: str, draft: bool) -> dict[str, Any]:
    if not draft:
        raise Refused("Not signed.", code="not-signed")
    return {"resourceType": "Bundle", "id": f"{consult.id}-{kind}"}


async def _read_line(text: str) -> Findings:
    """Understands one line."""
    if text != "metformin 1 po bid":
        return Findings()
    return Findings((MedicationMention(0, 9, "metformin", ("metformin",), "exact", None, "1 tablet", "oral", "2/day"),))


async def _label(ingredient: str) -> LabelText | None:
    if ingredient != "apixaban":
        return None
    return LabelText("apixaban", "set-1", "2026-05-01", "Eliquis", {"boxed_warning": "A box."}, "openFDA drug labels")


async def _read_file(content: bytes, name: str) -> dict[str, Any]:
    if not content:
        raise BadFile(name, None, "the file is empty")
    return {"patient": None, "fills": [], "report": [{"kind": "fill", "name": name, "fate": "left", "why": "no"}]}


async def _import_file(consult_id: str, content: bytes, name: str, actor: Actor, store: bool) -> list[dict[str, Any]]:
    if not content:
        raise BadFile(name, None, "the file is empty")
    return [{"kind": "fill", "name": f"{len(content)} bytes of {actor.id}", "fate": "taken", "why": ""}]


async def _health() -> Mapping[str, str]:
    return {"database": "ok", "sqlite": "an old release"}


def _send(socket: str, name: str, data: dict[str, Any]) -> None:
    """Nobody is connected."""


Build = Callable[..., Awaitable[SiteUnderTest]]


@pytest.fixture
async def build(tmp_path: Path) -> AsyncIterator[Build]:
    """Makes a site; what is given replaces a part of it."""
    database = await open_database(new_database(tmp_path / "site.db"))
    servers: list[TestServer] = []
    store = EventStore(database)
    now = [NOW]

    def clock() -> datetime:
        return now[0]

    hub = Hub(store, clock, _send)
    accounts, audit = AccountStore(database), AuditTrail(database)
    bundle = tmp_path / "app"
    _write_bundle(bundle)
    number = count(1)

    async def make(**given: Any) -> SiteUnderTest:
        parts = ApiParts(
            doorkeeper=Doorkeeper(accounts, InviteStore(database), SessionStore(database), clock, audit=audit),
            store=store,
            documents=DocumentStore(database),
            accounts=accounts,
            audit=audit,
            submit=hub.submit,
            scripts=scripts(),
            find_script=Shelf(DocumentStore(database), scripts()).script,
            find_names=Lookup(NAMES),
            strengths={"metformin": ("500 mg", "1000 mg")},
            read_line=_read_line,
            preview_takeaway=_preview,
            check_takeaway=_points,
            read_takeaway=_reading,
            export_fhir=_bundle,
            label_text=_label,
            read_history=_read_file,
            import_history=_import_file,
            ready=_health,
            site=Site("Riverside Pharmacy", "(555) 010-0199"),
            public_origin=ORIGIN,
            allowed_origins=(ORIGIN,),
            clock=clock,
            new_id=lambda: f"id-{next(number)}",
            secure_cookies=False,
            static_dir=bundle,
        )
        app = web.Application()
        add_routes(app, replace(parts, **given))
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return SiteUnderTest(replace(parts, **given), server, audit, now)

    yield make
    for server in servers:
        await server.close()
    await hub.close()
    await store.close()
    await database.close()


@pytest.fixture
async def site(build: Build) -> SiteUnderTest:
    """The site with everybody in it: consult "own" of Anna for patient Pat, "foreign" of Ben for patient Quinn."""
    site = await build()
    store = site.parts.accounts
    assert isinstance(store, AccountStore)
    for login, role in (("anna", "pharmacist"), ("ben", "pharmacist"), ("sue", "supervisor")):
        await store.add(Account(f"a-{login}", login, login.title(), role, quick_hash(PASSWORD)))  # type: ignore[arg-type]
        await site.enter(login, "/api/signin", {"login": login, "password": PASSWORD, "as": role}, role)
    for name, pharmacist, patient in (("own", "anna", "pat"), ("foreign", "ben", "quinn")):
        answer = await (await site.call(pharmacist, "POST", "/api/consults?as=pharmacist", new_consult(patient))).json()
        site.consults[name], site.links[patient] = answer["consult_id"], answer["link"]
        token = answer["link"].partition("#t=")[2]
        await site.enter(patient, "/api/join", {"token": token, "birth_date": BORN}, "patient")
        await _takeaways(site, answer["consult_id"], Actor(f"a-{pharmacist}", "pharmacist", pharmacist.title()))
    site.consults["absent"] = "no-such-consult"
    return site


def new_consult(patient: str) -> dict[str, Any]:
    return {
        "patient": {"name": patient.title(), "birth_date": BORN},
        "planned_at": (NOW + timedelta(minutes=5)).isoformat(),
        "medications": [{"name": "metformin"}],
    }


async def _takeaways(site: SiteUnderTest, consult_id: str, pharmacist: Actor) -> None:
    """Version 1 voided, version 2 issued, version 3 a draft."""
    parts, ids = site.parts, (f"{consult_id}-{one}" for one in count())
    documents = parts.documents
    assert isinstance(documents, DocumentStore)

    async def do(command: co.Command, actor: Actor = pharmacist) -> int:
        return await parts.submit(consult_id, command, actor, next(ids))

    seq = await do(co.OpenConsult())
    await do(co.ConfirmIdentity("video", ("name", "date of birth")))
    html = await documents.put(HTML, "text/html")
    large = await documents.put(HTML.replace(b"#111", b"#000"), "text/html")
    copies = (Copy("large.html", large), Copy("txt", await documents.put(b"A", "text/plain")))
    for version in (1, 2, 3):
        pdf = await documents.put(b"%%PDF-%d" % (version if version < 3 else 1), "application/pdf")
        await do(co.DraftTakeaway())
        await do(co.RecordTakeaway(seq, pdf, html, copies), SYSTEM)
        if version == 2:
            await do(co.SignTakeaway(2, pdf))
            await do(co.IssueTakeaway(2, pdf))


def _write_bundle(folder: Path) -> None:
    (folder / ".vite").mkdir(parents=True)
    (folder / "assets").mkdir()
    entries = (
        "src/signin/main.ts",
        "src/workspace/main.tsx",
        "src/supervisor/main.tsx",
        "src/patient/main.ts",
        "src/staff/es.ts",
    )
    manifest: dict[str, Any] = {
        source: {"file": f"assets/{number}-h4sh.js", "imports": ["_shared.js"], "css": [f"assets/{number}-h4sh.css"]}
        for number, source in enumerate(entries)
    }
    manifest["_shared.js"] = {"file": "assets/shared-h4sh.js"}
    manifest["src/workspace/notes/Editor.tsx"] = {"file": "assets/notes-h4sh.js", "imports": ["_shared.js"]}
    (folder / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    (folder / "assets" / "shared-h4sh.js").write_text("export {};\n")
