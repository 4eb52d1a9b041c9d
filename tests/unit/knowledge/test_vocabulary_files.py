"""A fault in a file of the vocabulary is refused with its file, line and reason."""

from pathlib import Path

import pytest

from consult.errors import BadFile
from consult.knowledge.vocabulary import load_vocabulary

ORIGIN = "a source,2026-11-23,unreviewed"
FILES = {
    "ingredients.csv": [
        "ingredient,rxcui,unii,kind,routes,source,date,reviewer",
        f"aspirin,1191,R16CO5Y76E,otc,oral|rectal,{ORIGIN}",
        f"caffeine,,,otc,oral,{ORIGIN}",
        f"grapefruit,,,food,oral,{ORIGIN}",
    ],
    "names.csv": [
        "name,ingredients,kind,route,note,source,date,reviewer",
        f"aspirin,aspirin,generic,,,{ORIGIN}",
        f"anacin,aspirin+caffeine,brand,,,{ORIGIN}",
        f"pain pill,,class,,pain medicine,{ORIGIN}",
    ],
    "foods.csv": [
        "name,ingredients,kind,route,note,source,date,reviewer",
        f"grapefruit,grapefruit,generic,,,{ORIGIN}",
    ],
    "name_parts.csv": ["part,kind,route,source,date,reviewer", f"tablet,form,oral,{ORIGIN}"],
    "confused_pairs.csv": ["a,b,source,date,reviewer", f"anacin,aspirin,{ORIGIN}"],
    "top300.csv": ["rank,ingredient,source,date,reviewer", f"46,aspirin,{ORIGIN}"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, lines in FILES.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path


def test_a_small_vocabulary_loads(folder: Path) -> None:
    vocabulary = load_vocabulary(folder)

    assert vocabulary.names["anacin"].ingredients == ("aspirin", "caffeine")
    assert vocabulary.common == ("aspirin",)
    assert vocabulary.confused_pairs == (("anacin", "aspirin"),)


def test_a_site_may_add_a_file_of_names(folder: Path) -> None:
    (folder / "names_site.csv").write_text(f"{FILES['names.csv'][0]}\nasa,aspirin,abbreviation,,,{ORIGIN}\n")

    vocabulary = load_vocabulary(folder)

    assert vocabulary.resolve("ASA 81 mg") is vocabulary.names["asa"]


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("names.csv", f"asa,asprin,abbreviation,,,{ORIGIN}", "unknown ingredient asprin"),
        ("names.csv", f"x,caffeine+aspirin,brand,,,{ORIGIN}", "not sorted"),
        ("names.csv", f"aspirin,aspirin,brand,,,{ORIGIN}", "stands twice"),
        ("names.csv", f"Bayer,aspirin,brand,,,{ORIGIN}", "lower case"),
        ("names.csv", f"bayer,aspirin,trademark,,,{ORIGIN}", "unknown kind"),
        ("names.csv", f"bayer,aspirin,class,,,{ORIGIN}", "class word"),
        ("names.csv", f"bayer,,brand,,,{ORIGIN}", "class word"),
        ("names.csv", "bayer,aspirin,brand,,,,2026-11-23,unreviewed", "source, date"),
        ("names.csv", "bayer,aspirin,brand,,,a source,23/11/2026,unreviewed", "source, date"),
        ("names.csv", "bayer,aspirin,brand,,,a source,2026-11-23,", "source, date"),
        ("names.csv", "bayer,aspirin,brand", "cells"),
        ("names.csv", f'"bayer,aspirin,brand,,,{ORIGIN}', "not a readable CSV row"),
        ("foods.csv", f"aspirin,aspirin,generic,,,{ORIGIN}", "stands twice"),
        ("ingredients.csv", f"caffeine,,,otc,oral,{ORIGIN}", "stands twice"),
        ("ingredients.csv", f"ibuprofen,x1,,otc,oral,{ORIGIN}", "rxcui"),
        ("ingredients.csv", f"ibuprofen,,WK2,otc,oral,{ORIGIN}", "unii"),
        ("ingredients.csv", f"ibuprofen,,,pill,oral,{ORIGIN}", "unknown kind"),
        ("ingredients.csv", f"ibuprofen,,,otc,,{ORIGIN}", "routes"),
        ("confused_pairs.csv", f"b,a,{ORIGIN}", "not in order"),
        ("name_parts.csv", f"tablet,form,oral,{ORIGIN}", "stands twice"),
        ("top300.csv", f"301,aspirin,{ORIGIN}", "rank"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(folder: Path, file: str, row: str, reason: str) -> None:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")

    with pytest.raises(BadFile, match=reason) as refused:
        load_vocabulary(folder)

    assert refused.value.line == len(FILES[file]) + 1
    assert file in refused.value.message


def test_a_wrong_header_is_refused(folder: Path) -> None:
    (folder / "names.csv").write_text("name,ingredient\n", encoding="utf-8")

    with pytest.raises(BadFile, match="header") as refused:
        load_vocabulary(folder)

    assert refused.value.line == 1


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "top300.csv").unlink()

    with pytest.raises(BadFile, match=r"top300\.csv: the file is missing"):
        load_vocabulary(folder)
