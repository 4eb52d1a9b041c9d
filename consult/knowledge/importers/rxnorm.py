"""RxNorm Current Prescribable Content (RRF): ingredients, brands, and the codes that other systems write.

Read are RXNCONSO (names; TTY IN, PIN, MIN, BN, SCD, SBD, GPCK, BPCK), RXNREL (which name belongs to which ingredient)
and RXNSAT (NDC). What is suppressed is skipped. Source: National Library of Medicine, RxNorm technical documentation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from consult.errors import BadFile
from consult.knowledge.importers.reading import Say, Source, modified, now, quiet, together
from consult.knowledge.sitefile import Manifest
from consult.knowledge.vocabulary import Vocabulary

TITLE = "RxNorm Current Prescribable Content"
TERMS = (
    "This product uses publicly available data from the U.S. National Library of Medicine (NLM), National Institutes "
    "of Health, Department of Health and Human Services; NLM is not responsible for the product and does not endorse "
    "or recommend this or any other product."
)
COLUMNS = {"RXNCONSO.RRF": 18, "RXNREL.RRF": 16, "RXNSAT.RRF": 13}
NAMED = ("IN", "PIN", "MIN", "BN")
DRUGS = ("SCD", "SBD", "GPCK", "BPCK", "SCDC", "SBDC", "SCDF", "SBDF", "SCDG", "SBDG")
JOINED = frozenset(
    {
        "tradename_of", "has_tradename", "has_ingredient", "ingredient_of", "has_ingredients", "ingredients_of",
        "consists_of", "constitutes", "has_part", "part_of", "has_precise_ingredient", "precise_ingredient_of",
        "has_form", "form_of", "contains", "contained_in",
    }
)  # fmt: skip
LONGEST_NAME = 60


def read_rxnorm(folder: Path, vocabulary: Vocabulary, say: Say = quiet) -> tuple[Manifest, list[list[object]]]:
    """Rows ["name", name, ingredients, kind] and ["code", RxCUI or NDC, ingredients]. Raises BadFile."""
    place = folder / "rrf" if (folder / "rrf").is_dir() else folder
    sources = {name: Source(place / name, say) for name in COLUMNS}
    concepts = _concepts(sources["RXNCONSO.RRF"])
    if not any(tty == "IN" for _, tty in concepts.values()):
        raise BadFile(
            place / "RXNCONSO.RRF", None, "it names no ingredient (TTY IN): this is not RxNorm, or it was cut"
        )
    beside = _relations(sources["RXNREL.RRF"], concepts)
    if not beside:
        raise BadFile(place / "RXNREL.RRF", None, "it joins no brand and ingredient: this is not RxNorm, or it was cut")
    parts = _ingredients(concepts, beside)
    coded = {one.rxcui: name for name, one in vocabulary.ingredients.items() if one.rxcui}
    ours = {
        rxcui: coded.get(rxcui) or _our_name(text, vocabulary) for rxcui, (text, tty) in concepts.items() if tty == "IN"
    }
    known = {rxcui: tuple(sorted({ours[one] for one in held})) for rxcui, held in parts.items() if held}
    names = list(_names(concepts, known, vocabulary))
    codes: list[list[object]] = [["code", rxcui, list(known[rxcui])] for rxcui in sorted(known)]
    ndcs = list(_ndcs(sources["RXNSAT.RRF"], known))
    manifest = Manifest(
        source="rxnorm",
        title=TITLE,
        terms=TERMS,
        read_from=str(folder),
        read_sha256=together(*sources.values()),
        data_date=modified(place / "RXNCONSO.RRF"),
        imported_at=now(),
        rows=len(names) + len(codes) + len(ndcs),
        counts={"names new to us": len(names), "RxCUI": len(codes), "NDC": len(ndcs), "concepts read": len(concepts)},
    )
    return manifest, [*names, *codes, *ndcs]


def _cells(source: Source) -> Iterator[tuple[int, list[str]]]:
    wanted = COLUMNS[source.path.name]
    for number, line in source.lines():
        cells = line.split("|")
        if len(cells) != wanted + 1 or cells[-1]:
            raise BadFile(source.path, number, f"{len(cells) - 1} columns that end in '|', not {wanted}")
        yield number, cells


def _concepts(source: Source) -> dict[str, tuple[str, str]]:
    """RxCUI -> (name, TTY) of what is not suppressed."""
    found: dict[str, tuple[str, str]] = {}
    for _, cells in _cells(source):
        rxcui, language, sab, tty, text, suppress = cells[0], cells[1], cells[11], cells[12], cells[14], cells[16]
        if sab == "RXNORM" and language == "ENG" and suppress == "N" and tty in (*NAMED, *DRUGS):
            found.setdefault(rxcui, (text, tty))
    return found


def _relations(source: Source, concepts: dict[str, tuple[str, str]]) -> dict[str, set[str]]:
    """Which concepts stand beside which; the way round does not matter, their kinds tell."""
    beside: dict[str, set[str]] = defaultdict(set)
    for _, cells in _cells(source):
        first, second, relation, suppress = cells[0], cells[4], cells[7], cells[14]
        if relation in JOINED and suppress != "Y" and first in concepts and second in concepts:
            beside[first].add(second)
            beside[second].add(first)
    return beside


def _ingredients(concepts: dict[str, tuple[str, str]], beside: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    """The ingredients (RxCUI of TTY IN) of each concept, found step by step from what stands beside it."""
    tty = {rxcui: kind for rxcui, (_, kind) in concepts.items()}
    found: dict[str, frozenset[str]] = {rxcui: frozenset({rxcui}) for rxcui, kind in tty.items() if kind == "IN"}
    # Each kind takes its ingredients from kinds that have them by then.
    for kind, others in (
        ("PIN", ("IN",)), ("MIN", ("IN", "PIN")), ("SCDC", ("IN", "PIN")), ("SCDF", ("IN", "MIN", "PIN")),
        ("SCDG", ("IN", "MIN")), ("SCD", ("SCDC", "MIN", "IN")), ("GPCK", ("SCD",)), ("SBDC", ("SCDC",)),
        ("SBD", ("SCD", "SCDC")), ("BPCK", ("GPCK", "SBD", "SCD")), ("SBDF", ("SCDF", "SBD")), ("SBDG", ("SCDG",)),
        ("BN", ("MIN", "IN")), ("BN", ("SBD", "SBDF", "SBDC", "SBDG")),
    ):  # fmt: skip
        for rxcui in (one for one, own in tty.items() if own == kind and one not in found):
            near = [one for one in beside.get(rxcui, ()) if tty[one] in others and one in found]
            best = [[one for one in near if tty[one] == other] for other in others]
            chosen = next((group for group in best if group), [])
            if not chosen:
                continue
            sets = {found[one] for one in chosen}
            if kind == "BN" and len(sets) > 1 and others[0] == "SBD":
                continue  # one brand, several products: which is meant is not known
            found[rxcui] = frozenset().union(*sets)
    return found


def _our_name(text: str, vocabulary: Vocabulary) -> str:
    """The ingredient as our tables name it, else its own name in lower case."""
    read = vocabulary.resolve(text)
    if read is not None and len(read.ingredients) == 1:
        return read.ingredients[0]
    return " ".join(text.lower().replace("+", " ").split())


def _names(
    concepts: dict[str, tuple[str, str]], known: dict[str, tuple[str, ...]], vocabulary: Vocabulary
) -> Iterator[list[object]]:
    seen: set[str] = set()
    for rxcui, (text, tty) in concepts.items():
        name = " ".join(text.lower().split())
        if tty not in NAMED or rxcui not in known or not 3 <= len(name) <= LONGEST_NAME or name in seen:
            continue
        if vocabulary.resolve(name) is None:
            seen.add(name)
            yield ["name", name, list(known[rxcui]), "brand" if tty == "BN" else "generic"]


def _ndcs(source: Source, known: dict[str, tuple[str, ...]]) -> Iterator[list[object]]:
    seen: set[str] = set()
    for _, cells in _cells(source):
        rxcui, name, sab, value, suppress = cells[0], cells[8], cells[9], cells[10], cells[11]
        digits = "".join(char for char in value if char.isdigit())
        code = name == "NDC" and sab == "RXNORM" and suppress == "N" and len(digits) == 11
        if code and rxcui in known and digits not in seen:
            seen.add(digits)
            yield ["code", digits, list(known[rxcui])]
