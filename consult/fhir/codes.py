"""The codes that are used, from the tables in `data/`: nothing is coded that does not stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from consult.errors import BadFile
from consult.knowledge.rows import read_rows, terms

Json = dict[str, Any]

DATA = Path(__file__).parent / "data"
LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
NDC = "http://hl7.org/fhir/sid/ndc"
UNII = "http://fdasis.nlm.nih.gov"
UCUM = "http://unitsofmeasure.org"
OWN = "urn:consult"  # what has no code in a public system: alert ids, reasons, the full condition of a question


@dataclass(frozen=True, slots=True)
class LabCode:
    """A laboratory value or vital sign and one of its LOINC codes; the first of a name is the one that is written.

    `unit` is ours, `ucum` the same in UCUM; `accepts` are other spellings and units with the factor to ours.
    """

    name: str
    loinc: str
    display: str
    unit: str
    ucum: str
    accepts: Mapping[str, float]
    category: str

    def in_our_unit(self, value: float, unit: str) -> float | None:
        """The value in our unit; None where the unit is of another kind, or missing where there should be one."""
        if unit.strip() in (self.unit, self.ucum):
            return value
        factors = {name.casefold(): factor for name, factor in self.accepts.items()}
        factor = factors.get(unit.strip().casefold())
        if factor is None and unit.strip().casefold() in (self.unit.casefold(), self.ucum.casefold()):
            factor = 1.0
        return round(value * factor, 4) if factor is not None else None


@cache
def _codes() -> Mapping[str, Json]:
    rows = read_rows(DATA / "codes.csv", ("key", "system", "code", "display"), [])
    return {row["key"]: {"system": row["system"], "code": row["code"], "display": row["display"]} for row in rows}


def coding(key: str) -> Json:
    """The coding of a key of codes.csv."""
    return dict(_codes()[key])


def concept(key: str, text: str = "") -> Json:
    """A CodeableConcept of a key of codes.csv, with the words that stand in the record."""
    return {"coding": [coding(key)], **({"text": text} if text else {})}


def has(key: str) -> bool:
    """Whether codes.csv has this key."""
    return key in _codes()


def of_system(system: str, code: str, display: str = "") -> Json:
    """A CodeableConcept of HL7's own code systems, by the last part of their address ("condition-clinical")."""
    one = {"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}
    return {"coding": [{**one, **({"display": display} if display else {})}]}


@cache
def lab_codes() -> tuple[LabCode, ...]:
    """Every row of labs.csv."""
    path = DATA / "labs.csv"
    found = []
    for row in read_rows(path, ("name", "loinc", "display", "unit", "ucum", "accepts", "category"), []):
        accepts: dict[str, float] = {}
        for term in terms(row["accepts"]):
            unit, _, factor = term.rpartition("=")
            try:
                accepts[unit] = float(factor)
            except ValueError:
                raise BadFile(path, row.line, f"unit {term!r} is not UNIT=FACTOR") from None
        found.append(
            LabCode(row["name"], row["loinc"], row["display"], row["unit"], row["ucum"], accepts, row["category"])
        )
    return tuple(found)


def lab_code(name: str) -> LabCode | None:
    """The code that a laboratory name is written with."""
    return next((one for one in lab_codes() if one.name == name), None)


def lab_of(loinc: str) -> LabCode | None:
    """What a LOINC code stands for."""
    return next((one for one in lab_codes() if one.loinc == loinc), None)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What an answer of the script says in FHIR ("*": any answer of the question).

    `says` "code": its adherence `meaning`; "reason": its words are a reason for that; "goal": the person's own goal.
    """

    link_id: str
    answer: str
    says: str
    meaning: str


@cache
def answer_rows() -> tuple[AnswerRow, ...]:
    """Every row of answers.csv; of two questions that tell of adherence the later one counts."""
    rows = read_rows(DATA / "answers.csv", ("link_id", "answer", "says", "meaning"), [])
    return tuple(AnswerRow(row["link_id"], row["answer"], row["says"], row["meaning"]) for row in rows)
