"""The catalogue of the pages' texts is whole: nothing untranslated, nothing left over, the browser's part fresh."""

import re
from pathlib import Path

import pytest

from tools import catalogue

LANGUAGES = catalogue.languages()
SLOT = re.compile(r"%\((\w+)\)s")


def test_spanish_is_there() -> None:
    assert "es" in LANGUAGES


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_text_of_the_sources_is_translated(tag: str) -> None:
    known = {one.id: one for one in catalogue.read(tag) if one.id}
    wanted = {one.id for one in catalogue.gathered() if one.id}

    lacking = [text for text in wanted if text not in known or not all(_strings(known[text].string))]

    assert lacking == [], "translate them in consult/locale, after: python tools/catalogue.py"
    assert set(known) - wanted == set(), "no source says these any more: python tools/catalogue.py"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_translation_has_the_slots_of_its_text(tag: str) -> None:
    wrong = [
        (one.id, said)
        for one in catalogue.read(tag)
        if one.id
        for said in _strings(one.string)
        if set(SLOT.findall(said)) != set(SLOT.findall(_strings(one.id)[-1]))
    ]

    assert wrong == []


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_browser_has_what_the_catalogue_says_today(tag: str) -> None:
    assert catalogue.po_file(tag).read_bytes() == catalogue.renewed(tag), "run: python tools/catalogue.py"
    for part in catalogue.BROWSER_PARTS:
        kept = catalogue.json_file(tag, part)
        assert (kept.read_text("utf-8") if kept.exists() else "{}\n") == catalogue.for_browser(tag, part)


def test_the_gatherer_understands_every_text_of_the_pages() -> None:
    gathered = [name for one in catalogue.gathered() for name, _ in one.locations]

    for path in sorted((catalogue.ROOT / "web/src").rglob("*.ts*")):
        if path.name == "i18n.ts":
            continue
        calls = set(re.findall(r"(?<![\w.])tn?\(\s*([\"'`](?:[^\"'`\\]|\\.)*)", path.read_text("utf-8")))
        assert not [text for text in calls if text[0] == "`"], f"{path.name}: a text is a plain string, with %(name)s"
        name = path.relative_to(catalogue.ROOT).as_posix()
        assert gathered.count(name) >= len(calls), f"{name}: some texts are not found"


def outside(template: str) -> list[str]:
    """What a template says to people by itself, not through the catalogue."""
    css = r"{% block (?:style|page) %}.*?{% endblock %}|<style.*?</style>"
    said = re.sub(rf"{css}|{{%.*?%}}|{{{{.*?}}}}|<!doctype html>", "", template, flags=re.S)
    attributes = re.findall(r'(?:aria-label|title|placeholder|alt)="([^"]*)"', said)
    return [text.strip() for text in (*re.split(r"<[^>]*>", said), *attributes) if re.search(r"[^\W\d_]{2}", text)]


@pytest.mark.parametrize(
    "path", sorted((catalogue.ROOT / "consult/api/templates").glob("*.j2")), ids=lambda path: str(path.name)
)
def test_a_page_says_nothing_outside_of_the_catalogue(path: Path) -> None:
    assert outside(path.read_text("utf-8")) == []


def test_a_text_that_stands_in_a_template_by_itself_is_noticed() -> None:
    assert outside('<p class="a">{{ _("Yes") }} Sign in</p><b title="Close">{% if a %}x{% endif %}</b>') == [
        "Sign in",
        "Close",
    ]


def test_a_text_without_a_translation_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "xx/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "consult.po").write_bytes(catalogue.HEADER.format(tag="es").encode())
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)

    text = catalogue.renewed("xx").decode()

    assert 'msgid "Your medicine visit"\nmsgstr ""' in text


def _strings(value: object) -> list[str]:
    return [value] if isinstance(value, str) else list(value)  # type: ignore[call-overload]
