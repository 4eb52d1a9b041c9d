"""The resources of a consult that every bundle takes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.errors import ConsultError
from consult.fhir import clinical, follow_ups, letters, people, plan
from consult.fhir.codes import Json
from consult.fhir.make import reference
from consult.fhir.medicines import statement
from consult.fhir.source import ExportInput


@dataclass(frozen=True)
class Parts:
    """The resources that the bundles are made of."""

    patient: Json
    author: Json
    role: Json
    site: Json
    machine: Json
    encounter: Json
    statements: tuple[Json, ...]
    names: tuple[str, ...]
    issues: Mapping[str, Json]
    answered: tuple[Json, ...]
    plans: tuple[Json, ...]
    payer: tuple[Json, ...]  # coverage and plan, or nothing
    allergies: tuple[Json, ...]
    conditions: tuple[Json, ...]
    observations: tuple[Json, ...]
    document: Json | None
    follow_ups: Mapping[str, Json]
    letters: tuple[Json, ...]  # Communications and Tasks, and who they went to

    @property
    def asked(self) -> list[Json]:
        """The letters themselves, without those they went to."""
        return [one for one in self.letters if one["resourceType"] != "Practitioner"]

    @property
    def people(self) -> list[Json]:
        return [self.patient, self.author, self.site, self.role, self.machine, self.encounter]


def parts_of(source: ExportInput) -> Parts:
    """The resources; only what was accepted."""
    consult = source.consult
    if consult.patient is None:
        raise ConsultError("The consult has no patient.", code="no-consult")
    patient = people.patient(consult.patient, consult.patient.id)
    author = people.practitioner(source)
    site = people.organization(source.organization or "consult")
    rows = [row for row in consult.medications.values() if row.review == "confirmed"]
    day = source.day
    statements = tuple(
        statement(
            row,
            consult.id,
            source.rxcui_of,
            subject=patient,
            source=patient,
            asserted=day,
            answers=consult.answers,
            words_of=source.words_of,
        )
        for row in rows
    )
    implicated = {row.id: reference(one, row.name) for row, one in zip(rows, statements, strict=True)}
    issues = plan.problem_issues(source, patient, author, implicated)
    followed = follow_ups.follow_ups(source, patient, author, issues)
    payor = people.organization(consult.patient.plan_name or source.plan_name or "not named")
    covered = bool(consult.patient.member_id or consult.patient.plan_name)
    words = {drug: row.name for row in rows for drug in row.ingredients}
    return Parts(
        patient=patient,
        author=author,
        role=people.role(author, site),
        site=site,
        machine=people.device(source.software),
        encounter=people.encounter(source, patient, author),
        statements=statements,
        names=tuple(row.name for row in rows),
        issues=issues,
        answered=tuple(plan.answered_issues(source, patient, author, implicated)),
        plans=tuple(plan.care_plans(source, patient, author, issues, followed)),
        payer=(people.coverage(consult.patient, consult.id, patient, payor), payor) if covered else (),
        allergies=tuple(
            clinical.allergy(one, consult.id, patient, source.rxcui_of)
            for one in consult.allergies.values()
            if one.review == "confirmed"
        ),
        conditions=tuple(clinical.condition(one, consult.id, patient) for one in consult.conditions.values()),
        observations=(
            *(clinical.lab(one, consult.id, patient) for one in consult.labs),
            *(
                clinical.effect(one, consult.id, patient, day, words)
                for one in consult.effects.values()
                if one.review == "confirmed"
            ),
        ),
        document=plan.document_reference(source, patient, author),
        follow_ups=followed,
        letters=tuple(letters.letters(source, patient, author, issues)),
    )
