"""The read-only tables of drug knowledge: classes, properties, rules, conditions, allergens; loaded once, indexed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from consult.domain.alert import AlertKind
from consult.errors import BadFile
from consult.knowledge.condition_words import ConditionWords, read_condition_words
from consult.knowledge.rows import Row, read_rows, terms
from consult.knowledge.rule_rows import read_patterns, read_rule
from consult.knowledge.rules import LabRange, Pattern, Rule, Said, Todo

KINDS: tuple[AlertKind, ...] = get_args(AlertKind)
RULE_COLUMNS = (
    "id", "a", "b", "severity", "topic", "merge", "routes", "context", "risk", "why", "mechanism", "action", "todo",
    "source", "date", "reviewer",
)  # fmt: skip
MOST_REMEMBERED = 2000
MOST_PAIRS = 200_000
LOCAL_GROUPS = ("usually inhaled", "usually ophthalmic", "usually topical", "usually nasal")


@dataclass(frozen=True)
class Knowledge:
    """Everything that the safety checks read. `date` is the newest date of any row (YYYY-MM-DD)."""

    groups: Mapping[str, frozenset[str]]
    classes: frozenset[str]
    rules: Mapping[str, tuple[Rule, ...]]
    conditions: Mapping[str, Pattern]
    allergens: Mapping[str, Pattern]
    aliases: Mapping[str, str]
    washouts: Mapping[str, int]
    labs: Mapping[str, LabRange]
    words: ConditionWords
    date: str
    known: frozenset[str] = field(default_factory=frozenset)
    _groups_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    conditions_by_lab: tuple[Pattern, ...] = ()
    _sides: Mapping[str, tuple[frozenset[int], frozenset[int]]] = field(default_factory=dict)
    _naming: Mapping[tuple[str, str], tuple[Rule, ...]] = field(default_factory=dict)
    _doubling: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    _pairs: dict[tuple[str, str], tuple[tuple[Rule, bool], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    _said: dict[str, frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def canonical(self, name: str) -> str:
        """The ingredient name under which the tables know this word ("potassium chloride" -> "potassium")."""
        word = " ".join(name.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
        return self.aliases.get(word, word)

    def classes_of(self, ingredient: str) -> frozenset[str]:
        """The pharmacologic classes of an ingredient, without its properties; empty where it is not known."""
        return self._groups_of.get(self.canonical(ingredient), frozenset()) & self.classes

    def groups_of(self, ingredient: str) -> frozenset[str]:
        """Classes and properties of a canonical ingredient."""
        return self._groups_of.get(ingredient, frozenset())

    def conditions_in(self, text: str) -> frozenset[str]:
        """The condition keys that the words (lower case) say of the patient; remembered for the next check."""
        keys = self._said.get(text)
        if keys is None:
            own = self.words.own(text)
            name = self.words.name_of(own)
            keys = frozenset(
                key
                for key, pattern in self.conditions.items()
                if pattern.fits(own) or (name in pattern.exact and pattern.fits(name))
            )
            if len(self._said) >= MOST_REMEMBERED:
                self._said.clear()
            self._said[text] = keys
        return keys

    def between(self, first: str, second: str) -> tuple[tuple[Rule, bool], ...]:
        """The rules about a pair, general ones last, else in file order; true where `second` is on side a.

        Remembered: the drugs of one patient are looked at again with every line of the notes.
        """
        found = self._pairs.get((first, second))
        if found is None:
            found = self._look_between(first, second)
            if len(self._pairs) >= MOST_PAIRS:
                self._pairs.clear()
            self._pairs[first, second] = found
        return found

    def _look_between(self, first: str, second: str) -> tuple[tuple[Rule, bool], ...]:
        left, right = self._sides.get(first), self._sides.get(second)
        if left is None or right is None:
            return ()
        straight, turned = left[0] & right[1], right[0] & left[1]
        if not straight and not turned:
            return ()
        rules = (*self.rules["interaction"], *self.rules["food_herb"])
        places = sorted([*((place, False) for place in straight), *((place, True) for place in turned)])
        places.sort(key=lambda found: rules[found[0]].general)
        return tuple((rules[place], way) for place, way in places)

    def doubling(self, ingredient: str) -> tuple[int, ...]:
        """The places in `rules["duplication"]` of the groups that hold the ingredient, in file order."""
        return self._doubling.get(ingredient, ())

    def naming(self, kind: str, ingredient: str) -> tuple[Rule, ...]:
        """The rules of a kind with the ingredient on side a, in file order."""
        return self._naming.get((kind, ingredient), ())


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """The tables of a folder (the packaged ones by default).

    Raises BadFile with path, line and reason for a missing file, column, source, date or reviewer, and for
    any name that no table knows.
    """
    folder = folder or Path(__file__).parent / "data"
    dates: list[str] = []
    class_rows = read_rows(folder / "classes.csv", ("class", "members"), dates)
    property_rows = read_rows(folder / "properties.csv", ("property", "members"), dates)
    groups = _groups(class_rows, property_rows)
    known = frozenset().union(*groups.values())

    def expand(selector: Iterable[str]) -> frozenset[str]:
        return select(selector, groups, known)

    columns = ("key", "phrases", "unless", "labs", "egfr")
    conditions = read_patterns(read_rows(folder / "conditions.csv", columns, dates), expand)
    allergens = read_patterns(read_rows(folder / "allergens.csv", columns, dates), expand)
    alias_rows = read_rows(folder / "aliases.csv", ("name", "ingredient"), dates)
    aliases = {row["name"]: row["ingredient"] for row in alias_rows}
    washouts: dict[str, int] = {}
    for row in read_rows(folder / "washouts.csv", ("members", "days"), dates):
        with row.blame():
            washouts |= dict.fromkeys(expand(terms(row["members"])), int(row["days"]))
    labs: dict[str, LabRange] = {}
    for row in read_rows(folder / "labs.csv", ("name", "units", "low", "high", "phrases"), dates):
        with row.blame():
            lab = LabRange(row["name"], terms(row["units"]), float(row["low"]), float(row["high"]))
            labs |= dict.fromkeys((lab.name, *terms(row["phrases"])), lab)
    words = read_condition_words(folder / "condition_words.csv", dates)
    todos = _todos(folder, dates)
    rules: dict[str, tuple[Rule, ...]] = {}
    for kind in KINDS:
        rows = read_rows(folder / f"rules_{kind}.csv", RULE_COLUMNS, dates)
        made = []
        for row in rows:
            with row.blame():
                made.append(read_rule(kind, row, expand, {**conditions, **allergens}, todos))
        rules[kind] = tuple(made)
    _unique(rules, folder)
    return Knowledge(
        groups=MappingProxyType(groups),
        classes=frozenset(row["class"] for row in class_rows),
        rules=MappingProxyType(rules),
        conditions=MappingProxyType(conditions),
        allergens=MappingProxyType(allergens),
        aliases=MappingProxyType(aliases),
        washouts=MappingProxyType(washouts),
        labs=MappingProxyType(labs),
        words=words,
        date=max(dates),
        known=known,
        _groups_of=MappingProxyType(_turned(groups)),
        conditions_by_lab=tuple(pattern for pattern in conditions.values() if pattern.labs),
        _sides=_sides(rules),
        _naming=_naming(rules),
        _doubling=_doubling(rules["duplication"]),
    )


def with_pair_rules(
    knowledge: Knowledge,
    *,
    first: tuple[Rule, ...] = (),
    last: tuple[Rule, ...] = (),
    without: frozenset[str] = frozenset(),
) -> Knowledge:
    """The knowledge with more rules about pairs of drugs, before and behind the others, and without some by id."""
    kept = {kind: tuple(rule for rule in made if rule.id not in without) for kind, made in knowledge.rules.items()}
    rules = {**kept, "interaction": (*first, *kept["interaction"], *last)}
    return replace(
        knowledge,
        rules=MappingProxyType(rules),
        _sides=_sides(rules),
        _naming=_naming(rules),
        _doubling=_doubling(rules["duplication"]),
        _pairs={},
        _said={},
    )


def select(selector: Iterable[str], groups: Mapping[str, frozenset[str]], known: frozenset[str]) -> frozenset[str]:
    """The ingredients of a selector: names, "@group", and exceptions behind "!"; "*" is every known ingredient."""
    chosen: set[str] = set()
    dropped: set[str] = set()
    for term in selector:
        name = term.removeprefix("!")
        if name.startswith("@"):
            if name[1:] not in groups:
                raise ValueError(f"no class or property named {name[1:]!r}")
            members: Iterable[str] = groups[name[1:]]
        elif name == "*":
            members = known
        elif name in known:
            members = (name,)
        else:
            raise ValueError(f"no ingredient named {name!r} in any class or property")
        (dropped if term.startswith("!") else chosen).update(members)
    return frozenset(chosen - dropped)


def _groups(class_rows: list[Row], property_rows: list[Row]) -> dict[str, frozenset[str]]:
    groups: dict[str, frozenset[str]] = {}
    for row in class_rows:
        groups[row["class"]] = groups.get(row["class"], frozenset()) | frozenset(terms(row["members"]))
    for row in property_rows:
        with row.blame():
            known = frozenset().union(*groups.values()) | {t for t in terms(row["members"]) if t[0] not in "@!*"}
            members = select(terms(row["members"]), groups, known)
        groups[row["property"]] = groups.get(row["property"], frozenset()) | members
    return groups


def _todos(folder: Path, dates: list[str]) -> dict[str, Todo]:
    """The to-do texts by key, with their words in every other language that has a file todos_<language>.csv."""
    columns = ("key", "topic", "action", "why")
    said: dict[str, list[Said]] = {}
    for path in sorted(folder.glob("todos_*.csv")):
        language = path.stem.removeprefix("todos_")
        for row in read_rows(path, columns, dates):
            said.setdefault(row["key"], []).append(Said(language, row["topic"], row["action"], row["why"]))
    return {
        row["key"]: Todo(row["topic"], row["action"], row["why"], tuple(said.get(row["key"], ())))
        for row in read_rows(folder / "todos.csv", columns, dates)
    }


def _unique(rules: Mapping[str, tuple[Rule, ...]], folder: Path) -> None:
    seen: set[str] = set()
    for kind, made in rules.items():
        for rule in made:
            if rule.id in seen:
                raise BadFile(folder / f"rules_{kind}.csv", None, f"rule id {rule.id!r} stands twice")
            seen.add(rule.id)


def _turned(groups: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    of: dict[str, set[str]] = {}
    for name, members in groups.items():
        for member in members:
            of.setdefault(member, set()).add(name)
    return {member: frozenset(names) for member, names in of.items()}


def _sides(rules: Mapping[str, tuple[Rule, ...]]) -> dict[str, tuple[frozenset[int], frozenset[int]]]:
    """For each ingredient the places of the rules about pairs with it on side a, and on side b."""
    sides: dict[str, tuple[set[int], set[int]]] = {}
    for place, rule in enumerate((*rules["interaction"], *rules["food_herb"])):
        for side, members in enumerate((rule.a, rule.b)):
            for ingredient in members:
                sides.setdefault(ingredient, (set(), set()))[side].add(place)
    return {ingredient: (frozenset(a), frozenset(b)) for ingredient, (a, b) in sides.items()}


def _naming(rules: Mapping[str, tuple[Rule, ...]]) -> dict[tuple[str, str], tuple[Rule, ...]]:
    """For each kind and ingredient the rules with it on side a; pairs are found by `_sides`, doubles by `_doubling`.

    Of the pairs only those with a food to ask about.
    """
    naming: dict[tuple[str, str], list[Rule]] = {}
    for kind, made in rules.items():
        for rule in made:
            alone = rule.context.ask or kind not in ("interaction", "food_herb", "duplication")
            for ingredient in rule.a if alone else ():
                naming.setdefault((kind, ingredient), []).append(rule)
    return {key: tuple(found) for key, found in naming.items()}


def _doubling(rules: tuple[Rule, ...]) -> dict[str, tuple[int, ...]]:
    places: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for ingredient in rule.a:
            places.setdefault(ingredient, []).append(place)
    return {ingredient: tuple(found) for ingredient, found in places.items()}
