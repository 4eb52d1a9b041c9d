"""Each source: what is read of its true format, what is left out and refused, and that the program then uses it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from consult.assess import assess
from consult.domain.facts import Facts
from consult.domain.medication import Medication
from consult.errors import BadFile
from consult.fhir.drugs import DrugReader
from consult.knowledge.importers import ddinter, ndc, openfda, rxnorm, site_rules
from consult.knowledge.site import label_text, site_codes, with_site_names, with_site_rules
from consult.knowledge.sitefile import Manifest, path_of, read_manifest, read_rows_of, write_rows
from consult.knowledge.status import site_report
from consult.knowledge.tables import Knowledge
from consult.knowledge.vocabulary import Vocabulary
from tests.unit.knowledge import sources


@pytest.fixture
def words(vocabulary: Vocabulary) -> Vocabulary:
    return vocabulary


@pytest.fixture
def tables(knowledge: Knowledge) -> Knowledge:
    return knowledge


def alerts(tables: Knowledge, *drugs: str, age: int = 60) -> dict[str, str]:
    rows = tuple(Medication(f"m{n}", drug, (drug,), review="confirmed") for n, drug in enumerate(drugs))
    return {one.id: one.indicator for one in assess(Facts(age=age, medications=rows), tables).alerts}


def rows_of(found: tuple[Manifest, list[Any]], kind: str) -> dict[str, list[str]]:
    return {row[1]: row[2] for row in found[1] if row[0] == kind}


# --- RxNorm


def test_rxnorm_gives_brands_and_codes_down_to_the_ingredients(tmp_path: Path, words: Vocabulary) -> None:
    found = rxnorm.read_rxnorm(sources.rxnorm(tmp_path), words)

    names, codes = rows_of(found, "name"), rows_of(found, "code")
    assert names["zandia"] == ["zandomab"]
    assert names["zandomab"] == ["zandomab"]
    assert names["zestoretix"] == ["hydrochlorothiazide", "lisinopril"]
    assert "jantoven" not in names  # the packaged names have it
    assert codes["21"] == codes["22"] == codes["11"] == codes["00003089421"] == ["warfarin"]
    assert codes["30"] == ["zandomab"]
    assert "00003089499" not in codes  # suppressed
    assert found[0].counts["NDC"] == 1


def test_what_rxnorm_suppresses_is_skipped(tmp_path: Path, words: Vocabulary) -> None:
    names = rows_of(rxnorm.read_rxnorm(sources.rxnorm(tmp_path, suppressed="10"), words), "name")

    assert "zandia" not in names
    assert "zandomab" in names


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("RXNCONSO.RRF", "1|ENG|\n", "RXNCONSO.RRF:1: 2 columns that end in '|', not 18"),
        ("RXNCONSO.RRF", "", "the file is empty"),
        ("RXNCONSO.RRF", sources._conso("9", "BN", "Alone", "N"), "names no ingredient"),
        ("RXNCONSO.RRF", sources._conso("9", "IN", "cut", "N")[:-1], "RXNCONSO.RRF:1: the last line has no end"),
        ("RXNREL.RRF", "1||CUI|RO|10||CUI|isa|1||RXNORM||||N|4096|\n", "joins no brand and ingredient"),
    ],
)
def test_a_broken_rxnorm_is_refused_with_file_and_line(
    tmp_path: Path, words: Vocabulary, name: str, text: str, reason: str
) -> None:
    folder = sources.rxnorm(tmp_path)
    (folder / "rrf" / name).write_text(text)

    with pytest.raises(BadFile) as refused:
        rxnorm.read_rxnorm(folder, words)
    assert reason in refused.value.message


def test_a_missing_file_of_rxnorm_is_named(tmp_path: Path, words: Vocabulary) -> None:
    folder = sources.rxnorm(tmp_path)
    (folder / "rrf" / "RXNSAT.RRF").unlink()

    with pytest.raises(BadFile, match=r"RXNSAT.RRF: cannot be read"):
        rxnorm.read_rxnorm(folder, words)


def test_the_program_knows_the_names_and_codes_of_a_site(tmp_path: Path, words: Vocabulary, tables: Knowledge) -> None:
    data = tmp_path / "data"
    write_rows(data, *rxnorm.read_rxnorm(sources.rxnorm(tmp_path / "rx"), words))
    write_rows(data, *ndc.read_ndc(sources.ndc(tmp_path / "product.txt"), words))

    site = with_site_names(words, data)
    codes = site_codes(site, data)

    for text, ingredients in (
        ("Zandia 10 mg", ("zandomab",)),
        ("Eliquimax", ("apixaban",)),
        ("Coumadin", ("warfarin",)),
    ):
        known = site.resolve(text)
        assert known is not None, text
        assert known.ingredients == ingredients
    assert codes.rxcui["22"] == ("warfarin",)
    for code in ("00003089421", "0003-0894-21", "00003-0894-21"):
        assert codes.of_ndc(code)[0] in ("warfarin", "apixaban"), code
    unknown = assess(Facts(medications=(Medication("m", "Zandia", ("zandomab",), review="confirmed"),)), tables)
    assert unknown.not_checked[0].reason == "no safety data for zandomab"
    reader = DrugReader(site, lambda system, code: codes.rxcui.get(code, ()))
    drug = reader.concept({"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "22"}]})
    assert drug is not None
    assert (drug.name, drug.ingredients) == ("warfarin", ("warfarin",))


def test_a_product_that_is_named_by_ordinary_words_is_no_name_of_a_drug(tmp_path: Path, words: Vocabulary) -> None:
    rows = [
        sources.product(f"1-{n}", name, "MENTHOL") for n, name in enumerate(("Pain Ease", "Balance", "Coolzene Ease"))
    ]
    write_rows(tmp_path, *ndc.read_ndc(sources.ndc(tmp_path / "product.txt", *rows), words))

    site = with_site_names(words, tmp_path, frozenset({"pain", "ease", "balance"}))

    assert {name for name in site.names if name not in words.names} == {"coolzene ease"}


def test_the_annotator_finds_a_name_of_the_site(tmp_path: Path, words: Vocabulary) -> None:
    from consult.nlp.annotate import Annotator

    write_rows(tmp_path / "data", *rxnorm.read_rxnorm(sources.rxnorm(tmp_path / "rx"), words))
    site = with_site_names(words, tmp_path / "data")

    annotator = Annotator(site.names.values(), site.confused_pairs, site.common, site.phrases)

    found = annotator.annotate("started Zandia 10 mg daily").medications
    assert [(one.ingredients, one.match) for one in found] == [(("zandomab",), "exact")]


# --- NDC


def test_the_ndc_directory_gives_new_names_with_their_substances(tmp_path: Path, words: Vocabulary) -> None:
    found = ndc.read_ndc(sources.ndc(tmp_path / "product.txt"), words)

    names, codes = rows_of(found, "name"), rows_of(found, "code")
    assert names == {
        "eliquimax": ["apixaban"],
        "zandia": ["zandomab"],
        "zestoretix": ["hydrochlorothiazide", "lisinopril"],
    }
    assert codes["000030894"] == ["apixaban"]
    assert "123450681" not in codes  # excluded
    assert found[0].data_date == "2026-01-15"
    assert found[0].counts["names of several meanings left out"] == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "the file is empty"),
        ("PRODUCTID\tPRODUCTNDC\n", "product.txt:1: no column PRODUCTTYPENAME"),
        ("\t".join(sources.PRODUCT_HEADER) + "\nx\ty\n", "product.txt:2: 2 columns, not 20"),
        ("\t".join(sources.PRODUCT_HEADER) + "\n", "no human drug"),
        (
            "\t".join(sources.PRODUCT_HEADER) + "\n" + sources.product("abc", "X", "WARFARIN"),
            "product.txt:2: PRODUCTNDC",
        ),
        ("\t".join(sources.PRODUCT_HEADER) + "\n" + sources.product("1-2", "X", "Y")[:-1], "the file was cut"),
    ],
)
def test_a_broken_ndc_directory_is_refused(tmp_path: Path, words: Vocabulary, text: str, reason: str) -> None:
    path = tmp_path / "product.txt"
    path.write_bytes(text.encode("latin-1"))

    with pytest.raises(BadFile) as refused:
        ndc.read_ndc(path, words)
    assert reason in refused.value.message


# --- the site's own rules


def own_rules(path: Path, tables: Knowledge, *rules: dict[str, Any]) -> tuple[Manifest, list[dict[str, str]]]:
    path.write_text(json.dumps(list(rules)))
    return site_rules.read_site_rules(path, tables, "licensed")


def test_a_rule_of_the_site_raises_an_alert_in_its_words(tmp_path: Path, tables: Knowledge) -> None:
    assert "interaction:loratadine+warfarin" not in alerts(tables, "warfarin", "loratadine")
    write_rows(tmp_path, *own_rules(tmp_path / "rules.json", tables, sources.RULE))

    site = with_site_rules(tables, tmp_path)

    assert alerts(site, "warfarin", "loratadine")["interaction:loratadine+warfarin"] == "critical"
    rows = tuple(Medication(n, n, (n,), review="confirmed") for n in ("warfarin", "cetirizine"))
    alert = next(one for one in assess(Facts(age=82, medications=rows), site).alerts if one.rule.startswith("site:"))
    assert (alert.rule, alert.title) == ("site:pt-1", "warfarin + cetirizine: The INR may rise")
    assert "How often it harms: seldom." in alert.why
    assert alert.source == "P&T committee, minutes of March (2026-10-01)"
    assert ("age", "82", "raises") in [(one.name, one.value, one.effect) for one in alert.factors]


def test_items_of_a_site_rule_are_told_as_sentences(tmp_path: Path, tables: Knowledge) -> None:
    rule = {**sources.RULE, "consequences": "the INR may rise", "seriousness": "bleeding"}
    write_rows(tmp_path, *own_rules(tmp_path / "rules.json", tables, rule))
    rows = tuple(Medication(n, n, (n,), review="confirmed") for n in ("warfarin", "cetirizine"))

    alerts_there = assess(Facts(age=82, medications=rows), with_site_rules(tables, tmp_path)).alerts

    (alert,) = [one for one in alerts_there if one.rule == "site:pt-1"]
    assert alert.why.startswith("the INR may rise. Seriousness: bleeding. ")


def test_csv_and_json_of_the_same_rules_are_the_same(tmp_path: Path, tables: Knowledge) -> None:
    flat = {name: "; ".join(value) if isinstance(value, list) else value for name, value in sources.RULE.items()}
    table = tmp_path / "rules.csv"
    table.write_text(",".join(flat) + "\n" + ",".join(f'"{value}"' for value in flat.values()) + "\n")

    csv_rows = site_rules.read_site_rules(table, tables, "licensed")[1]

    assert csv_rows == own_rules(tmp_path / "rules.json", tables, sources.RULE)[1]


def test_a_rule_may_replace_one_of_ours(tmp_path: Path, tables: Knowledge) -> None:
    assert alerts(tables, "apixaban", "naproxen")["interaction:apixaban+naproxen"] == "critical"
    rule = next(one for one, _ in tables.between("apixaban", "naproxen"))
    quiet = {
        **sources.RULE, "id": "quiet", "drugs_a": "apixaban", "drugs_b": "naproxen", "class": "no special precautions",
        "replaces": rule.id, "context": "",
    }  # fmt: skip

    write_rows(tmp_path, *own_rules(tmp_path / "rules.json", tables, quiet))

    found = alerts(with_site_rules(tables, tmp_path), "apixaban", "naproxen")
    assert found.get("interaction:apixaban+naproxen", "info") == "info"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "Bad Id"}, "id 'Bad Id' is not lower-case"),
        ({"class": "dangerous"}, "class 'dangerous' is not one of"),
        ({"drugs_a": "unobtainium"}, "no ingredient named 'unobtainium'"),
        ({"drugs_b": "@no such class"}, "no class or property named"),
        ({"context": "age over 80"}, "clause not understood"),
        ({"context": "has dragons => up"}, "no condition named 'dragons'"),
        ({"date": "yesterday"}, "is not YYYY-MM-DD"),
        ({"action": ""}, "action is empty"),
        ({"action": 4}, "action is no text"),
        ({"replaces": "no-such-rule"}, "there is no rule of that name"),
        ({"colour": "red"}, "the unknown colour"),
    ],
)
def test_a_rule_that_cannot_be_right_is_refused_with_its_place(
    tmp_path: Path, tables: Knowledge, change: dict[str, Any], reason: str
) -> None:
    with pytest.raises(BadFile) as refused:
        own_rules(tmp_path / "rules.json", tables, {**sources.RULE, "id": "ok"}, {**sources.RULE, **change})

    assert refused.value.message.startswith(f"{tmp_path}/rules.json:2: ")
    assert reason in refused.value.message


def test_one_rule_twice_is_refused(tmp_path: Path, tables: Knowledge) -> None:
    with pytest.raises(BadFile, match=r"'pt-1' stands twice"):
        own_rules(tmp_path / "rules.json", tables, sources.RULE, sources.RULE)


# --- openFDA


def test_label_text_is_kept_as_it_stands_and_makes_no_rule(
    tmp_path: Path, words: Vocabulary, tables: Knowledge
) -> None:
    path = sources.openfda(
        tmp_path / "label.json",
        sources.label("APIXABAN", "20250101", drug_interactions="Old words."),
        sources.label("APIXABAN", "20260501", drug_interactions="7 DRUG  INTERACTIONS Words.", boxed_warning="A box."),
        sources.label("WARFARIN SODIUM", description="no section that is used"),
        sources.label("UNOBTAINIUM", drug_interactions="x"),
        {"set_id": "without openfda", "drug_interactions": ["x"]},
    )
    write_rows(tmp_path, *openfda.read_openfda([path], words))

    text = label_text(tmp_path, "apixaban")

    assert text is not None
    assert (text.date, text.brand, dict(text.sections)) == (
        "2026-05-01",
        "Apixaban",
        {"boxed_warning": "A box.", "drug_interactions": "7 DRUG INTERACTIONS Words."},
    )
    assert label_text(tmp_path, "warfarin") is None
    assert with_site_rules(tables, tmp_path).rules == tables.rules


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('{"results": [', "not JSON"),
        ("{}", "holds no results"),
        ('{"results": [{"set_id": "x"}]}', "no label of a drug that we know"),
    ],
)
def test_a_broken_label_file_is_refused(tmp_path: Path, words: Vocabulary, content: str, reason: str) -> None:
    path = tmp_path / "label.json"
    path.write_text(content)

    with pytest.raises(BadFile, match=reason):
        openfda.read_openfda([path], words)


# --- DDInter


def test_ddinter_speaks_only_where_no_rule_of_ours_does(tmp_path: Path, words: Vocabulary, tables: Knowledge) -> None:
    path = sources.ddinter(
        tmp_path / "ddinter_code_A.csv",
        ("Warfarin", "Loratadine", "Major"),
        ("Apixaban", "Naproxen", "Moderate"),
        ("Loratadine", "Metformin", "Moderate"),
        ("Lisinopril", "Loratadine", "Minor"),
        ("Cetirizine", "Loratadine", "Unknown"),
        ("Unobtainium", "Warfarin", "Major"),
    )
    before = alerts(tables, "apixaban", "naproxen")
    manifest, rows = ddinter.read_ddinter([path], words)
    write_rows(tmp_path, manifest, rows)

    site = with_site_rules(tables, tmp_path)

    assert rows == [
        ["apixaban", "naproxen", "Moderate"],
        ["loratadine", "metformin", "Moderate"],
        ["loratadine", "warfarin", "Major"],
    ]
    assert manifest.counts["minor or unknown left out"] == 2
    assert alerts(site, "warfarin", "loratadine")["interaction:loratadine+warfarin"] == "critical"
    assert alerts(site, "metformin", "loratadine")["interaction:loratadine+metformin"] == "info"
    assert alerts(site, "apixaban", "naproxen") == before


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n", "ddi.csv:1: the header is not"),
        ("DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\n1,Warfarin,2,Aspirin,Deadly\n", "ddi.csv:2: a row needs five"),
        ("DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level\n1,Warfarin,2,Aspirin,Minor\n", "no major or moderate pair"),
    ],
)
def test_a_broken_ddinter_is_refused(tmp_path: Path, words: Vocabulary, text: str, reason: str) -> None:
    path = tmp_path / "ddi.csv"
    path.write_text(text)

    with pytest.raises(BadFile) as refused:
        ddinter.read_ddinter([path], words)
    assert reason in refused.value.message


# --- the data folder


def imported(folder: Path, tables: Knowledge, *rules: dict[str, Any]) -> Manifest:
    made = own_rules(folder / "in.json", tables, *rules)
    return write_rows(folder / "data", *made)


def many(count: int) -> list[dict[str, Any]]:
    return [{**sources.RULE, "id": f"pt-{number}"} for number in range(count)]


def test_a_file_far_smaller_than_what_stands_is_refused_and_the_old_kept(tmp_path: Path, tables: Knowledge) -> None:
    old = imported(tmp_path, tables, *many(10))

    with pytest.raises(BadFile, match="gives 3 rows where 10 stand now"):
        imported(tmp_path, tables, *many(3))

    assert read_manifest(tmp_path / "data", "rules") == old
    manifest, rows = own_rules(tmp_path / "in.json", tables, *many(3))
    assert write_rows(tmp_path / "data", manifest, rows, smaller=True).rows == 3


def test_a_swap_that_fails_keeps_the_old_and_leaves_nothing_behind(tmp_path: Path, tables: Knowledge) -> None:
    old = imported(tmp_path, tables, *many(2))
    manifest, rows = own_rules(tmp_path / "in.json", tables, *many(2))

    with pytest.raises(TypeError):
        write_rows(tmp_path / "data", manifest, [*rows, {"a": object()}])

    assert read_manifest(tmp_path / "data", "rules") == old
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["rules.jsonl"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda text: text[: len(text) // 2] + "\n", "not those that were imported"),
        (lambda text: text.replace('"format": 1', '"format": 99'), "of format 99"),
        (lambda text: "not json\n", "no file of imported data"),
        (lambda text: text.replace("P&T", "M&M"), "not those that were imported"),
    ],
)
def test_a_file_that_was_changed_is_never_used(tmp_path: Path, tables: Knowledge, spoil: Any, reason: str) -> None:
    imported(tmp_path, tables, *many(2))
    path = path_of(tmp_path / "data", "rules")
    path.write_text(spoil(path.read_text()))

    with pytest.raises(BadFile, match=reason):
        with_site_rules(tables, tmp_path / "data")


def test_the_status_says_what_is_loaded_from_when_and_how_much(tmp_path: Path, tables: Knowledge) -> None:
    made = imported(tmp_path, tables, *many(2))

    lines = site_report(tmp_path / "data")

    assert lines[1] == f"rules            2 rows  data of 2026-10-01  sha256 {made.sha256[:12]}"
    assert "rules 2, rules of ours replaced 0, reviewed 2" in lines[2]
    assert lines[3].endswith("terms: licensed")
    assert site_report(tmp_path / "nothing")[1] == "nothing was imported"


def test_the_rows_are_read_back_as_they_were_written(tmp_path: Path) -> None:
    manifest = Manifest("openfda", "t", "x", "f", "0" * 64, "2026-01-01", "2026-01-02T00:00:00Z", 2, {"a": 2})

    whole = write_rows(tmp_path, manifest, [["a", "ü\n"], ["b", 1]])

    assert read_rows_of(tmp_path, "openfda") == (whole, [["a", "ü\n"], ["b", 1]])
    assert replace(whole, sha256="") == manifest
