"""A record of another system as the preparation of a consult: what is taken, merged, left, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from consult.domain.commands import ImportHistory
from consult.domain.fill import FILLS, Fill, Stay, with_fills, with_stays
from consult.domain.history import Outcome, completed
from consult.domain.medication import Medication, Sig, medication_key
from consult.domain.patient import Allergy, Condition, Lab, Patient
from consult.errors import BadFile, Refused
from consult.fhir.codes import Json
from consult.fhir.drugs import DrugReader
from consult.fhir.enrollment import Enrollee
from consult.fhir.reading import Found, Links, read_bundle
from consult.fhir.taking import (
    Dated,
    Left,
    allergy,
    codes_of,
    condition,
    day_of,
    fill,
    labs,
    medication,
    name_of,
    objects,
    stay,
    words_of,
)

V = TypeVar("V", Allergy, Condition)
T = TypeVar("T")
MOST = {"medication": 100, "condition": 100, "allergy": 100, "lab": 200, "fill": FILLS}
LABS_OF_A_NAME = 5  # the newest ones
USED = (
    "Patient", "Coverage", "MedicationStatement", "MedicationRequest", "MedicationDispense", "AllergyIntolerance",
    "Condition", "Observation", "QuestionnaireResponse", "Encounter",
)  # fmt: skip
HELD = ("Medication", "Organization", "Practitioner", "PractitionerRole")  # read where something refers to them
SEX = {"female": "f", "male": "m"}


@dataclass
class Preparation:
    """What a file holds. `patient` is None for a file of fills, `enrollees` are the rows of a file of
    enrollments, of many members; `responses` are questionnaires about this patient, to be read with the script of a
    consult; `outcomes` tell what was merged or left on the way."""

    patient: Patient | None = None
    medications: dict[str, Dated] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=dict)
    allergies: dict[str, Allergy] = field(default_factory=dict)
    labs: list[Lab] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    responses: list[Json] = field(default_factory=list)
    plan_name: str = ""
    member_id: str = ""
    enrollees: tuple[Enrollee, ...] = ()
    outcomes: list[Outcome] = field(default_factory=list)

    def left(self, kind: str, name: str, why: str) -> None:
        self.outcomes.append(Outcome(kind, name, "left", why))

    def merged(self, kind: str, name: str, why: str) -> None:
        self.outcomes.append(Outcome(kind, name, "merged", why))

    def history(self) -> ImportHistory:
        """The command that adds it to a consult."""
        return ImportHistory(
            medications=tuple(one.row for one in self.medications.values()),
            conditions=tuple(self.conditions.values()),
            allergies=tuple(self.allergies.values()),
            labs=tuple(self.labs),
            fills=with_fills((), tuple(self.fills)),
            stays=with_stays((), tuple(self.stays)),
            plan_name=self.plan_name,
            member_id=self.member_id,
        )


def prepare(content: bytes, path: str, drugs: DrugReader) -> Preparation:
    """The preparation of a patient's bundle. Raises BadFile where it cannot be used at all."""
    found = read_bundle(content, path)
    links = Links(found)
    made = Preparation()
    _patient([one.resource for one in found if one.kind == "Patient"], made, path)
    for one in found:
        if one.kind == "Coverage":
            _coverage(one.resource, links, made)
    _medications(found, links, drugs, made)
    for one in found:
        _clinical(one, drugs, made)
    _newest_labs(made)
    _responses([one.resource for one in found if one.kind == "QuestionnaireResponse"], links, made)
    others = Counter(one.kind for one in found if one.kind not in (*USED, *HELD))
    for kind, count in sorted(others.items()):
        made.left("other", f"{kind[:60]} ({count})", "this kind of resource is not used")
    _within_limits(made)
    return made


def _patient(patients: list[Json], made: Preparation, path: str) -> None:
    if not patients:
        raise BadFile(path, None, "the bundle holds no Patient")
    if len(patients) > 1:
        raise BadFile(path, None, f"the bundle holds {len(patients)} patients; import one at a time")
    one = patients[0]
    name, born = name_of(one), day_of(one.get("birthDate"))
    if not name or not born:
        raise BadFile(path, None, "the Patient needs a name and a whole date of birth")
    phones = [contact for contact in objects(one.get("telecom")) if contact.get("system") == "phone"]
    languages = [code for spoken in objects(one.get("communication")) for code in codes_of(spoken.get("language"))]
    made.patient = Patient(
        id=f"patient-{one['id']}"[:80] if isinstance(one.get("id"), str) else "patient",
        name=name,
        birth_date=born,
        sex=SEX.get(str(one.get("gender")), ""),  # type: ignore[arg-type]
        phone=str(phones[0].get("value") or "")[:200] if phones else "",
        address=_address(one.get("address")),
        language=languages[0][:20] if languages else "en",
    )


def _address(addresses: object) -> str:
    for one in objects(addresses):
        place = " ".join(str(one[part]) for part in ("state", "postalCode") if one.get(part))
        street = one.get("line")
        lines = [*(map(str, street) if isinstance(street, list) else ()), str(one.get("city") or ""), place]
        whole = one.get("text") or ", ".join(line for line in lines if line)
        if whole:
            return " ".join(str(whole).split())[:200]
    return ""


def _coverage(one: Json, links: Links, made: Preparation) -> None:
    if one.get("status") != "active" or made.member_id:
        made.left(
            "patient", "coverage", "it is not active" if one.get("status") != "active" else "there is another one"
        )
        return
    made.member_id = str(one.get("subscriberId") or "")[:200]
    for payor in objects(one.get("payor")):
        held = links.follow(payor, one)
        display = str(payor.get("display") or "")
        made.plan_name = made.plan_name or display[:200] or (name_of(held) if held is not None else "")
    if made.patient is not None:
        made.patient = replace(made.patient, plan_name=made.plan_name, member_id=made.member_id)


def _medications(found: list[Found], links: Links, drugs: DrugReader, made: Preparation) -> None:
    """Statements tell how it is taken, requests how it was ordered, dispenses when it was filled, in this order."""
    for kind in ("MedicationStatement", "MedicationRequest"):
        rows = []
        for one in (one.resource for one in found if one.kind == kind):
            try:
                rows.append(medication(one, links, drugs))
            except Left as left:
                made.left("medication", _name(one), str(left))
        # Of several the active one counts, then the newest.
        for dated in sorted(rows, key=lambda d: (d.row.status == "active", d.at), reverse=True):
            _add_row(dated, made)
    for one in (one.resource for one in found if one.kind == "MedicationDispense"):
        try:
            filled, drug = fill(one, links, drugs)
        except Left as left:
            made.left("fill", _name(one), str(left))
            continue
        made.fills.append(replace(filled, source="MedicationDispense"))
        key = medication_key(drug.ingredients, drug.name)[:80]
        if key not in made.medications:
            row = Medication(key, drug.name, drug.ingredients[:12], sig=Sig(drug.strength), source="history")
            made.medications[key] = Dated(row, filled.date)
        known = made.medications[key]
        made.medications[key] = replace(known, row=replace(known.row, last_fill=max(known.row.last_fill, filled.date)))


def _add_row(dated: Dated, made: Preparation) -> None:
    known = made.medications.get(dated.row.id)
    if known is None:
        made.medications[dated.row.id] = dated
        return
    sig = completed(known.row.sig, dated.row.sig)
    made.medications[dated.row.id] = replace(known, row=completed(replace(known.row, sig=sig), dated.row))
    made.merged("medication", dated.row.name, "the same drug stands in the file more than once")


def _clinical(found: Found, drugs: DrugReader, made: Preparation) -> None:
    one = found.resource
    try:
        if found.kind == "AllergyIntolerance":
            noted = allergy(one, drugs)
            _once("allergy", noted.substance, noted, made.allergies, made)
        elif found.kind == "Condition":
            diagnosis = condition(one)
            _once("condition", diagnosis.name, diagnosis, made.conditions, made)
        elif found.kind == "Observation":
            made.labs += labs(one)
        elif found.kind == "Encounter":
            made.stays.append(stay(one))
    except Left as left:
        kinds = {"AllergyIntolerance": "allergy", "Condition": "condition", "Encounter": "stay"}
        made.left(kinds.get(found.kind, "lab"), words_of(one.get("code")) or found.kind, str(left))


def _responses(responses: list[Json], links: Links, made: Preparation) -> None:
    """A response names whom it is about; one about nobody in the file may be somebody else's."""
    for one in responses:
        about = links.follow(one.get("subject"), one)
        if about is not None and about.get("resourceType") == "Patient":
            made.responses.append(one)
        else:
            made.left("answer", "a questionnaire", "it does not say that it is about the patient of the file")


def _once(kind: str, name: str, value: V, into: dict[str, V], made: Preparation) -> None:
    if value.id in into:
        made.merged(kind, name, "it stands in the file more than once")
    into.setdefault(value.id, value)


def _newest_labs(made: Preparation) -> None:
    kept: list[Lab] = []
    for name in dict.fromkeys(lab.name for lab in made.labs):
        own = sorted({lab for lab in made.labs if lab.name == name}, key=lambda lab: lab.at)
        if len(own) > LABS_OF_A_NAME:
            older = len(own) - LABS_OF_A_NAME
            made.left("lab", f"{name} ({older})", f"only the newest {LABS_OF_A_NAME} values are taken")
        kept += own[-LABS_OF_A_NAME:]
    made.labs = kept


def _within_limits(made: Preparation) -> None:
    def cut(kind: str, values: Iterable[T]) -> list[T]:
        rows = list(values)
        if len(rows) > MOST[kind]:
            made.left(kind, f"{len(rows) - MOST[kind]} more", f"a preparation holds at most {MOST[kind]}")
        return rows[: MOST[kind]]

    made.medications = {one.row.id: one for one in cut("medication", made.medications.values())}
    made.conditions = {one.id: one for one in cut("condition", made.conditions.values())}
    made.allergies = {one.id: one for one in cut("allergy", made.allergies.values())}
    made.labs = cut("lab", made.labs)
    newest = sorted(made.fills, key=lambda one: one.date, reverse=True)
    made.fills = cut("fill", newest)


def _name(one: Json) -> str:
    reference = one.get("medicationReference")
    display = reference.get("display") if isinstance(reference, dict) else None
    return words_of(one.get("medicationCodeableConcept")) or str(display or one["resourceType"])[:200]


def check_same_person(known: Patient, given: Patient) -> None:
    """Raises Refused where the file is about somebody else: another date of birth, or no part of the name in common."""
    if known.birth_date != given.birth_date:
        raise Refused("The file is about a person with another date of birth. Nothing was taken.", code="other-patient")
    if not _parts_of_name(known.name) & _parts_of_name(given.name):
        raise Refused("The file is about a person with another name. Nothing was taken.", code="other-patient")


def _parts_of_name(name: str) -> set[str]:
    return {part for part in name.casefold().replace(",", " ").split() if len(part) > 1}
