"""YAML -> compiled Script. A broken file is refused as BadFile with file, line and reason; nothing is guessed.

A script may take in parts: files beside it that hold steps and branches shared by several scripts. A part takes in
nothing further.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar, cast

from consult.scripts.entries import Entry
from consult.scripts.linking import check_links
from consult.scripts.prevention import compile_prevention
from consult.scripts.questions import compile_guard, compile_items, identifier, leaves_of, loop_of, spoken
from consult.scripts.schema import (
    BRANCH_PLACES,
    NEEDS,
    PHASES,
    Branch,
    BranchPlace,
    CareRule,
    FlagRule,
    Guard,
    Loop,
    Need,
    Origin,
    Phase,
    Proposal,
    Script,
    Section,
    Step,
)
from consult.scripts.sources import Sources, bundle
from consult.scripts.translation import LANGUAGES, patient_words, read_words, staff_words, translation_path

Made = TypeVar("Made")

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
PART_KEYS = ("steps", "branches", "prevention")
_ORIGIN = ("source", "date", "reviewer")
_STEP = ("id", "title", "phase", "say", "record", "done_when", "items", *_ORIGIN)
_STEP_MAY = ("patient_topic", "done_if", "done_behavior", "for_each", "branches", "red_flags", "proposes")
_BRANCH = ("id", "title", "opened_by", "items", *_ORIGIN)
_BRANCH_MAY = ("opened_behavior", "urgent", "say", "do", "call", "place", "call_back", "red_flags", "proposes")


@dataclass
class Names:
    """Where each name was first used, and the conditions to be looked at once every name is known."""

    items: dict[str, Entry] = field(default_factory=dict)
    blocks: dict[str, Entry] = field(default_factory=dict)  # steps, branches, sections
    proposals: dict[str, Entry] = field(default_factory=dict)

    def places(self) -> dict[str, tuple[Path, int]]:
        kinds = (self.proposals, self.blocks, self.items)
        return {name: (entry.path, entry.line) for kind in kinds for name, entry in kind.items()}

    def take(self, kind: dict[str, Entry], entry: Entry, what: str) -> str:
        name = identifier(entry)
        if name in kind:
            first = kind[name]
            raise entry.bad(f"the {what} '{name}' already stands in {first.path.name}:{first.line}")
        kind[name] = entry
        return name


def compile_script(path: Path, sources: Sources | None = None) -> Script:
    """The script of a file with everything it includes and its translations."""
    sources = sources or Sources()
    root = sources.root(path)
    if root.has("translation"):
        raise root.bad("this is a translation; it is read with the script or part that it translates")
    fields = root.fields(("script", "version", "language", "title", "about", "sections"), ("include",))
    names = Names()
    shared: dict[str, Entry] = {}
    branch_entries: list[Entry] = []
    rules: tuple[CareRule, ...] = ()
    files = part_paths(path, sources)
    for place in files:
        part = sources.root(place).fields(("part",), PART_KEYS)
        rules += _prevention(part, names)
        for step in part["steps"].each() if "steps" in part else []:
            shared[step.fields(_STEP, _STEP_MAY)["id"].word()] = step
        branch_entries += part["branches"].each() if "branches" in part else []
    sections = tuple(_section(entry, shared, names) for entry in fields["sections"].each())
    branches = tuple(_branch(entry, names) for entry in branch_entries)
    blocks: list[Step | Branch] = [*(step for section in sections for step in section.steps), *branches]
    script = Script(
        id=identifier(fields["script"]),
        version=fields["version"].word(),
        language=identifier(fields["language"]),
        title=fields["title"].text(),
        about=fields["about"].text(),
        sections=sections,
        branches=branches,
        questions={leaf.item.link_id: leaf.item for block in blocks for leaf in block.leaves},
        prevention=rules,
        places=names.places(),
    )
    if not script.steps:
        raise fields["sections"].bad("the script has no steps")
    check_links(script, root, names.items, names.blocks)
    return _with_translations(script, [path, *files], sources)


def part_paths(path: Path, sources: Sources) -> list[Path]:
    """The parts that a script takes in."""
    root = sources.root(path)
    include = next((value for key, value in root.pairs() if key.word() == "include"), None)
    return [_part_path(entry, path, sources) for entry in include.each()] if include is not None else []


def _with_translations(script: Script, files: list[Path], sources: Sources) -> Script:
    """The script with the words it needs in other languages, and with its files kept."""
    needed = {key for key, _ in patient_words(script.blocks, script.prevention)}
    needed |= {key for key, _ in staff_words(script.blocks, script.prevention, script.sections)}
    translations: dict[str, Mapping[str, str]] = {}
    others = list(files)
    for language in LANGUAGES:
        paths = [translation_path(path, script.language, language) for path in files]
        paths = [path for path in dict.fromkeys(paths) if language != script.language and sources.exists(path)]
        words = read_words(paths, language, sources)
        if paths:
            translations[language] = {key: text for key, text in words.texts.items() if key in needed}
            others += paths
    return replace(script, translations=translations, source=bundle(sources, files[0], others))


@dataclass(frozen=True, slots=True)
class Part:
    """A part file by itself; `places` as in a script."""

    steps: tuple[Step, ...]
    branches: tuple[Branch, ...]
    prevention: tuple[CareRule, ...]
    places: Mapping[str, tuple[Path, int]]

    @property
    def blocks(self) -> tuple[Step | Branch, ...]:
        return (*self.steps, *self.branches)


def compile_part(path: Path, sources: Sources | None = None) -> Part:
    """A part file by itself. What only a whole script can tell (links) is not looked at. Raises BadFile."""
    fields = (sources or Sources()).root(path).fields(("part",), PART_KEYS)
    names = Names()
    rules = _prevention(fields, names)
    steps = tuple(_step(entry, names) for entry in (fields["steps"].each() if "steps" in fields else []))
    branches = tuple(_branch(entry, names) for entry in (fields["branches"].each() if "branches" in fields else []))
    return Part(steps, branches, rules, names.places())


def _prevention(fields: dict[str, Entry], names: Names) -> tuple[CareRule, ...]:
    if "prevention" not in fields:
        return ()
    for each in fields["prevention"].each():
        rule = next((value for key, value in each.pairs() if key.word() == "rule"), each)
        names.take(names.proposals, rule, "proposal or rule")
    return compile_prevention(fields["prevention"])


def _part_path(entry: Entry, script: Path, sources: Sources) -> Path:
    word = entry.word()
    path = script.parent / word
    if not path.resolve().is_relative_to(script.parent.resolve()) or path.suffix != ".yaml":
        raise entry.bad(f"'{word}' is not a .yaml file beside or below the script")
    if not sources.exists(path):
        raise entry.bad(f"there is no file '{word}'")
    return path


def _section(entry: Entry, shared: dict[str, Entry], names: Names) -> Section:
    fields = entry.fields(("id", "title", "steps"))
    name = names.take(names.blocks, fields["id"], "id")
    steps = []
    for each in fields["steps"].each():
        if each.has("use"):
            use = each.fields(("use",))["use"]
            if use.word() not in shared:
                raise use.bad(f"no included file has a step '{use.word()}'")
            steps.append(_step(shared[use.word()], names))
        else:
            steps.append(_step(each, names))
    return Section(name, fields["title"].text(), tuple(steps))


def _step(entry: Entry, names: Names) -> Step:
    fields = entry.fields(_STEP, _STEP_MAY)
    loop = loop_of(fields)
    items = compile_items(fields["items"], each=loop, names=names.items)
    place = fields["branches"].one_of(BRANCH_PLACES) if "branches" in fields else "none"
    leaves = tuple(leaves_of(items, each=loop))
    if place != "hold" and not any(leaf.item.required for leaf in leaves):
        raise fields["items"].bad("a step needs at least one required question, else it is never or always done")
    return Step(
        id=names.take(names.blocks, fields["id"], "id"),
        title=fields["title"].text(),
        phase=cast(Phase, fields["phase"].one_of(PHASES)),
        say=spoken(fields["say"], each=loop),
        patient_topic=fields["patient_topic"].text() if "patient_topic" in fields else "",
        record=fields["record"].text(),
        done_when=fields["done_when"].text(),
        done_if=compile_guard(fields.get("done_if"), fields.get("done_behavior"), each=""),
        for_each=loop,
        branches=cast(BranchPlace, place),
        items=items,
        leaves=leaves,
        red_flags=_each(fields, "red_flags", lambda each: _flag_rule(each, each=loop)),
        proposes=_each(fields, "proposes", lambda each: _proposal(each, names, each=loop)),
        origin=_origin(fields),
    )


def _branch(entry: Entry, names: Names) -> Branch:
    fields = entry.fields(_BRANCH, _BRANCH_MAY)
    items = compile_items(fields["items"], each="", names=names.items)
    opened_by = compile_guard(fields["opened_by"], fields.get("opened_behavior"), each="")
    if "opened_behavior" not in fields:  # several triggers are alternatives unless the file says otherwise
        opened_by = Guard(opened_by.conditions, "any")
    leaves = tuple(leaves_of(items, each=""))
    if not any(leaf.item.required for leaf in leaves):
        raise fields["items"].bad("a branch needs at least one required question, else it is never or always closed")
    return Branch(
        id=names.take(names.blocks, fields["id"], "id"),
        title=fields["title"].text(),
        opened_by=opened_by,
        urgent="urgent" in fields and fields["urgent"].flag(),
        say=fields["say"].text() if "say" in fields else "",
        do=tuple(each.text() for each in fields["do"].each()) if "do" in fields else (),
        call=fields["call"].words() if "call" in fields else (),
        place=identifier(fields["place"]) if "place" in fields else "",
        call_back=identifier(fields["call_back"]) if "call_back" in fields else "",
        items=items,
        leaves=leaves,
        red_flags=_each(fields, "red_flags", lambda each: _flag_rule(each, each="")),
        proposes=_each(fields, "proposes", lambda each: _proposal(each, names, each="")),
        origin=_origin(fields),
    )


def _each(fields: dict[str, Entry], key: str, make: Callable[[Entry], Made]) -> tuple[Made, ...]:
    return tuple(make(entry) for entry in fields[key].each()) if key in fields else ()


def _flag_rule(entry: Entry, *, each: Loop) -> FlagRule:
    fields = entry.fields(("flag", "when"), ("behavior",))
    when = compile_guard(fields["when"], fields.get("behavior"), each=each)
    return FlagRule(identifier(fields["flag"]), when)


def _proposal(entry: Entry, names: Names, *, each: Loop) -> Proposal:
    fields = entry.fields(("id", "when", "need", "title", "todo_topic", "todo_action", "todo_why"), ("behavior",))
    return Proposal(
        id=names.take(names.proposals, fields["id"], "proposal"),
        when=compile_guard(fields["when"], fields.get("behavior"), each=each),
        need=cast(Need, fields["need"].one_of(NEEDS)),
        title=spoken(fields["title"], each=each),
        todo_topic=spoken(fields["todo_topic"], each=each),
        todo_action=spoken(fields["todo_action"], each=each),
        todo_why=spoken(fields["todo_why"], each=each),
    )


def _origin(fields: dict[str, Entry]) -> Origin:
    date = fields["date"].word()
    if not _DATE.fullmatch(date):
        raise fields["date"].bad(f"'{date}' is no date (YYYY-MM-DD)")
    return Origin(fields["source"].text(), date, fields["reviewer"].text())
