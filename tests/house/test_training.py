"""The lines of tools/training and the weights made from them belong together."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.nlp import wordlist
from consult.nlp.qualifier import net
from tools.training import marked_lines


@pytest.mark.parametrize("path", sorted(marked_lines.LINES.glob("*.txt")), ids=lambda path: path.stem)
def test_each_line_is_marked_as_the_readme_tells_and_stands_once(path: Path) -> None:
    lines = list(marked_lines.marked_lines(path))

    assert len({line.text for line in lines}) == len(lines) > 100
    assert all(line.text.strip() and (line.drugs or line.effects or len(line.text) > 3) for line in lines)


def test_no_line_stands_in_two_places() -> None:
    seen: dict[str, str] = {}
    for path in sorted(marked_lines.LINES.glob("*.txt")):
        for line in marked_lines.marked_lines(path):
            assert seen.setdefault(line.text, path.stem) == path.stem


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("{Lasix|ended} last week", "'ended' is no status"),
        ("[dizzy|Norvasc] on {Lasix}", "norvasc is blamed, but not marked as a drug"),
        ("{Lasix stopped", "a bracket or a bar stands outside of a mark"),
    ],
)
def test_a_wrong_mark_is_refused_with_its_line(tmp_path: Path, row: str, told: str) -> None:
    path = tmp_path / "lines.txt"
    path.write_text(f"# a head\n{row}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=r"lines\.txt, line 2: ") as error:
        list(marked_lines.marked_lines(path))

    assert told in str(error.value)


def test_a_line_gives_its_text_and_marks() -> None:
    line = marked_lines.unmarked("writer", "she quit {Lasix|stopped}, [legs cramped|Lasix] and [no sleep]")

    assert line.text == "she quit Lasix, legs cramped and no sleep"
    assert line.drugs == [(9, 14, "stopped")]
    assert line.effects == [(16, 28, {9}), (33, 41, set())]


@pytest.mark.parametrize("name", ["learnt_status.txt", "learnt_blame.txt"])
def test_the_weights_are_made_from_the_lines_as_they_stand(name: str) -> None:
    head = (
        (marked_lines.ROOT / "consult/nlp/qualifier/data" / name).read_text(encoding="utf-8").split("\nclasses", 1)[0]
    )

    assert f"# made of: {marked_lines.fingerprint()}" in head, "run tools/training/train.py, and commit the weights"
    assert len(list(wordlist.lines("qualifier", name))) > 1000


def test_the_network_is_made_from_the_lines_as_they_stand() -> None:
    head = net.stored()["head"].tobytes().decode()

    assert f"# made of: {marked_lines.fingerprint()}" in head, "run tools/training/train.py, and commit the weights"
    assert all(word in head for word in ("source:", "date:", "reviewer:"))
