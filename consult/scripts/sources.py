"""The files that scripts are made of: each read once, and kept, so that a consult goes on with what it began with."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from consult.errors import BadFile
from consult.scripts.entries import Entry, parse_entries, read_text

LARGEST_BUNDLE = 16 * 1024 * 1024  # bytes, unpacked


class Sources:
    """Script files by path. With `texts` there are only those; without, what stands on the disk."""

    def __init__(self, texts: Mapping[Path, str] | None = None) -> None:
        self._fixed = texts is not None
        self._texts: dict[Path, str] = dict(texts or {})
        self._roots: dict[Path, Entry] = {}

    def exists(self, path: Path) -> bool:
        return path in self._texts or (not self._fixed and path.is_file())

    def root(self, path: Path) -> Entry:
        """The root of a file. Raises BadFile."""
        if path not in self._roots:
            self._roots[path] = parse_entries(self.text(path), path)
        return self._roots[path]

    def text(self, path: Path) -> str:
        if path not in self._texts:
            if self._fixed:
                raise BadFile(path, None, "is not among the files that were kept")
            self._texts[path] = read_text(path)
        return self._texts[path]


def bundle(sources: Sources, main: Path, others: Iterable[Path]) -> bytes:
    """The files of one script as they are kept: compressed, the same bytes for the same files."""
    top = main.parent.parent
    names = {path.relative_to(top).as_posix(): sources.text(path) for path in {main, *others}}
    kept = {"main": main.relative_to(top).as_posix(), "files": dict(sorted(names.items()))}
    return zlib.compress(json.dumps(kept, ensure_ascii=False).encode(), 6)


def unbundle(content: bytes) -> tuple[Path, Sources]:
    """The main file and the sources of a bundle. Raises BadFile where it is none."""
    place = Path("kept") / version_of(content)[:12]
    try:
        unpacked = zlib.decompressobj().decompress(content, LARGEST_BUNDLE)
        kept = json.loads(unpacked)
        texts = {place / name: str(text) for name, text in kept["files"].items()}
        return place / kept["main"], Sources(texts)
    except (zlib.error, ValueError, KeyError, TypeError, AttributeError):
        raise BadFile(place, None, "no script that was kept") from None


def version_of(content: bytes) -> str:
    """The version of a script: the SHA-256 of its bundle, in hex."""
    return hashlib.sha256(content).hexdigest()
