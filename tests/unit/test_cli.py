"""The command line as a person with files meets it: what goes in, what comes out, how bad input ends."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from tests.command import consult

NOTES = "warfarin 5 mg 1 tab daily\ntakes Aleve 2 tabs bid for knees, bruises on both arms\n"


def rows(result: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_analyze_reads_text_from_standard_input() -> None:
    found = rows(consult("analyze", stdin=NOTES))

    assert [[one["ingredients"] for one in line["medications"]] for line in found] == [[["warfarin"]], [["naproxen"]]]  # type: ignore[index,attr-defined]
    assert found[1]["effects"][0]["concept"] == "bruising"  # type: ignore[index]
    assert {"cues", "confidence"} <= set(found[0]["medications"][0])  # type: ignore[index]


def test_analyze_keeps_the_ids_of_jsonl(tmp_path: Path) -> None:
    file = tmp_path / "notes.jsonl"
    file.write_text('{"id": "n1", "text": "metformin 500 mg bid"}\n{"id": "n2", "text": "no dizziness"}\n')

    assert [line["id"] for line in rows(consult("analyze", file))] == ["n1", "n2"]


def test_check_finds_an_interaction_by_product_names() -> None:
    case = {"id": "1", "patient": {"age": 78, "sex": "f"}, "medications": [{"name": "Eliquis"}, {"name": "Aleve"}]}

    found = rows(consult("check", stdin=json.dumps(case)))[0]

    alert = found["alerts"][0]  # type: ignore[index]
    assert sorted(alert["between"]) == ["apixaban", "naproxen"]
    assert {"id", "kind", "severity", "indicator", "title", "why", "action", "source", "factors"} <= set(alert)


def test_check_counts_a_row_that_ended_only_while_it_still_acts() -> None:
    stopped = {"name": "fluoxetine", "status": "stopped"}

    def shown(end: str) -> list[str]:
        case = {"id": "1", "medications": [{"name": "phenelzine"}, {**stopped, "end": end}]}
        alerts = rows(consult("check", stdin=json.dumps(case)))[0]["alerts"]
        return [alert["id"] for alert in alerts if "fluoxetine" in alert["between"]]

    assert shown("2021-03-01") == []
    assert shown(date.today().isoformat()) == ["interaction:fluoxetine+phenelzine"]


def test_check_reads_a_name_with_its_directions_and_says_so() -> None:
    case = {"id": "1", "medications": [{"name": "spironolactone 25 mg daily"}, {"name": "lisinopril"}]}

    found = rows(consult("check", stdin=json.dumps(case)))[0]

    (alert,) = [alert for alert in found["alerts"] if alert["id"] == "interaction:lisinopril+spironolactone"]
    assert alert["title"].startswith("lisinopril + spironolactone:")
    assert found["not_checked"] == [
        {"name": "spironolactone 25 mg daily", "reason": "read as spironolactone; what else the name says is not used"}
    ]


def test_check_lists_what_it_could_not_check() -> None:
    case = {"id": "1", "patient": {"age": 60}, "medications": [{"name": "warfarin"}, {"name": "zzyzxmycin"}]}

    found = rows(consult("check", stdin=json.dumps(case)))[0]

    assert "zzyzxmycin" in json.dumps(found["not_checked"])


def test_replay_prints_the_events_and_writes_the_draft_takeaway(tmp_path: Path) -> None:
    notes, out = tmp_path / "notes.txt", tmp_path / "out.pdf"
    notes.write_text(NOTES)

    events = rows(consult("replay", notes, "--takeaway", out, "--name", "Maria Lopez", "--birth-date", "1952-03-14"))

    kinds = [event["data"]["type"] for event in events]  # type: ignore[index]
    assert kinds.count("note_line_put") == 2
    assert {"mentions_found", "medication_proposed", "alert_raised", "medication_confirmed"} <= set(kinds)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    with pikepdf.open(out) as document:
        assert len(document.pages) >= 4
        assert "/StructTreeRoot" in document.Root


@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (("analyze", "nowhere.txt"), "", "nowhere.txt"),
        (("analyze",), '{"id": "1", "text": "ok"}\n{"id": broken\n', ":2"),
        (("analyze",), '{"id": "1"}\n', ":1"),
        (("check",), "not json\n", ":1"),
        (("check",), '{"id": "1", "patient": {"age": "old"}, "medications": []}\n', "age"),
        (("check",), '{"id": "1", "medications": [{"name": "Prozac", "end": "last May"}]}\n', "YYYY-MM-DD"),
        (("replay",), "x" * 2001 + "\n", "2000"),
        (("replay", "--birth-date", "yesterday"), "metformin\n", "YYYY-MM-DD"),
        (("scripts", "check", "nowhere.yaml"), "", "nowhere.yaml"),
    ],
)
def test_bad_input_ends_with_place_reason_and_status_two(words: tuple[str, ...], stdin: str, says: str) -> None:
    result = consult(*words, stdin=stdin)

    assert result.returncode == 2, result.stderr
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_bytes(b"metformin\n\xff\xfe\n")

    result = consult("analyze", file)

    assert result.returncode == 2
    assert "UTF-8" in result.stderr


def test_a_reader_that_closes_early_is_no_fault_of_the_file(tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    cases.write_text('{"medications": [{"name": "warfarin"}, {"name": "naproxen"}]}\n' * 300, encoding="utf-8")
    command = [sys.executable, "-m", "consult.cli", "check", str(cases)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (1, "")


def test_a_takeaway_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    result = consult("replay", "--takeaway", tmp_path / "missing" / "out.pdf", stdin="metformin 500 mg bid\n")

    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_broken_script_is_refused_with_file_line_and_reason(tmp_path: Path) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text("script: mine\nsurprise: yes\n")

    result = consult("scripts", "check", file)

    assert result.returncode == 2
    assert f"{file}:" in result.stderr


def test_a_port_in_use_is_said_in_one_line(tmp_path: Path) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        database = f"sqlite:///{tmp_path}/consult.db"
        assert consult("db", "upgrade", "--database", database).returncode == 0

        result = consult("serve", "--database", database, "--port", str(taken.getsockname()[1]))

    assert result.returncode == 1
    assert "port-in-use" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_takeaway_of_a_file_of_notes_is_checked_and_its_grade_printed(tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(NOTES)
    result = consult("takeaway", "check", notes)

    assert [line for line in result.stdout.splitlines() if "reading grade" in line]
    assert "FAIL   6  Part D plan named" in result.stdout
    assert result.returncode == 1


def test_what_is_due_is_listed_from_the_rows_of_the_database(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path}/site.db"
    consult("db", "upgrade", "--database", database)
    result = consult("takeaway", "due", "--database", database)

    assert (result.returncode, result.stdout) == (0, "")


def test_the_word_lists_of_a_site_are_checked_and_used(tmp_path: Path) -> None:
    head, origin = "name,ingredients,kind,route,note,source,date,reviewer", "our shelf,2026-11-26,A. Pharmacist"
    names = tmp_path / "drug_names.csv"
    names.write_text(f"{head}\nzappol,aspirin,brand,,,{origin}\nzonk,nosuch,brand,,,{origin}\n")

    faulty = consult("data", "check", tmp_path)
    names.write_text(f"{head}\nzappol,aspirin,brand,,,{origin}\n")
    good = consult("data", "check", tmp_path)

    assert (faulty.returncode, faulty.stderr) == (2, f"{names}:3: unknown ingredient nosuch\n")
    assert good.returncode == 0
    assert "of the site 1 names" in good.stdout


def test_a_word_that_a_command_does_not_know_shows_the_usage_of_that_command() -> None:
    result = consult("fhir", "export", "kim", "--kind", "smp")

    assert result.returncode == 2
    assert result.stderr.startswith("usage: consult fhir export")
    assert result.stderr.endswith("unrecognized arguments: --kind smp\n")
