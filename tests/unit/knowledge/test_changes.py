"""The change log of the knowledge base says what the tables say."""

from __future__ import annotations

import re
from pathlib import Path

from consult.knowledge.status import fingerprint, report, version

LOG = (Path(__file__).resolve().parents[3] / "docs/knowledge_changes.md").read_text(encoding="utf-8")


def sections() -> list[tuple[str, str]]:
    parts = re.split(r"^## (\S+)$", LOG, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def fault(log: list[tuple[str, str]], named: str, tables: str) -> str:
    """What does not agree between the log, the named version and the fingerprint of the tables; "" where all does."""
    newest, text = log[0]
    told = re.search(r"^Fingerprint: (\S+)$", text, re.MULTILINE)
    if newest != named:
        return f"the log begins with {newest}, VERSION says {named}"
    if named.endswith("-dev"):
        return "a version in work has no fingerprint" if told else ""
    return "" if told and told[1] == tables else f"the tables of {named} have the fingerprint {tables}"


def test_the_newest_section_is_of_the_tables_as_they_stand() -> None:
    assert fault(sections(), version(), fingerprint()) == ""


def test_a_version_given_out_names_its_fingerprint_and_what_changed() -> None:
    for name, text in sections():
        assert re.search(r"^- \S", text, re.MULTILINE), name
        if not name.endswith("-dev"):
            assert re.search(r"^Fingerprint: [0-9a-f]{64}$", text, re.MULTILINE), name


def test_tables_that_changed_under_a_version_given_out_are_found() -> None:
    given_out = [("2027.1", "\nFingerprint: " + "0" * 64 + "\n- x\n")]

    assert fault(given_out, "2027.1", "0" * 64) == ""
    assert fault(given_out, "2027.1", "1" * 64).startswith("the tables of 2027.1")
    assert fault(given_out, "2027.2", "0" * 64).startswith("the log begins with 2027.1")


def test_the_status_names_the_version() -> None:
    assert report()[-1] == f"version {version()}, fingerprint of all: {fingerprint()}"
