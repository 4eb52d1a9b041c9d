"""The tables and the words of the program, read once; nobody changes them."""

from __future__ import annotations

import pytest

from consult.knowledge.tables import Knowledge, load_knowledge
from consult.knowledge.vocabulary import Vocabulary, load_vocabulary


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return load_vocabulary()
