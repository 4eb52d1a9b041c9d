"""spaCy is loaded for its tokenizer alone, and whoever wants more of it gets the real thing."""

import subprocess
import sys

import pytest


def told(program: str) -> str:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.mark.parametrize("left_out", ["spacy.cli", "weasel", "spacy.pipeline"])
def test_what_the_tokenizer_does_not_need_is_not_loaded(left_out: str) -> None:
    assert told(f"import sys, consult.nlp.tokenizer; print({left_out!r} in sys.modules)") == "False"


def test_a_whole_spacy_can_be_had_afterwards() -> None:
    program = (
        "import consult.nlp.tokenizer, spacy, spacy.cli, spacy.pipeline\n"
        "blank = spacy.blank('en')\n"
        "blank.add_pipe('sentencizer')\n"
        "print(len(list(blank('Dizzy. Tired.').sents)), callable(spacy.cli.info), spacy.pipeline.Sentencizer.__name__)"
    )

    assert told(program) == "2 True Sentencizer"
