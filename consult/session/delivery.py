"""Sending a takeaway or a letter to a prescriber: the courier, its parcels, and the carriers that a site may have.

A request is an event, so one that waits when the server stops is taken up again. Before a carrier takes a parcel that
is an event too: it is taken once at most, and where the server stopped in the middle its outcome is told as unknown,
for a person to find out. Logs hold ids and codes only.
"""

from __future__ import annotations

import asyncio
import logging
import os
import smtplib
import ssl
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, tzinfo
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Literal, Protocol

from consult.domain import commands as co
from consult.domain.consult import Consult
from consult.domain.days import day_of
from consult.domain.events import Event
from consult.domain.people import SYSTEM
from consult.domain.plan import UNKNOWN, Delivery, Takeaway
from consult.errors import ConsultError, Unavailable
from consult.session.live import WAITS, Clock, Submit
from consult.takeaway.notice import Notice, letter_notice, notice_of

log = logging.getLogger("consult.delivery")
NAMES = {"standard": "pdf", "large": "large.pdf", "larger": "larger.pdf", "contrast": "contrast.html", "text": "txt"}
SECONDS = 60.0


class NotDelivered(Unavailable):
    """A carrier did not take the parcel: `code` is address-refused, server-unreachable, server-refused,
    encryption-missing, sign-in-refused or folder-unwritable; outcome-unknown where it may have taken it."""

    code = "not-delivered"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a carrier carries: `content` is one stored form of one version, `notice` the words around it."""

    id: str
    consult_id: str
    version: int
    to: str
    filename: str
    media_type: str
    content: bytes
    sha256: str
    notice: Notice
    kind: Literal["takeaway", "letter"] = "takeaway"


class Carrier(Protocol):
    """Takes a parcel to its receiver. A fax gateway is one too: `to` is then the number, the content a PDF.

    `carry` returns a proof (what the receiving side answered, at most 200 characters, nothing of the patient)
    once the receiving side has taken responsibility, and raises NotDelivered where it has not.
    """

    async def carry(self, parcel: Parcel) -> str: ...


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed over. `security` none is for a server on this machine only."""

    host: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = ""
    user: str = ""
    password: str = ""
    seconds: float = 20.0


class MailCarrier:
    """E-mail over SMTP, encrypted on its way to the server, with the paper attached.

    The subject and the text say nothing of a medicine, an illness or a name.
    """

    def __init__(self, server: MailServer, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    async def carry(self, parcel: Parcel) -> str:
        return await asyncio.to_thread(self._send, self.letter(parcel))

    async def tell(self, id: str, to: str, notice: Notice) -> str:
        """Send words without a paper; what the server answered. Raises NotDelivered."""
        return await asyncio.to_thread(self._send, self._message(id, to, notice))

    def _message(self, id: str, to: str, notice: Notice) -> EmailMessage:
        letter = EmailMessage()
        letter["From"] = self._server.sender
        letter["To"] = to
        letter["Subject"] = notice.subject
        letter["Date"] = format_datetime(self._clock())
        letter["Message-ID"] = f"<{id}@{self._server.sender.rpartition('@')[2]}>"
        letter["Auto-Submitted"] = "auto-generated"
        letter.set_content(notice.text)
        letter["Content-Language"] = notice.language  # behind the text, which drops what is said of a content before it
        return letter

    def letter(self, parcel: Parcel) -> EmailMessage:
        letter = self._message(parcel.id, parcel.to, parcel.notice)
        main, _, sub = parcel.media_type.partition(";")[0].partition("/")
        letter.add_attachment(parcel.content, maintype=main, subtype=sub, filename=parcel.filename)
        return letter

    def _send(self, letter: EmailMessage) -> str:
        server = self._server
        try:
            with self._open() as line:
                if server.security == "starttls":
                    line.starttls(context=ssl.create_default_context())
                if server.user:
                    line.login(server.user, server.password)
                line.ehlo_or_helo_if_needed()
                _expect(line.mail(server.sender), "server-refused")
                _expect(line.rcpt(str(letter["To"])), "address-refused")
                answer = self._handed_over(line, letter.as_bytes())
                return f"{_expect(answer, 'server-refused')} {answer[1].decode('ascii', 'replace')}"[:200]
        except UnicodeError:
            raise NotDelivered("The mail server takes no such address.", code="address-refused") from None
        except smtplib.SMTPNotSupportedError:
            raise NotDelivered("The mail server offers no encryption.", code="encryption-missing") from None
        except ssl.SSLError:
            raise NotDelivered("The mail server's certificate is not valid.", code="encryption-missing") from None
        except smtplib.SMTPAuthenticationError:
            raise NotDelivered("The mail server refused the sign-in.", code="sign-in-refused") from None
        except smtplib.SMTPResponseException:
            raise NotDelivered("The mail server refused the message.", code="server-refused") from None
        except (smtplib.SMTPException, OSError):
            raise NotDelivered("The mail server cannot be reached.", code="server-unreachable") from None

    @staticmethod
    def _handed_over(line: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
        """The server's answer to the message. A line that breaks from here on leaves open whether it has it."""
        try:
            return line.data(content)
        except smtplib.SMTPResponseException:  # it said no before the message
            raise
        except OSError:
            raise NotDelivered("The mail server went away while it took the message.", code=UNKNOWN) from None

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=context)
        return smtplib.SMTP(server.host, server.port, timeout=server.seconds)


def _expect(answer: tuple[int, bytes], code: str) -> int:
    if not 200 <= answer[0] < 300:
        raise NotDelivered("The mail server did not take the message.", code=code)
    return answer[0]


class FolderCarrier:
    """A file in a folder that another system collects from: whole or not at all, never over another file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def carry(self, parcel: Parcel) -> str:
        return await asyncio.to_thread(self._drop, parcel)

    def _drop(self, parcel: Parcel) -> str:
        ending = parcel.filename.partition(".")[2]
        name = f"{parcel.kind}-{parcel.consult_id}-{parcel.version}-{parcel.sha256[:8]}.{ending}"
        part: Path | None = None
        try:
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as stream:
                part = Path(stream.name)
                stream.write(parcel.content)
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(self._folder / name)
        except OSError:
            if part is not None:
                part.unlink(missing_ok=True)
            raise NotDelivered("The drop folder cannot be written.", code="folder-unwritable") from None
        return f"file {name[-80:]} sha256 {parcel.sha256}"


class Shelf(Protocol):
    async def get(self, sha256: str) -> bytes | None: ...


Fresh = Callable[[str], Awaitable[Consult]]  # a consult with all that any node has stored
Alone = Callable[[str], AbstractAsyncContextManager[None]]  # holds a piece of work against the other nodes


def nobody_else(what: str) -> AbstractAsyncContextManager[None]:
    """There are no other nodes."""
    return nullcontext()


class Courier:
    """`notice` is called with every stored change and takes what waits to its carrier, in the background."""

    def __init__(
        self,
        carriers: Mapping[str, Carrier],
        shelf: Shelf,
        submit: Submit,
        fresh: Fresh,
        new_id: Callable[[], str],
        site_name: str,
        site_phone: str,
        alone: Alone = nobody_else,
        zone: tzinfo | None = UTC,
    ) -> None:
        """`zone` is that of the site, whose day a file is named by; None: the machine's."""
        self._carriers = carriers
        self._shelf = shelf
        self._submit = submit
        self._fresh = fresh
        self._alone = alone
        self._zone = zone
        self.waits: tuple[float, ...] = WAITS
        self._new_id = new_id
        self._site = (site_name, site_phone)
        self._tasks: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._closing = False

    def notice(self, consult: Consult, events: tuple[Event, ...]) -> None:
        for delivery in consult.deliveries.values():
            key = (consult.id, delivery.id)
            if delivery.waiting and key not in self._tasks and not self._closing:
                task = asyncio.create_task(self._work(*key), name=f"delivery {delivery.id}")
                self._tasks[key] = task
                task.add_done_callback(lambda _, key=key: self._tasks.pop(key, None))  # type: ignore[misc]

    async def _work(self, consult_id: str, delivery_id: str) -> None:
        """Every node that has the consult in memory comes here; the first one sends, the others find it done. Whoever
        finds it begun and holds it alone knows that the one who began is gone."""
        done: co.Command | None = None
        command_id = self._new_id()
        for wait in (*self.waits, None):
            try:
                async with self._alone(f"delivery {consult_id} {delivery_id}"):
                    if done is None:
                        consult = await self._fresh(consult_id)
                        delivery = consult.deliveries.get(delivery_id)
                        if delivery is None or not delivery.waiting:
                            return
                        if delivery.stage == "sending":
                            done = co.RecordDeliveryFailure(delivery_id, UNKNOWN)
                        else:
                            begun = co.RecordDeliveryBegun(delivery_id)
                            await self._submit(consult_id, begun, SYSTEM, self._new_id())
                            done = await self._carried(consult, delivery)
                    await self._submit(consult_id, done, SYSTEM, command_id)
                return
            except Unavailable as error:  # what has gone out is not sent again; only its outcome is still to be stored
                log.warning("delivery %s: %s", delivery_id, error.code)
                if wait is not None:
                    await asyncio.sleep(wait)
            except ConsultError as error:
                log.warning("delivery %s: %s", delivery_id, error.code)
                return

    async def _carried(self, consult: Consult, delivery: Delivery) -> co.Command:
        """Send it; the command that records what became of it."""
        try:
            carrier = self._carriers.get(delivery.by)
            if carrier is None:
                raise NotDelivered("This site has no such way of sending.", code="no-carrier")
            parcel = await self._pack(consult, delivery)
            async with asyncio.timeout(SECONDS):
                return co.RecordDelivery(delivery.id, await carrier.carry(parcel))
        except TimeoutError:
            return co.RecordDeliveryFailure(delivery.id, UNKNOWN)  # its thread may still get through
        except ConsultError as error:
            return co.RecordDeliveryFailure(delivery.id, error.code)
        except Exception as error:
            log.error("delivery %s: %s", delivery.id, type(error).__name__)
            return co.RecordDeliveryFailure(delivery.id, "delivery-error")

    async def _pack(self, consult: Consult, delivery: Delivery) -> Parcel:
        if delivery.letter_id:
            return await self._pack_letter(consult, delivery)
        version = next((one for one in consult.takeaways if one.version == delivery.version), None)
        if version is None or version.stage != "issued":
            raise NotDelivered("This version is not the issued one any more.", code="not-issued")
        name = NAMES[delivery.edition]
        sha256 = _hash_of(version, name)
        content = await self._shelf.get(sha256)
        if content is None:
            raise NotDelivered("The document is not there.", code="document-missing")
        media_type = {"pdf": "application/pdf", "html": "text/html", "txt": "text/plain"}[name.rpartition(".")[2]]
        filename = f"medicine-visit-{day_of(version.issued_at, self._zone)}.{name}"
        notice = notice_of(version.language or "en", *self._site)
        return Parcel(
            delivery.id, consult.id, version.version, delivery.to, filename, media_type, content, sha256, notice
        )

    async def _pack_letter(self, consult: Consult, delivery: Delivery) -> Parcel:
        letter = consult.letters.get(delivery.letter_id)
        content = await self._shelf.get(letter.sha256) if letter else None
        if letter is None or content is None:
            raise NotDelivered("The document is not there.", code="document-missing")
        notice = letter_notice(*self._site)
        name = f"prescriber-letter-{day_of(letter.drafted_at, self._zone)}.pdf"
        return Parcel(
            delivery.id, consult.id, 0, delivery.to, name, "application/pdf", content, letter.sha256, notice, "letter"
        )

    async def finish(self, seconds: float) -> None:
        """Begin nothing more, and give what is on its way so long to tell its outcome."""
        self._closing = True
        if running := list(self._tasks.values()):
            await asyncio.wait(running, timeout=seconds)

    async def settle(self, consult_id: str) -> None:
        """Return when nothing of this consult is on its way."""
        while running := [task for key, task in self._tasks.items() if key[0] == consult_id]:
            await asyncio.wait(running)

    async def stop(self) -> None:
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _hash_of(version: Takeaway, name: str) -> str:
    if name == "pdf":
        return version.sha256
    found = next((one.sha256 for one in version.copies if one.name == name), None)
    if found is None:
        raise NotDelivered("This version was not made in that form.", code="no-such-edition")
    return found
