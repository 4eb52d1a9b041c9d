"""FDA NDC directory (product.txt): product names after the packaged tables were made, and NDC codes.

Source: U.S. Food and Drug Administration, National Drug Code Directory; public domain.
"""

from __future__ import annotations

from pathlib import Path

from consult.errors import BadFile
from consult.knowledge.importers.reading import Say, Source, modified, now, quiet
from consult.knowledge.sitefile import Manifest
from consult.knowledge.vocabulary import Vocabulary

TITLE = "FDA National Drug Code Directory, products"
TERMS = "U.S. Food and Drug Administration, public domain."
NEEDED = ("PRODUCTNDC", "PRODUCTTYPENAME", "PROPRIETARYNAME", "ROUTENAME", "STARTMARKETINGDATE", "SUBSTANCENAME")
KINDS = ("HUMAN PRESCRIPTION DRUG", "HUMAN OTC DRUG")
LONGEST_NAME = 60
ROUTES = {
    "ORAL": "oral", "TOPICAL": "topical", "OPHTHALMIC": "ophthalmic", "NASAL": "nasal", "AURICULAR (OTIC)": "otic",
    "RESPIRATORY (INHALATION)": "inhaled", "SUBCUTANEOUS": "subcutaneous", "TRANSDERMAL": "transdermal",
    "VAGINAL": "vaginal", "RECTAL": "rectal", "SUBLINGUAL": "sublingual",
}  # fmt: skip


def read_ndc(path: Path, vocabulary: Vocabulary, say: Say = quiet) -> tuple[Manifest, list[list[object]]]:
    """Rows ["name", name, ingredients, "brand", route] and ["code", nine digits of labeler and product, ingredients].

    A product name that stands for several sets of substances is left out. Raises BadFile.
    """
    source = Source(path, say)
    lines = source.lines("latin-1")
    number, head = next(lines)
    header = head.split("\t")
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise BadFile(path, number, f"no column {', '.join(missing)}: this is not product.txt of the NDC directory")
    place = {name: header.index(name) for name in header}
    substances: dict[str, str] = {}
    meant: dict[str, set[tuple[str, ...]]] = {}
    routes: dict[str, set[str]] = {}
    codes: dict[str, tuple[str, ...]] = {}
    products, newest = 0, ""
    for number, line in lines:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise BadFile(path, number, f"{len(cells)} columns, not {len(header)} as in the header")
        excluded = cells[place["NDC_EXCLUDE_FLAG"]] if "NDC_EXCLUDE_FLAG" in place else "N"
        if (
            cells[place["PRODUCTTYPENAME"]] not in KINDS
            or excluded not in ("N", "")
            or not cells[place["SUBSTANCENAME"]]
        ):
            continue
        products += 1
        newest = max(newest, cells[place["STARTMARKETINGDATE"]])
        ingredients = _ingredients(cells[place["SUBSTANCENAME"]], vocabulary, substances)
        codes[_nine(cells[place["PRODUCTNDC"]], path, number)] = ingredients
        name = " ".join(cells[place["PROPRIETARYNAME"]].lower().split())
        if 3 <= len(name) <= LONGEST_NAME:
            meant.setdefault(name, set()).add(ingredients)
            routes.setdefault(name, set()).add(ROUTES.get(cells[place["ROUTENAME"]], ""))
    if not products:
        raise BadFile(path, None, "it holds no human drug with a substance")
    names: list[list[object]] = []
    for name, sets in sorted(meant.items()):
        if len(sets) == 1 and vocabulary.resolve(name) is None:
            own = routes[name]
            names.append(["name", name, list(next(iter(sets))), "brand", own.pop() if len(own) == 1 else ""])
    rows: list[list[object]] = [*names]
    rows += [["code", code, list(ingredients)] for code, ingredients in sorted(codes.items())]
    manifest = Manifest(
        source="ndc",
        title=TITLE,
        terms=TERMS,
        read_from=str(path),
        read_sha256=source.sha256,
        data_date=f"{newest[:4]}-{newest[4:6]}-{newest[6:8]}" if len(newest) == 8 else modified(path),
        imported_at=now(),
        rows=len(rows),
        counts={
            "names new to us": len(names),
            "NDC": len(codes),
            "products read": products,
            "names of several meanings left out": sum(len(sets) > 1 for sets in meant.values()),
        },
    )
    return manifest, rows


def _ingredients(text: str, vocabulary: Vocabulary, known: dict[str, str]) -> tuple[str, ...]:
    found = set()
    for substance in text.split("; "):
        name = " ".join(substance.lower().replace("+", " ").split())
        if name not in known:
            read = vocabulary.resolve(name)
            known[name] = read.ingredients[0] if read is not None and len(read.ingredients) == 1 else name
        found.add(known[name])
    return tuple(sorted(found))


def _nine(code: str, path: Path, number: int) -> str:
    """Labeler and product of an NDC as nine digits (5-4), whatever the widths that are written."""
    labeler, hyphen, product = code.partition("-")
    if not hyphen or not labeler.isdigit() or not product.isalnum() or len(labeler) > 5 or len(product) > 4:
        raise BadFile(path, number, f"PRODUCTNDC {code[:20]!r} is not LABELER-PRODUCT")
    return labeler.rjust(5, "0") + product.rjust(4, "0")
