"""The hub: every live consult of this node, its connected members, and the sending of what was stored."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

import orjson

from consult.domain.commands import Command, ScheduleConsult
from consult.domain.consult import Consult
from consult.domain.events import Event
from consult.domain.people import SYSTEM, Actor
from consult.errors import NotFound, Unavailable
from consult.session import audience
from consult.session.live import Clock, LiveConsult, Store

log = logging.getLogger("consult.hub")
Send = Callable[[str, str, dict[str, Any]], None]  # socket id, event name, data; it waits for nobody
IDLE_SECONDS = 600.0
ANSWER_BYTES = 256 * 1024  # of events in one answer; the page asks again for the rest


class SharedStore(Store, Protocol):
    async def heads(self, consult_ids: list[str]) -> dict[str, int]: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A connected page: its socket, and who it is."""

    socket: str
    actor: Actor


class Hub:
    """Loads consults on demand, one LiveConsult each, and sends stored events to their members."""

    def __init__(self, store: SharedStore, clock: Clock, send: Send) -> None:
        self._store = store
        self._clock = clock
        self.send = send
        self._live: dict[str, asyncio.Task[LiveConsult]] = {}
        self._members: dict[str, dict[str, Member]] = {}
        self._places: dict[str, set[str]] = {}  # by socket
        self.after_saving: list[Callable[[Consult, tuple[Event, ...]], None]] = []
        self.still_here: Callable[[str, Actor], None] = lambda consult_id, actor: None
        self.closing = False

    async def live(self, consult_id: str, *, must_exist: bool = True) -> LiveConsult:
        """The consult, read from the store the first time. Raises NotFound."""
        if self.closing:
            raise Unavailable("This server is going down. Try again in a moment.")
        task = self._live.get(consult_id)
        if task is None:
            task = asyncio.create_task(self._load(consult_id, must_exist))
            self._live[consult_id] = task
        try:
            return await asyncio.shield(task)
        except BaseException:
            if task.done() and self._live.get(consult_id) is task and (task.cancelled() or task.exception()):
                del self._live[consult_id]
            raise

    def at_hand(self, consult_id: str, actor: Actor) -> LiveConsult | None:
        """As `seat` where the consult is in memory; None where it has to be read. Raises NotFound, Unavailable."""
        if self.closing:
            raise Unavailable("This server is going down. Try again in a moment.")
        live = self._loaded(consult_id)
        if live is not None and not audience.may_see(live.consult, actor):
            raise NotFound("There is no such consult.")
        return live

    def _loaded(self, consult_id: str) -> LiveConsult | None:
        task = self._live.get(consult_id)
        return task.result() if task and task.done() and not task.cancelled() and not task.exception() else None

    async def _load(self, consult_id: str, must_exist: bool) -> LiveConsult:
        live = LiveConsult(consult_id, self._store, self._clock, partial(_Sending, self))
        await live.start(must_exist=must_exist)
        if live.consult.seq:
            self.saved(live.consult, ())
        return live

    async def submit(self, consult_id: str, command: Command, actor: Actor, command_id: str) -> int:
        """Put a command on the consult's queue; the seq of its last event once stored."""
        live = await self.live(consult_id, must_exist=not isinstance(command, ScheduleConsult))
        return await live.submit(command, actor, command_id)

    async def fresh(self, consult_id: str) -> Consult:
        """The consult with all that any node has stored until now. Raises NotFound, Unavailable."""
        live = await self.live(consult_id)
        await live.catch_up()
        return live.consult

    # --- members

    async def join(self, consult_id: str, member: Member) -> LiveConsult:
        """Enter first, read second. Raises NotFound where the member has no place in the consult."""
        live = await self.seat(consult_id, member.actor)
        self._members.setdefault(consult_id, {})[member.socket] = member
        self._places.setdefault(member.socket, set()).add(consult_id)
        return live

    async def seat(self, consult_id: str, actor: Actor) -> LiveConsult:
        """The consult for somebody who may act in it. Raises NotFound where the actor has no place in it."""
        live = await self.live(consult_id)
        if not audience.may_see(live.consult, actor):
            raise NotFound("There is no such consult.")
        return live

    def leave(self, consult_id: str, socket: str) -> None:
        members = self._members.get(consult_id, {})
        members.pop(socket, None)
        if not members:
            self._members.pop(consult_id, None)
        places = self._places.get(socket, set())
        places.discard(consult_id)
        if not places:
            self._places.pop(socket, None)

    def joined(self, socket: str) -> list[str]:
        """The consults that a socket has joined."""
        return list(self._places.get(socket, ()))

    def peopled(self) -> list[str]:
        """The consults that pages of this node have joined."""
        return list(self._members)

    def state(self, consult_id: str) -> Consult | None:
        """A consult as it is in memory; None where it is not."""
        live = self._loaded(consult_id)
        return None if live is None else live.consult

    def here(self, consult_id: str) -> list[Member]:
        """The pages that have joined a consult on this node."""
        return list(self._members.get(consult_id, {}).values())

    @property
    def loaded(self) -> int:
        """How many consults this node holds in memory."""
        return len(self._live)

    def connected(self, consult_id: str, member_id: str) -> bool:
        """Whether any page of this member is connected to this node."""
        return any(one.actor.id == member_id for one in self._members.get(consult_id, {}).values())

    async def read(self, consult_id: str, actor: Actor, since: int, limit: int) -> dict[str, Any]:
        """Stored events after `since` as this member may see them, with the range they cover."""
        live = await self.seat(consult_id, actor)
        events = await self._store.read(consult_id, max(0, since), limit)
        consult = live.consult  # as it is now: somebody may have been sent back to wait meanwhile
        shown: list[orjson.Fragment] = []
        to, room = max(0, since), ANSWER_BYTES
        for event in events:
            seen = audience.encoded(consult, actor, (event,))
            room -= sum(map(len, seen))
            if room < 0 and to > since:
                break
            shown += map(orjson.Fragment, seen)
            to = event.seq
        head = max(to, consult.seq)
        return {"events": shown, "to": to, "head": head, "more": to < head}

    def saved(self, consult: Consult, events: tuple[Event, ...]) -> None:
        """Tell whoever works on what is stored."""
        for listener in self.after_saving:
            try:
                listener(consult, events)
            except Exception as error:  # the others must hear of it, and the loop would print what it was about
                log.error("consult %s: %s after saving", consult.id, type(error).__name__)

    # --- tasks that the app runs

    async def watch(self, every: float = 1.0, *, shared: bool = True) -> None:
        """Notice what was written elsewhere, or here with its answer lost, and forget consults that nobody looks at.
        Where the log is not `shared` with other nodes only the second has to be asked for."""
        while True:
            await asyncio.sleep(every)
            loaded = {one: live for one in self._live if (live := self._loaded(one)) is not None}
            asked = loaded if shared else {one: live for one, live in loaded.items() if live.unsure}
            for live in asked.values():
                live.unsure = False  # a failure from now on is asked for in the next round
            try:
                heads = await self._store.heads(list(asked)) if asked else {}
                behind = [live for one, live in asked.items() if heads.get(one, 0) > live.consult.seq]
                await asyncio.gather(*(live.catch_up() for live in behind))
            except Exception as error:
                for live in asked.values():
                    live.unsure = True
                log.warning("watch: %s", type(error).__name__)
            now = self._clock()
            for consult_id, live in loaded.items():
                idle = (now - live.touched).total_seconds() > IDLE_SECONDS
                if idle and consult_id not in self._members:
                    self._live.pop(consult_id, None)
                    await live.stop()

    async def told(self, consult_id: str, seq: int) -> None:
        """Another node says that it has written: read it now, where a page here waits for it, instead of at the next
        look."""
        live = self._loaded(consult_id)
        if live is not None and consult_id in self._members and live.consult.seq < seq:
            with contextlib.suppress(Unavailable):
                live.enqueue(None, SYSTEM, "", lambda outcome: None)

    async def close(self) -> None:
        """Take nothing new, finish what is queued."""
        self.closing = True
        loaded = await asyncio.gather(*self._live.values(), return_exceptions=True)
        await asyncio.gather(*(live.stop() for live in loaded if isinstance(live, LiveConsult)))
        self._live.clear()


class _Sending:
    """Events of one moment on their way to the members: what they may see is written down once for all who see alike,
    which no two guests and no two supervisors need do."""

    def __init__(self, hub: Hub, consult: Consult, events: tuple[Event, ...]) -> None:
        self._hub, self._consult, self._events = hub, consult, events
        self._shaped: dict[tuple[str, str], dict[str, Any]] = {}

    def make_ready(self) -> None:
        with contextlib.suppress(Exception):  # `send` meets the same, and says so without what it is about
            for member in self._hub.here(self._consult.id):
                self._for(member.actor)

    def send(self) -> None:
        hub, consult, events = self._hub, self._consult, self._events
        left = [event for event in events if event.data.type == "participant_left"]
        for member in hub.here(consult.id):
            hub.send(member.socket, "events", self._for(member.actor))
            if any(getattr(event.data, "member_id", "") == member.actor.id for event in left):
                hub.still_here(consult.id, member.actor)  # another node has seen somebody go who is connected here
        asyncio.get_running_loop().call_soon(hub.saved, consult, events)  # the pages first

    def _for(self, actor: Actor) -> dict[str, Any]:
        key = (actor.role, "" if actor.role == "pharmacist" else actor.id)
        if key not in self._shaped:
            consult, events = self._consult, self._events
            seen = [orjson.Fragment(one) for one in audience.encoded(consult, actor, events)]
            span = {"consult_id": consult.id, "from": events[0].seq, "to": events[-1].seq}
            self._shaped[key] = {**span, "events": seen}
        return self._shaped[key]
