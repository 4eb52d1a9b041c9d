"""One file a source in the site's data folder: a manifest line, then rows as JSON; replaced in one step.

The manifest says what was read, from when, how much, and the SHA-256 of the rows, which is checked at each reading.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from consult.errors import BadFile

FORMAT = 1
SOURCES = ("rxnorm", "ndc", "rules", "openfda", "ddinter")
SHRUNK = 0.7  # of the rows that stand now: fewer look like a file that was cut


@dataclass(frozen=True, slots=True)
class Manifest:
    """`data_date` is the newest date that the source itself tells, "" where it tells none; times are ISO 8601 UTC.

    `read_sha256` is of the file that was read (of several, of their hashes), `sha256` of the rows in this file.
    """

    source: str
    title: str
    terms: str
    read_from: str
    read_sha256: str
    data_date: str
    imported_at: str
    rows: int
    counts: Mapping[str, int]
    sha256: str = ""
    format: int = FORMAT


def path_of(folder: Path, source: str) -> Path:
    return folder / f"{source}.jsonl"


def write_rows(folder: Path, manifest: Manifest, rows: Iterable[Any], *, smaller: bool = False) -> Manifest:
    """Swap the rows in. Raises BadFile, and keeps what stands, where they are far fewer than now (unless `smaller`)."""
    old = read_manifest(folder, manifest.source)
    if old is not None and not smaller and manifest.rows < old.rows * SHRUNK:
        raise BadFile(
            manifest.read_from,
            None,
            f"it gives {manifest.rows} rows where {old.rows} stand now; a file that was cut? "
            "What stands is kept; --smaller takes it all the same",
        )
    body = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows).encode()
    whole = Manifest(**{**asdict(manifest), "sha256": hashlib.sha256(body).hexdigest()})
    target = path_of(folder, manifest.source)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{target.name}.", delete=False) as stream:
            try:
                stream.write(json.dumps(asdict(whole), ensure_ascii=False).encode() + b"\n")
                stream.write(body)
                stream.flush()
                os.fsync(stream.fileno())
                os.replace(stream.name, target)
            except BaseException:
                Path(stream.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise BadFile(target, None, f"cannot be written ({error.strerror}); what stands is kept") from None
    return whole


def read_manifest(folder: Path, source: str) -> Manifest | None:
    """What stands of a source; None where nothing was imported. Raises BadFile for a broken file."""
    path = path_of(folder, source)
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        return _manifest(path, stream.readline())


def read_rows_of(folder: Path, source: str) -> tuple[Manifest, list[Any]] | None:
    """The manifest and all rows. Raises BadFile where the file is not what its manifest says."""
    path = path_of(folder, source)
    if not path.is_file():
        return None
    content = path.read_bytes()
    head, _, body = content.partition(b"\n")
    manifest = _manifest(path, head)
    if hashlib.sha256(body).hexdigest() != manifest.sha256:
        raise BadFile(path, None, "the rows are not those that were imported; import the source again")
    return manifest, [json.loads(line) for line in body.splitlines()]


def lines_beginning(folder: Path, source: str, wanted: str) -> Iterator[Any]:
    """The rows whose first value is `wanted`, without reading the others as JSON."""
    path = path_of(folder, source)
    if not path.is_file():
        return
    start = f"[{json.dumps(wanted, ensure_ascii=False)},".encode()
    with path.open("rb") as stream:
        next(stream, None)
        for line in stream:
            if line.startswith(start):
                yield json.loads(line)


def _manifest(path: Path, line: bytes) -> Manifest:
    try:
        values = json.loads(line)
        manifest = Manifest(**values)
    except (ValueError, TypeError):
        raise BadFile(path, 1, "this is no file of imported data; import the source again") from None
    if manifest.format != FORMAT:
        raise BadFile(path, 1, f"it is of format {manifest.format}, not {FORMAT}; import the source again")
    return manifest
