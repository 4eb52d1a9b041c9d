"""The annotator over the project's own vocabulary, built once."""

from __future__ import annotations

import pytest

from consult.knowledge.vocabulary import load_vocabulary
from consult.nlp.annotate import Annotator


@pytest.fixture(scope="session")
def annotator() -> Annotator:
    vocabulary = load_vocabulary()
    return Annotator(vocabulary.names.values(), vocabulary.confused_pairs, vocabulary.common)
