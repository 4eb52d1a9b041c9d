"""Which passwords are accepted, and how they are kept."""

from __future__ import annotations

import pytest

from consult.auth.passwords import check_policy, hash_password, verify
from consult.errors import BadCommand
from tests.unit.auth.fakes import PASSWORD, PASSWORD_HASH


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "exactly15chars!", "ünïcödé wörter sind gut", "x" * 20 + "yzabcdefgh", "päss wörd päss wörd päss"],
)
def test_long_password_of_any_characters_is_accepted(password: str) -> None:
    check_policy(password, "ann")


@pytest.mark.parametrize(
    ("password", "login"),
    [
        ("fourteen chars", ""),
        ("a" * 129, ""),
        ("aaaaaaaaaaaaaaaaaaaa", ""),
        ("abababababababababab", ""),
        ("PasswordPassword", ""),
        ("QWERTYUIOPASDFGHJKL", ""),
        ("correct horse battery staple", ""),
        ("annabelle.lee.annabelle", "annabelle"),
        ("", ""),
    ],
)
def test_password_that_is_short_or_easy_to_guess_is_refused(password: str, login: str) -> None:
    with pytest.raises(BadCommand) as caught:
        check_policy(password, login)

    assert caught.value.code == "weak-password"
    assert not password or password not in caught.value.message


def test_hash_is_argon2id_with_a_salt_of_its_own() -> None:
    assert PASSWORD_HASH.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hash_password(PASSWORD) != PASSWORD_HASH


def test_right_password_fits_its_hash_and_another_does_not() -> None:
    assert verify(PASSWORD_HASH, PASSWORD)
    assert not verify(PASSWORD_HASH, PASSWORD + " ")
    assert not verify(PASSWORD_HASH, "")


def test_characters_fit_however_the_keyboard_composed_them() -> None:
    composed, decomposed = "caf\u00e9 caf\u00e9 caf\u00e9 ok", "cafe\u0301 cafe\u0301 cafe\u0301 ok"

    assert verify(hash_password(composed), decomposed)


@pytest.mark.parametrize(
    "password", [PASSWORD, "no account has this password", "", "half \ud83d", "nul\x00", "x" * 9999]
)
def test_without_an_account_no_password_is_right(password: str) -> None:
    assert not verify(None, password)


def test_hash_that_is_damaged_lets_nobody_in() -> None:
    assert not verify("not a hash", PASSWORD)
