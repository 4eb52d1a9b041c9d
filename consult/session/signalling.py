"""The call: who takes part in it with which page, the relay of WebRTC signals, and the servers that help to connect.

A signal goes from one member to another of the same consult, both let in and both in the call. It is judged by
size and shape, handed over, and forgotten: never stored, never logged. A member takes part with one page at a time;
a second one takes over and the first is told. The media itself never comes here.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field

from consult.domain.people import Actor
from consult.errors import ConsultError, Forbidden, NotFound, Refused, TooMany
from consult.session.hub import Hub, Send
from consult.session.socket import Bucket

RATE, BURST = 10.0, 60.0  # signals a second of one socket, and at once; a page bundles its candidates
SDP = 24 * 1024  # characters; three people with two cameras stay under 12 KiB
CANDIDATES = 40
ASK_SECONDS = 0.15  # that the other nodes have to say who is in a call
SAY_SECONDS, REMOTE_SECONDS = 8.0, 20.0  # between two times of saying it, and how long it counts
MOST = 4  # members in a call: each sends to each

_Id = Annotated[str, Field(min_length=1, max_length=80)]
_Page = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[\w-]+$")]


class NotHere(ConsultError):
    """The other member is not in the call now; nothing was handed over."""

    code = "not-here"
    status = 409


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Look(_Strict):
    consult_id: _Id


class Ready(_Strict):
    """`page` is made by the page and new after each reload: the same page keeps its media, a new one starts over."""

    consult_id: _Id
    page: _Page


class Description(_Strict):
    type: Literal["offer", "answer"]
    sdp: str = Field(max_length=SDP)


class Candidate(_Strict):
    candidate: str = Field(max_length=1000)
    sdp_mid: str | None = Field(default=None, alias="sdpMid", max_length=40)
    sdp_m_line_index: int | None = Field(default=None, alias="sdpMLineIndex", ge=0, le=64)
    username_fragment: str | None = Field(default=None, alias="usernameFragment", max_length=300)


class SignalData(_Strict):
    """One description, or candidates, or the end; `page` is the sender's, `link` the attempt to connect."""

    page: _Page
    link: _Page
    description: Description | None = None
    candidates: list[Candidate] | None = Field(default=None, max_length=CANDIDATES)
    bye: bool = False


class Signal(_Strict):
    consult_id: _Id
    to: _Id
    data: SignalData


@dataclass(frozen=True, slots=True)
class Turn:
    """The site's relay. `ttl` is how long credentials open new relays, in seconds; `only` keeps the addresses of
    members from each other: all media goes through the relay."""

    urls: tuple[str, ...] = ()
    secret: str = ""
    ttl: int = 3600
    only: bool = False

    def credentials(self, opaque: str, now: float) -> tuple[str, str]:
        """User and password after the TURN REST draft; the user begins with the time at which they end."""
        username = f"{int(now) + self.ttl}:{opaque}"
        mac = hmac.new(self.secret.encode(), username.encode(), hashlib.sha1).digest()
        return username, base64.b64encode(mac).decode()

    def ice(self, consult_id: str, member_id: str, now: float) -> dict[str, Any]:
        """What a page needs to connect; the name in the credentials says nothing of who it is."""
        servers: list[dict[str, Any]] = []
        if self.urls:
            key = f"{consult_id}/{member_id}".encode()
            username, credential = self.credentials(
                hmac.new(self.secret.encode(), key, hashlib.sha256).hexdigest()[:16], now
            )
            servers.append({"urls": list(self.urls), "username": username, "credential": credential})
        return {"ice_servers": servers, "ice_policy": "relay" if self.only else "all", "ttl": self.ttl}


class Caller(Protocol):
    """Who asks: the connection that the namespace has authenticated."""

    @property
    def actor(self) -> Actor: ...


@dataclass(frozen=True, slots=True)
class Place:
    """The page with which a member takes part in a call: here, or at another `node` that says so again `until` then."""

    socket: str
    page: str
    node: str = ""
    until: float = 0.0


class OtherNodes(Protocol):
    """The way to the other nodes; what is said may be lost."""

    def say(self, message: dict[str, Any]) -> None: ...


class Alone:
    """There are no other nodes."""

    def say(self, message: dict[str, Any]) -> None:
        pass


Handle = Callable[[str, Caller, Any], Awaitable[dict[str, Any]]]


class Signalling:
    """The calls of this node. Handlers get the socket, the caller and the parsed message."""

    def __init__(self, hub: Callable[[], Hub], send: Send, clock: Callable[[], float] = time.time) -> None:
        self._hub = hub
        self._send = send
        self._clock = clock
        self._calls: dict[str, dict[str, Place]] = {}
        self._buckets: dict[str, Bucket] = {}
        self.turn = Turn()
        self.others: OtherNodes = Alone()

    @property
    def events(self) -> list[tuple[str, str, type[BaseModel], Handle]]:
        """Event name, line of the access table, form of the message, handler."""
        return [
            ("call_look", "socket_signal", Look, self.look),
            ("call_ready", "socket_ice", Ready, self.ready),
            ("call_leave", "socket_signal", Look, self.leave),
            ("signal", "socket_signal", Signal, self.signal),
        ]

    async def look(self, socket: str, caller: Caller, message: Look) -> dict[str, Any]:
        """Who is in the call."""
        await self._admitted(socket, caller, message.consult_id)
        return {"members": self._members(message.consult_id)}

    async def ready(self, socket: str, caller: Caller, message: Ready) -> dict[str, Any]:
        """Take part with this page. Gives the servers that help to connect, and the others with their pages.

        Asked again after a lost connection and before the credentials end. Whoever comes makes the first offer.
        """
        await self._admitted(socket, caller, message.consult_id)
        self._sweep()
        call = self._calls.setdefault(message.consult_id, {})
        before = call.get(caller.actor.id)
        if before is None and len(self._members(message.consult_id)) >= MOST:
            raise Refused("There are four people in the call already.", code="call-full")
        call[caller.actor.id] = Place(socket, message.page)
        if before is not None and not before.node and before.socket != socket and before.page != message.page:
            self._send(before.socket, "call_moved", {"consult_id": message.consult_id})
        if not isinstance(self.others, Alone):
            self._say_place(message.consult_id, caller.actor.id, message.page, ask=True)
            await asyncio.sleep(ASK_SECONDS)  # who is in the call at another node says so
        if before is None or before.page != message.page:
            await self._tell(message.consult_id)
        others = [{"id": one, "page": place.page} for one, place in call.items() if one != caller.actor.id]
        return {
            **self.turn.ice(message.consult_id, caller.actor.id, self._clock()),
            "others": others,
            "members": self._members(message.consult_id),
        }

    async def leave(self, socket: str, caller: Caller, message: Look) -> dict[str, Any]:
        """Hang up. The consult goes on, and the way back stays open."""
        call = self._calls.get(message.consult_id, {})
        place = call.get(caller.actor.id)
        if place is not None and place.socket == socket:
            del call[caller.actor.id]
            self.others.say(
                {"kind": "gone", "consult": message.consult_id, "member": caller.actor.id, "page": place.page}
            )
            await self._tell(message.consult_id)
        return {}

    async def signal(self, socket: str, caller: Caller, message: Signal) -> dict[str, Any]:
        """Hand one signal over. Raises NotHere where the other is not in the call, or not let in any more."""
        if not self._buckets.setdefault(socket, Bucket(RATE, BURST)).take():
            raise TooMany("Too many signals at once. Wait a second.")
        consult = await self._admitted(socket, caller, message.consult_id)
        call = self._calls.get(message.consult_id, {})
        mine = call.get(caller.actor.id)
        if mine is None or mine.socket != socket or mine.page != message.data.page:
            raise Refused("This page is not in the call.", code="not-in-call")
        other = call.get(message.to) if message.to != caller.actor.id else None
        known = consult.participants.get(message.to)
        if other is None or known is None or known.state != "admitted" or not self._joined(other, message.consult_id):
            raise NotHere("The other side is not in the call now.")
        data = message.data.model_dump(by_alias=True, exclude_defaults=True)
        told = {"consult_id": message.consult_id, "from": caller.actor.id, "data": data}
        if other.node:
            self.others.say({"kind": "signal", "to": message.to, "page": other.page, "told": told})
        else:
            self._send(other.socket, "signal", told)
        return {}

    # --- the other nodes

    def _say_place(self, consult_id: str, member_id: str, page: str, ask: bool = False) -> None:
        self.others.say({"kind": "place", "consult": consult_id, "member": member_id, "page": page, "ask": ask})

    def _say_places(self, consult_id: str) -> None:
        for member_id, place in self._calls.get(consult_id, {}).items():
            if not place.node and self._joined(place, consult_id):
                self._say_place(consult_id, member_id, place.page)

    async def heard(self, message: dict[str, Any]) -> None:
        """Another node says who takes part there, who hung up, or has a signal for a page that is here."""
        if message["kind"] == "signal":
            await self._deliver(message["to"], message["page"], message["told"])
            return
        consult_id, member_id, page = message["consult"], message["member"], message["page"]
        call = self._calls.setdefault(consult_id, {})
        before = call.get(member_id)
        if message["kind"] == "place":
            if message["ask"]:
                self._say_places(consult_id)
            if before is not None and not before.node and before.page != page:
                if not message["ask"]:
                    return  # said again by a node that has not heard yet that the member moved here
                self._send(before.socket, "call_moved", {"consult_id": consult_id})
            if before is None or before.node or before.page != page or not self._joined(before, consult_id):
                call[member_id] = Place("", page, message["node"], time.monotonic() + REMOTE_SECONDS)
        elif before is not None and before.node and before.page == page:
            del call[member_id]
        if (before is None or before.page != page or message["kind"] == "gone") and self._hub().here(consult_id):
            await self._tell(consult_id)

    async def _deliver(self, to: str, page: str, told: dict[str, Any]) -> None:
        consult_id = told["consult_id"]
        place = self._calls.get(consult_id, {}).get(to)
        if place is None or place.node or place.page != page or not self._joined(place, consult_id):
            return
        people = (await self._hub().live(consult_id)).consult.participants
        if all(one in people and people[one].state == "admitted" for one in (to, told["from"])):
            self._send(place.socket, "signal", told)

    async def say_again(self, every: float = SAY_SECONDS) -> None:
        """Tell the other nodes now and then who takes part here, until cancelled."""
        while True:
            await asyncio.sleep(every)
            self._sweep()
            for consult_id in list(self._calls):
                self._say_places(consult_id)

    # --- who is where

    async def _admitted(self, socket: str, caller: Caller, consult_id: str) -> Any:
        """The consult, for a page that has joined it and whose member is let in."""
        if consult_id not in self._hub().joined(socket):
            raise NotFound("There is no such consult.")
        consult = (await self._hub().seat(consult_id, caller.actor)).consult
        known = consult.participants.get(caller.actor.id)
        if known is None or known.state != "admitted":
            raise Forbidden("You are not let in yet.", code="not-admitted")
        if consult.phase != "open":
            raise Refused("There is no call before the visit begins or after it ends.", code="not-open")
        return consult

    def _joined(self, place: Place, consult_id: str) -> bool:
        if place.node:
            return time.monotonic() < place.until
        return consult_id in self._hub().joined(place.socket)

    def _members(self, consult_id: str) -> list[str]:
        return [one for one, place in self._calls.get(consult_id, {}).items() if self._joined(place, consult_id)]

    async def _tell(self, consult_id: str) -> None:
        """Every page of a member who is let in learns who is in the call."""
        told = {"consult_id": consult_id, "members": self._members(consult_id)}
        consult = (await self._hub().live(consult_id)).consult
        for member in self._hub().here(consult_id):
            known = consult.participants.get(member.actor.id)
            if known is not None and known.state == "admitted":
                self._send(member.socket, "call_members", told)

    def _sweep(self) -> None:
        """Forget the pages that are gone."""
        for consult_id, call in list(self._calls.items()):
            for member_id, place in list(call.items()):
                if not self._joined(place, consult_id):
                    del call[member_id]
            if not call:
                del self._calls[consult_id]
        self._buckets = {one: bucket for one, bucket in self._buckets.items() if self._hub().joined(one)}
