"""Signals of the call: relayed between two members who are let in, and to nobody else."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import logging
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bench.pages import Page
from consult.domain import commands as co
from consult.domain.people import Actor, Role, guest_member, patient_member
from consult.session.signalling import CANDIDATES, SDP, Turn
from tests.session.served import Served, command_id, serving

ANNA = Actor("a-anna", "pharmacist", "Anna")
PAT = patient_member("own")
FROM_PAT = {"page": "tab-pat-01", "link": "link-0001"}
OFFER = {"type": "offer", "sdp": "v=0 canarymycin"}
RELAY = Turn(("turn:relay.test:3478",), "a-secret-of-the-relay", 600)


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    async with serving(tmp_path) as one:
        yield one


class Heard(list[tuple[str, Any]]):
    """What a page was sent about the call, in order."""

    def __init__(self, page: Page) -> None:
        page.heard = lambda name, data, at: self.append((name, data)) if name[:4] in ("sign", "call") else None

    def named(self, name: str) -> list[Any]:
        return [data for one, data in self if one == name]


async def ask(page: Page, name: str, /, **data: Any) -> dict[str, Any]:
    answer: dict[str, Any] = (await page.ask(name, {"consult_id": "own", **data}))[0]
    return answer


async def ready(page: Page, tab: str) -> dict[str, Any]:
    return await ask(page, "call_ready", page=tab)


async def offer(page: Page, tab: str, to: str, **data: Any) -> dict[str, Any]:
    return await ask(page, "signal", to=to, data={"page": tab, "link": "link-0001", **(data or {"description": OFFER})})


async def do(served: Served, command: co.Command, consult_id: str = "own") -> None:
    await served.site.core.hub.submit(consult_id, command, ANNA, command_id())


async def called(served: Served) -> tuple[Page, Page]:
    """Pharmacist and patient, let in, both in the call."""
    anna, pat = await served.page("anna"), await served.page("pat")
    await do(served, co.AdmitParticipant(PAT))
    assert (await ready(anna, "tab-anna-1"))["others"] == []
    assert (await ready(pat, "tab-pat-01"))["others"] == [{"id": "a-anna", "page": "tab-anna-1"}]
    return anna, pat


async def settled(page: Page) -> None:
    """What was sent to the page before has arrived."""
    await ask(page, "call_look")


async def test_a_signal_goes_to_the_other_member_as_it_was_sent(served: Served) -> None:
    anna, pat = await called(served)
    heard = Heard(anna)
    candidates = [{"candidate": "candidate:1 1 udp 1 x.local 9 typ host", "sdpMid": "0", "sdpMLineIndex": 0}]

    first = await offer(pat, "tab-pat-01", "a-anna")
    second = await offer(pat, "tab-pat-01", "a-anna", candidates=candidates)
    await settled(anna)

    assert first == second == {"ok": True}
    assert heard.named("signal") == [
        {"consult_id": "own", "from": PAT, "data": {**FROM_PAT, "description": OFFER}},
        {"consult_id": "own", "from": PAT, "data": {**FROM_PAT, "candidates": candidates}},
    ]


async def test_a_patient_who_waits_gets_no_servers_and_sends_no_signal(served: Served) -> None:
    served.site.calls.turn = RELAY
    anna, pat = await served.page("anna"), await served.page("pat")
    heard = Heard(anna)
    await ready(anna, "tab-anna-1")

    refused = [await ready(pat, "tab-pat-01"), await offer(pat, "tab-pat-01", "a-anna"), await ask(pat, "call_look")]
    await settled(anna)

    assert [(one["ok"], one["code"]) for one in refused] == [(False, "not-admitted")] * 3
    assert "relay.test" not in str(refused)
    assert heard.named("signal") == []


async def test_a_patient_sent_back_to_wait_is_out_of_the_call(served: Served) -> None:
    anna, pat = await called(served)
    heard = Heard(pat)
    await do(served, co.ReturnParticipant(PAT))

    from_patient = await offer(pat, "tab-pat-01", "a-anna")
    to_patient = await offer(anna, "tab-anna-1", PAT)

    assert (from_patient["code"], to_patient["code"]) == ("not-admitted", "not-here")
    assert heard.named("signal") == []


async def test_members_of_another_consult_cannot_be_reached(served: Served) -> None:
    anna, _ = await called(served)
    ben = await served.page("ben", "foreign")
    assert (await ben.ask("call_ready", {"consult_id": "foreign", "page": "tab-ben-01"}))[0]["ok"]
    heard, heard_ben = Heard(anna), Heard(ben)

    into = [await offer(ben, "tab-ben-01", to) for to in ("a-anna", PAT)]
    out = [await offer(anna, "tab-anna-1", to) for to in ("a-ben", "a-sue", "a-anna", "nobody")]
    own = {"page": "tab-ben-01", "link": "link-0001"}
    named = (await ben.ask("signal", {"consult_id": "foreign", "to": "a-anna", "data": own}))[0]
    absent = (await ben.ask("call_ready", {"consult_id": "nowhere", "page": "tab-ben-01"}))[0]

    assert {one["code"] for one in into} == {"not-found"} == {absent["code"]}
    assert into[0] == absent
    assert {one["code"] for one in out} == {"not-here"} == {named["code"]}
    assert heard.named("signal") == heard_ben.named("signal") == []


async def guest(served: Served, role: Role, number: str) -> Page:
    """The page of somebody invited, let in."""
    core, member = served.site.core, guest_member(role, "own", number)
    now = core.clock()
    token = await core.doorkeeper.invite("own", member, f"{role} {number}", "", now, now + timedelta(hours=1))
    served.cookies[member] = {"consult_patient": (await core.doorkeeper.join(token, "", "127.0.0.1")).token}
    page = await served.page(member)
    await do(served, co.AdmitParticipant(member, "the patient agrees"))
    return page


async def test_nobody_takes_part_in_a_call_unseen(served: Served) -> None:
    anna, pat = await called(served)
    heard_anna, heard_pat = Heard(anna), Heard(pat)
    sue = await served.page("sue")
    await settled(pat)
    assert heard_pat.named("call_members") == []

    others = (await ready(sue, "tab-sue-01"))["others"]
    interpreter = await guest(served, "interpreter", "1")
    await ready(interpreter, "tab-int-01")
    await settled(anna)
    await settled(pat)

    assert [one["id"] for one in others] == ["a-anna", PAT]
    everybody = ["a-anna", PAT, "a-sue", "interpreter:own:1"]
    for heard in (heard_anna, heard_pat):
        assert [one["members"] for one in heard.named("call_members")] == [everybody[:3], everybody]
    assert (await offer(sue, "tab-sue-01", PAT))["ok"]


async def test_a_fifth_is_told_that_the_call_is_full_and_a_member_may_come_back(served: Served) -> None:
    await called(served)
    third, fourth = await guest(served, "caregiver", "1"), await guest(served, "interpreter", "2")
    await ready(third, "tab-one-01")
    await ready(fourth, "tab-two-01")
    fifth = await guest(served, "caregiver", "3")

    refused = await ready(fifth, "tab-fifth1")

    assert (refused["ok"], refused["code"]) == (False, "call-full")
    assert "ice_servers" not in refused
    assert (await ready(third, "tab-one-02"))["ok"], "another page of the same member"
    await ask(fourth, "call_leave")
    assert (await ready(fifth, "tab-fifth1"))["ok"]


async def test_a_guest_who_waits_is_not_in_the_call(served: Served) -> None:
    await called(served)
    page = await guest(served, "interpreter", "1")
    await do(served, co.ReturnParticipant("interpreter:own:1"))

    assert (await ready(page, "tab-int-01"))["code"] == "not-admitted"


async def test_a_page_that_is_not_in_the_call_sends_nothing(served: Served) -> None:
    anna, pat = await called(served)
    second = await served.page("pat")
    heard = Heard(anna)

    other_page = await offer(second, "tab-pat-01", "a-anna")
    other_name = await offer(pat, "tab-pat-99", "a-anna")
    await settled(anna)

    assert {other_page["code"], other_name["code"]} == {"not-in-call"}
    assert heard.named("signal") == []


async def test_a_second_page_takes_over_and_the_first_is_told(served: Served) -> None:
    anna, pat = await called(served)
    second = await served.page("pat")
    heard, heard_second = Heard(pat), Heard(second)

    taken = await ready(second, "tab-pat-02")
    await offer(anna, "tab-anna-1", PAT)
    await settled(pat)
    await settled(second)

    assert taken["others"] == [{"id": "a-anna", "page": "tab-anna-1"}]
    assert heard.named("call_moved") == [{"consult_id": "own"}]
    assert (len(heard.named("signal")), len(heard_second.named("signal"))) == (0, 1)


async def test_the_same_page_comes_back_on_a_new_socket_and_stays_in_the_call(served: Served) -> None:
    anna, pat = await called(served)
    await pat.close()
    for _ in range(100):  # until the server has noticed
        gone = await offer(anna, "tab-anna-1", PAT, bye=False)
        if not gone["ok"]:
            break
        await asyncio.sleep(0.02)
    assert gone["code"] == "not-here"
    again = await served.page("pat")
    heard = Heard(again)

    back = await ready(again, "tab-pat-01")
    sent = await offer(anna, "tab-anna-1", PAT)
    await settled(again)

    assert back["others"] == [{"id": "a-anna", "page": "tab-anna-1"}]
    assert sent["ok"]
    assert len(heard.named("signal")) == 1


async def test_everybody_who_is_let_in_learns_who_is_in_the_call(served: Served) -> None:
    anna, pat = await called(served)
    heard, heard_pat = Heard(anna), Heard(pat)

    await ask(pat, "call_leave")
    await settled(anna)
    await settled(pat)

    left = {"consult_id": "own", "members": ["a-anna"]}
    assert heard.named("call_members") == heard_pat.named("call_members") == [left]
    assert (await offer(anna, "tab-anna-1", PAT))["code"] == "not-here"


async def test_there_is_no_call_after_the_visit(served: Served) -> None:
    anna, pat = await called(served)
    await do(served, co.CloseConsult("done"))

    assert {(await ready(anna, "tab-anna-1"))["code"], (await offer(pat, "tab-pat-01", "a-anna"))["code"]} == {
        "not-open"
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"description": {"type": "offer", "sdp": "x" * (SDP + 1)}}, "bad-field"),
        ({"description": {"type": "answer!", "sdp": ""}}, "bad-field"),
        ({"description": {**OFFER, "html": "<b>"}}, "unknown-field"),
        ({"candidates": [{"candidate": "a"}] * (CANDIDATES + 1)}, "bad-field"),
        ({"candidates": [{"candidate": "a" * 1001}]}, "bad-field"),
        ({"candidates": [{"candidate": "a", "sdpMLineIndex": "0"}]}, "bad-field"),
        ({"chat": "hello"}, "unknown-field"),
        ({"bye": "yes"}, "bad-field"),
    ],
)
async def test_a_signal_of_another_form_is_refused(served: Served, data: dict[str, Any], code: str) -> None:
    anna, pat = await called(served)
    heard = Heard(anna)

    answer = await offer(pat, "tab-pat-01", "a-anna", **data)
    await settled(anna)

    assert answer["code"] == code
    assert heard.named("signal") == []


async def test_a_flood_of_signals_is_refused_and_notes_are_not(tmp_path: Path) -> None:
    async with serving(tmp_path, messages=1000.0, messages_burst=1000.0) as served:
        anna, _ = await called(served)

        answers = [await offer(anna, "tab-anna-1", PAT) for _ in range(120)]
        note = {"line_id": "a", "after": "", "base_rev": 0, "text": "metformin"}
        await anna.command("own", "put_note_line", note)

    codes = [one.get("code", "") for one in answers]
    assert codes[:60] == [""] * 60
    assert codes.count("too-many") > 40


async def test_nothing_of_a_signal_is_stored_or_logged(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    anna, pat = await called(served)
    before = await served.site.core.store.read("own", 0, 1000)

    await offer(pat, "tab-pat-01", "a-anna")
    await offer(pat, "tab-pat-01", "a-anna", bye="canarymycin")
    await offer(anna, "tab-anna-1", "nobody-canarymycin")

    assert await served.site.core.store.read("own", 0, 1000) == before
    assert "canarymycin" not in caplog.text


async def test_servers_come_with_credentials_that_end_and_name_nobody(served: Served) -> None:
    served.site.calls.turn = RELAY
    anna, pat = await called(served)

    answer = await ready(anna, "tab-anna-1")

    (server,) = answer["ice_servers"]
    ends, _, opaque = server["username"].partition(":")
    mac = hmac.new(RELAY.secret.encode(), server["username"].encode(), hashlib.sha1).digest()
    assert server["credential"] == base64.b64encode(mac).decode()
    assert 0 < int(ends) - time.time() <= 600
    assert "anna" not in opaque
    assert server["username"] != (await ready(pat, "tab-pat-01"))["ice_servers"][0]["username"]
    assert RELAY.secret not in str(answer)


async def test_a_site_without_a_relay_gives_none(served: Served) -> None:
    anna, _ = await called(served)

    answer = await ready(anna, "tab-anna-1")

    assert (answer["ice_servers"], answer["ice_policy"]) == ([], "all")
