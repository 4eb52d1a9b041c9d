"""Documents are given back byte for byte, or not at all."""

from __future__ import annotations

import hashlib
import uuid

import pytest
from sqlalchemy import insert

from consult.errors import Unavailable
from consult.storage import tables
from consult.storage.database import Database
from consult.storage.documents import DocumentStore


def _content() -> bytes:
    return b"%PDF-\x00\xff" + uuid.uuid4().bytes


async def test_document_comes_back_under_its_hash_with_its_media_type(database: Database) -> None:
    documents, content = DocumentStore(database), _content()

    sha256 = await documents.put(content, "application/pdf")

    assert sha256 == hashlib.sha256(content).hexdigest()
    assert await documents.get(sha256) == content
    assert await documents.media_type(sha256) == "application/pdf"


async def test_same_bytes_are_kept_once(database: Database) -> None:
    documents, content = DocumentStore(database), _content()

    assert await documents.put(content, "text/html") == await documents.put(content, "text/html")


async def test_unknown_document_is_none(database: Database) -> None:
    documents = DocumentStore(database)

    assert await documents.get("0" * 64) is None
    assert await documents.media_type("0" * 64) is None


async def test_document_that_no_longer_has_its_hash_is_not_given_out(database: Database) -> None:
    sha256 = hashlib.sha256(_content()).hexdigest()
    changed = {"sha256": sha256, "media_type": "application/pdf", "content": b"something else"}
    await database.write(lambda connection: connection.execute(insert(tables.documents), changed).close())

    with pytest.raises(Unavailable) as caught:
        await DocumentStore(database).get(sha256)

    assert caught.value.code == "document-damaged"
