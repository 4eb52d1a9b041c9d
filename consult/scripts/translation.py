"""The words of a script in another language: only words, by the ids of the script they belong to.

Those for the patient are in the language of the talk, those for the staff (titles, what to write down) in the language
of the page.

A translation holds no step, question, condition or code of its own, so it cannot drift from the script: an id that the
script does not have is refused, and what it leaves out is found missing. It stands in the folder of its language beside
that of the script (`es/steps/opening.yaml` for `en/steps/opening.yaml`), else beside the file (`talk.es.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from consult.scripts.entries import Entry, worded
from consult.scripts.linking import items_of
from consult.scripts.schema import TODO_WORDS, Branch, CareRule, Section, Step
from consult.scripts.sources import Sources
from consult.scripts.wording import names_in

LANGUAGES = ("es",)  # those that every script is expected in, besides its own
BLOCK_WORDS = ("say", "patient_topic")
STAFF_BLOCK_WORDS = ("title", "record")
STAFF_ITEM_WORDS = ("help", "unit")
RULE_WORDS = ("title", "interval", "action")
STAFF_WORDS = frozenset((*STAFF_BLOCK_WORDS, *STAFF_ITEM_WORDS, *RULE_WORDS, "do"))


@dataclass(slots=True)
class Words:
    """The texts of translation files by key, and where each one stands."""

    texts: dict[str, str] = field(default_factory=dict)
    places: dict[str, Entry] = field(default_factory=dict)

    def take(self, key: str, entry: Entry) -> None:
        if key in self.places:
            first = self.places[key]
            raise entry.bad(f"'{key}' is translated already in {first.path.name}:{first.line}")
        self.texts[key] = worded(entry)
        self.places[key] = entry


def patient_words(blocks: Sequence[Step | Branch], prevention: Sequence[CareRule] = ()) -> Iterator[tuple[str, str]]:
    """Every text that is said to or shown to the patient, by key ("say:open", "option:open-mode:phone")."""
    for rule in prevention:
        if rule.todo_topic:
            for name in TODO_WORDS:
                yield f"{name}:{rule.id}", getattr(rule, name)
    for block in blocks:
        yield from _said(block, block.id, BLOCK_WORDS)
        for proposal in block.proposes:
            for name in TODO_WORDS:
                yield f"{name}:{proposal.id}", getattr(proposal, name)
    for item in items_of(blocks):
        yield f"text:{item.link_id}", item.text
        for option in item.options:
            yield f"option:{item.link_id}:{option.code}", option.text


def staff_words(
    blocks: Sequence[Step | Branch], prevention: Sequence[CareRule] = (), sections: Sequence[Section] = ()
) -> Iterator[tuple[str, str]]:
    """Every text of the script that only the staff read, by key ("title:chest-pain", "do:chest-pain:0")."""
    for section in sections:
        yield f"title:{section.id}", section.title
    for rule in prevention:
        for name in RULE_WORDS:
            yield f"{name}:{rule.id}", getattr(rule, name)
    for block in blocks:
        yield from _said(block, block.id, STAFF_BLOCK_WORDS)
        for place, text in enumerate(getattr(block, "do", ())):
            yield f"do:{block.id}:{place}", text
    for item in items_of(blocks):
        yield from _said(item, item.link_id, STAFF_ITEM_WORDS)


def _said(part: object, key: str, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Those of the named texts that this part of a script has."""
    for name in names:
        if text := getattr(part, name, ""):
            yield f"{name}:{key}", text


def translation_path(path: Path, script_language: str, language: str) -> Path:
    """Where the translation of a script or part file stands."""
    parts = list(path.parts)
    for place in range(len(parts) - 2, max(len(parts) - 5, -1), -1):
        if parts[place] == script_language:
            return Path(*parts[:place], language, *parts[place + 1 :])
    return path.with_name(f"{path.stem}.{language}.yaml")


def read_words(paths: Iterable[Path], language: str, sources: Sources) -> Words:
    """The words of translation files. Raises BadFile for what is no translation."""
    words = Words()
    for path in paths:
        _read(sources.root(path), language, words)
    return words


def _read(root: Entry, language: str, words: Words) -> None:
    fields = root.fields(("translation",), ("sections", "blocks", "items", "proposals", "prevention"))
    if fields["translation"].word() != language:
        raise fields["translation"].bad(f"the translation is not in '{language}', as its place says")
    for section, entry in _pairs(fields, "sections"):
        words.take(f"title:{section}", entry)
    for block, entry in _pairs(fields, "blocks"):
        said = entry.fields((), (*BLOCK_WORDS, *STAFF_BLOCK_WORDS, "do"))
        for place, text in enumerate(said.pop("do").each() if "do" in said else ()):
            words.take(f"do:{block}:{place}", text)
        for name, text in said.items():
            words.take(f"{name}:{block}", text)
    for link_id, entry in _pairs(fields, "items"):
        item = entry.fields((), ("text", "options", *STAFF_ITEM_WORDS))
        for name in ("text", *STAFF_ITEM_WORDS):
            if name in item:
                words.take(f"{name}:{link_id}", item[name])
        for code, text in item["options"].pairs() if "options" in item else []:
            words.take(f"option:{link_id}:{code.word()}", text)
    for proposal, entry in _pairs(fields, "proposals"):
        for name, text in entry.fields((), TODO_WORDS).items():
            words.take(f"{name}:{proposal}", text)
    for rule, entry in _pairs(fields, "prevention"):
        for name, text in entry.fields((), RULE_WORDS).items():
            words.take(f"{name}:{rule}", text)


def _pairs(fields: Mapping[str, Entry], name: str) -> list[tuple[str, Entry]]:
    return [(key.word(), entry) for key, entry in fields[name].pairs()] if name in fields else []


def misfits(originals: Mapping[str, str], words: Words) -> Iterator[tuple[Entry, str]]:
    """Words that stand for nothing among the originals, or lack the slot that they should have, with their place."""
    for key, entry in words.places.items():
        if key not in originals:
            yield entry, f"'{key}' translates nothing: the script has no such words"
            continue
        for name in sorted(names_in(originals[key]) ^ names_in(words.texts[key])):
            yield entry, f"'{key}' must name {{{name}}} where the original does, and only there"
