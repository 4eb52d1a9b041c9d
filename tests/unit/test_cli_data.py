"""consult data import | status: a site's own data, as the person who runs a site meets it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.command import consult
from tests.unit.knowledge import sources

CASE = {"id": "1", "patient": {"age": 60}, "medications": [{"name": "warfarin"}, {"name": "loratadine"}]}


def test_rules_are_imported_told_and_used_and_their_label_text_is_shown(tmp_path: Path) -> None:
    data, rules = tmp_path / "data", tmp_path / "rules.json"
    rules.write_text(json.dumps([sources.RULE]))
    label = sources.openfda(tmp_path / "label.json", sources.label("WARFARIN SODIUM", boxed_warning="Can bleed."))

    made = consult("data", "import", "rules", rules, "--terms", "licensed to us", "--data", data)
    labels = consult("data", "import", "openfda", label, data=data)
    told = consult("data", "status", data=data)
    checked = consult("check", data=data, stdin=json.dumps(CASE))
    explained = consult("check", "--explain", data=data, stdin=json.dumps(CASE))
    without = consult("check", stdin=json.dumps(CASE))

    assert (made.returncode, labels.returncode) == (0, 0), made.stderr + labels.stderr
    assert made.stdout.splitlines()[0] == f"The site's own rules: 1 rows in {data}"
    assert "terms: licensed to us" in told.stdout
    assert "interaction:loratadine+warfarin" in checked.stdout
    assert "interaction:loratadine+warfarin" not in without.stdout
    assert "rule site:pt-1: imported by the site, major" in explained.stdout
    assert "label of warfarin (2026-05-01), boxed warning: Can bleed." in explained.stdout


def test_names_of_rxnorm_and_ndc_are_used_by_analyze(tmp_path: Path) -> None:
    data = tmp_path / "data"
    rx = consult("data", "import", "rxnorm", sources.rxnorm(tmp_path / "rx"), "--data", data)
    ndc = consult("data", "import", "ndc", sources.ndc(tmp_path / "product.txt"), "--data", data)

    found = consult("analyze", data=data, stdin="takes Eliquimax 5 mg bid and Zandia\n")

    assert (rx.returncode, ndc.returncode) == (0, 0), rx.stderr + ndc.stderr
    assert [one["ingredients"] for one in json.loads(found.stdout)["medications"]] == [["apixaban"], ["zandomab"]]


def test_ddinter_needs_its_licence_accepted_and_says_that_it_is_not_complete(tmp_path: Path) -> None:
    data, path = tmp_path / "data", sources.ddinter(tmp_path / "a.csv", ("Warfarin", "Loratadine", "Major"))

    refused = consult("data", "import", "ddinter", path, "--data", data)
    assert (refused.returncode, "not for commercial use" in refused.stderr, data.exists()) == (2, True, False)

    taken = consult("data", "import", "ddinter", path, "--data", data, "--accept-licence", "CC-BY-NC-SA-4.0")

    assert taken.returncode == 0
    assert "may still interact" in taken.stderr


def test_a_broken_import_ends_with_status_2_and_keeps_the_old(tmp_path: Path) -> None:
    data, rules = tmp_path / "data", tmp_path / "rules.json"
    rules.write_text(json.dumps([sources.RULE]))
    consult("data", "import", "rules", rules, "--data", data)
    before = (data / "rules.jsonl").read_bytes()
    rules.write_text(json.dumps([{**sources.RULE, "class": "dangerous"}]))

    result = consult("data", "import", "rules", rules, "--data", data)
    nowhere = consult("data", "import", "rules", rules)

    assert (result.returncode, result.stderr.startswith(f"consult: {rules}:1: class 'dangerous'")) == (2, True)
    assert (data / "rules.jsonl").read_bytes() == before
    assert (nowhere.returncode, "CONSULT_DATA" in nowhere.stderr) == (2, True)


def test_a_site_does_not_start_on_data_that_was_changed(tmp_path: Path) -> None:
    data, rules = tmp_path / "data", tmp_path / "rules.json"
    rules.write_text(json.dumps([sources.RULE]))
    consult("data", "import", "rules", rules, "--data", data)
    with (data / "rules.jsonl").open("a") as stream:
        stream.write("{}\n")

    consult("db", "upgrade", "--database", f"sqlite:///{tmp_path}/x.db")
    served = consult("serve", "--database", f"sqlite:///{tmp_path}/x.db", "--port", "0", data=data)
    checked = consult("check", data=data, stdin=json.dumps(CASE))

    assert (served.returncode, "[drug-data-broken]" in served.stderr) == (1, True)
    assert (checked.returncode, "import the source again" in checked.stderr) == (2, True)
