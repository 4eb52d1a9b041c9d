"""A YAML file as entries that know their line, so that whatever is wrong is refused with file, line and reason.

Anchors and aliases are refused: a script says what it says, and no small file can unfold into a huge one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

import yaml

from consult.errors import BadFile
from consult.scripts.wording import short_form

LARGEST_FILE = 512 * 1024  # bytes
DEEPEST = 24  # nested lists and mappings
LONGEST_TEXT = 1200  # characters

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS = {yaml.ScalarNode: "a single value", yaml.SequenceNode: "a list", yaml.MappingNode: "a mapping"}


class Entry:
    """One value of the file with its place."""

    __slots__ = ("node", "path")

    def __init__(self, node: yaml.Node, path: Path) -> None:
        self.node = node
        self.path = path

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def bad(self, reason: str) -> BadFile:
        return BadFile(self.path, self.line, reason)

    def has(self, key: str) -> bool:
        return isinstance(self.node, yaml.MappingNode) and any(k.value == key for k, _ in self.node.value)

    def pairs(self) -> list[tuple[Entry, Entry]]:
        """Keys and values in file order; a key that stands twice is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.bad(f"expected a mapping (key: value), found {_KINDS[type(self.node)]}")
        pairs = [(Entry(key, self.path), Entry(value, self.path)) for key, value in self.node.value]
        seen: set[str] = set()
        for key, _ in pairs:
            if key.word() in seen:
                raise key.bad(f"the key '{key.word()}' stands twice")
            seen.add(key.word())
        return pairs

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Entry]:
        """The values by key; unknown keys and missing required ones are refused."""
        found: dict[str, Entry] = {}
        for key, value in self.pairs():
            if key.word() not in required and key.word() not in optional:
                known = ", ".join(sorted({*required, *optional}))
                raise key.bad(f"unknown key '{key.word()}' (known here: {known})")
            found[key.word()] = value
        for name in required:
            if name not in found:
                raise self.bad(f"'{name}' is missing")
        return found

    def each(self) -> list[Entry]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.bad(f"expected a list, found {_KINDS[type(self.node)]}")
        return [Entry(node, self.path) for node in self.node.value]

    def word(self) -> str:
        """The value as it is written (yes, 30 and 2026-11-23 stay words)."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.bad(f"expected a single value, found {_KINDS[type(self.node)]}")
        return str(self.node.value).strip()

    def words(self) -> tuple[str, ...]:
        """One value or a list of values."""
        if isinstance(self.node, yaml.SequenceNode):
            return tuple(entry.word() for entry in self.each())
        return (self.word(),)

    def text(self) -> str:
        """Words for people: not empty, not a number, line breaks folded."""
        words = " ".join(self.word().split())
        if not self.node.tag.endswith(":str"):
            raise self.bad(f"expected a text, found {words or 'nothing'} (put it in quotes if it is meant as text)")
        if not words:
            raise self.bad("the text is empty")
        if len(words) > LONGEST_TEXT:
            raise self.bad(f"the text is longer than {LONGEST_TEXT} characters")
        return words

    def flag(self) -> bool:
        if self.node.tag.endswith(":bool"):
            return self.word().lower() in ("true", "yes", "on")
        raise self.bad(f"expected true or false, found '{self.word()}'")

    def one_of(self, choices: Iterable[str]) -> str:
        choices = list(choices)
        word = self.word()
        if word not in choices:
            raise self.bad(f"'{word}' is not one of {', '.join(choices)}")
        return word


def worded(entry: Entry) -> str:
    """A text for people with the names that are filled into it, in its short form."""
    try:
        return short_form(entry.text())
    except ValueError as error:
        raise entry.bad(str(error)) from None


def read_text(path: Path) -> str:
    """The text of a script file. Raises BadFile for anything unreadable or too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadFile(path, None, f"larger than {LARGEST_FILE // 1024} KiB")
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadFile(path, None, f"not UTF-8 text (byte {error.start})") from None
    except (OSError, ValueError) as error:
        raise BadFile(path, None, f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def parse_entries(text: str, path: Path) -> Entry:
    """The root of a YAML text. Raises BadFile for what is too deep or not plain YAML."""
    try:
        _refuse_unfolding(text, path)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "unexpected text"
        raise BadFile(path, mark.line + 1 if mark else None, f"not YAML: {problem}") from None
    if node is None:
        raise BadFile(path, 1, "the file is empty")
    return Entry(node, path)


def _refuse_unfolding(text: str, path: Path) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise BadFile(path, line, "anchors (&) and aliases (*) are not allowed in a script")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise BadFile(path, line, f"nested deeper than {DEEPEST} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
