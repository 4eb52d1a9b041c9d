"""Strengths for completing what is typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from consult.errors import BadFile
from consult.knowledge.strengths import read_strengths
from consult.knowledge.vocabulary import load_vocabulary

HEADER = "ingredient,strengths,source,date,reviewer\n"


def test_every_strength_is_of_a_known_ingredient_and_has_a_unit() -> None:
    known = load_vocabulary().ingredients
    sold = read_strengths()

    assert sold["apixaban"] == ("2.5 mg", "5 mg")
    assert {part for one in sold for part in one.split("+")} <= set(known)
    for name, row in sold.items():
        numbers = r"[\d.]+-[\d.]+" if "+" in name else r"[\d.]+"
        assert all(re.fullmatch(rf"{numbers} (mg|mcg|mEq|unit|%)(/[\d.]* ?mL)?", one) for one in row)


def test_combinations_stand_under_their_ingredients_in_order() -> None:
    products = {tuple(sorted(one.ingredients)) for one in load_vocabulary().names.values()}
    combined = [tuple(one.split("+")) for one in read_strengths() if "+" in one]

    assert combined
    assert set(combined) <= products


@pytest.mark.parametrize("row", ["warfarin,,s,2026-11-26,unreviewed", "warfarin,1 mg; 1 mg,s,2026-11-26,unreviewed"])
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, row: str) -> None:
    file = tmp_path / "strengths.csv"
    file.write_text(HEADER + row + "\n", encoding="utf-8")

    with pytest.raises(BadFile, match=r"strengths.csv:2: a row needs"):
        read_strengths(file)
