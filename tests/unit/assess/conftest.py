from __future__ import annotations

import pytest

from consult.knowledge.tables import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()
