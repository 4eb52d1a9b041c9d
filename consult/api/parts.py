"""What the HTTP door is given by the composition root: values, callables, and the narrow ports that it uses."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any, Literal, Protocol

from aiohttp import web

from consult.auth.sessions import Pass
from consult.domain.commands import Command
from consult.domain.events import Event
from consult.domain.identity import Account, Invite, Session
from consult.domain.lexicon import DrugName
from consult.domain.mention import Findings
from consult.domain.people import Actor, Role
from consult.domain.state import Consult
from consult.domain.summary import ConsultRow
from consult.knowledge.site import LabelText
from consult.scripts import Script

Json = dict[str, Any]


class Doorkeeper(Protocol):
    """Who may enter. Raises coded errors (SignInNeeded, LinkRefused, TooMany) with uniform messages."""

    async def sign_in(self, login: str, password: str, role: Role, client: str) -> Pass: ...
    async def join(self, token: str, birth_date: str, client: str) -> Pass: ...
    async def who(self, token: str, role: Role) -> Session | None: ...
    async def sign_out(self, token: str) -> None: ...
    async def revoke(self, consult_id: str, member_id: str | None = None) -> int: ...
    async def standing(self, consult_id: str) -> Sequence[Invite]: ...
    async def shut_out(self, consult_id: str, member_id: str) -> None: ...
    async def invite(
        self, consult_id: str, member_id: str, name: str, birth_date: str, valid_from: datetime, valid_until: datetime
    ) -> str: ...


class Store(Protocol):
    """The event log and the rows of the list. `rows` are of one pharmacist or of all."""

    async def rows(self, pharmacist_id: str | None = None) -> Sequence[ConsultRow]: ...
    async def row(self, consult_id: str) -> ConsultRow | None: ...
    async def read(self, consult_id: str, after: int = 0, limit: int = 1000) -> Sequence[Event]: ...


class Accounts(Protocol):
    async def by_id(self, account_id: str) -> Account | None: ...


class Audit(Protocol):
    """The trail of reads and denials; ids and codes only."""

    async def record(
        self,
        at: str,
        actor: Actor,
        action: str,
        consult_id: str = "",
        object: str = "",
        outcome: Literal["ok", "denied", "failed"] = "ok",
        code: str = "",
    ) -> None: ...


class Documents(Protocol):
    """Stored bytes by their SHA-256 (hex)."""

    async def get(self, sha256: str) -> bytes | None: ...
    async def put(self, content: bytes, media_type: str) -> str: ...


class Submit(Protocol):
    """Puts a command on the consult's queue; gives the seq of its last event once it is stored."""

    def __call__(self, consult_id: str, command: Command, actor: Actor, command_id: str) -> Awaitable[int]: ...


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the format's check; `place` says where and why it fails or warns, "" where all is well."""

    number: str
    text: str
    passed: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """How this site presents itself to patients and staff."""

    name: str
    phone: str

    @property
    def dial(self) -> str:
        """The phone number as an address that a telephone dials, "" where there is none."""
        digits = "".join(char for char in self.phone if char in "+0123456789")
        return f"tel:{digits}" if digits else ""


@dataclass(frozen=True)
class ApiParts:
    """`public_origin` has no trailing slash ("https://visit.example.org"). `static_dir` holds the built bundle.

    `preview_takeaway` is given a consult, a language ("" is the patient's) and the time; the page a draft would have.
    `check_takeaway` is given the page's bytes, the PDF's, the consult as it stood when they were made, and the time.
    `read_takeaway` gives, for the same consult and time, its reading grade and its hard sentences as JSON.
    `find_script` gives a script by id in a version ("" is the present one); it raises BadFile.
    `export_fhir` gives a consult as a bundle ("smp", "map", "ecare"); unsigned only where a draft is asked for.
    `strengths` are those commonly sold, by ingredient. `read_line` reads one line as the analysis reads notes.
    `read_history` says what a file of another system holds; `import_history` adds it to a consult, or only says what
    would become of it, and gives the report. Both are given the bytes and the file's name, and raise BadFile.
    `accounts` gives the pharmacists' names for the list; `audit` takes reads and denials.
    `send_mail` is given a receiver, a language, a subject and a text; it raises Unavailable. None: no mail server.
    `zone` is that of the site's days; None for the machine's.
    `trusted_proxies` are addresses whose X-Forwarded-For is believed.
    """

    doorkeeper: Doorkeeper
    store: Store
    documents: Documents
    accounts: Accounts
    audit: Audit
    submit: Submit
    scripts: Mapping[str, Script]
    find_script: Callable[[str, str], Awaitable[Script | None]]
    find_names: Callable[[str], Sequence[DrugName]]
    strengths: Mapping[str, tuple[str, ...]]
    read_line: Callable[[str], Awaitable[Findings]]
    preview_takeaway: Callable[[Consult, str, str], Awaitable[str]]
    check_takeaway: Callable[[bytes, bytes, Consult, str], Awaitable[Sequence[Point]]]
    read_takeaway: Callable[[Consult, str], Awaitable[Json]]
    export_fhir: Callable[[Consult, str, bool], Awaitable[Json]]
    label_text: Callable[[str], Awaitable[LabelText | None]]
    read_history: Callable[[bytes, str], Awaitable[Json]]
    import_history: Callable[[str, bytes, str, Actor, bool], Awaitable[list[Json]]]
    ready: Callable[[], Awaitable[Mapping[str, str]]]
    site: Site
    public_origin: str
    allowed_origins: tuple[str, ...]
    clock: Callable[[], datetime]
    new_id: Callable[[], str]
    secure_cookies: bool
    static_dir: Path
    own_doors: tuple[str, ...] = ("/socket.io/",)  # path prefixes that guard themselves
    trusted_proxies: frozenset[str] = frozenset()
    send_mail: Callable[[str, str, str, str], Awaitable[object]] | None = None
    zone: tzinfo | None = UTC

    def client_of(self, request: web.Request) -> str:
        """The caller's address, for throttling."""
        peer = request.remote or ""
        if peer in self.trusted_proxies:
            return request.headers.get("X-Forwarded-For", peer).rpartition(",")[2].strip()[:64]
        return peer

    def now(self) -> str:
        """The time as it is stored: ISO 8601 UTC to the second."""
        return stamp(self.clock())


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


PARTS: web.AppKey[ApiParts] = web.AppKey("api_parts", ApiParts)
