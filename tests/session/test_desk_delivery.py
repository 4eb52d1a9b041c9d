"""An issued takeaway goes out: by e-mail to a real SMTP server on this machine, and as a file."""

from __future__ import annotations

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from consult.domain import commands as co
from consult.domain.people import SYSTEM, Actor
from consult.domain.plan import Copy, Delivery
from consult.domain.summary import summarise
from consult.errors import Unavailable
from consult.session.delivery import Carrier, Courier, FolderCarrier, MailCarrier, MailServer, NotDelivered, Parcel
from consult.session.hub import Hub
from consult.takeaway.notice import notice_of
from tests.session.conftest import NOW, PHARMACIST, command_id

PDF = b"%PDF-1.7 " + bytes(range(256)) * 20
NOTICE = notice_of("en", "Prairie Medication Review", "555-0100")


def dropped(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


class Mailbox:
    """An SMTP server: enough of RFC 5321 for one message a connection."""

    def __init__(self, refuse: str = "", greeting: str = "220 ready", *, leaves: bool = False) -> None:
        self.refuse = refuse
        self.leaves = leaves  # at the word that it refuses
        self.greeting = greeting
        self.taken: list[tuple[str, str, EmailMessage]] = []
        self.port = 0

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async def say(text: str) -> None:
            writer.write(text.encode() + b"\r\n")
            await writer.drain()

        sender = to = ""
        await say(self.greeting)
        while line := (await reader.readline()).decode():
            word = line[:4].upper().strip()
            if word and word == self.refuse and self.leaves:
                break
            if word and word == self.refuse:
                await say("550 no")
            elif word == "MAIL":
                sender = line.partition("<")[2].partition(">")[0]
                await say("250 ok")
            elif word == "RCPT":
                to = line.partition("<")[2].partition(">")[0]
                await say("250 ok")
            elif word == "DATA":
                await say("354 go on")
                body = (await reader.readuntil(b"\r\n.\r\n"))[:-3]
                body = body.replace(b"\r\n..", b"\r\n.")
                self.taken.append((sender, to, email.message_from_bytes(body, policy=email.policy.default)))  # type: ignore[arg-type]
                await say("250 queued as 77")
            elif word == "QUIT":
                await say("221 bye")
                break
            else:
                await say("250 ok")
        writer.close()


@asynccontextmanager
async def serving(box: Mailbox) -> AsyncIterator[MailServer]:
    server = await asyncio.start_server(box.talk, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        yield MailServer("127.0.0.1", port, "none", "desk@prairie.example", seconds=5)


def parcel(content: bytes = PDF) -> Parcel:
    return Parcel("d1", "c1", 1, "maria@mail.example", "visit.pdf", "application/pdf", content, "ab" * 32, NOTICE)


async def test_the_mail_server_gets_the_stored_bytes_and_its_answer_is_the_proof() -> None:
    box = Mailbox()
    async with serving(box) as server:
        proof = await MailCarrier(server, lambda: NOW).carry(parcel())
    sender, to, letter = box.taken[0]
    attached = [part.get_payload(decode=True) for part in letter.iter_attachments()]

    assert (sender, to) == ("desk@prairie.example", "maria@mail.example")
    assert attached == [PDF]
    assert letter["Message-ID"] == "<d1@prairie.example>"
    assert proof == "250 queued as 77"


async def test_subject_and_text_of_a_mail_name_neither_patient_nor_medicine() -> None:
    box = Mailbox()
    async with serving(box) as server:
        await MailCarrier(server, lambda: NOW).carry(parcel())
    body = box.taken[0][2].get_body(("plain",))

    assert box.taken[0][2]["Subject"] == "Your summary from Prairie Medication Review"
    assert body is not None
    assert body.get_content().split() == NOTICE.text.split()


async def test_words_go_out_without_a_paper() -> None:
    box = Mailbox()
    async with serving(box) as server:
        proof = await MailCarrier(server, lambda: NOW).tell("m1", "maria@mail.example", NOTICE)
    _, to, letter = box.taken[0]

    assert (to, letter["Subject"], letter["Message-ID"]) == (
        "maria@mail.example",
        NOTICE.subject,
        "<m1@prairie.example>",
    )
    assert letter["Content-Language"] == NOTICE.language
    assert (letter.is_multipart(), letter.get_content().split(), proof[:3]) == (False, NOTICE.text.split(), "250")


@pytest.mark.parametrize(
    ("refuse", "code"), [("RCPT", "address-refused"), ("DATA", "server-refused"), ("MAIL", "server-refused")]
)
async def test_a_refusal_of_the_server_is_told_with_its_code(refuse: str, code: str) -> None:
    box = Mailbox(refuse)
    async with serving(box) as server:
        with pytest.raises(NotDelivered) as caught:
            await MailCarrier(server, lambda: NOW).carry(parcel())

    assert caught.value.code == code
    assert box.taken == []


async def test_nothing_goes_over_a_line_that_cannot_be_encrypted() -> None:
    box = Mailbox()
    async with serving(box) as server:
        strict = MailServer(server.host, server.port, "starttls", server.sender)
        with pytest.raises(NotDelivered) as caught:
            await MailCarrier(strict, lambda: NOW).carry(parcel())

    assert caught.value.code == "encryption-missing"
    assert box.taken == []


async def test_a_server_that_is_not_there_is_told() -> None:
    async with serving(Mailbox()) as server:
        gone = server

    with pytest.raises(NotDelivered) as caught:
        await MailCarrier(gone, lambda: NOW).carry(parcel())
    assert caught.value.code == "server-unreachable"


async def test_a_dropped_file_is_whole_and_named_without_the_patient(drop: Path) -> None:
    proof = await FolderCarrier(drop).carry(parcel())

    assert [(path.name, path.read_bytes()) for path in dropped(drop)] == [("takeaway-c1-1-abababab.pdf", PDF)]
    assert "ab" * 32 in proof


async def test_a_folder_that_is_gone_is_told(drop: Path) -> None:
    with pytest.raises(NotDelivered) as caught:
        await FolderCarrier(drop / "gone").carry(parcel())

    assert caught.value.code == "folder-unwritable"


class Shelf:
    def __init__(self, **kept: bytes) -> None:
        self.kept = kept

    async def get(self, sha256: str) -> bytes | None:
        return self.kept.get(sha256[:1])


async def issued(hub: Hub) -> None:
    async def do(command: co.Command, actor: object = PHARMACIST) -> int:
        return await hub.submit("c1", command, actor, command_id())  # type: ignore[arg-type]

    await do(co.ConfirmIdentity("phone", ("full name", "date of birth")))
    await do(co.DraftTakeaway())
    seq = (await hub.live("c1")).consult.seq
    await do(co.RecordTakeaway(seq, "a" * 64, "b" * 64, (Copy("large.pdf", "l" * 64),)), SYSTEM)
    await do(co.SignTakeaway(1, "a" * 64))
    await do(co.IssueTakeaway(1, "a" * 64))


async def sent(hub: Hub, courier: Courier, command: co.DeliverTakeaway) -> Delivery:
    hub.after_saving.append(courier.notice)
    await hub.submit("c1", command, PHARMACIST, command_id())
    await courier.settle("c1")
    return (await hub.live("c1")).consult.deliveries[command.delivery_id]


def courier(hub: Hub, carriers: dict[str, Carrier], **kept: bytes) -> Courier:
    return Courier(carriers, Shelf(**kept), hub.submit, hub.fresh, command_id, "Prairie", "555-0100")


async def test_the_form_that_was_asked_for_is_the_one_that_goes_out(opened: Hub, drop: Path) -> None:
    await issued(opened)
    away = courier(opened, {"file": FolderCarrier(drop)}, a=b"ordinary", l=b"large")

    done = await sent(opened, away, co.DeliverTakeaway("d1", 1, "file", edition="large"))

    assert done.stage == "delivered"
    assert [path.read_bytes() for path in dropped(drop)] == [b"large"]


async def test_a_paper_is_named_by_the_day_on_the_sites_calendar(opened: Hub) -> None:
    await issued(opened)
    names: list[str] = []

    class Noting:
        async def carry(self, parcel: Parcel) -> str:
            names.append(parcel.filename)
            return "250 ok"

    tokyo = ZoneInfo("Asia/Tokyo")  # 15:00 UTC is midnight there
    away = Courier({"file": Noting()}, Shelf(a=PDF), opened.submit, opened.fresh, command_id, "P", "1", zone=tokyo)
    await sent(opened, away, co.DeliverTakeaway("d1", 1, "file"))

    assert names == ["medicine-visit-2026-11-24.pdf"]


async def test_a_way_that_the_site_does_not_have_fails_with_its_code(opened: Hub) -> None:
    await issued(opened)

    done = await sent(opened, courier(opened, {}), co.DeliverTakeaway("d1", 1, "fax", "555-010-0199"))

    assert (done.stage, done.code, done.to) == ("failed", "no-carrier", "***0199")


async def test_what_waits_is_sent_after_a_restart_and_once(opened: Hub, drop: Path) -> None:
    await issued(opened)
    await opened.submit("c1", co.DeliverTakeaway("d1", 1, "file"), PHARMACIST, command_id())
    live = await opened.live("c1")
    away = courier(opened, {"file": FolderCarrier(drop)}, a=PDF)

    away.notice(live.consult, ())
    away.notice(live.consult, ())
    await away.settle("c1")
    away.notice(live.consult, ())
    await away.settle("c1")

    assert live.consult.deliveries["d1"].stage == "delivered"
    assert [path.read_bytes() for path in dropped(drop)] == [PDF]


class Standing:
    """A carrier that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.begun, self.go = asyncio.Event(), asyncio.Event()

    async def carry(self, parcel: Parcel) -> str:
        self.taken.append(parcel.id)
        self.begun.set()
        await self.go.wait()
        return "250 ok"


async def begun(hub: Hub, carrier: Standing) -> Courier:
    """A courier that is in the middle of sending "d1"."""
    await issued(hub)
    away = courier(hub, {"file": carrier}, a=PDF)
    hub.after_saving.append(away.notice)
    await hub.submit("c1", co.DeliverTakeaway("d1", 1, "file", "x"), PHARMACIST, command_id())
    await carrier.begun.wait()
    return away


async def test_what_a_stopped_server_was_sending_is_not_sent_again_and_told_as_unknown(opened: Hub) -> None:
    carrier = Standing()
    await (await begun(opened, carrier)).stop()
    live = await opened.live("c1")
    again = courier(opened, {"file": carrier}, a=PDF)

    again.notice(live.consult, ())
    await again.settle("c1")
    again.notice(live.consult, ())
    await again.settle("c1")

    known = live.consult.deliveries["d1"]
    assert (known.stage, known.code, carrier.taken) == ("failed", "outcome-unknown", ["d1"])
    assert not summarise(live.consult).unfinished


async def test_a_courier_that_is_to_stop_lets_what_is_on_its_way_tell_its_outcome(opened: Hub) -> None:
    carrier = Standing()
    away = await begun(opened, carrier)

    stopping = asyncio.create_task(away.finish(5))
    await asyncio.sleep(0)
    carrier.go.set()
    await stopping
    await opened.submit("c1", co.DeliverTakeaway("d2", 1, "file"), PHARMACIST, command_id())

    consult = (await opened.live("c1")).consult
    assert (consult.deliveries["d1"].stage, consult.deliveries["d2"].stage) == ("delivered", "requested")
    assert carrier.taken == ["d1"]


async def test_an_outcome_that_comes_late_is_told_all_the_same(opened: Hub) -> None:
    await (await begun(opened, Standing())).stop()
    for command in (co.RecordDeliveryFailure("d1", "outcome-unknown"), co.RecordDelivery("d1", "250 ok")):
        await opened.submit("c1", command, SYSTEM, command_id())

    known = (await opened.live("c1")).consult.deliveries["d1"]
    assert (known.stage, known.code, known.proof) == ("delivered", "", "250 ok")


async def test_a_mail_server_that_goes_in_the_middle_of_the_message_leaves_it_unknown() -> None:
    box = Mailbox("DATA", leaves=True)
    async with serving(box) as server:
        with pytest.raises(NotDelivered) as caught:
            await MailCarrier(server, lambda: NOW).carry(parcel())

    assert caught.value.code == "outcome-unknown"


async def test_a_version_recalled_meanwhile_is_not_sent(opened: Hub, drop: Path) -> None:
    await issued(opened)
    await opened.submit("c1", co.DeliverTakeaway("d1", 1, "file"), PHARMACIST, command_id())
    await opened.submit("c1", co.RecallTakeaway(1, "wrong dose"), PHARMACIST, command_id())
    live = await opened.live("c1")
    away = courier(opened, {"file": FolderCarrier(drop)}, a=PDF)

    away.notice(live.consult, ())
    await away.settle("c1")

    assert (live.consult.deliveries["d1"].code, dropped(drop)) == ("not-issued", [])


async def test_what_went_out_is_not_sent_again_because_its_outcome_could_not_be_stored(opened: Hub, drop: Path) -> None:
    await issued(opened)
    carried: list[str] = []
    failing = iter([True])

    class Counting(FolderCarrier):
        async def carry(self, parcel: Parcel) -> str:
            carried.append(parcel.id)
            return await super().carry(parcel)

    async def submit(consult_id: str, command: co.Command, actor: Actor, command_id: str) -> int:
        if next(failing, False):
            raise Unavailable("The database does not answer.")
        return await opened.submit(consult_id, command, actor, command_id)

    away = Courier({"file": Counting(drop)}, Shelf(a=PDF), submit, opened.fresh, command_id, "Prairie", "555-0100")
    away.waits = (0.01,)

    done = await sent(opened, away, co.DeliverTakeaway("d1", 1, "file"))

    assert (done.stage, carried) == ("delivered", ["d1"])


async def test_an_address_that_no_mail_server_takes_is_told(drop: Path) -> None:
    async with serving(Mailbox()) as server:
        with pytest.raises(NotDelivered) as caught:
            await MailCarrier(server, lambda: NOW).carry(replace(parcel(), to="josé@mail.example"))

    assert caught.value.code == "address-refused"


async def test_a_file_that_cannot_be_put_in_its_place_leaves_nothing_behind(drop: Path) -> None:
    (drop / "takeaway-c1-1-abababab.pdf").mkdir()

    with pytest.raises(NotDelivered):
        await FolderCarrier(drop).carry(parcel())

    assert [path.name for path in dropped(drop)] == ["takeaway-c1-1-abababab.pdf"]
