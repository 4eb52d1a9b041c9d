"""The composition root: builds each part once, hands the parts to each other, owns the clock and the id maker."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import sys
import time
import uuid
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from consult.assess.cases import check_records
from consult.auth.sessions import Doorkeeper
from consult.config import Settings, data_days, data_folder, word_list_folder
from consult.domain.consult import Consult, fold
from consult.domain.days import day_of
from consult.errors import BadFile, NotFound, SiteError
from consult.knowledge.lookup import Lookup
from consult.knowledge.site import Codes, LabelText, label_text, site_codes, with_site_names, with_site_rules
from consult.knowledge.strengths import read_strengths
from consult.knowledge.tables import Knowledge, load_knowledge
from consult.knowledge.vocabulary import Vocabulary, load_vocabulary
from consult.scripts import Script, load_library
from consult.session.analysis import Analysis
from consult.session.assist import Assist
from consult.session.delivery import Carrier, Courier, FolderCarrier, MailCarrier, MailServer
from consult.session.desk import Desk, Letterhead, written_from
from consult.session.hub import Hub
from consult.session.large_pages import settle
from consult.session.live import Clock
from consult.session.shelf import Shelf
from consult.session.workers import Workers
from consult.storage.audit import AuditTrail
from consult.storage.claims import Claims
from consult.storage.database import Database, open_database
from consult.storage.documents import DocumentStore
from consult.storage.events import EventStore
from consult.storage.identities import AccountStore, InviteStore, SessionStore
from consult.takeaway import pdf
from consult.takeaway.compose import compose
from consult.takeaway.letter import LetterInput, compose_letter, render_letter
from consult.takeaway.page import render_html
from consult.takeaway.papers import Papers, make_papers
from consult.takeaway.source import DisposalSites, Pharmacist, Site, TakeawayInput

if TYPE_CHECKING:
    from consult.nlp.annotate import Annotator
    from consult.nlp.qualifier.second_reading import SecondReading

log = logging.getLogger("consult")

__all__ = ["Core", "build_analysis", "check_records", "open_core"]


def utc_now() -> datetime:
    return datetime.now(UTC)


def new_id() -> str:
    """A UUID of version 7, which sorts by when it was made: the keys of what is saved one after the other then stand
    together in the database, and a commit touches fewer of its pages."""
    at = f"{time.time_ns() // 1_000_000:012x}"
    return f"{at[:8]}-{at[8:]}-7{str(uuid.uuid4())[15:]}"


@cache
def vocabulary() -> Vocabulary:
    words, folder = load_vocabulary(site=word_list_folder()), data_folder()
    if folder is None:
        return words
    from consult.nlp import wordlist  # not the language machinery, which a server process does not need

    return with_site_names(words, folder, wordlist.words("drug", "ordinary_words.txt"))


@cache
def knowledge() -> Knowledge:
    tables, folder = load_knowledge(), data_folder()
    return with_site_rules(tables, folder) if folder is not None else tables


def label_of(ingredient: str) -> LabelText | None:
    """The text of the newest label with just this ingredient, where the site has imported labels. Raises BadFile."""
    folder = data_folder()
    return label_text(folder, ingredient) if folder is not None else None


def check_site_data() -> None:
    """Read what the site has imported. Raises SiteError: a site never starts without the data that it was given."""
    try:
        vocabulary()
        knowledge()
    except BadFile as error:
        raise SiteError(f"The drug data cannot be used: {error.message}", code="drug-data-broken") from None


@cache
def codes() -> Codes:
    """What the codes of other systems mean."""
    return site_codes(vocabulary(), data_folder())


@cache
def scripts() -> dict[str, Script]:
    return dict(load_library())


@cache
def annotator(second: SecondReading | None = None) -> Annotator:
    """Reads note lines; `second` weighs what the cues gave in another way than the project has learnt."""
    from consult.nlp.annotate import Annotator  # a second of loading that a server process does not need

    words = vocabulary()
    return Annotator(words.names.values(), words.confused_pairs, words.common, words.phrases, read_strengths(), second)


def build_analysis(library: Mapping[str, Script] | None = None) -> Analysis:
    """Everything that the analysis needs, put together; worker processes call this. `library`: other scripts."""
    return Analysis(annotator(), knowledge(), scripts() if library is None else library, data_days())


class Workforce(Protocol):
    """Where the analysis is done: worker processes in a server, this process in a rehearsal."""

    async def run(self, job: str, argument: object) -> Any: ...


class HereAndNow:
    """The analysis in this process, for files and rehearsals."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis

    async def run(self, job: str, argument: object) -> Any:
        return self._analysis.run(job, argument)


def _no_sockets(socket: str, name: str, data: dict[str, Any]) -> None:
    """Nobody is connected to a rehearsal."""


@dataclass(frozen=True)
class Core:
    """The parts of a running site below its doors."""

    settings: Settings
    database: Database
    store: EventStore
    documents: DocumentStore
    accounts: AccountStore
    audit: AuditTrail
    doorkeeper: Doorkeeper
    hub: Hub
    assist: Assist
    desk: Desk
    shelf: Shelf
    courier: Courier
    clock: Clock
    new_id: Callable[[], str]
    sessions: SessionStore
    workforce: Workforce

    async def consult(self, consult_id: str, until: int | None = None) -> Consult | None:
        """The state of a consult from the store, or as it stood at a seq; None where there is none."""
        state = Consult(consult_id)
        while events := await self.store.read(consult_id, state.seq, 1000):
            state = fold(state, [event for event in events if until is None or event.seq <= until])
            if state.seq < events[-1].seq:
                break
        return state if state.phase != "none" else None

    async def source(self, consult: Consult, drafted_at: str) -> TakeawayInput:
        """What a version of the takeaway was written from: the consult as it stood then, and the time of drafting."""
        me = await self.pharmacist(consult.pharmacist_id)
        head = letterhead(self.settings)
        return written_from(consult, me, head, day_of(drafted_at, head.zone))

    async def pharmacist(self, account_id: str) -> Pharmacist:
        """Who signs, with the numbers of the site. Raises NotFound."""
        account = await self.accounts.by_id(account_id)
        if account is None:
            raise NotFound("There is no such account.")
        site = self.settings
        return Pharmacist(account.name, account.title, site.help_phone, site.help_hours, site.tty, site.help_hours_es)


async def pages(source: TakeawayInput) -> tuple[bytes, bytes]:
    """The takeaway as page and PDF, from one template."""
    html = render_html(compose(source))
    return html.encode(), await pdf.render_pdf(html)


class Printer:
    """What the desk has its papers made by."""

    async def takeaway(self, source: TakeawayInput) -> Papers:
        return await make_papers(source, pdf.render_pdf)

    async def letter(self, source: LetterInput) -> tuple[bytes, bytes]:
        html = render_letter(compose_letter(source))
        return html.encode(), await pdf.render_pdf(html)


def carriers(settings: Settings, clock: Clock) -> dict[str, Carrier]:
    """The ways of sending that the site has settings for."""
    found: dict[str, Carrier] = {}
    if settings.smtp_host:
        server = MailServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,  # type: ignore[arg-type]
            settings.smtp_sender,
            settings.smtp_user,
            settings.smtp_password,
        )
        found["email"] = MailCarrier(server, clock)
    if settings.drop_folder:
        found["file"] = FolderCarrier(Path(settings.drop_folder))
    return found


def letterhead(settings: Settings) -> Letterhead:
    site = Site(
        plan_name=settings.plan_name,
        letterhead=settings.letterhead or (settings.site_name,),
        plan_phone=settings.help_phone,
        form_line=settings.form_line,
        omb_line=settings.omb_line,
    )
    return Letterhead(site, DisposalSites(places=settings.disposal_places), settings.zone)


@contextlib.asynccontextmanager
async def open_core(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    workforce: Workforce | None = None,
    send: Callable[[str, str, dict[str, Any]], None] = _no_sockets,
    create: bool = False,
    library: Mapping[str, Script] | None = None,
) -> AsyncIterator[Core]:
    """A site's parts, open; everything is finished and closed at the end. `library`: other scripts than those that
    come with the program. Raises SiteError."""
    check_site_data()
    database = await open_database(settings.database, create=create, audit_key=settings.audit_key)
    workers: Workers | None = None
    try:
        store = EventStore(database)
        accounts = AccountStore(database)
        documents = DocumentStore(database)
        audit = AuditTrail(database)
        sessions = SessionStore(database)
        doorkeeper = Doorkeeper(accounts, InviteStore(database), sessions, clock, audit=audit)
        if workforce is None:
            workers = Workers(build_analysis, settings.analysts, settings.deadline)
            workers.start()
            workforce = workers
        hub = Hub(store, clock, send)
        shelf = Shelf(documents, scripts() if library is None else library)
        assist = Assist(workforce, hub.submit, shelf, clock, new_id, settings.zone)
        holder: list[Core] = []

        async def signer(account_id: str) -> Pharmacist:
            return await holder[0].pharmacist(account_id)

        desk = Desk(Printer(), documents, signer, letterhead(settings), hub.submit, clock, new_id)
        name, phone = settings.site_name, settings.help_phone
        sending, alone = carriers(settings, clock), Claims(database).alone
        courier = Courier(sending, documents, hub.submit, hub.fresh, new_id, name, phone, alone, settings.zone)
        hub.after_saving += [assist.notice, desk.notice, courier.notice]
        core = Core(
            settings,
            database,
            store,
            documents,
            accounts,
            audit,
            doorkeeper,
            hub,
            assist,
            desk,
            shelf,
            courier,
            clock,
            new_id,
            sessions,
            workforce,
        )
        holder.append(core)
        try:
            yield core
        finally:
            await assist.stop()
            await desk.stop()
            await courier.stop()
            await hub.close()
            await store.close()
    finally:
        if workers is not None:
            workers.stop()
        await asyncio.to_thread(pdf.close)
        await database.close()


def calm_interpreter() -> None:
    """Long-lived parts out of the collector's way, measured to halve the tail of the latency. The thread that commits
    needs the interpreter's lock several times a group; it has it within a tenth of a millisecond, not five, while the
    loop is busy. What is loaded goes on large pages (`session/large_pages.py`)."""
    sys.setswitchinterval(0.0001)
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    settle()


def names_for(typed: str) -> Sequence[Any]:
    return _lookup()(typed)


@cache
def _lookup() -> Lookup:
    words = vocabulary()
    return Lookup(words.names.values(), frozenset(words.top300))
