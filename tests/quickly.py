"""What most tests need and few test, made in a moment: a password's hash, a database at the newest revision."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2 import PasswordHasher
from sqlalchemy import create_engine

from consult.storage.revisions import bring_up

_hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quick_hash(password: str) -> str:
    """A hash whose check is quick too: how much work it takes stands in the hash."""
    return _hasher.hash(password)


def new_database(path: Path) -> str:
    """The address of a database of that path: a copy of one that was migrated once in this process."""
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "new.db"
        engine = create_engine(f"sqlite:///{path}")
        with engine.begin() as connection:
            bring_up(connection, upgrade=True)
        engine.dispose()
        return path.read_bytes()
