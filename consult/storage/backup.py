"""A copy of the database while it is in use, and the way back from it.

The copy is whole or not there: it is written beside its place and moved there at the end, with a manifest (FILE.json)
that holds its hash, the counts of its tables and the newest link of its audit chain.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL

from consult.errors import BadFile, SiteError
from consult.storage.database import address

SQLITE_HEADER = b"SQLite format 3\x00"


def backup(url: str, to: Path, at: str) -> dict[str, Any]:
    """Copy the database at `url` to the file `to`; its manifest. `at` is the time, ISO 8601 UTC.

    Raises BadFile where the file exists, SiteError (backup-failed) where it cannot be done; then nothing is left.
    """
    if to.exists():
        raise BadFile(to, None, "there is a file already; a backup never replaces one")
    target = address(url)
    part = to.with_name(to.name + ".part")
    try:
        if target.get_backend_name() == "sqlite":
            _copy_sqlite(Path(target.database or ""), part)
        else:
            _run("pg_dump", target, "--format=custom", "--no-owner", "--no-privileges", f"--file={part}")
        part.chmod(0o600)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        manifest = {
            "made_at": at,
            "database": target.get_backend_name(),
            "bytes": part.stat().st_size,
            "sha256": _hash(part),
        }
        _manifest(to).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
        part.rename(to)
    except OSError as error:
        raise SiteError(f"The backup could not be written ({type(error).__name__}).", code="backup-failed") from None
    finally:
        part.unlink(missing_ok=True)
    return manifest


def restore(source: Path, url: str) -> None:
    """Put a backup back as the database at `url`, which must not be there (SQLite) or be empty (PostgreSQL).

    Raises BadFile for a file that is no backup or not the one of its manifest, SiteError (restore-refused,
    restore-failed); then the target is as it was.
    """
    _check(source)
    target = address(url)
    with source.open("rb") as file:
        is_sqlite = file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
    if is_sqlite != (target.get_backend_name() == "sqlite"):
        raise BadFile(source, None, "this backup is of the other kind of database; name one of its own kind")
    if not is_sqlite:
        _run("pg_restore", target, "--exit-on-error", "--single-transaction", "--no-owner", str(source))
        return
    path = Path(target.database or "")
    if path.exists() or path.with_name(path.name + "-wal").exists():
        raise SiteError(f"There is a database at {path}; move it away first.", code="restore-refused")
    part = path.with_name(path.name + ".part")
    try:
        shutil.copyfile(source, part)
        part.chmod(0o600)
        with closing(sqlite3.connect(f"file:{part}?mode=ro&immutable=1", uri=True)) as opened:
            if opened.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BadFile(source, None, "the file is damaged")
        part.rename(path)
    except (OSError, sqlite3.Error) as error:
        raise SiteError(f"The backup could not be restored ({type(error).__name__}).", code="restore-failed") from None
    finally:
        part.unlink(missing_ok=True)


def _check(source: Path) -> None:
    if not source.is_file():
        raise BadFile(source, None, "there is no such file")
    manifest = _manifest(source)
    if not manifest.is_file():
        raise BadFile(manifest, None, "the manifest of the backup is missing")
    try:
        expected = json.loads(manifest.read_text(encoding="utf-8"))["sha256"]
    except (ValueError, KeyError, TypeError):
        raise BadFile(manifest, None, "this is no manifest of a backup") from None
    if _hash(source) != expected:
        raise BadFile(source, None, "the file is not the one of its manifest: its hash differs")


def _manifest(backup: Path) -> Path:
    return backup.with_name(backup.name + ".json")


def _copy_sqlite(source: Path, to: Path) -> None:
    """By SQLite's own online copy, in one step: the server goes on writing, the copy is of one moment."""
    if not source.is_file():
        raise SiteError(f"There is no database at {source}.", code="database-missing")
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as there,
            closing(sqlite3.connect(to)) as here,
        ):
            there.execute("PRAGMA query_only=on")
            there.backup(here, pages=-1)
            here.execute("PRAGMA journal_mode=delete")
    except sqlite3.Error as error:
        raise SiteError(f"The backup failed ({type(error).__name__}).", code="backup-failed") from None


def _run(program: str, target: URL, *words: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise SiteError(f"{program} is not installed here; it comes with PostgreSQL.", code="no-such-program")
    plain = target.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    # The password goes by the environment: a command line is shown to everybody on the machine.
    environment = {**os.environ, **({"PGPASSWORD": str(target.password)} if target.password else {})}
    done = subprocess.run([found, *words, f"--dbname={plain}"], env=environment, capture_output=True, check=False)
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise SiteError(f"{program} failed: {' '.join(reason)[:300]}", code=f"{program.replace('_', '-')}-failed")


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
