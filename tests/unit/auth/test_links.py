"""Patients come in by link and date of birth; every failure looks the same."""

from __future__ import annotations

import asyncio

import pytest

from consult.auth.sessions import token_hash
from consult.errors import LinkRefused, TooMany
from tests.unit.auth.fakes import ROOMY, Site

BORN = "1950-02-03"


async def _refused(site: Site, token: str, birth_date: str) -> tuple[object, ...]:
    with pytest.raises(LinkRefused) as caught:
        await site.door.join(token, birth_date, "1.1.1.1")
    return (caught.value.code, caught.value.message, caught.value.status, caught.value.detail)


async def _wrong(site: Site, token: str, times: int) -> None:
    for _ in range(times):
        await _refused(site, token, "1950-02-04")


async def test_link_and_date_of_birth_open_the_one_consult_for_four_hours() -> None:
    site = Site()
    token = await site.link()

    granted = await site.door.join(token, BORN, "1.1.1.1")

    session = granted.session
    assert (session.member_id, session.role, session.name) == ("patient-1", "patient", "Ana Ruiz")
    assert (session.consult_id, session.expires_at) == ("consult-1", "2026-03-02T14:00:00Z")
    assert await site.door.who(granted.token, "patient") == session
    assert await site.door.who(granted.token, "pharmacist") is None


async def test_link_is_not_used_up_by_joining() -> None:
    site = Site()
    token = await site.link()

    passes = [await site.door.join(token, BORN, "1.1.1.1") for _ in range(7)]

    assert len({granted.token for granted in passes}) == 7


async def test_token_of_a_link_is_kept_as_a_hash_only() -> None:
    site = Site()
    token = await site.link()

    (invite,) = site.invites.rows.values()

    assert invite.token_hash == token_hash(token)
    assert token not in repr(invite)


async def test_every_refusal_looks_the_same() -> None:
    site = Site()
    token = await site.link()
    revoked = await site.link("consult-2")
    await site.door.revoke("consult-2")
    locked = await site.link("consult-3")
    await _wrong(site, locked, 5)
    answers = [
        await _refused(site, "made up", BORN),
        await _refused(site, "", ""),
        await _refused(site, "half \ud83d", "half \ud83d"),
        await _refused(site, token, "1950-02-04"),
        await _refused(site, token, "3 February 1950"),
        await _refused(site, revoked, BORN),
        await _refused(site, locked, BORN),
    ]
    site.clock.go(hours=4)
    answers.append(await _refused(site, token, BORN))
    site.clock.go(days=-2)
    answers.append(await _refused(site, token, BORN))

    assert len(answers) == 9
    assert set(map(repr, answers)) == {repr(answers[0])}


async def test_four_wrong_dates_are_forgiven_and_the_fifth_locks_even_for_the_right_one() -> None:
    site = Site()
    token = await site.link()
    await _wrong(site, token, 4)
    after_four = await site.door.join(token, BORN, "1.1.1.1")
    await _wrong(site, token, 1)

    assert after_four.session.consult_id == "consult-1"
    assert (await _refused(site, token, BORN))[0] == "link-refused"
    assert ("patient-1", "join", "consult-1", "denied", "link-locked") in site.audit


async def test_fifty_wrong_dates_at_once_count_exactly() -> None:
    site = Site()
    token = await site.link()

    outcomes = await asyncio.gather(
        *(site.door.join(token, f"19{number}-01-01", "1.1.1.1") for number in range(50, 100)), return_exceptions=True
    )

    (invite,) = site.invites.rows.values()
    assert {type(outcome) for outcome in outcomes} == {LinkRefused}
    assert invite.wrong == 50


async def test_right_date_among_many_guesses_at_once_does_not_slip_past_the_lock() -> None:
    site = Site()
    token = await site.link()
    guesses = [f"1950-01-{day:02}" for day in range(1, 29)] + [BORN]

    outcomes = await asyncio.gather(
        *(site.door.join(token, guess, "1.1.1.1") for guess in guesses), return_exceptions=True
    )

    assert {type(outcome) for outcome in outcomes} == {LinkRefused}
    assert site.sessions.rows == {}


async def test_new_link_revokes_the_old_one_and_leaves_the_session_alone() -> None:
    site = Site()
    old = await site.link()
    granted = await site.door.join(old, BORN, "1.1.1.1")

    new = await site.link()

    assert (await _refused(site, old, BORN))[0] == "link-refused"
    assert (await site.door.join(new, BORN, "1.1.1.1")).session.consult_id == "consult-1"
    assert await site.door.still_valid(granted.session)


async def test_shutting_out_ends_link_and_session() -> None:
    site = Site()
    token = await site.link()
    granted = await site.door.join(token, BORN, "1.1.1.1")

    await site.door.shut_out("consult-1", "patient-1")

    assert not await site.door.still_valid(granted.session)
    assert (await _refused(site, token, BORN))[0] == "link-refused"


async def test_session_of_a_patient_ends_after_its_hours() -> None:
    site = Site()
    granted = await site.door.join(await site.link(), BORN, "1.1.1.1")

    site.clock.go(hours=4)

    assert await site.door.who(granted.token, "patient") is None


async def test_trying_many_links_from_one_address_is_stopped() -> None:
    site = Site(limits=ROOMY | {"address": 20})
    refused = [await _refused(site, f"guess-{number}", BORN) for number in range(20)]

    with pytest.raises(TooMany):
        await site.door.join("guess-20", BORN, "1.1.1.1")

    assert len(refused) == 20
