"""Documents, kept under the SHA-256 of their bytes; they never change."""

from __future__ import annotations

import hashlib
from typing import cast

from sqlalchemy import select
from sqlalchemy.dialects import postgresql

from consult.errors import Unavailable
from consult.storage import tables
from consult.storage.database import Database, answering


class DocumentStore:
    """Bytes in, hash out; the same bytes are kept once, with the media type they first came with."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, content: bytes, media_type: str) -> str:
        """Keep the bytes (durable when it returns) and give their SHA-256 in hex. Raises Unavailable."""
        sha256 = hashlib.sha256(content).hexdigest()
        table = tables.documents
        async with answering(), self._database.write() as connection:
            known = await connection.scalar(select(table.c.sha256).where(table.c.sha256 == sha256))
            if known is None:
                # Another node may put the same bytes at the same moment.
                new = postgresql.insert(table) if self._database.dialect == "postgresql" else table.insert()
                if isinstance(new, postgresql.Insert):
                    new = new.on_conflict_do_nothing()
                await connection.execute(new, {"sha256": sha256, "media_type": media_type, "content": content})
        return sha256

    async def get(self, sha256: str) -> bytes | None:
        """The bytes under that hash. Raises Unavailable (document-damaged) where they no longer have it."""
        async with self._database.read() as connection:
            found = await connection.scalar(
                select(tables.documents.c.content).where(tables.documents.c.sha256 == sha256)
            )
        if found is None:
            return None
        if hashlib.sha256(found).hexdigest() != sha256:
            raise Unavailable("A stored document is damaged; restore it from a backup.", code="document-damaged")
        return cast(bytes, found)

    async def media_type(self, sha256: str) -> str | None:
        """The media type the bytes were put with ("application/pdf")."""
        async with self._database.read() as connection:
            return cast(
                str | None,
                await connection.scalar(
                    select(tables.documents.c.media_type).where(tables.documents.c.sha256 == sha256)
                ),
            )
