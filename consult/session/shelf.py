"""The scripts that consults are held with: the present ones, and those that running consults began with."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Protocol

from consult.scripts.library import restore_script
from consult.scripts.schema import Script

MEDIA_TYPE = "application/vnd.consult.script"


class Documents(Protocol):
    async def put(self, content: bytes, media_type: str) -> str: ...

    async def get(self, sha256: str) -> bytes | None: ...


class Shelf:
    """Keeps the files of a script under their hash once a consult begins with it, and finds them again later."""

    def __init__(self, documents: Documents, scripts: Mapping[str, Script]) -> None:
        self._documents = documents
        self._scripts = scripts
        self._kept: set[str] = set()
        self._former: dict[str, bytes] = {}
        self._restored: dict[str, Script] = {}

    async def keep(self, script_id: str) -> str:
        """The version of the present script, durably kept; "" where there is no such script. Raises Unavailable."""
        script = self._scripts.get(script_id)
        if script is None:
            return ""
        if script.kept_as not in self._kept:
            await self._documents.put(script.source, MEDIA_TYPE)
            self._kept.add(script.kept_as)
        return script.kept_as

    async def source(self, script_id: str, version: str) -> bytes:
        """The files of a version that is not the present one; empty for that. Raises Unavailable."""
        script = self._scripts.get(script_id)
        if not version or (script is not None and script.kept_as == version):
            return b""
        if version not in self._former:
            self._former[version] = await self._documents.get(version) or b""
        return self._former[version]

    async def script(self, script_id: str, version: str) -> Script | None:
        """The script in that version; the present one where it was not kept. Raises Unavailable, BadFile."""
        content = await self.source(script_id, version)
        if not content:
            return self._scripts.get(script_id)
        if version not in self._restored:
            self._restored[version] = await asyncio.to_thread(restore_script, content)
        return self._restored[version]
