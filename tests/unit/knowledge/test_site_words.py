"""A pharmacist adds a brand or a lay phrase in a folder of the site; every fault is told with file, line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from consult.errors import BadFile
from consult.knowledge.site_words import read_site_words
from consult.knowledge.vocabulary import Vocabulary, load_vocabulary

NAMES = "name,ingredients,kind,route,note,source,date,reviewer"
PHRASES = "phrase,concept,source,date,reviewer"
ORIGIN = "our shelf,2026-11-26,A. Pharmacist"


@pytest.fixture
def built_in(vocabulary: Vocabulary) -> Vocabulary:
    return vocabulary


def write(folder: Path, name: str, *rows: str) -> None:
    (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")


def faults_in(folder: Path, built_in: Vocabulary) -> list[str]:
    return [fault.message for fault in read_site_words(folder, built_in.ingredients, built_in.names).faults]


def test_a_brand_and_a_lay_word_of_the_site_become_names(tmp_path: Path) -> None:
    write(
        tmp_path,
        "drug_names.csv",
        NAMES,
        f"corner allertabs,loratadine,brand,oral,,{ORIGIN}",
        f"dancing pill,,class,,restless legs,{ORIGIN}",
    )
    write(tmp_path, "effect_phrases.csv", PHRASES, f"swimmy legs,restless legs,{ORIGIN}")

    vocabulary = load_vocabulary(site=tmp_path)

    assert vocabulary.names["corner allertabs"].ingredients == ("loratadine",)
    assert vocabulary.names["dancing pill"].ingredients == ()
    assert vocabulary.name_sources["dancing pill"] == "our shelf"
    assert vocabulary.phrases == (("swimmy legs", "restless legs"),)


@pytest.mark.parametrize(
    ("row", "line", "reason"),
    [
        (f"eliquis,apixaban,brand,,,{ORIGIN}", 2, "known already"),
        (f"advil-pm,ibuprofen,brand,,,{ORIGIN}", 2, "known already, for diphenhydramine+ibuprofen"),
        (f"corner tabs,nosuch,brand,,,{ORIGIN}", 2, "unknown ingredient nosuch"),
        (f"corner tabs,ibuprofen+aspirin,brand,,,{ORIGIN}", 2, "not sorted"),
        (f"corner tabs,,brand,,,{ORIGIN}", 2, "a class word has no ingredients"),
        (f"Corner Tabs,aspirin,brand,,,{ORIGIN}", 2, "not lower case"),
        (f"corner tabs,aspirin,medicine,,,{ORIGIN}", 2, "unknown kind"),
        ("corner tabs,aspirin,brand,,,our shelf,yesterday,me", 2, "date (YYYY-MM-DD)"),
        ("corner tabs,aspirin,brand", 2, "3 cells, not 8"),
    ],
)
def test_a_faulty_row_is_named_by_file_line_and_reason(
    tmp_path: Path, built_in: Vocabulary, row: str, line: int, reason: str
) -> None:
    write(tmp_path, "drug_names.csv", NAMES, row)

    (fault,) = faults_in(tmp_path, built_in)

    assert fault.startswith(f"{tmp_path / 'drug_names.csv'}:{line}: ")
    assert reason in fault


def test_all_faults_of_a_folder_are_told_at_once(tmp_path: Path, built_in: Vocabulary) -> None:
    write(tmp_path, "drug_names.csv", NAMES, "a,b", f"corner tabs,nosuch,brand,,,{ORIGIN}")
    write(tmp_path, "effect_phrases.csv", PHRASES, f"Bad,dizziness,{ORIGIN}", f"woo,Dizzy!,{ORIGIN}")
    write(tmp_path, "brands.csv", NAMES)

    assert len(faults_in(tmp_path, built_in)) == 5


def test_a_name_may_not_stand_twice(tmp_path: Path, built_in: Vocabulary) -> None:
    row = f"corner tabs,aspirin,brand,,,{ORIGIN}"
    write(tmp_path, "drug_names.csv", NAMES, row, row)

    assert ":3: 'corner tabs' is known already" in faults_in(tmp_path, built_in)[0]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, built_in: Vocabulary) -> None:
    assert "is no folder" in faults_in(tmp_path / "nowhere", built_in)[0]


def test_faulty_lists_keep_the_vocabulary_from_loading(tmp_path: Path) -> None:
    write(tmp_path, "drug_names.csv", NAMES, "a,b")

    with pytest.raises(BadFile, match=r"drug_names\.csv:2: 2 cells"):
        load_vocabulary(site=tmp_path)
