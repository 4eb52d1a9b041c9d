"""Small files in the true formats of the sources, written for the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

# RxCUI, TTY, name; the numbers are made up.
CONCEPTS = (
    ("1", "IN", "zandomab"), ("2", "IN", "warfarin"), ("3", "IN", "lisinopril"), ("4", "IN", "hydrochlorothiazide"),
    ("10", "BN", "Zandia"), ("11", "BN", "Jantoven"), ("12", "MIN", "hydrochlorothiazide / lisinopril"),
    ("13", "BN", "Zestoretix"), ("20", "SCDC", "warfarin 5 MG"), ("21", "SCD", "warfarin sodium 5 MG Oral Tablet"),
    ("22", "SBD", "warfarin sodium 5 MG Oral Tablet [Jantoven]"), ("30", "PIN", "zandomab besylate"),
)  # fmt: skip
# first, second, what the second is to the first
RELATIONS = (
    ("1", "10", "tradename_of"), ("2", "11", "tradename_of"), ("3", "12", "has_part"), ("4", "12", "has_part"),
    ("12", "13", "tradename_of"), ("2", "20", "has_ingredient"), ("20", "21", "consists_of"),
    ("21", "22", "tradename_of"), ("1", "30", "form_of"),
)  # fmt: skip
PRODUCT_HEADER = (
    "PRODUCTID", "PRODUCTNDC", "PRODUCTTYPENAME", "PROPRIETARYNAME", "PROPRIETARYNAMESUFFIX", "NONPROPRIETARYNAME",
    "DOSAGEFORMNAME", "ROUTENAME", "STARTMARKETINGDATE", "ENDMARKETINGDATE", "MARKETINGCATEGORYNAME",
    "APPLICATIONNUMBER", "LABELERNAME", "SUBSTANCENAME", "ACTIVE_NUMERATOR_STRENGTH", "ACTIVE_INGRED_UNIT",
    "PHARM_CLASSES", "DEASCHEDULE", "NDC_EXCLUDE_FLAG", "LISTING_RECORD_CERTIFIED_THROUGH",
)  # fmt: skip
RULE: dict[str, Any] = {
    "id": "pt-1",
    "drugs_a": ["warfarin"],
    "drugs_b": ["loratadine", "cetirizine"],
    "consequences": "The INR may rise. It was seen in our clinic.",
    "seriousness": "serious",
    "class": "use only if benefit outweighs risk",
    "mechanism": "Not known.",
    "action": "Consider an INR in a week.",
    "context": "age>=80 => raises",
    "evidence": "P&T committee, minutes of March",
    "exposure_frequency": "often",
    "harm_frequency": "seldom",
    "date": "2026-10-01",
    "reviewer": "A. Chen, PharmD",
}


def rxnorm(folder: Path, *, suppressed: str = "") -> Path:
    """The three RRF files, in rrf/ as they are published."""
    place = folder / "rrf"
    place.mkdir(parents=True)
    lines = []
    for rxcui, tty, name in CONCEPTS:
        flag = "O" if rxcui == suppressed else "N"
        lines.append(_conso(rxcui, tty, name, flag))
    lines.append(_conso("2", "SY", "a synonym", "N"))
    (place / "RXNCONSO.RRF").write_text("".join(lines))
    relations = "".join(
        f"{a}||CUI|RO|{b}||CUI|{how}|{n}||RXNORM||||N|4096|\n" for n, (a, b, how) in enumerate(RELATIONS)
    )
    (place / "RXNREL.RRF").write_text(relations)
    sat = "22|||220|AUI|22|||NDC|RXNORM|00003089421|N|4096|\n22|||220|AUI|22|||NDC|RXNORM|00003089499|O|4096|\n"
    (place / "RXNSAT.RRF").write_text(sat)
    return folder


def _conso(rxcui: str, tty: str, name: str, flag: str) -> str:
    cells = [
        rxcui,
        "ENG",
        "",
        "",
        "",
        "",
        "",
        f"{rxcui}00",
        "",
        rxcui,
        "",
        "RXNORM",
        tty,
        rxcui,
        name,
        "",
        flag,
        "4096",
    ]
    return "|".join(cells) + "|\n"


def product(code: str, name: str, substances: str, **more: str) -> str:
    values = dict.fromkeys(PRODUCT_HEADER, "") | {
        "PRODUCTNDC": code, "PRODUCTTYPENAME": "HUMAN PRESCRIPTION DRUG", "PROPRIETARYNAME": name, "ROUTENAME": "ORAL",
        "STARTMARKETINGDATE": "20260115", "SUBSTANCENAME": substances, "NDC_EXCLUDE_FLAG": "N", **more,
    }  # fmt: skip
    return "\t".join(values.values()) + "\n"


def ndc(path: Path, *rows: str) -> Path:
    """product.txt, in latin-1."""
    rows = rows or (
        product("0003-0894", "Eliquimax", "APIXABAN"),
        product("12345-678", "Zandia", "ZANDOMAB"),
        product("12345-679", "Pain Ease", "ACETAMINOPHEN"),
        product("12345-680", "Pain Ease", "IBUPROFEN"),
        product("12345-681", "Old Stuff", "WARFARIN SODIUM", NDC_EXCLUDE_FLAG="E"),
        product("12345-682", "Doggy", "CARPROFEN", PRODUCTTYPENAME="OTC ANIMAL DRUG"),
        product("12345-683", "Zestoretix", "LISINOPRIL; HYDROCHLOROTHIAZIDE", LABELERNAME="Caf\xe9 Pharma"),
    )
    path.write_bytes(("\t".join(PRODUCT_HEADER) + "\n" + "".join(rows)).encode("latin-1"))
    return path


def label(substance: str, day: str = "20260501", **sections: str) -> dict[str, Any]:
    return {
        "set_id": f"set-{substance.lower()}",
        "effective_time": day,
        "openfda": {"substance_name": [substance], "brand_name": [substance.title()]},
        **{name: [text] for name, text in sections.items()},
    }


def openfda(path: Path, *labels: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"meta": {"disclaimer": "x"}, "results": list(labels)}))
    return path


def ddinter(path: Path, *rows: tuple[str, str, str]) -> Path:
    lines = ["DDInterID_A,Drug_A,DDInterID_B,Drug_B,Level"]
    lines += [f"DDInter{n},{a},DDInter{n + 500},{b},{level}" for n, (a, b, level) in enumerate(rows)]
    path.write_text("\n".join(lines) + "\n")
    return path
