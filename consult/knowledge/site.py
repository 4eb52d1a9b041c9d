"""What a site has imported, joined with the packaged tables: names and codes, rules, label text."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from consult.domain.lexicon import DrugName
from consult.errors import BadFile
from consult.knowledge import sitefile
from consult.knowledge.clauses import Context
from consult.knowledge.importers.site_rules import make_rule
from consult.knowledge.rows import terms
from consult.knowledge.rules import Rule, Todo
from consult.knowledge.tables import Knowledge, with_pair_rules
from consult.knowledge.vocabulary import Vocabulary
from consult.knowledge.vocabulary_files import Ingredient

NOTE = "rare name"  # good for an exact hit, a poor target for a misspelling


@dataclass(frozen=True, slots=True)
class Codes:
    """Which ingredients a code of another system means; NDC of eleven digits, or the first nine of one."""

    rxcui: Mapping[str, tuple[str, ...]]
    ndc: Mapping[str, tuple[str, ...]]

    def of_ndc(self, code: str) -> tuple[str, ...]:
        labeler, hyphen, rest = code.partition("-")
        product = rest.partition("-")[0] if hyphen else ""
        nine = labeler.rjust(5, "0") + product.rjust(4, "0") if hyphen else code[:9]
        digits = "".join(char for char in code if char.isdigit())
        return self.ndc.get(digits) or self.ndc.get(nine, ())


def with_site_names(vocabulary: Vocabulary, folder: Path, ordinary: Container[str] = frozenset()) -> Vocabulary:
    """The vocabulary with the product names of RxNorm and the NDC directory that are new to it. Raises BadFile.

    A drug that our tables do not have becomes an ingredient: it is recognised, and told as "no safety data". A name of
    nothing but `ordinary` words ("Pain Relief", "Balance") is left out: notes would be full of it.
    """
    ingredients, names = dict(vocabulary.ingredients), dict(vocabulary.names)
    sources = dict(vocabulary.name_sources)
    for source in ("rxnorm", "ndc"):
        found = sitefile.read_rows_of(folder, source)
        if found is None:
            continue
        manifest, rows = found
        for row in rows:
            if row[0] != "name" or row[1] in names or row[1] in vocabulary.foods or _everyday(row[1], ordinary):
                continue
            _, name, held, kind, *rest = row
            for one in held:
                if one not in ingredients:
                    ingredients[one] = Ingredient(one, "", "", "rx", ("oral",), manifest.title, manifest.data_date)
                    names.setdefault(one, DrugName(one, (one,), "generic", note=NOTE))
            names[name] = DrugName(name, tuple(sorted(held)), kind, (rest[0] if rest else "") or None, NOTE)
            sources[name] = manifest.title
    return replace(
        vocabulary,
        ingredients=MappingProxyType(ingredients),
        names=MappingProxyType(names),
        name_sources=MappingProxyType(sources),
    )


def _everyday(name: str, ordinary: Container[str]) -> bool:
    words = re.findall(r"[^\W\d_]+", name)
    return all(len(word) < 3 or word in ordinary for word in words)


def site_codes(vocabulary: Vocabulary, folder: Path | None) -> Codes:
    """The codes of the packaged ingredients and of what the site imported. Raises BadFile."""
    rxcui = {one.rxcui: (name,) for name, one in vocabulary.ingredients.items() if one.rxcui}
    ndc: dict[str, tuple[str, ...]] = {}
    for source in ("rxnorm", "ndc") if folder is not None else ():
        assert folder is not None
        found = sitefile.read_rows_of(folder, source)
        for row in found[1] if found is not None else ():
            if row[0] == "code":
                into = ndc if source == "ndc" or len(row[1]) == 11 else rxcui
                into.setdefault(row[1], tuple(row[2]))
    return Codes(MappingProxyType(rxcui), MappingProxyType(ndc))


def with_site_rules(knowledge: Knowledge, folder: Path) -> Knowledge:
    """The knowledge with the site's rules before ours, without those that they replace, and DDInter's pairs behind.

    A pair of DDInter counts only where no rule of ours or of the site speaks of it. Raises BadFile.
    """
    own, replaced = _own_rules(knowledge, folder)
    whole = with_pair_rules(knowledge, first=own, without=replaced)
    listed = sitefile.read_rows_of(folder, "ddinter")
    if listed is None:
        return whole
    return with_pair_rules(whole, last=tuple(_listed_rules(whole, *listed)))


def _own_rules(knowledge: Knowledge, folder: Path) -> tuple[tuple[Rule, ...], frozenset[str]]:
    found = sitefile.read_rows_of(folder, "rules")
    if found is None:
        return (), frozenset()
    rules = []
    for place, row in enumerate(found[1], 2):
        try:
            rules.append(make_rule(row, knowledge))
        except ValueError as reason:  # the packaged tables have changed since
            raise BadFile(
                sitefile.path_of(folder, "rules"), place, f"{reason}; correct the rules and import them again"
            ) from None
    return tuple(rules), frozenset(name for row in found[1] for name in terms(row["replaces"]))


def _listed_rules(knowledge: Knowledge, manifest: sitefile.Manifest, rows: list[Any]) -> list[Rule]:
    """One rule for each drug and level, with all the drugs that are listed beside it."""
    beside: dict[tuple[str, str], set[str]] = {}
    for a, b, level in rows:
        first, second = knowledge.canonical(a), knowledge.canonical(b)
        if {first, second} <= knowledge.known and first != second and not knowledge.between(first, second):
            beside.setdefault((first, level), set()).add(second)
    systemic = frozenset({"systemic"})
    return [
        Rule(
            id=f"ddinter:{level.lower()}:{drug}", kind="interaction", a=frozenset({drug}), b=frozenset(others),
            keys=(), gate=None, allowed=(), days=0, severity="major" if level == "Major" else "minor",
            topic=f"ddinter:{drug}:{level}", merge="", route_a=systemic, route_b=systemic,
            context=Context(), risk="listed interaction",
            why=f"DDInter lists {{a}} with {{b}} as a {level.lower()} interaction.", mechanism="",
            action="Consider looking the pair up: the list gives neither mechanism nor management.",
            todo=Todo("", "", ""), source=manifest.title, date=manifest.data_date, reviewer="unreviewed",
        )
        for (drug, level), others in sorted(beside.items())
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelText:
    """What a label says, word for word; `sections` by openFDA's names."""

    ingredients: str
    label: str
    date: str
    brand: str
    sections: Mapping[str, str]
    source: str


def label_text(folder: Path, ingredient: str) -> LabelText | None:
    """The newest imported label of a product with just this ingredient; None where there is none."""
    manifest = sitefile.read_manifest(folder, "openfda")
    row = next(sitefile.lines_beginning(folder, "openfda", ingredient), None)
    if manifest is None or row is None:
        return None
    return LabelText(row[0], row[1], row[2], row[3], row[4], manifest.title)
