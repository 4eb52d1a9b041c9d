"""The bundles that go out, by name."""

from __future__ import annotations

from typing import Literal, get_args

from consult.errors import ConsultError
from consult.fhir.codes import Json
from consult.fhir.ecare import care_plan
from consult.fhir.parts import parts_of
from consult.fhir.profiles import faults
from consult.fhir.smp import action_plan, medication_profile
from consult.fhir.source import ExportInput, check_signed

Kind = Literal["smp", "map", "ecare"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def export(source: ExportInput, kind: Kind, *, draft: bool = False) -> Json:
    """The bundle of a consult. Raises Refused where it is not signed and no draft was asked for."""
    if not draft:
        check_signed(source.consult)
    parts = parts_of(source)
    made = {"smp": medication_profile, "map": action_plan, "ecare": care_plan}[kind](source, parts)
    found = faults(made)
    if found:
        raise ConsultError(f"The export would not be conformant: {found[0]}.", code="export-not-conformant")
    return made
