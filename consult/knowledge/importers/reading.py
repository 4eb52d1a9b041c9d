"""What the importers share: a table read line by line with its hash, progress, and exact reasons for refusal."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from consult.errors import BadFile

Say = Callable[[str], None]
STEP = 200_000  # lines between two words of progress
LONGEST = 200_000  # bytes a line


def quiet(words: str) -> None:
    """No progress."""


@dataclass
class Source:
    """A file being read; its hash is whole once the last line was read."""

    path: Path
    say: Say = quiet
    sha256: str = ""

    def lines(self, encoding: str = "utf-8") -> Iterator[tuple[int, str]]:
        """Each line with its number, without its end. Raises BadFile; a last line without an end was cut."""
        digest = hashlib.sha256()
        number = 0
        try:
            with self.path.open("rb") as stream:
                for raw in stream:
                    number += 1
                    digest.update(raw)
                    if len(raw) > LONGEST:
                        raise BadFile(self.path, number, "the line is too long")
                    if not raw.endswith(b"\n"):
                        raise BadFile(self.path, number, "the last line has no end: the file was cut")
                    if number % STEP == 0:
                        self.say(f"{self.path.name}: {number:,} lines")
                    yield number, raw.rstrip(b"\r\n").decode(encoding)
        except UnicodeDecodeError:
            raise BadFile(self.path, number, f"not {encoding} text") from None
        except OSError as error:
            raise BadFile(self.path, None, f"cannot be read ({error.strerror})") from None
        if number == 0:
            raise BadFile(self.path, None, "the file is empty")
        self.sha256 = digest.hexdigest()

    def whole(self, largest: int) -> bytes:
        """The whole file. Raises BadFile, also for one of more bytes than `largest`."""
        try:
            if self.path.stat().st_size > largest:
                raise BadFile(self.path, None, f"the file is too large: at most {largest // 1024 // 1024} MB")
            content = self.path.read_bytes()
        except OSError as error:
            raise BadFile(self.path, None, f"cannot be read ({error.strerror})") from None
        self.sha256 = hashlib.sha256(content).hexdigest()
        return content


def together(*sources: Source) -> str:
    """One hash for several files."""
    return hashlib.sha256("".join(one.sha256 for one in sources).encode()).hexdigest()


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def modified(path: Path) -> str:
    """The day on which a file was last changed: the best date where the source tells none."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat()
