"""Files in and out: text lines from a file or standard input, rows as JSONL, files written whole or not at all."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from consult.errors import BadFile


@contextlib.contextmanager
def lines_of(name: str) -> Iterator[tuple[str, IO[str]]]:
    """A file or standard input as text. Raises BadFile where it cannot be read as UTF-8."""
    if name == "-":
        yield "standard input", open(0, encoding="utf-8", errors="strict", closefd=False)  # noqa: SIM115
        return
    try:
        stream = open(name, encoding="utf-8")  # noqa: SIM115
    except OSError as error:
        raise BadFile(name, None, f"cannot be read ({error.strerror})") from None
    with stream:
        yield name, stream


def print_rows(name: str, work: Callable[[str, Iterator[str]], Iterator[dict[str, Any]]]) -> None:
    with lines_of(name) as (path, stream):
        number = 0

        def counted() -> Iterator[str]:
            nonlocal number
            try:
                for line in stream:
                    number += 1
                    yield line
            except UnicodeDecodeError:
                raise BadFile(path, number + 1, "not UTF-8 text") from None

        for row in work(path, counted()):
            print(json.dumps(row, ensure_ascii=False))


def bytes_of(name: str) -> bytes:
    """A file or standard input as it is. Raises BadFile."""
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise BadFile(name, None, f"cannot be read ({error.strerror})") from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent or Path(), prefix=f".{path.name}.", delete=False) as stream:
            stream.write(content)
        os.replace(stream.name, path)
    except OSError as error:
        raise BadFile(path, None, f"cannot be written ({error.strerror})") from None


def note_lines_of(path: Path) -> list[str]:
    from consult.rehearse import note_lines

    try:
        return note_lines(path, path.read_text(encoding="utf-8").splitlines())
    except UnicodeDecodeError:
        raise BadFile(path, None, "not UTF-8 text") from None
