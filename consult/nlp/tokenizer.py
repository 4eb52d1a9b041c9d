"""spaCy's tokenizer, without the command line that its package loads along with it."""

from __future__ import annotations

import sys
from types import ModuleType

_LEFT_OUT = "spacy.cli"  # HTTP clients, project downloads: a third of the time of loading, a fifth of the memory


def _load() -> None:
    if "spacy" in sys.modules:
        return
    stand_in, info = ModuleType(_LEFT_OUT), ModuleType(f"{_LEFT_OUT}.info")
    vars(info)["info"] = None  # all that spaCy takes from it
    stand_ins = {one.__name__: one for one in (stand_in, info)}
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]  # whoever wants the command line gets the real one


_load()

from spacy.tokenizer import Tokenizer  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

__all__ = ["Tokenizer", "Vocab"]
