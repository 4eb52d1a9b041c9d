"""One reader of note lines, measured in a process and an interpreter of its own: see analyze.py.

Reads {"reader", "lines", "names", "phrases"} as JSON from standard input and writes what it measured as JSON. Times are
CPU seconds of this process, which other work on the machine hardly touches. Imports nothing of this project but for the
readers "consult" and "compiled", so that another interpreter with another spaCy can run it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import runpy
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PASSES = 8
Read = Callable[[str], object]


def consult(job: dict[str, Any]) -> Read:
    from consult.knowledge.vocabulary import load_vocabulary
    from consult.nlp.annotate import Annotator

    words = load_vocabulary()
    return Annotator(words.names.values(), words.confused_pairs, words.common).annotate


def compiled(job: dict[str, Any]) -> Read:
    """The same out of a wheel in which the reading of note lines is compiled."""
    from consult.nlp import annotate

    if Path(annotate.__file__).suffix == ".py":
        sys.exit("the package of this interpreter is not compiled")
    return consult(job)


def medspacy(job: dict[str, Any]) -> Read:
    """The pipeline as the package loads it (its tokenizer, PyRuSH, ConText), with the same names and phrases."""
    import medspacy as package

    return _with_targets(package.load(), job)


def medspacy_lean(job: dict[str, Any]) -> Read:
    """The same matcher and ConText with spaCy's own tokenizer and sentencizer, which cost less than PyRuSH."""
    import spacy
    from medspacy.context import ConText  # noqa: F401  (registers the pipe)
    from medspacy.target_matcher import TargetMatcher  # noqa: F401

    nlp = spacy.blank("en")
    for pipe in ("sentencizer", "medspacy_target_matcher", "medspacy_context"):
        nlp.add_pipe(pipe)
    return _with_targets(nlp, job)


def medspacy_cues(job: dict[str, Any]) -> Read:
    """The pipeline as the package loads it, with the cues of this project too, as rules of its ConText."""
    import medspacy as package
    from medspacy.context import ConTextRule

    nlp = package.load()
    context = nlp.get_pipe("medspacy_context")
    own = {rule.literal.lower() for rule in context.rules}
    rules = [ConTextRule(cue, what.upper(), direction=side) for cue, what, side in job["cues"] if cue not in own]
    context.add(rules)
    return _with_targets(nlp, job)


def _with_targets(nlp: Any, job: dict[str, Any]) -> Read:
    from loguru import logger
    from medspacy.target_matcher import TargetRule

    logger.remove()  # PyRuSH writes every token of a note to standard error
    matcher = nlp.get_pipe("medspacy_target_matcher")
    matcher.add([TargetRule(name, "DRUG") for name in job["names"]])
    matcher.add([TargetRule(phrase, "PROBLEM") for phrase in job["phrases"]])
    read: Read = nlp
    return read


def negspacy(job: dict[str, Any]) -> Read:
    """Phrases by an entity ruler, and NegEx."""
    import spacy
    from negspacy.negation import Negex  # noqa: F401  (registers the pipe)

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    ruler.add_patterns([{"label": "PROBLEM", "pattern": phrase} for phrase in job["phrases"]])
    nlp.add_pipe("negex", config={"ent_types": ["PROBLEM"]})
    return nlp


def dner(job: dict[str, Any]) -> Read:
    from drug_named_entity_recognition import find_drugs

    return lambda line: find_drugs(line.split(" "))


def settle() -> None:
    """What is loaded on large pages, by the module of this project, which needs nothing but the standard library."""
    path = Path(__file__).resolve().parent.parent / "consult" / "session" / "large_pages.py"
    runpy.run_path(str(path))["settle"]()


READERS = {one.__name__: one for one in (consult, compiled, medspacy, medspacy_cues, medspacy_lean, negspacy, dner)}


def main() -> None:
    job = json.load(sys.stdin)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    start = time.process_time()
    with contextlib.redirect_stdout(sys.stderr):
        read = READERS[job["reader"]](job)
        read(job["lines"][0])
    gc.collect()
    gc.freeze()  # as a worker of the server does, and for every reader
    gc.set_threshold(100_000, 50, 50)
    loaded = time.process_time() - start
    settle()  # as well
    lines = job["lines"]
    first = [0.0] * len(lines)
    best = [float("inf")] * len(lines)
    for turn in range(PASSES):
        for place, line in enumerate(lines):
            begun = time.process_time()
            read(line)
            took = time.process_time() - begun
            best[place] = min(best[place], took)
            if turn == 0:
                first[place] = took
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump({"load": loaded, "memory": memory, "first": first, "best": best}, sys.stdout)


if __name__ == "__main__":
    main()
