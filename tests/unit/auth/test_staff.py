"""Staff come in by password and are known again by their cookie."""

from __future__ import annotations

from datetime import timedelta

import pytest

from consult.auth.sessions import Hours, Pass, make_token, token_hash
from consult.domain.people import Role
from consult.errors import SignInNeeded, TooMany
from tests.unit.auth.fakes import PASSWORD, ROOMY, Site


async def _in(site: Site, login: str = "ann", role: Role = "pharmacist") -> Pass:
    return await site.door.sign_in(login, PASSWORD, role, "1.1.1.1")


async def test_right_password_begins_a_session_of_twelve_hours() -> None:
    site = Site()

    granted = await _in(site, " Ann ")

    assert granted.session.member_id == "staff-1"
    assert (granted.session.role, granted.session.name, granted.session.consult_id) == ("pharmacist", "Ann Lee", "")
    assert granted.session.expires_at == "2026-03-02T22:00:00Z"
    assert await site.door.who(granted.token, "pharmacist") == granted.session


async def test_only_the_hash_of_a_cookie_is_kept() -> None:
    site = Site()

    granted = await _in(site)

    assert list(site.sessions.rows) == [token_hash(granted.token)]
    assert granted.token not in repr(site.sessions.rows)


async def test_each_sign_in_has_a_token_of_its_own() -> None:
    site = Site()

    assert (await _in(site)).token != (await _in(site)).token


def test_tokens_hold_128_bits_and_are_safe_in_a_url() -> None:
    token = make_token()

    assert len(token) == 22
    assert token.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    ("login", "password", "role"),
    [
        ("nobody", PASSWORD, "pharmacist"),
        ("ann", "another long password", "pharmacist"),
        ("ann", "", "pharmacist"),
        ("ann", PASSWORD, "supervisor"),
        ("ann", PASSWORD, "patient"),
        ("ann", PASSWORD, "system"),
        ("closed", PASSWORD, "pharmacist"),
        ("", PASSWORD, "pharmacist"),
        ("nul\x00", PASSWORD, "pharmacist"),
        ("half \ud83d", "half \ud83d", "pharmacist"),
    ],
)
async def test_every_failed_sign_in_looks_the_same(login: str, password: str, role: Role) -> None:
    site = Site()
    site.accounts.rows["staff-3"] = site.accounts.rows["staff-1"]
    site.accounts.change("staff-3", id="staff-3", login="closed", active=False)

    with pytest.raises(SignInNeeded) as caught:
        await site.door.sign_in(login, password, role, "1.1.1.1")

    assert (caught.value.code, caught.value.message, caught.value.detail) == (
        "sign-in-needed",
        "The account or the password is not right.",
        {},
    )
    assert site.sessions.rows == {}


async def test_sign_ins_and_denials_are_audited_by_id() -> None:
    site = Site()
    granted = await _in(site)
    for login in ("ann", "nobody"):
        with pytest.raises(SignInNeeded):
            await site.door.sign_in(login, "wrong password", "pharmacist", "1.1.1.1")
    await site.door.sign_out(granted.token)

    assert site.audit == [
        ("staff-1", "sign_in", "", "ok", ""),
        ("staff-1", "sign_in", "", "denied", "sign-in-needed"),
        ("unknown", "sign_in", "", "denied", "sign-in-needed"),
        ("staff-1", "sign_out", "", "ok", ""),
    ]


@pytest.mark.parametrize("login", ["ann", "nobody"])
async def test_guessing_is_stopped_for_known_and_unknown_accounts_alike(login: str) -> None:
    site = Site(limits=ROOMY | {"key": 3})
    for _ in range(3):
        with pytest.raises(SignInNeeded):
            await site.door.sign_in(login, "wrong password", "pharmacist", "1.1.1.1")

    with pytest.raises(TooMany):
        await site.door.sign_in(login, PASSWORD, "pharmacist", "1.1.1.1")


async def test_session_counts_only_for_its_own_role() -> None:
    site = Site()
    granted = await _in(site)

    assert await site.door.who(granted.token, "supervisor") is None
    assert await site.door.who(granted.token, "patient") is None


async def test_unknown_cookie_is_nobody() -> None:
    assert await Site().door.who("made up", "pharmacist") is None


async def test_session_ends_after_its_hours() -> None:
    site = Site()
    granted = await _in(site)
    site.clock.go(hours=11, minutes=59)
    just_before = await site.door.still_valid(granted.session)
    site.clock.go(minutes=1)

    assert just_before
    assert not await site.door.still_valid(granted.session)
    assert await site.door.who(granted.token, "pharmacist") is None


async def test_sign_out_ends_the_session_at_once_and_only_that() -> None:
    site = Site()
    first, second = await _in(site), await _in(site)

    await site.door.sign_out(first.token)

    assert not await site.door.still_valid(first.session)
    assert await site.door.still_valid(second.session)


@pytest.mark.parametrize("change", [{"active": False}, {"version": 2}, {"role": "supervisor"}], ids=str)
async def test_closing_an_account_or_changing_it_ends_its_sessions(change: dict[str, object]) -> None:
    site = Site()
    granted = await _in(site)

    site.accounts.change("staff-1", **change)

    assert not await site.door.still_valid(granted.session)
    assert await site.door.who(granted.token, "pharmacist") is None


async def test_account_that_is_gone_ends_its_sessions() -> None:
    site = Site()
    granted = await _in(site)

    site.accounts.rows.clear()

    assert not await site.door.still_valid(granted.session)


async def test_idle_session_ends_and_use_keeps_it_alive_up_to_its_hours() -> None:
    site = Site(hours=Hours(staff=timedelta(hours=2), idle=timedelta(minutes=30)))
    granted = await _in(site)
    ends = []
    for _ in range(5):
        site.clock.go(minutes=25)
        session = await site.door.who(granted.token, "pharmacist")
        ends.append(session.expires_at[11:16] if session else "")

    assert ends == ["10:55", "11:20", "11:45", "12:00", ""]


async def test_open_socket_alone_does_not_keep_a_session_alive() -> None:
    site = Site(hours=Hours(idle=timedelta(minutes=30)))
    granted = await _in(site)
    site.clock.go(minutes=29)
    before = await site.door.still_valid(granted.session)
    site.clock.go(minutes=1)

    assert before
    assert not await site.door.still_valid(granted.session)
