"""The server: the core behind its two doors (HTTP and Socket.IO), started and drained in order."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from consult.api.parts import ApiParts, Json, Point, Site
from consult.api.routes import add_routes
from consult.api.sessions import who_of
from consult.app import (
    Core,
    Workforce,
    calm_interpreter,
    carriers,
    knowledge,
    label_of,
    names_for,
    new_id,
    open_core,
    scripts,
    utc_now,
)
from consult.config import Settings
from consult.domain.consult import Consult
from consult.domain.days import day_of
from consult.domain.identity import Session
from consult.domain.people import Actor
from consult.errors import SiteError
from consult.exchange import as_body, as_rows, export_consult, import_history, read_history, taken
from consult.knowledge.site import LabelText
from consult.knowledge.strengths import read_strengths
from consult.session.delivery import MailCarrier
from consult.session.door import LIMITS, Door, guard, make_server
from consult.session.hint import Hint
from consult.session.metrics import Metrics
from consult.session.namespace import Namespace
from consult.session.signalling import Signalling, Turn
from consult.session.socket import Limits
from consult.session.upkeep import drop_expired, note_anchors, readiness
from consult.session.workers import Workers
from consult.storage.codec import make_ready
from consult.storage.database import PostgresqlDatabase
from consult.storage.party_line import PartyLine
from consult.takeaway.compose import preview
from consult.takeaway.conformance import check
from consult.takeaway.notice import Notice
from consult.takeaway.page import render_html
from consult.takeaway.papers import reading_of
from consult.takeaway.source import TakeawayInput

log = logging.getLogger("consult.server")
BACKLOG = 2048  # more waiting connections than the default: a reconnect storm must not be slowed by the kernel
DRAIN_SECONDS = 5.0
SENDING_SECONDS = 3.0  # that a mail on its way has to be taken
EXIT_SECONDS = 9.5  # from SIGTERM, even where a database or a page does not answer


@dataclass(frozen=True, slots=True)
class Running:
    """A server that serves."""

    core: Core
    port: int
    door: Door
    calls: Signalling

    @property
    def origin(self) -> str:
        settings = self.core.settings
        return settings.public_origin or f"http://{settings.host}:{self.port}"


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    *,
    create: bool = False,
    limits: Limits = LIMITS,
    workforce: Workforce | None = None,
    shared: bool = False,
) -> AsyncIterator[Running]:
    """Serve while the block runs, then drain: nothing new, queues finished, pages told to come back.

    With `shared` several processes listen on the one port.
    """
    sio = make_server(settings.origins, limits)
    recheck: list[Callable[[Session], Awaitable[bool]]] = []

    async def still_valid(session: Session) -> bool:
        return await recheck[0](session)

    namespace = Namespace(sio, new_id, still_valid, limits)
    make_ready()
    namespace.calls.turn = Turn(settings.turn_url, settings.turn_secret, settings.turn_ttl, settings.turn_only)
    async with open_core(settings, clock=utc_now, send=namespace.send, workforce=workforce, create=create) as core:
        namespace.serve(core.hub)
        recheck.append(core.doorkeeper.still_valid)
        app = web.Application(client_max_size=256 * 1024)
        parts = api_parts(core)
        app.middlewares.append(guard("/socket.io/", settings.origins, who_of(parts), limits))
        add_routes(app, parts)
        sio.attach(app)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port, backlog=BACKLOG, reuse_port=shared or None)
        await core.database.make_ready()
        calm_interpreter()  # takes a tenth of a second: before anybody can wait for it
        try:
            await site.start()
        except OSError as error:
            await runner.cleanup()
            if error.errno == errno.EADDRINUSE:
                raise SiteError(
                    f"Port {settings.port} is in use. Stop the other program or choose another: --port 8081",
                    code="port-in-use",
                ) from None
            raise SiteError(f"Cannot listen on {settings.host}:{settings.port}.", code="cannot-listen") from None
        shared_log = isinstance(core.database, PostgresqlDatabase)
        tasks = [
            asyncio.create_task(namespace.beacon(), name="beacon"),
            asyncio.create_task(core.hub.watch(shared=shared_log), name="watch"),
            asyncio.create_task(namespace.reap(), name="reap"),
            asyncio.create_task(namespace.recheck(), name="recheck"),
            asyncio.create_task(_wake(core), name="wake"),
        ]
        if settings.redis:
            hint = Hint(settings.redis, core.hub.told)
            core.hub.after_saving.append(hint.notice)
            tasks.append(asyncio.create_task(hint.run(), name="hint"))
        if isinstance(core.database, PostgresqlDatabase):
            line = PartyLine(core.database.address, namespace.calls.heard)
            namespace.calls.others = line
            tasks += [
                asyncio.create_task(line.run(), name="party line"),
                asyncio.create_task(namespace.calls.say_again(), name="calls"),
            ]
        measured = await _measure(core, sio, namespace, tasks)
        tasks += [
            asyncio.create_task(drop_expired(core.sessions, core.clock), name="sessions"),
            asyncio.create_task(note_anchors(core.audit, core.clock, settings.audit_anchors), name="anchors"),
        ]
        try:
            yield Running(core, _port(runner, settings), sio, namespace.calls)
        finally:
            await core.courier.finish(SENDING_SECONDS)  # before the queues close, which take the outcome
            core.hub.closing = True
            await site.stop()
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(DRAIN_SECONDS):
                    await namespace.drain()
                    await core.hub.close()
                    await asyncio.sleep(0)  # the last acknowledgements go out before the sockets close
                    await namespace.end_all()
            await runner.cleanup()
            if measured is not None:
                await measured.cleanup()


async def _measure(
    core: Core, door: Door, namespace: Namespace, tasks: list[asyncio.Task[None]]
) -> web.AppRunner | None:
    """Metrics on a port of their own, where one is set."""
    settings = core.settings
    if not settings.metrics_port:
        return None
    metrics, writer, workers = Metrics(), core.store.writer, core.workforce
    namespace.answered = metrics.answered
    core.hub.after_saving.append(metrics.notice)
    metrics.gauge("sockets", "Open sockets.", lambda: len(door.plain))
    metrics.gauge("live_consults", "Consults in memory.", lambda: core.hub.loaded)
    metrics.gauge("appends_waiting", "Appends that wait for their commit.", lambda: writer.waiting)
    metrics.gauge("group_commits", "Group commits since the start.", lambda: writer.groups)
    if isinstance(workers, Workers):
        metrics.gauge("analysis_waiting", "Jobs that wait for an analysis process.", lambda: workers.waiting)
        metrics.gauge("analysis_restarts", "Analysis processes that were replaced.", lambda: workers.replaced)
    tasks.append(asyncio.create_task(metrics.watch_loop(), name="loop lag"))
    try:
        return await metrics.serve(settings.metrics_host, settings.metrics_port)
    except OSError:
        raise SiteError(
            f"Cannot listen on {settings.metrics_host}:{settings.metrics_port} for metrics.", code="cannot-listen"
        ) from None


def _port(runner: web.AppRunner, settings: Settings) -> int:
    addresses = runner.addresses
    return int(addresses[0][1]) if addresses else settings.port


async def _wake(core: Core) -> None:
    """Take up what a stopped server left undone: lines without analysis, documents to be made or sent."""
    pending = await core.store.pending_analysis()
    unfinished = [row.id for row in await core.store.rows() if row.unfinished]
    for consult_id in dict.fromkeys((*pending, *unfinished)):
        try:
            await core.hub.live(consult_id)
        except Exception as error:
            log.warning("wake %s: %s", consult_id, type(error).__name__)


def api_parts(core: Core) -> ApiParts:
    settings = core.settings

    async def ready() -> Mapping[str, str]:
        workers = core.workforce
        alive = (lambda: workers.alive) if isinstance(workers, Workers) else (lambda: 1)
        return await readiness(core.database, alive, knowledge().date, core.clock())

    async def preview_takeaway(consult: Consult, language: str, made_at: str) -> str:
        source = replace(await core.source(consult, made_at), language=language)
        return await asyncio.to_thread(lambda: render_html(preview(source)))

    async def check_takeaway(html: bytes, printed: bytes, consult: Consult, made_at: str) -> Sequence[Point]:
        return await asyncio.to_thread(conformance, await core.source(consult, made_at), html, printed)

    async def read_takeaway(consult: Consult, made_at: str) -> dict[str, object]:
        return reading(await core.source(consult, made_at))

    async def export_fhir(consult: Consult, kind: str, draft: bool) -> dict[str, object]:
        return await export_consult(core, consult, kind, draft)  # type: ignore[arg-type]

    async def label_text(ingredient: str) -> LabelText | None:
        return await asyncio.to_thread(label_of, ingredient)

    async def read_file(content: bytes, name: str) -> dict[str, object]:
        read = await asyncio.to_thread(read_history, content, name, day_of(core.clock(), settings.zone))
        return {**as_body(read), "report": as_rows([*taken(read), *read.outcomes])}

    async def import_file(consult_id: str, content: bytes, name: str, actor: Actor, store: bool) -> list[Json]:
        read = await asyncio.to_thread(read_history, content, name, day_of(core.clock(), settings.zone))
        return as_rows(await import_history(core, consult_id, read, actor, store=store))

    post = carriers(settings, core.clock).get("email")

    async def send_mail(to: str, language: str, subject: str, text: str) -> None:
        assert isinstance(post, MailCarrier)
        await post.tell(core.new_id(), to, Notice(language, subject, text))

    return ApiParts(
        doorkeeper=core.doorkeeper,
        store=core.store,
        documents=core.documents,
        accounts=core.accounts,
        audit=core.audit,
        submit=core.hub.submit,
        scripts=scripts(),
        find_script=core.shelf.script,
        find_names=names_for,
        strengths=read_strengths(),
        read_line=core.assist.read,
        preview_takeaway=preview_takeaway,
        check_takeaway=check_takeaway,
        read_takeaway=read_takeaway,
        export_fhir=export_fhir,
        label_text=label_text,
        read_history=read_file,
        import_history=import_file,
        ready=ready,
        trusted_proxies=frozenset(settings.trusted_proxies),
        site=Site(settings.site_name, settings.help_phone),
        public_origin=settings.origin,
        allowed_origins=settings.origins,
        clock=core.clock,
        new_id=core.new_id,
        secure_cookies=settings.secure,
        zone=settings.zone,
        static_dir=settings.static,
        send_mail=send_mail if isinstance(post, MailCarrier) else None,
    )


def conformance(source: TakeawayInput, html: bytes, printed: bytes) -> list[Point]:
    """The eighteen points of a version, for the HTTP door."""
    points = check(source, html=html.decode(), pdf=printed)
    return [Point(str(one.number), one.name, one.passed, "; ".join(one.places)) for one in points]


def reading(source: TakeawayInput) -> dict[str, object]:
    """How hard a version is to read: its grade and, of the words that can be changed, each hard sentence."""
    found = reading_of(source)
    return {
        "grade": found.grade,
        "hard": [
            {"place": one.place, "text": one.text, "grade": one.grade, "suggestions": list(one.suggestions)}
            for one in found.hard
            if one.written
        ],
    }


async def serve(
    settings: Settings, ready: Callable[[Running], Awaitable[None]], *, create: bool = False, shared: bool = False
) -> None:
    """Serve until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    async with running(settings, create=create, shared=shared) as server:
        await ready(server)
        await stop.wait()
        last = threading.Timer(EXIT_SECONDS, os._exit, (1,))
        last.daemon = True
        last.start()
