"""The desk makes what waits: takeaways and letters, from the state as it is when they are made."""

from __future__ import annotations

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

from consult.domain import commands as co
from consult.domain.consult import Consult
from consult.domain.people import Actor
from consult.domain.plan import TodoItem, Way
from consult.domain.problem import Problem
from consult.session.delivery import Carrier, Courier, FolderCarrier, MailCarrier, Parcel
from consult.session.desk import Desk, Letterhead
from consult.session.hub import Hub
from consult.takeaway.compose import compose
from consult.takeaway.letter import LetterInput, compose_letter
from consult.takeaway.papers import HTML, PDF, Paper, Papers, reading_of
from consult.takeaway.pdf import RenderFailed
from consult.takeaway.review import lines_to_review
from consult.takeaway.source import Pharmacist, TakeawayInput
from tests.session.conftest import NOW, PHARMACIST, command_id
from tests.session.test_desk_delivery import Mailbox, dropped, serving

ASKED = Problem("p1", "safety", "Bleeding", recommendation="Consider stopping naproxen.")


class Shelf:
    """Keeps bytes by a short hash of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    async def put(self, content: bytes, media_type: str) -> str:
        key = f"{len(self.kept):064d}"
        self.kept[key] = content
        return key

    async def get(self, sha256: str) -> bytes | None:
        return self.kept.get(sha256)


class Press:
    """Composes for real and prints the words instead of pages; waits for `go` and fails where told."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.go.set()
        self.fails = 0
        self.made: list[str] = []

    async def takeaway(self, source: TakeawayInput) -> Papers:
        await self.go.wait()
        document = compose(source)
        self.made.append(" ".join(block.topic for block in document.todo.blocks))
        page = Paper("html", HTML, self.made[-1].encode())
        lines = lines_to_review(document)
        return Papers("en", page, Paper("pdf", PDF, b"%PDF " + page.content), (), (), reading_of(source), lines)

    async def letter(self, source: LetterInput) -> tuple[bytes, bytes]:
        await self.go.wait()
        if self.fails:
            self.fails -= 1
            raise RenderFailed("no", code="render-timeout")
        letter = compose_letter(source)
        self.made.append(letter.blocks[0].recommendation)
        return self.made[-1].encode(), b"%PDF " + self.made[-1].encode()


async def _signer(account_id: str) -> Pharmacist:
    return Pharmacist("Daniel Reyes", "PharmD", "555-0100", "weekdays")


def desk_of(hub: Hub, press: Press, shelf: Shelf) -> Desk:
    desk = Desk(press, shelf, _signer, Letterhead(), hub.submit, lambda: NOW, command_id)
    hub.after_saving.append(desk.notice)
    return desk


async def do(hub: Hub, *commands: co.Command, actor: Actor = PHARMACIST) -> Consult:
    for command in commands:
        await hub.submit("c1", command, actor, command_id())
    return (await hub.live("c1")).consult


async def settled(hub: Hub, desk: Desk) -> Consult:
    await desk.settle("c1")
    return (await hub.live("c1")).consult


async def test_a_letter_is_made_from_the_problems_as_they_are_written(opened: Hub) -> None:
    press, shelf = Press(), Shelf()
    desk = desk_of(opened, press, shelf)

    await do(opened, co.AddProblem(ASKED), co.WriteLetter("l1", "Dr. Chen", ("p1",), reply_by="2026-12-07"))
    letter = (await settled(opened, desk)).letters["l1"]

    assert letter.stage == "drafted"
    assert shelf.kept[letter.sha256] == b"%PDF Consider stopping naproxen."


async def test_what_changed_while_it_was_made_is_made_again(opened: Hub) -> None:
    press, shelf = Press(), Shelf()
    desk = desk_of(opened, press, shelf)
    press.go.clear()

    await do(opened, co.AddTodo(TodoItem("t1", "First", "Call us.")), co.DraftTakeaway())
    await do(opened, co.AddTodo(TodoItem("t2", "Second", "Call us.")))
    press.go.set()
    consult = await settled(opened, desk)

    assert press.made == ["First", "First Second"]
    assert [one.stage for one in consult.takeaways] == ["drafted"]
    assert [line.id for line in consult.takeaways[0].lines][:3] == ["cover", "todo:t1", "todo:t2"]


async def test_a_letter_that_cannot_be_made_says_why_and_can_be_asked_for_again(opened: Hub) -> None:
    press, shelf = Press(), Shelf()
    desk = desk_of(opened, press, shelf)
    press.fails = 1
    asking = co.WriteLetter("l1", "Dr. Chen", ("p1",))

    await do(opened, co.AddProblem(ASKED), asking)
    failed = (await settled(opened, desk)).letters["l1"]
    await do(opened, asking)
    made = (await settled(opened, desk)).letters["l1"]

    assert (failed.stage, failed.code, made.stage) == ("failed", "render-timeout", "drafted")


async def sent(hub: Hub, carriers: dict[str, Carrier], by: Way, to: str = "") -> Consult:
    """A letter made, signed and sent that way."""
    press, shelf = Press(), Shelf()
    desk = desk_of(hub, press, shelf)
    away = Courier(carriers, shelf, hub.submit, hub.fresh, command_id, "Prairie", "555-0100")
    hub.after_saving.append(away.notice)
    await do(hub, co.ConfirmIdentity("phone", ("full name", "date of birth")))
    await do(hub, co.AddProblem(ASKED), co.WriteLetter("l1", "Dr. Chen", ("p1",)))
    letter = (await settled(hub, desk)).letters["l1"]
    await do(hub, co.SendLetter("d1", "l1", letter.sha256, by, to))
    await away.settle("c1")
    return await settled(hub, desk)


async def test_a_letter_goes_out_as_it_was_made(opened: Hub, drop: Path) -> None:
    consult = await sent(opened, {"file": FolderCarrier(drop)}, "file")

    assert [(path.name.partition("-")[0], path.read_bytes()) for path in dropped(drop)] == [
        ("letter", b"%PDF Consider stopping naproxen.")
    ]
    assert (consult.letters["l1"].stage, consult.problems["p1"].stage) == ("sent", "sent")


async def test_a_letter_by_mail_reaches_the_mail_server_and_names_no_patient_around_it(opened: Hub) -> None:
    box = Mailbox()
    async with serving(box) as server:
        consult = await sent(opened, {"email": MailCarrier(server, lambda: NOW)}, "email", "chen@clinic.example")
    _, to, message = box.taken[0]
    body = message.get_body(("plain",))

    assert to == "chen@clinic.example"
    assert message["Subject"] == "Medication review letter from Prairie"
    assert body is not None
    assert "Lopez" not in body.get_content() + str(message["Subject"])
    attached = [(part.get_filename(), part.get_payload(decode=True)) for part in message.iter_attachments()]
    assert attached == [("prescriber-letter-2026-11-23.pdf", b"%PDF Consider stopping naproxen.")]
    proof = consult.deliveries["d1"]
    assert (proof.stage, proof.to, proof.proof) == ("delivered", "c***@clinic.example", "250 queued as 77")
    assert (consult.letters["l1"].stage, consult.problems["p1"].stage) == ("sent", "sent")


async def test_a_letter_that_the_mail_server_refuses_leaves_the_problem_open(opened: Hub) -> None:
    async with serving(Mailbox("RCPT")) as server:
        consult = await sent(opened, {"email": MailCarrier(server, lambda: NOW)}, "email", "chen@clinic.example")

    assert (consult.deliveries["d1"].stage, consult.deliveries["d1"].code) == ("failed", "address-refused")
    assert (consult.letters["l1"].stage, consult.problems["p1"].stage) == ("drafted", "open")


async def test_a_fax_gateway_of_the_site_gets_the_number_and_the_pdf(opened: Hub) -> None:
    class Gateway:
        taken: Parcel

        async def carry(self, parcel: Parcel) -> str:
            self.taken = parcel
            return "page 1 of 1 confirmed"

    gateway = Gateway()
    consult = await sent(opened, {"fax": gateway}, "fax", "555-010-0142")

    assert (gateway.taken.to, gateway.taken.media_type, gateway.taken.kind) == (
        "555-010-0142",
        "application/pdf",
        "letter",
    )
    assert (consult.deliveries["d1"].proof, consult.problems["p1"].stage) == ("page 1 of 1 confirmed", "sent")


async def test_a_visit_in_the_evening_is_of_the_day_on_the_sites_calendar(opened: Hub) -> None:
    made: list[tuple[str, str]] = []

    class Dated(Press):
        async def takeaway(self, source: TakeawayInput) -> Papers:
            made.append((source.date_of_service, source.prepared_on))
            return await super().takeaway(source)

    tokyo = Letterhead(zone=ZoneInfo("Asia/Tokyo"))  # 15:00 UTC is midnight there
    desk = Desk(Dated(), Shelf(), _signer, tokyo, opened.submit, lambda: NOW, command_id)
    opened.after_saving.append(desk.notice)

    await do(opened, co.AddTodo(TodoItem("t1", "First", "Call us.")), co.DraftTakeaway())
    await settled(opened, desk)

    assert made == [("2026-11-24", "2026-11-24")]
