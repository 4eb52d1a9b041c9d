"""The browser bundle: which script and styles a page needs, read from Vite's manifest, and its files."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from aiohttp import web

from consult.api.headers import IMMUTABLE
from consult.api.parts import PARTS
from consult.errors import ConsultError, NotFound

MANIFEST = Path(".vite/manifest.json")
BASE = "/static/app/"
# Modules that an entry imports when it has something to put into them, and that are nearly always wanted.
LATER = {"src/workspace/main.tsx": ("src/workspace/notes/Editor.tsx",)}
HOW_TO_BUILD = "The pages are not built yet. Build them with: make run (or: cd web && npm ci && npm run build)"


class BundleMissing(ConsultError):
    """The browser bundle has not been built, or lacks this page."""

    code = "bundle-missing"
    status = 503


@dataclass(frozen=True, slots=True)
class Entry:
    """Addresses of what one page loads: its module, the modules it imports at once, its style sheets, and the modules
    that it will import, to be fetched behind the others."""

    script: str
    preloads: tuple[str, ...]
    styles: tuple[str, ...]
    later: tuple[str, ...] = ()


def texts(static_dir: Path, language: str) -> str:
    """The address of the script with the texts of the staff's pages in a language; "" for English, which they hold.

    Raises BundleMissing where it is not built.
    """
    return "" if language == "en" else entry(static_dir, f"src/staff/{language}.ts").script


def entry(static_dir: Path, source: str) -> Entry:
    """The entry of a source file ("src/patient/main.ts"). Raises BundleMissing where it is not built."""
    path = static_dir / MANIFEST
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        raise BundleMissing(HOW_TO_BUILD) from None
    return _entry(_manifest(path, changed), source)


@lru_cache(maxsize=4)
def _manifest(path: Path, changed: int) -> Mapping[str, Any]:
    """Read again only when the file has changed."""
    try:
        read: Mapping[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        raise BundleMissing(HOW_TO_BUILD) from None
    return read


def _entry(manifest: Mapping[str, Any], source: str) -> Entry:
    chunk = manifest.get(source)
    if chunk is None:
        raise BundleMissing(HOW_TO_BUILD)
    imports: list[str] = []
    styles: list[str] = [*chunk.get("css", ())]
    waiting: list[str] = [*chunk.get("imports", ())]
    while waiting:
        name = waiting.pop(0)
        if name in imports:
            continue
        imports.append(name)
        styles += [css for css in manifest[name].get("css", ()) if css not in styles]
        waiting += manifest[name].get("imports", ())
    return Entry(
        script=BASE + chunk["file"],
        preloads=tuple(BASE + manifest[name]["file"] for name in imports),
        styles=tuple(BASE + css for css in styles),
        later=tuple(BASE + manifest[name]["file"] for name in LATER.get(source, ()) if name in manifest),
    )


async def static(request: web.Request) -> web.StreamResponse:
    """A file of the bundle. Hashed names never change their content; the manifest and hidden files are not served."""
    root = request.app[PARTS].static_dir.resolve()
    relative = request.match_info["path"]
    path = (root / relative).resolve()
    hidden = any(part.startswith(".") for part in path.parts[len(root.parts) :])
    if hidden or not path.is_relative_to(root) or not path.is_file():
        raise NotFound("There is nothing at this address, or it is not for this person.")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    keep = IMMUTABLE if "/assets/" in f"/{relative}" else "no-cache"
    return web.FileResponse(path, headers={"Cache-Control": keep, "Content-Type": kind})
