"""The Socket.IO events: join, fetch, leave, command. Each is parsed, authorised and always acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

import socketio
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from consult.auth.access import may
from consult.domain.commands import Command, JoinConsult, LeaveConsult
from consult.domain.identity import Session
from consult.domain.people import INVITED, STAFF, Actor
from consult.errors import BadCommand, ConsultError, Forbidden, NotFound, SignInNeeded, TooMany, Unavailable
from consult.session.door import LIMITS, SESSION, Door, Reply, event_text
from consult.session.hub import Hub, Member
from consult.session.live import LiveConsult
from consult.session.signalling import Signalling
from consult.session.socket import Bucket, Limits, PlainSocket
from consult.session.turns import Turns
from consult.session.upkeep import spread
from consult.session.wire import parse

log = logging.getLogger("consult.socket")
PAGE = 500  # events of one answer
RECHECKS = 200  # sessions looked up a second at most
DRAINING = {"retry_ms": 500}
Recheck = Callable[[Session], Awaitable[bool]]
M = TypeVar("M", bound=BaseModel)


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid")
    consult_id: str = Field(min_length=1, max_length=80)


class Join(_Message):
    since: int = Field(default=0, ge=0)


class Leave(_Message):
    pass


class CommandMessage(_Message):
    command_id: str = Field(min_length=8, max_length=80)
    type: str = Field(max_length=60)
    data: dict[str, Any] = Field(default_factory=dict)


@dataclass(slots=True)
class Connection:
    """One connected page. `order` and `turns` keep its commands in the order in which they were sent."""

    session: Session
    bucket: Bucket
    line: PlainSocket | None
    order: asyncio.Lock = field(default_factory=asyncio.Lock)
    entering: int = 0  # commands that wait for their consult to be read
    turns: Turns = field(default_factory=Turns)
    actor: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.actor = Actor(self.session.member_id, self.session.role, self.session.name)


class Namespace:
    """Registers the handlers on a Socket.IO server and is the hub's way out."""

    def __init__(self, server: Door, new_id: Callable[[], str], recheck: Recheck, limits: Limits = LIMITS) -> None:
        self._server = server
        self._new_id = new_id
        self._recheck = recheck
        self._limits = limits
        self._said: tuple[str, object, str] = ("", None, "")
        self._connections: dict[str, Connection] = {}
        self._away: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._hub: Hub | None = None
        self.answered: Callable[[float, str, str], None] = lambda seconds, outcome, action: None
        server.on("connect", self._connect)
        server.on("disconnect", self._disconnect)
        server.on("join", self._answer("socket_join", Join, self._join))
        server.on("fetch", self._answer("socket_fetch", Join, self._fetch))
        server.on("leave", self._answer("socket_leave", Leave, self._leave))
        server.at_once["command"] = self._command
        self.calls = Signalling(lambda: self.hub, self.send)
        for name, action, model, handle in self.calls.events:
            server.on(name, self._answer(action, model, handle))
        server.on("*", self._unknown)

    def serve(self, hub: Hub) -> None:
        """Name the hub; before that every event is refused."""
        self._hub = hub
        hub.still_here = self._still_here

    @property
    def hub(self) -> Hub:
        if self._hub is None:
            raise Unavailable("The server is starting. Try again in a moment.")
        return self._hub

    def send(self, socket: str, name: str, data: dict[str, Any]) -> None:
        """Send to one page, without waiting for it; one that does not read is cut off and comes back by seq."""
        if self._said[1] is not data or self._said[0] != name:  # the same for many pages: written as text once
            self._said = (name, data, event_text(name, data))
        if (connection := self._connections.get(socket)) is not None and connection.line is not None:
            connection.line.push(self._said[2])

    # --- connecting

    async def _connect(self, socket: str, environ: dict[str, Any], auth: object = None) -> None:
        try:
            session: Session = environ["aiohttp.request"][SESSION]
        except KeyError:
            raise socketio.exceptions.ConnectionRefusedError({"code": "sign-in-needed"}) from None
        bucket = Bucket(self._limits.messages, self._limits.messages_burst)
        line = self._server.line(socket)
        self._connections[socket] = Connection(session, bucket, line)
        if line is not None:
            line.page = socket

    async def _disconnect(self, socket: str, reason: object = None) -> None:
        connection = self._connections.pop(socket, None)
        if connection is None:
            return
        if connection.line is not None:
            connection.line.page = ""
        if self._hub is None:
            return
        for consult_id in self._hub.joined(socket):
            self._hub.leave(consult_id, socket)
            self._gone(consult_id, connection.actor)

    def _gone(self, consult_id: str, actor: Actor) -> None:
        key = (consult_id, actor.id)
        if key not in self._away and not self.hub.closing:
            self._away[key] = asyncio.create_task(self._tell_gone(consult_id, actor))

    def _still_here(self, consult_id: str, actor: Actor) -> None:
        """Another node lost this member, who came to this one: say so in the consult."""
        self._keep(self._tell_here(consult_id, actor))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        """Run a task that is let go when it is done."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _tell_here(self, consult_id: str, actor: Actor) -> None:
        with contextlib.suppress(ConsultError):
            if self.hub.connected(consult_id, actor.id):
                await self.hub.submit(consult_id, JoinConsult(), actor, self._new_id())

    async def _tell_gone(self, consult_id: str, actor: Actor) -> None:
        try:
            await asyncio.sleep(self._limits.grace)
            if not self.hub.connected(consult_id, actor.id):
                await self.hub.submit(consult_id, LeaveConsult(), actor, self._new_id())
        except ConsultError as error:
            log.info("presence: %s", error.code)
        finally:
            self._away.pop((consult_id, actor.id), None)

    # --- events

    def _answer(
        self,
        action: str,
        model: type[M],
        handle: Callable[[str, Connection, M], Awaitable[dict[str, Any]]],
    ) -> Callable[..., Awaitable[dict[str, Any]]]:
        """A handler that validates, authorises, and acknowledges whatever happens."""

        async def handler(socket: str, data: object = None, *rest: object) -> dict[str, Any]:
            began = time.perf_counter()
            try:
                connection, message = self._admit(socket, action, model, data)
                answer = {"ok": True, **await handle(socket, connection, message)}
            except Exception as error:
                return self._refusal(error, began, action)
            self.answered(time.perf_counter() - began, "ok", action)
            return answer

        return handler

    def _admit(self, socket: str, action: str, model: type[M], data: object) -> tuple[Connection, M]:
        """Who sent it, and what it says. Raises SignInNeeded, TooMany, Forbidden, BadCommand."""
        connection = self._connections.get(socket)
        if connection is None:
            raise SignInNeeded("Sign in first.")
        if not connection.bucket.take():
            if model is CommandMessage and isinstance(data, dict):
                connection.turns.put_off(str(data.get("command_id", ""))[:80])
            raise TooMany("Too many messages at once. Wait a second.")
        if not may(connection.session.role, action):
            raise Forbidden("This role may not do that.")
        try:
            return connection, model.model_validate(data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field_name = ".".join(str(part) for part in first["loc"]) or "message"
            code = "unknown-field" if first["type"] == "extra_forbidden" else "bad-field"
            raise BadCommand(f"{field_name}: {first['type']}", code=code) from None

    def _refusal(self, error: BaseException, began: float, action: str) -> dict[str, Any]:
        """The acknowledgement of what failed."""
        if isinstance(error, ConsultError):
            self.answered(time.perf_counter() - began, error.code, action)
            answer = {"ok": False, "code": error.code, "message": error.message}
            return {**answer, "detail": error.detail} if error.detail else answer
        self.answered(time.perf_counter() - began, "internal", action)
        log.error("%s: %s", action, type(error).__name__)
        return {"ok": False, "code": "internal", "message": "This did not work. Nothing was lost; try again."}

    async def _join(self, socket: str, connection: Connection, message: Join) -> dict[str, Any]:
        self._bound(connection, message.consult_id)
        actor = connection.actor
        await self.hub.join(message.consult_id, Member(socket, actor))
        if socket not in self._connections:  # it went while the consult was read; nobody else would take it out again
            self.hub.leave(message.consult_id, socket)
            raise SignInNeeded("Sign in first.")
        await self.hub.submit(message.consult_id, JoinConsult(), actor, self._new_id())
        page = await self.hub.read(message.consult_id, actor, message.since, PAGE)
        return {"member": {"id": actor.id, "role": actor.role, "name": actor.name}, **page}

    async def _fetch(self, socket: str, connection: Connection, message: Join) -> dict[str, Any]:
        self._bound(connection, message.consult_id)
        return await self.hub.read(message.consult_id, connection.actor, message.since, PAGE)

    async def _leave(self, socket: str, connection: Connection, message: Leave) -> dict[str, Any]:
        if message.consult_id in self.hub.joined(socket):
            self.hub.leave(message.consult_id, socket)
            if not self.hub.connected(message.consult_id, connection.actor.id):
                await self.hub.submit(message.consult_id, LeaveConsult(), connection.actor, self._new_id())
        return {}

    def _command(self, socket: str, data: object, reply: Reply) -> None:
        """Put a command on its consult's queue in this very moment; only where the consult has to be read first, or
        an earlier command of the page waits for that, a task does it."""
        began = time.perf_counter()
        try:
            connection, message = self._admit(socket, "socket_command", CommandMessage, data)
        except Exception as error:
            reply(self._refusal(error, began, "socket_command"))
            return

        def answer(outcome: int | ConsultError) -> None:
            if isinstance(outcome, ConsultError):
                refuse(outcome)
                return
            connection.turns.settle(message.command_id)
            reply({"ok": True, "seq": outcome})
            self.answered(time.perf_counter() - began, "ok", "socket_command")

        def refuse(error: BaseException) -> None:
            if isinstance(error, Unavailable):
                connection.turns.owe(message.command_id)
            else:
                connection.turns.settle(message.command_id)
            reply(self._refusal(error, began, "socket_command"))

        def enqueue(live: LiveConsult) -> None:
            connection.turns.take(message.command_id)
            live.enqueue(command, connection.actor, message.command_id, answer)

        async def enter() -> None:
            try:
                async with connection.order:
                    enqueue(await self.hub.seat(message.consult_id, connection.actor))
            except Exception as error:
                refuse(error)
            finally:
                connection.entering -= 1

        try:
            command = self._asked(connection, message)
            live = None if connection.entering else self.hub.at_hand(message.consult_id, connection.actor)
            if live is not None:
                enqueue(live)
                return
        except Exception as error:
            refuse(error)
            return
        connection.entering += 1
        self._keep(enter())

    def _asked(self, connection: Connection, message: CommandMessage) -> Command:
        """The command, where this member may give it. Raises NotFound, Forbidden, BadCommand."""
        self._bound(connection, message.consult_id)
        command = parse(message.type, message.data)  # an unknown command is told apart from a forbidden one
        if not may(connection.session.role, message.type):
            raise Forbidden("This role may not do that.")
        return command

    def _bound(self, connection: Connection, consult_id: str) -> None:
        """A patient's session is for one consult; foreign and absent ones look alike."""
        if connection.session.role in INVITED and connection.session.consult_id != consult_id:
            raise NotFound("There is no such consult.")

    async def _unknown(self, event: str, socket: str, *rest: object) -> dict[str, Any]:
        return {"ok": False, "code": "unknown-event", "message": "There is no such event."}

    # --- tasks that the app runs

    async def reap(self, every: float = 1.0) -> None:
        """Cut the sockets that do not read, and close those that never said who they are."""
        plain, unnamed = self._server.plain, dict[str, float]()
        while True:
            round_seconds = min(every, self._limits.connect / 2, self._limits.ping / 2)
            async for socket in spread(plain.values(), round_seconds):
                socket.look(time.monotonic())
            now = time.monotonic()
            waiting = [eio for eio in self._server.eio.sockets if eio not in plain or not plain[eio].page]
            unnamed = {eio: unnamed.get(eio, now) for eio in waiting}
            for eio, since in unnamed.items():
                if now - since > self._limits.connect:
                    await self._server.end(eio)

    async def beacon(self, every: float = 5.0) -> None:
        """Tell each page the head now and then, so that a lost last event is noticed. The staff of a consult with
        guests is told with it how well its pages at this node are connected (never stored), and the next ping leaves
        with it too: one message then costs what three would."""
        while True:
            async for consult_id in spread(self.hub.peopled(), every):
                consult = self.hub.state(consult_id)
                if consult is None:
                    continue
                here = self.hub.here(consult_id)
                head = {"consult_id": consult_id, "seq": consult.seq}
                for member in here:
                    self.send(member.socket, "head", head)
                if any(one.role in INVITED and one.present for one in consult.participants.values()):
                    told = {"consult_id": consult_id, "members": [row for one in here if (row := self._quality(one))]}
                    for member in here:
                        if member.actor.role in STAFF:
                            self.send(member.socket, "presence", told)
                now = time.monotonic()
                for member in here:
                    if (one := self._connections.get(member.socket)) is not None and one.line is not None:
                        one.line.ask(now, 0.5)

    def _quality(self, member: Member) -> dict[str, Any] | None:
        connection = self._connections.get(member.socket)
        if connection is None or connection.line is None:
            return None
        trip = connection.line.round_trip
        return {
            "id": member.actor.id,
            "round_trip_ms": None if trip is None else round(1000 * trip),
            "silent_s": round(connection.line.silent(time.monotonic()), 1),
        }

    async def recheck(self) -> None:
        """Close the sockets whose session has ended."""
        while True:
            sessions = {one.session.token_hash: one.session for one in self._connections.values()}
            await asyncio.sleep(max(self._limits.recheck, len(sessions) / RECHECKS))
            for token_hash, session in sessions.items():
                if await self._valid(session):
                    continue
                for socket, connection in list(self._connections.items()):
                    if connection.session.token_hash == token_hash:
                        await self._end(socket)

    async def _end(self, socket: str) -> None:
        with contextlib.suppress(KeyError):
            eio = self._server.manager.eio_sid_from_sid(socket, "/")
            await self._server.disconnect(socket)
            await self._server.end(eio)

    async def _valid(self, session: Session) -> bool:
        try:
            return await self._recheck(session)
        except Exception as error:
            log.warning("recheck: %s", type(error).__name__)
            return True  # the store does not answer now; nothing can be written either

    async def drain(self) -> None:
        """Tell every page to come back in a moment; nobody is told that somebody left."""
        for socket in list(self._connections):
            self.send(socket, "draining", DRAINING)
        for task in list(self._away.values()):
            task.cancel()

    async def end_all(self) -> None:
        """Close every socket, after what was handed over for it."""
        for socket in list(self._connections):
            await self._end(socket)
        for eio in list(self._server.eio.sockets):
            await self._server.end(eio)
