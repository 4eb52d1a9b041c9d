"""The door's promises, on a real served site. Each test shows the attack beside what an honest page may do."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from socketio.packet import Packet

from consult.session.door import TextPacket
from tests.session.served import Served, answer_of, answers_of, closed, command_id, line, serving


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path) as one:
        yield one


def put(number: int, line_id: str, text: str, consult_id: str = "own") -> str:
    message = {
        "consult_id": consult_id,
        "command_id": command_id(),
        "type": "put_note_line",
        "data": line(line_id, text),
    }
    return f"42{number}" + json.dumps(["command", message])


async def refusal(dialled: Any) -> int:
    """The HTTP status of a refused handshake; 101 where the socket opened."""
    try:
        ws = await dialled
    except aiohttp.WSServerHandshakeError as error:
        return error.status
    await ws.close()
    return 101


FOREIGN: list[Callable[[str], str | None]] = [
    lambda own: "https://evil.example",
    lambda own: None,
    lambda own: "null",
    lambda own: "",
    lambda own: f"{own}.evil.example",
    lambda own: f"{own}@evil.example",
    lambda own: own.replace("http:", "https:"),
    lambda own: f"{own[:-1]}",
    lambda own: f"{own}/",
    lambda own: own.replace("127.0.0.1", "127.0.0.2"),
]


@pytest.mark.parametrize("foreign", FOREIGN)
async def test_another_sites_page_cannot_use_the_pharmacists_cookie(
    served: Served, foreign: Callable[[str], str | None]
) -> None:
    stolen = await refusal(served.dial("anna", {"Origin": foreign(served.origin)}))
    behind_a_name = await refusal(
        served.dial(
            "anna", {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example", "Host": "evil.example"}
        )
    )

    assert (stolen, behind_a_name) == (403, 403)
    assert await refusal(served.dial("anna")) == 101


async def test_long_polling_with_a_known_sid_reads_nothing(served: Served) -> None:
    ws = await served.dial("anna")
    sid = json.loads((await ws.receive_str())[1:])["sid"]
    await ws.send_str("40{}")

    statuses = []
    cookie = {"Cookie": f"consult_pharmacist={served.cookies['anna']['consult_pharmacist']}", "Origin": served.origin}
    for headers in ({}, cookie):
        for query in ("transport=polling", f"transport=polling&sid={sid}", f"transport=websocket&sid={sid}", "j=0"):
            url = f"{served.origin}/socket.io/?EIO=4&as=pharmacist&{query}"
            for method in ("GET", "POST", "OPTIONS"):
                async with served.http.request(method, url, headers=headers) as response:
                    statuses.append(response.status)

    assert set(statuses) == {400}
    assert await refusal(served.dial("anna", query=f"as=pharmacist&sid={sid}")) == 400


async def test_nobody_enters_without_a_session_of_the_role(served: Served) -> None:
    strangers = [
        await refusal(served.dial("anna", {"Cookie": None})),
        await refusal(served.dial("anna", {"Cookie": "consult_pharmacist=guessed"})),
        await refusal(served.dial("anna", {"Cookie": "consult_pharmacist=" + "x" * 5000})),
        await refusal(served.dial("anna", query="as=supervisor")),
        await refusal(served.dial("pat", query="as=pharmacist")),
        await refusal(served.dial("anna", query="as=system")),
    ]

    assert strangers == [401] * 6
    assert await refusal(served.dial("pat")) == 101


async def test_a_patient_of_another_consult_finds_it_absent(served: Served) -> None:
    page = await served.page("pat")

    answers = {}
    for consult_id in ("foreign", "nowhere"):
        for name in ("join", "fetch", "leave"):
            answers[name, consult_id], _ = await page.ask(name, {"consult_id": consult_id})
        chat = {"consult_id": consult_id, "command_id": command_id(), "type": "send_chat", "data": {"text": "hello"}}
        answers["command", consult_id], _ = await page.ask("command", chat)

    for name in ("join", "fetch", "leave", "command"):
        assert answers[name, "foreign"] == answers[name, "nowhere"]
    assert answers["join", "foreign"]["code"] == "not-found"
    assert answers["command", "foreign"]["code"] == "not-found"


async def test_a_socket_that_never_says_who_it_is_is_closed_and_a_page_is_not(tmp_path: Path) -> None:
    async with serving(tmp_path, connect=0.4) as served:
        page = await served.page("anna")
        silent = await served.dial("anna")
        left = await served.raw("ben")
        await left.send_str("41")  # leaves the namespace and stays

        assert await closed(silent)
        assert await closed(left)
        assert (await page.ask("fetch", {"consult_id": "own"}))[0]["ok"]
        assert len(served.site.door.environ) == 1


async def test_binary_is_refused_and_nothing_of_it_is_kept(served: Served) -> None:
    header = '51-["command",{"_placeholder":true,"num":0}]'
    assert Packet(encoded_packet=header).attachment_count == 1  # the library would wait for what follows
    with pytest.raises(ValueError, match="binary"):
        TextPacket(encoded_packet=header)

    ws = await served.raw("pat")
    await ws.send_str("4" + header)
    await ws.send_str("451-9999999999" + header[2:])
    for _ in range(2):
        await ws.send_bytes(b"\x00" * 60_000)

    assert (await _fetched(ws, 7))["ok"]  # four so far: the socket still serves
    assert not served.site.door._binary_packet
    await ws.send_bytes(b"\x00")
    assert await closed(ws)


MALFORMED = ["4", "4x", "x", "9", "42", "42[]", "42[1]", "42{}", '42["connect",{}]', '42["disconnect"]', '42["*"]']
MALFORMED += ["40{}", "44", "4200000000000000000000[]", '42[{"a":1}]', "4" + "[" * 2000, "2", "5", "0{}", ""]


@pytest.mark.parametrize("frame", MALFORMED)
async def test_the_fifth_packet_that_cannot_be_read_cuts_the_socket_off(
    served: Served, frame: str, caplog: pytest.LogCaptureFixture
) -> None:
    ws = await served.raw("pat")

    for _ in range(4):
        await ws.send_str(frame)
    assert (await _fetched(ws, 1))["ok"]
    with contextlib.suppress(ConnectionError):
        await ws.send_str(frame)

    assert await closed(ws)
    assert not caplog.records


async def _fetched(ws: aiohttp.ClientWebSocketResponse, number: int) -> dict[str, Any]:
    await ws.send_str(f'42{number}["fetch",{{"consult_id":"own"}}]')
    return await answer_of(ws, number)


async def test_an_oversize_message_ends_the_socket_and_is_not_kept(served: Served) -> None:
    ws = await served.raw("anna")
    page = await served.page("anna")

    with contextlib.suppress(ConnectionError):
        await ws.send_str(put(1, "huge", "x" * 64 * 1024))
    answer, _ = await page.ask("command", json.loads(put(1, "long", "y" * 3000)[3:])[1])

    assert await closed(ws)
    assert (answer["ok"], answer.get("code")) in ((True, None), (False, "too-long"))
    assert "huge" not in (await served.site.core.hub.live("own")).consult.lines


async def test_messages_in_a_flood_are_refused_with_a_code_and_in_order(tmp_path: Path) -> None:
    async with serving(tmp_path, messages=5.0, messages_burst=20.0) as served:
        ws = await served.raw("anna")

        for number in range(1, 61):
            await ws.send_str(put(number, f"line-{number}", f"{number}"))
        answers = await answers_of(ws, 60)

        taken = [answer["ok"] for answer in answers]
        assert {answer.get("code") for answer in answers} == {None, "too-many"}
        assert taken == sorted(taken, reverse=True)  # nothing is taken behind a refused one
        assert await served.texts() == [str(number) for number in range(1, taken.count(True) + 1)]


async def test_a_flood_of_frames_slows_only_its_sender(tmp_path: Path) -> None:
    async with serving(tmp_path, frames=20.0, frames_burst=40.0) as served:
        flood, page = await served.raw("pat"), await served.page("anna")

        for _ in range(500):
            await flood.send_str('42["no_such_event"]')
        answer, _ = await page.command("own", "put_note_line", line("a", "beside the flood"))
        await flood.send_str('4299["fetch",{"consult_id":"own"}]')

        assert answer["ok"]
        with pytest.raises(TimeoutError):
            await answer_of(flood, 99, 0.5)


async def test_a_page_that_does_not_read_is_cut_off_and_comes_back_by_seq(tmp_path: Path) -> None:
    async with serving(tmp_path, waiting=600_000, messages=1000.0, messages_burst=1000.0) as served:
        deaf = await served.raw("sue")
        await deaf.send_str('421["join",{"consult_id":"own"}]')
        await answer_of(deaf, 1)
        assert deaf._response.connection is not None
        deaf._response.connection.transport.pause_reading()  # type: ignore[union-attr]
        page = await served.page("anna")
        sockets = len(served.site.door.environ)

        written = 0
        while len(served.site.door.environ) == sockets and written < 6000:
            await page.command(
                "own", "put_note_line", line(f"line-{written % 500}", f"{written} " + "x" * 1900, written // 500)
            )
            written += 1
        seqs: list[int] = []
        more = True
        while more:
            answer, _ = await page.ask("fetch", {"consult_id": "own", "since": seqs[-1] if seqs else 0})
            seqs += [event["seq"] for event in answer["events"]]
            more = answer["more"]

        assert len(served.site.door.environ) == sockets - 1
        assert seqs == list(range(1, seqs[-1] + 1))
        assert (await served.page("sue")) is not None


async def test_compression_is_not_agreed_to(served: Served) -> None:
    ws = await served.dial("anna", compress=15)

    assert ws.compress == 0
    assert "Sec-WebSocket-Extensions" not in ws._response.headers


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ('["no_such_event",{}]', "unknown-event"),
        ('["join"]', "bad-field"),
        ('["join",7]', "bad-field"),
        ('["join",{"consult_id":"own","extra":1}]', "unknown-field"),
        ('["join",{"consult_id":"own"},2,3]', None),
        ('["command",{"consult_id":"own","command_id":"12345678","type":"no_such"}]', "unknown-command"),
        ('["command",{"consult_id":"own","command_id":"12345678","type":"put_note_line"}]', "bad-field"),
        ('["command",{"consult_id":"own","command_id":"12345678","type":"record_findings","data":{}}]', "bad-field"),
        ('["command",{"consult_id":"own\\u0000","command_id":"12345678","type":"open_consult"}]', "not-found"),
    ],
)
async def test_every_message_is_answered(served: Served, message: str, code: str | None) -> None:
    ws = await served.raw("anna")

    await ws.send_str("421" + message)
    answer = await answer_of(ws, 1)

    assert answer.get("code") == code
    assert answer["ok"] is (code is None)


async def test_an_unforeseen_error_is_answered_with_a_code_and_logged_by_its_type(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    ws = await served.raw("anna")

    await served.site.core.database.close()
    await ws.send_str('421["join",{"consult_id":"not-loaded-yet"}]')
    answer = await answer_of(ws, 1)

    assert answer["code"] in ("internal", "unavailable")
    assert "Traceback" not in caplog.text


async def test_no_words_of_a_patient_reach_a_log(
    served: Served, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    canary = "zebra-marmalade"
    ws, page = await served.raw("anna"), await served.page("anna")

    await page.command("own", "put_note_line", line("a", f"{canary} takes warfarin 5 mg and ibuprofen"))
    for number, text in enumerate(
        (
            put(1, "b", f"{canary}\n{canary}"),
            put(2, canary, f"{canary}", "own"),
            put(3, "c", canary, f"{canary}"),
            f'424["{canary}",{{"{canary}":"{canary}"}}]',
            f'425["join",{{"{canary}":"{canary}"}}]',
            f'426["command",{{"consult_id":"own","command_id":"12345678","type":"{canary}","data":{{}}}}]',
        ),
        1,
    ):
        await ws.send_str(text)
        await answer_of(ws, number)
    for text in (f"4{canary}", f"{canary}", f'42{{"{canary}":1}}', f'450-["{canary}"]', f'42["connect","{canary}"]'):
        with contextlib.suppress(ConnectionError):
            await ws.send_str(text)
    assert await closed(ws)
    await served.site.core.assist.settle("own")

    said = capfd.readouterr()
    assert canary not in caplog.text
    assert canary not in said.out + said.err
    assert canary in (await served.texts())[0]


async def test_the_socket_of_a_session_that_has_ended_is_closed(tmp_path: Path) -> None:
    async with serving(tmp_path, recheck=0.2) as served:
        ws, page = await served.raw("anna"), await served.page("ben", "foreign")
        await ws.send_str(put(1, "a", "while signed in"))
        assert (await answer_of(ws, 1))["ok"]

        await served.site.core.doorkeeper.sign_out(served.cookies["anna"]["consult_pharmacist"])

        assert await closed(ws)
        assert await refusal(served.dial("anna")) == 401
        assert (await page.ask("fetch", {"consult_id": "foreign"}))[0]["ok"]


async def test_one_session_opens_only_so_many_sockets(tmp_path: Path) -> None:
    async with serving(tmp_path, sockets=3) as served:
        pages = [await served.raw("pat") for _ in range(3)]

        assert await refusal(served.dial("pat")) == 429
        assert await refusal(served.dial("anna")) == 101
        await pages[0].close()
        await asyncio.sleep(0.1)
        assert await refusal(served.dial("pat")) == 101


async def test_a_page_that_was_refused_is_told_why_when_it_asks(tmp_path: Path) -> None:
    async with serving(tmp_path, sockets=1) as served:

        async def why(role: str, **headers: str) -> str:
            own = {"Origin": served.origin, "Cookie": f"consult_patient={served.cookies['pat']['consult_patient']}"}
            url = f"{served.origin}/socket.io/?as={role}"
            async with served.http.post(url, headers={**own, **headers}) as response:
                return "" if response.status == 204 else str((await response.json())["code"])

        assert await why("patient") == ""  # nothing is wrong with who asks
        page = await served.raw("pat")
        assert await why("patient") == "too-many"
        assert await why("patient", Cookie="consult_patient=ended") == "sign-in-needed"
        assert await why("patient", Origin="http://other.test") == "foreign-origin"
        await page.close()
        assert await refusal(served.dial("anna")) == 101


async def test_sockets_that_go_are_found_without_looking_through_all_others(served: Served) -> None:
    pages = [await served.raw("pat") for _ in range(5)]
    rooms = {name: len(members) for name, members in served.site.door.manager.rooms["/"].items()}

    for ws in pages:
        await ws.close()
    async with asyncio.timeout(5):
        while served.site.door.manager.rooms:
            await asyncio.sleep(0.01)

    assert rooms == {None: 5}  # the library looks into each room when somebody goes
