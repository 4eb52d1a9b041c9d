"""Passwords: what is accepted, and how it is kept (argon2id).

The policy follows NIST SP 800-63B-4 for a password that stands alone: at least 15 characters of any kind, a block
list, no rules of composition, no expiry.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.resources import files

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from consult.errors import BadCommand

SHORTEST, LONGEST = 15, 128
# OWASP password storage cheat sheet: argon2id with 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def check_policy(password: str, login: str = "") -> None:
    """Raises BadCommand (weak-password) with what to do. A password the site itself makes need not pass here."""
    plain = _normal(password)
    if len(plain) < SHORTEST:
        raise _weak(f"Use at least {SHORTEST} characters; several words in a row are easy to remember.")
    if len(plain) > LONGEST:
        raise _weak(f"Use at most {LONGEST} characters.")
    folded = plain.casefold()
    if folded in _blocked() or len(set(folded)) < 5 or _little_but(login, folded):
        raise _weak("This password is easy to guess. Choose one that nobody else would think of.")


def hash_password(password: str) -> str:
    """The argon2id hash to keep. Takes tens of milliseconds: call it beside the event loop."""
    return _hasher.hash(_bytes(password))


def verify(password_hash: str | None, password: str) -> bool:
    """Whether the password belongs to the hash; None for no account takes as long and is never right."""
    try:
        right = _hasher.verify(password_hash or _decoy(), _bytes(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and password_hash is not None


def prepare() -> None:
    """Make the decoy now, so that the first unknown login does not take longer than the others."""
    _decoy()


def _normal(password: str) -> str:
    # The same characters, however the keyboard composed them.
    return unicodedata.normalize("NFC", password)


def _bytes(password: str) -> bytes:
    return _normal(password).encode("utf-8", "surrogatepass")


def _little_but(login: str, folded: str) -> bool:
    """Whether hardly anything is left of the password without the login in it."""
    return bool(login) and login.casefold() in folded and len(folded.replace(login.casefold(), "")) < 8


def _weak(message: str) -> BadCommand:
    return BadCommand(message, code="weak-password")


@cache
def _blocked() -> frozenset[str]:
    text = files("consult.auth").joinpath("data/blocked_passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


@cache
def _decoy() -> str:
    """The hash of a password that nobody has."""
    return _hasher.hash("no account has this password")
