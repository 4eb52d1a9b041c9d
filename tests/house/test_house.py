"""Rules of the house that a linter does not know."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BANNED = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "base",
    "manager",
    "managers",
    "service",
    "services",
    "handler",
}
LONGEST = 500


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        return [path for pattern in patterns for path in ROOT.glob(pattern.replace("*", "**/*", 1))]
    return [ROOT / name for name in listed.stdout.split("\n") if name and (ROOT / name).exists()]


@pytest.fixture(scope="module")
def sources() -> list[Path]:
    found = tracked("consult/*.py", "web/src/*.ts", "web/src/*.tsx", "tools/*.py", "bench/*.py")
    assert len(found) > 50
    return found


def test_no_source_file_is_longer_than_500_lines(sources: list[Path]) -> None:
    long = {str(path): n for path in sources if (n := len(path.read_text().splitlines())) > LONGEST}

    assert long == {}


def test_no_module_has_a_name_that_says_nothing(sources: list[Path]) -> None:
    assert [str(path) for path in sources if path.stem in BANNED] == []


def test_only_config_reads_the_settings_from_the_environment() -> None:
    reads = [
        path.relative_to(ROOT).as_posix()
        for path in tracked("consult/*.py")
        if re.search(r"environ\b.*CONSULT_|getenv", path.read_text())
    ]

    assert reads in (["consult/config.py"], [])


def test_nothing_is_switched_off_or_left_for_later(sources: list[Path]) -> None:
    left = re.compile(r"\b(TODO|FIXME|XXX)\b|NotImplementedError|pragma: no cover")

    assert [str(path) for path in sources if left.search(path.read_text())] == []


def test_no_registry_or_index_address_is_committed() -> None:
    words = tuple(
        ".".join(parts)
        for parts in (("pypi", "org"), ("registry", "npmjs"), ("deb", "debian"), ("python" + "hosted", "org"))
    )
    listed = tracked("*.txt", "*.toml", "*.json", "*.md", "*.sh", "Makefile", "*.py", "web/.npmrc", ".ci/run")

    named = [str(path) for path in listed if any(word in path.read_text(errors="ignore") for word in words)]

    assert named == []


def test_every_clinical_table_names_source_date_and_reviewer() -> None:
    tables = tracked("consult/knowledge/data/*.csv")
    assert tables

    for path in tables:
        header = path.read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        assert {"source", "date", "reviewer"} <= set(header), path.name


def test_the_readme_names_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    assert "make run" in readme
    assert "make test" in readme


def test_relative_links_in_the_documents_lead_somewhere() -> None:
    broken = [
        f"{path.name}: {target}"
        for path in tracked("*.md", "docs/*.md")
        for target in re.findall(r"\]\(([^)#:\s]+)\)", path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]

    assert broken == []
