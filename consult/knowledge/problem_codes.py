"""What a medication therapy problem is called in the classifications that others count with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import cast, get_args

from consult.domain.problem import Need, Rationale
from consult.errors import BadFile
from consult.knowledge.rows import read_rows

FILE = Path(__file__).parent / "data" / "problem_codes.csv"
CIPOLLE = (
    "Unnecessary drug therapy",
    "Needs additional drug therapy",
    "Ineffective drug",
    "Dosage too low",
    "Adverse drug reaction",
    "Dosage too high",
    "Nonadherence",
)


@dataclass(frozen=True, slots=True)
class ProblemCodes:
    """One rationale in other words. `cipolle` is 1 to 7; `pcne_*` are codes of PCNE V9.1, `act_code` one of HL7's
    v3-ActCode, `snomed` a SNOMED CT concept id; "" where no code is known to fit.
    """

    rationale: Rationale
    need: Need
    words: str
    cipolle: int
    pcne_problem: str
    pcne_cause: str
    act_code: str
    snomed: str

    @property
    def cipolle_words(self) -> str:
        return CIPOLLE[self.cipolle - 1]


@cache
def problem_codes(path: Path = FILE) -> Mapping[Rationale, ProblemCodes]:
    """The table by rationale. Raises BadFile with file and line where a row does not fit."""
    made: dict[Rationale, ProblemCodes] = {}
    columns = ("rationale", "need", "words", "cipolle", "pcne_problem", "pcne_cause", "act_code", "snomed")
    for row in read_rows(path, columns, []):
        with row.blame():
            if row["rationale"] not in get_args(Rationale) or row["need"] not in get_args(Need):
                raise ValueError(f"unknown rationale or need: {row['rationale']}, {row['need']}")
            if not 1 <= int(row["cipolle"]) <= len(CIPOLLE):
                raise ValueError("cipolle is a number from 1 to 7")
        made[cast(Rationale, row["rationale"])] = ProblemCodes(
            cast(Rationale, row["rationale"]),
            cast(Need, row["need"]),
            row["words"],
            int(row["cipolle"]),
            row["pcne_problem"],
            row["pcne_cause"],
            row["act_code"],
            row["snomed"],
        )
    if missing := set(get_args(Rationale)) - set(made) - {""}:
        raise BadFile(path, None, f"no row for {', '.join(sorted(missing))}")
    return MappingProxyType(made)
