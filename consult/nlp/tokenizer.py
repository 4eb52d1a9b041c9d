"""spaCy's tokenizer, without the parts of spaCy that its package loads along with it."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

# HTTP clients and downloads; taggers and parsers: a third of the time of loading, two fifths of the memory.
_LEFT_OUT = ("spacy.cli", "spacy.pipeline")


def _load() -> None:
    """Whoever wants what is left out imports it and gets the real one: the stand-ins are gone again after this."""
    found = PathFinder.find_spec("spacy")
    if "spacy" in sys.modules or found is None or not found.submodule_search_locations:
        return
    folder = Path(found.submodule_search_locations[0])
    stand_ins = {name: _stand_in(name, folder / name.rpartition(".")[2]) for name in _LEFT_OUT}
    stand_ins["spacy.cli.info"] = _stand_in("spacy.cli.info", folder)
    vars(stand_ins["spacy.cli.info"])["info"] = None  # all that spaCy takes from it
    sys.modules.update(stand_ins)
    try:
        import spacy  # noqa: F401
    finally:
        for name in stand_ins:
            del sys.modules[name]


def _stand_in(name: str, folder: Path) -> ModuleType:
    """An empty package in the place of one: the modules in its folder can be imported, and it imports none of them."""
    module = ModuleType(name)
    module.__path__ = [str(folder)]
    module.__spec__ = ModuleSpec(name, None, is_package=True)
    return module


_load()

from spacy.tokenizer import Tokenizer  # noqa: E402
from spacy.vocab import Vocab  # noqa: E402

__all__ = ["Tokenizer", "Vocab"]
