"""A PostgreSQL database of its own for each drill with several nodes."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import Iterator

import asyncpg
import pytest

from tests.storage.conftest import SERVER, _on_server


@pytest.fixture
def postgres() -> Iterator[str]:
    name = f"consult_chaos_{uuid.uuid4().hex[:12]}"
    try:
        asyncio.run(_on_server(f"CREATE DATABASE {name}"))
    except (OSError, asyncpg.PostgresError, TimeoutError) as error:
        reason = f"PostgreSQL does not answer at CONSULT_TEST_POSTGRES ({type(error).__name__})"
        if os.environ.get("CONSULT_REQUIRE_SERVICES") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    yield f"{SERVER.rsplit('/', 1)[0]}/{name}"
    asyncio.run(_on_server(f"DROP DATABASE {name} WITH (FORCE)"))
