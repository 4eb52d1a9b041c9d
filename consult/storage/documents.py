"""Documents, kept under the SHA-256 of their bytes; they never change."""

from __future__ import annotations

import hashlib
from typing import cast

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql

from consult.errors import Unavailable
from consult.storage import tables
from consult.storage.database import Database

DOCUMENTS = tables.documents


class DocumentStore:
    """Bytes in, hash out; the same bytes are kept once, with the media type they first came with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, content: bytes, media_type: str) -> str:
        """Keep the bytes (durable when it returns) and give their SHA-256 in hex. Raises Unavailable."""
        sha256 = hashlib.sha256(content).hexdigest()
        values = {"sha256": sha256, "media_type": media_type, "content": content}

        def work(connection: Connection) -> None:
            known = connection.scalar(select(DOCUMENTS.c.sha256).where(DOCUMENTS.c.sha256 == sha256))
            if known is not None:
                return
            if connection.dialect.name == "postgresql":
                # Another node may put the same bytes at the same moment.
                connection.execute(postgresql.insert(DOCUMENTS).on_conflict_do_nothing(), values)
            else:
                connection.execute(insert(DOCUMENTS), values)

        await self._database.write(work)
        return sha256

    async def get(self, sha256: str) -> bytes | None:
        """The bytes under that hash. Raises Unavailable (document-damaged) where they no longer have it."""
        query = select(DOCUMENTS.c.content).where(DOCUMENTS.c.sha256 == sha256)
        found = cast(bytes | None, await self._database.read(lambda connection: connection.scalar(query)))
        if found is not None and hashlib.sha256(found).hexdigest() != sha256:
            raise Unavailable("A stored document is damaged; restore it from a backup.", code="document-damaged")
        return found

    async def media_type(self, sha256: str) -> str | None:
        """The media type the bytes were put with ("application/pdf")."""
        query = select(DOCUMENTS.c.media_type).where(DOCUMENTS.c.sha256 == sha256)
        return cast(str | None, await self._database.read(lambda connection: connection.scalar(query)))
