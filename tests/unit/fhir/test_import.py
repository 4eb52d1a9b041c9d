"""What comes in: what is taken, merged and left, and why; what cannot be used is refused with its reason."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from consult.app import vocabulary
from consult.domain.consult import Consult
from consult.domain.fill import Fill, Stay
from consult.domain.history import join
from consult.domain.patient import Lab, Patient
from consult.errors import BadFile, Refused
from consult.fhir.documents import export
from consult.fhir.drugs import DrugReader
from consult.fhir.fills import prepare_fills, report
from consult.fhir.preparation import Preparation, check_same_person, prepare
from consult.fhir.reading import LONGEST
from tests.golden import exchange
from tests.unit.fhir.validating import valid

Json = dict[str, Any]
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"
PATIENT: Json = {
    "resourceType": "Patient",
    "id": "p1",
    "name": [{"family": "Lopez", "given": ["Maria", "C."]}],
    "birthDate": "1952-03-14",
    "gender": "female",
    "telecom": [{"system": "email", "value": "m@example.org"}, {"system": "phone", "value": "555-0142"}],
    "address": [{"line": ["18 Cedar Lane"], "city": "Springfield", "state": "IL", "postalCode": "62701"}],
}
SUBJECT = {"reference": "Patient/p1"}


def coded(system: str, code: str, text: str) -> Json:
    return {"coding": [{"system": system, "code": code, "display": text}]}


def status(system: str, code: str) -> Json:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def bundle(*resources: Json, patient: bool = True) -> Json:
    held = [PATIENT, *resources] if patient else list(resources)
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in held]}


def taken(*resources: Json) -> Preparation:
    """The preparation of a bundle with these resources, which R4 itself accepts."""
    whole = valid(bundle(*resources))
    return prepare(json.dumps(whole).encode(), "record.json", DrugReader(vocabulary()))


def request(text: str, **more: Any) -> Json:
    return {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "subject": SUBJECT,
        "medicationCodeableConcept": {"text": text},
        **more,
    }


def observation(code: str, value: float, unit: str, **more: Any) -> Json:
    return {
        "resourceType": "Observation",
        "status": "final",
        "code": coded(LOINC, code, "a value"),
        "effectiveDateTime": "2026-09-01T08:00:00Z",
        "valueQuantity": {"value": value, **({"unit": unit} if unit else {})},
        **more,
    }


def why(made: Preparation) -> list[tuple[str, str, str]]:
    return [(one.kind, one.name, one.why) for one in made.outcomes if one.fate == "left"]


def test_the_patient_and_the_coverage_are_read() -> None:
    plan = {"resourceType": "Organization", "id": "plan", "name": "Prairie Health Part D"}
    cover = {
        "resourceType": "Coverage", "status": "active", "subscriberId": "PH-1", "beneficiary": SUBJECT,
        "payor": [{"reference": "Organization/plan"}],
    }  # fmt: skip

    made = taken(plan, cover)

    assert made.patient == Patient(
        "patient-p1", "Maria C. Lopez", "1952-03-14", "f", "555-0142", "18 Cedar Lane, Springfield, IL 62701", "en",
        "Prairie Health Part D", "PH-1",
    )  # fmt: skip
    assert (made.history().plan_name, made.history().member_id) == ("Prairie Health Part D", "PH-1")


@pytest.mark.parametrize(
    ("text", "name", "ingredients", "strength"),
    [
        ("Lisinopril 10 MG Oral Tablet", "lisinopril", ("lisinopril",), "10 mg"),
        ("lisinopril 10 MG Oral Tablet [Zestril]", "Zestril", ("lisinopril",), "10 mg"),
        ("ELIQUIS 5MG TAB", "Eliquis", ("apixaban",), "5 mg"),
        ("Percocet", "Percocet", ("acetaminophen", "oxycodone"), None),
        ("bluebell powder", "bluebell powder", (), None),
    ],
)
def test_a_drug_is_known_by_its_words(text: str, name: str, ingredients: tuple[str, ...], strength: str | None) -> None:
    row = next(iter(taken(request(text)).medications.values())).row

    assert (row.name, row.ingredients, row.sig.strength) == (name, ingredients, strength)
    assert (row.source, row.review, row.status) == ("history", "proposed", "active")


def test_a_drug_is_known_by_a_code_where_a_table_has_it() -> None:
    def codes(system: str, code: str) -> tuple[str, ...]:
        return ("warfarin",) if (system, code) == (RXNORM, "855332") else ()

    one = request("", medicationCodeableConcept=coded(RXNORM, "855332", "blood thinner 5 MG"))

    made = prepare(json.dumps(bundle(one)).encode(), "x", DrugReader(vocabulary(), codes))

    assert made.medications["med:warfarin"].row.ingredients == ("warfarin",)


def test_directions_reason_and_prescriber_come_along() -> None:
    doctor = {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Patel", "given": ["Anil"]}]}
    one = request(
        "Eliquis",
        requester={"reference": "Practitioner/d"},
        reasonCode=[{"text": "heart rhythm"}],
        dosageInstruction=[
            {
                "timing": {"code": coded("http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", "BID", "BID")},
                "route": coded("http://snomed.info/sct", "26643006", "Oral route"),
                "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablets"}}],
            }
        ],
    )

    row = taken(doctor, one).medications["med:apixaban"].row

    assert (row.prescriber, row.why) == ("Anil Patel", "heart rhythm")
    assert (row.sig.dose, row.sig.route, row.sig.frequency) == ("1 tablet", "oral", "2/day")


def test_a_medication_that_is_referred_to_is_followed_in_the_bundle_and_inside_the_resource() -> None:
    product = {"resourceType": "Medication", "id": "m", "code": {"text": "warfarin"}}
    inside = {"resourceType": "Medication", "id": "in", "code": {"text": "metformin"}}
    first = request("", medicationReference={"reference": "Medication/m"})
    second = request("", medicationReference={"reference": "#in"}, contained=[inside])
    for one in (first, second):
        del one["medicationCodeableConcept"]

    assert set(taken(product, first, second).medications) == {"med:warfarin", "med:metformin"}


def test_one_drug_from_several_resources_is_one_row_and_the_active_newest_one_counts() -> None:
    old = request("warfarin 5 MG Oral Tablet", status="stopped", authoredOn="2020-01-01", reasonCode=[{"text": "clot"}])
    new = request("warfarin 2 MG Oral Tablet", authoredOn="2026-01-01")

    made = taken(old, new)

    row = made.medications["med:warfarin"].row
    assert (row.status, row.sig.strength, row.why) == ("active", "2 mg", "clot")
    assert [one.fate for one in made.outcomes] == ["merged"]


def test_what_the_person_says_goes_before_what_was_ordered() -> None:
    said = {
        "resourceType": "MedicationStatement", "status": "stopped", "subject": SUBJECT,
        "medicationCodeableConcept": {"text": "warfarin"},
    }  # fmt: skip

    assert taken(request("warfarin"), said).medications["med:warfarin"].row.status == "stopped"


def test_dispenses_become_fills_and_the_last_fill_of_the_row() -> None:
    def dispense(day: str, **more: Any) -> Json:
        return {
            "resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": f"{day}T10:00:00Z",
            "medicationCodeableConcept": {"text": "Eliquis"}, "quantity": {"value": 60}, "daysSupply": {"value": 30},
            **more,
        }  # fmt: skip

    undated = dispense("2026-01-01")
    del undated["whenHandedOver"]
    made = taken(dispense("2026-10-20"), dispense("2026-09-20"), dispense("2026-08-20", status="cancelled"), undated)

    assert made.history().fills == tuple(
        Fill("Eliquis", day, 30, ("apixaban",), 60.0, "MedicationDispense") for day in ("2026-09-20", "2026-10-20")
    )
    assert made.medications["med:apixaban"].row.last_fill == "2026-10-20"
    assert why(made) == [("fill", "Eliquis", "its status is cancelled"), ("fill", "Eliquis", "it has no date")]


def test_allergies_are_taken_with_reaction_and_what_is_no_allergy_is_left() -> None:
    def noted(text: str, verified: str = "confirmed", **more: Any) -> Json:
        return {
            "resourceType": "AllergyIntolerance", "patient": SUBJECT, "code": {"text": text},
            "clinicalStatus": status("allergyintolerance-clinical", "active"),
            "verificationStatus": status("allergyintolerance-verification", verified),
            **more,
        }  # fmt: skip

    hives = {"reaction": [{"manifestation": [{"text": "hives"}, {"text": "itching"}]}]}
    made = taken(
        noted("penicillin", **hives), noted("latex"), noted("codeine", "refuted"), noted("No known drug allergy")
    )

    assert [(one.id, one.reaction) for one in made.allergies.values()] == [
        ("allergy:penicillin", "hives, itching"),
        ("allergy:latex", ""),
    ]
    assert why(made) == [
        ("allergy", "codeine", "it was refuted or entered in error"),
        ("allergy", "No known drug allergy", "it says that none is known; ask and record it"),
    ]


def test_conditions_are_taken_in_plain_words_and_old_ones_are_left() -> None:
    def problem(text: str, clinical: str = "active", **more: Any) -> Json:
        code = coded("http://snomed.info/sct", "1", text) if text else coded("http://snomed.info/sct", "1", "")
        if not text:
            del code["coding"][0]["display"]
        made = {"resourceType": "Condition", "subject": SUBJECT, "code": code, **more}
        return {**made, "clinicalStatus": status("condition-clinical", clinical)}

    made = taken(
        problem("Atrial fibrillation (disorder)", onsetDateTime="2019-05-01"),
        problem("atrial fibrillation"),
        problem("Pneumonia", "resolved"),
        problem(""),
    )

    assert [(one.name, one.since) for one in made.conditions.values()] == [("atrial fibrillation", "2019-05-01")]
    assert [(one.kind, one.fate) for one in made.outcomes] == [
        ("condition", "merged"),
        ("condition", "left"),
        ("condition", "left"),
    ]
    assert why(made)[1] == ("condition", "Condition", "it has a code without words")


@pytest.mark.parametrize(
    ("code", "value", "unit", "lab"),
    [
        ("98979-8", 58, "mL/min/1.73m2", Lab("egfr", 58, "mL/min/1.73 m2", "2026-09-01")),
        ("2823-3", 4.4, "mEq/L", Lab("potassium", 4.4, "mmol/L", "2026-09-01")),
        ("2160-0", 88.4, "umol/L", Lab("creatinine", 1.0, "mg/dL", "2026-09-01")),
        ("29463-7", 180, "lb", Lab("weight", 81.6466, "kg", "2026-09-01")),
        ("6301-6", 2.4, "", Lab("inr", 2.4, "", "2026-09-01")),
    ],
)
def test_a_value_comes_in_our_unit(code: str, value: float, unit: str, lab: Lab) -> None:
    (found,) = taken(observation(code, value, unit)).labs

    assert (found.name, found.unit, found.at) == (lab.name, lab.unit, lab.at)
    assert found.value == pytest.approx(lab.value, abs=0.01)


def test_the_parts_of_a_blood_pressure_are_values() -> None:
    panel = observation("85354-9", 0, "mmHg")
    del panel["valueQuantity"]
    panel["component"] = [
        {"code": coded(LOINC, code, ""), "valueQuantity": {"value": value, "unit": "mmHg"}}
        for code, value in (("8480-6", 148), ("8462-4", 82))
    ]
    for part in panel["component"]:
        del part["code"]["coding"][0]["display"]

    assert [(lab.name, lab.value) for lab in taken(panel).labs] == [("systolic", 148), ("diastolic", 82)]


def test_a_value_that_is_not_understood_is_left_and_says_why() -> None:
    made = taken(
        observation("99999-9", 1, "x"),
        observation("2823-3", 4.4, "stones"),
        observation("2823-3", 4.4, ""),
        observation("98979-8", 60, "mL/min", valueQuantity={"value": 60, "unit": "mL/min/1.73 m2", "comparator": ">"}),
        observation("4548-4", 53, "mmol/mol"),
        observation("2823-3", 4.4, "mmol/L", status="entered-in-error"),
    )

    assert made.labs == []
    assert [reason for _, _, reason in why(made)] == [
        "its code is not one that the checks use",
        "its unit stones is not one for potassium",
        "it has no unit",
        "it is only a bound (>60)",
        "its unit mmol/mol is not one for a1c",
        "its status is entered-in-error",
    ]


def test_only_the_newest_values_of_a_name_are_taken() -> None:
    made = taken(*(observation("2823-3", 4, "mmol/L", effectiveDateTime=f"2026-0{n}-01") for n in range(1, 9)))

    assert [lab.at for lab in made.labs] == [f"2026-0{n}-01" for n in range(4, 9)]
    assert why(made) == [("lab", "potassium (3)", "only the newest 5 values are taken")]


def test_orders_that_are_no_orders_are_left_and_other_resources_counted() -> None:
    made = taken(
        request("warfarin", status="cancelled"),
        request("aspirin", intent="proposal"),
        request("ibuprofen", doNotPerform=True),
        {"resourceType": "Basic", "code": {"text": "x"}},
        {"resourceType": "Basic", "code": {"text": "y"}},
    )

    assert made.medications == {}
    assert [reason for _, _, reason in why(made)] == [
        "its status is cancelled",
        "it is only a proposal",
        "it says that the drug is not to be given",
        "this kind of resource is not used",
    ]
    assert why(made)[-1][1] == "Basic (2)"


def test_a_regimen_without_end_is_cut_and_says_so() -> None:
    made = taken(*(request(f"mystery {number}") for number in range(120)))

    assert len(made.medications) == 100
    assert ("medication", "20 more", "a preparation holds at most 100") in why(made)


def test_what_we_export_comes_back() -> None:
    out = export(exchange.source(exchange.signed()), "smp")

    made = prepare(json.dumps(out).encode(), "own.json", DrugReader(vocabulary()))

    assert [(one.row.name, one.row.sig.strength, one.row.status) for one in made.medications.values()] == [
        ("Eliquis", "5 mg", "active"),
        ("Aleve", None, "active"),
        ("Percocet", "5/325 mg", "stopped"),
    ]
    assert [one.name for one in made.conditions.values()] == ["atrial fibrillation"]
    assert [(one.name, one.value) for one in made.labs] == [("egfr", 58)]
    assert made.member_id == "PH-0041172"


Spoil = Callable[[Json], Any]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture; save the record as JSON or CSV"),
        (b"<Bundle/>", "this is XML"),
        (b"[]", "no FHIR resource"),
        (b'{"resourceType": "Patient"}', "a Bundle is needed, not a Patient"),
        (b'{"resourceType": "Bundle", "entry": []}', "holds no resource"),
        (b'{"resourceType": "Bundle", "entry": 4}', "no list"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": 4}]}', "entry 1 holds no resource"),
        (b'{"resourceType": "Bundle", "entry": [{"resource": {"value": NaN}}]}', "NaN is no number"),
        (b"[" * 100_000, "too deep"),
        (
            json.dumps(bundle(patient=False) | {"entry": [{"resource": {"resourceType": "Basic"}}]}).encode(),
            "no Patient",
        ),
        (json.dumps(bundle({**PATIENT, "id": "p2"})).encode(), "holds 2 patients"),
        (json.dumps(bundle({"resourceType": "MedicationOrder"})).encode(), "FHIR DSTU2"),
        (json.dumps(bundle({"resourceType": "MedicationStatement", "taken": "y"})).encode(), "FHIR STU3"),
        (json.dumps(bundle({"resourceType": "MedicationRequest", "medication": {}})).encode(), "FHIR R5"),
        (
            json.dumps(
                bundle() | {"meta": {"profile": ["http://hl7.org/fhir/StructureDefinition/Bundle|5.0.0"]}}
            ).encode(),
            "FHIR 5.0.0; export the bundle as R4",
        ),
        (b"{" + b" " * LONGEST + b"}", "too large: at most 20 MB"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_its_reason(content: bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        prepare(content, "record.json", DrugReader(vocabulary()))


@pytest.mark.parametrize("name", ["name", "birthDate"])
def test_a_patient_without_name_or_birth_date_is_refused(name: str) -> None:
    patient = {key: value for key, value in PATIENT.items() if key != name}

    with pytest.raises(BadFile, match="needs a name and a whole date of birth"):
        prepare(json.dumps(bundle(patient, patient=False)).encode(), "x", DrugReader(vocabulary()))


@pytest.mark.parametrize(
    "junk",
    [
        {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": "warfarin"},
        {"resourceType": "MedicationRequest", "status": "active", "medicationReference": {"reference": 4}},
        {"resourceType": "MedicationStatement", "status": ["active"], "dosage": {"text": 4}},
        {"resourceType": "MedicationRequest", "status": "active", "medicationCodeableConcept": {"coding": "x"}},
        {"resourceType": "Observation", "status": "final", "code": {"coding": [4]}, "component": [4]},
        {"resourceType": "Observation", "status": "final", "code": coded(LOINC, "2823-3", ""), "valueQuantity": 4},
        {"resourceType": "AllergyIntolerance", "code": {"text": "latex"}, "reaction": [4, {"manifestation": 4}]},
        {"resourceType": "Condition", "code": {"text": 4}},
        {"resourceType": "Coverage", "status": "active", "payor": [4]},
        {"resourceType": "MedicationDispense", "status": "completed", "whenHandedOver": 4},
    ],
)
def test_a_resource_that_is_not_what_it_should_be_never_breaks_the_rest(junk: Json) -> None:
    made = prepare(json.dumps(bundle(junk, request("warfarin"))).encode(), "x", DrugReader(vocabulary()))

    assert "med:warfarin" in made.medications


def test_a_file_about_somebody_else_is_refused() -> None:
    known = Patient("p", "Maria Lopez", "1952-03-14")

    check_same_person(known, Patient("q", "LOPEZ, MARIA C", "1952-03-14"))
    with pytest.raises(Refused, match="another date of birth"):
        check_same_person(known, Patient("q", "Maria Lopez", "1952-03-15"))
    with pytest.raises(Refused, match="another name"):
        check_same_person(known, Patient("q", "Harold Jensen", "1952-03-14"))


# --- fills


def filled(*lines: str, header: str = "Drug Name,Fill Date,Days Supply,Qty,Prescriber") -> Preparation:
    content = "\n".join((header, *lines)).encode()
    return prepare_fills(content, "claims.csv", DrugReader(vocabulary()), "2026-11-26")


def test_fills_become_history_and_proposed_rows() -> None:
    made = filled(
        "ELIQUIS 5MG TAB,10/20/2026,30,60,PATEL", "ELIQUIS 5MG TAB,20260920,30,60,", "Zestril,2025-01-01,30,30,"
    )

    assert [(one.date, one.days_supply, one.quantity, one.source) for one in made.history().fills] == [
        ("2025-01-01", 30, 30.0, "claims.csv"),
        ("2026-09-20", 30, 60.0, "claims.csv"),
        ("2026-10-20", 30, 60.0, "claims.csv"),
    ]
    rows = {one.row.name: one.row for one in made.medications.values()}
    assert (rows["Eliquis"].last_fill, rows["Eliquis"].status, rows["Eliquis"].prescriber) == (
        "2026-10-20",
        "active",
        "PATEL",
    )
    assert rows["Zestril"].status == "unknown"


def test_a_reversed_fill_is_taken_out_again() -> None:
    made = filled("warfarin,2026-10-20,30,30,", "warfarin,2026-10-20,-30,-30,", "warfarin,2026-11-01,30,30,")

    assert [one.date for one in made.fills] == ["2026-11-01"]
    assert why(made) == [("fill", "warfarin 2026-10-20", "line 3: reversed")]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("warfarin,10/32/2026,30,30,", "line 2: the date '10/32/2026' is not YYYY-MM-DD or MM/DD/YYYY"),
        ("warfarin,2027-01-01,30,30,", "line 2: the date 2027-01-01 lies ahead"),
        ("warfarin,2026-01-01,monthly,30,", "line 2: days of supply 'monthly' is no whole number"),
        ("warfarin,2026-01-01,4000,30,", "line 2: 4000 days of supply cannot be right"),
        ("warfarin,2026-01-01,30,a lot,", "line 2: the quantity 'a lot' is no number"),
        (",2026-01-01,30,30,", "line 2: no name of a drug"),
    ],
)
def test_a_row_that_cannot_be_right_is_left_with_its_line(line: str, reason: str) -> None:
    made = filled(line, "aspirin,2026-11-01,30,30,")

    assert [one.name for one in made.fills] == ["aspirin"]
    assert why(made)[0][2] == reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"Drug Name,Fill Date\n", "the table holds no row"),
        (b"Drug Name,Colour\nwarfarin,red\n", r"claims.csv:1: no column for the date \(known headers: date,"),
        (b"Drug Name,Fill Date\nwarfarin\n", "claims.csv:2: 1 cells, not 2"),
        (b'Drug Name,Fill Date\n"warfarin,2026-01-01\n', "claims.csv:2: not a CSV row"),
        (b"\xff\xfe,x\n", "not UTF-8"),
    ],
)
def test_a_file_that_is_no_table_of_fills_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(BadFile, match=reason):
        prepare_fills(content, "claims.csv", DrugReader(vocabulary()), "2026-11-26")


def test_headers_may_be_written_as_extracts_write_them() -> None:
    made = filled("2026-11-01|WARFARIN 5 MG TABLET|90", header="DATE_OF_SERVICE|LABEL_NAME|DAYS_SUPPLY")

    assert [(one.name, one.days_supply) for one in made.fills] == [("WARFARIN 5 MG TABLET", 90)]


def test_an_ndc_tells_the_drug_where_a_table_of_the_site_has_it() -> None:
    def codes(system: str, code: str) -> tuple[str, ...]:
        return ("apixaban",) if code == "00003089421" else ()

    content = b"name,date,ndc\nBMS TABLET,2026-11-01,00003-0894-21\n"

    made = prepare_fills(content, "claims.csv", DrugReader(vocabulary(), codes), "2026-11-26")

    assert made.fills[0].ingredients == ("apixaban",)


def test_the_report_counts_each_kind_and_says_why() -> None:
    made = filled("warfarin,2026-11-01,30,30,", "warfarin,2026-11-01,30,30,", "oops,,30,30,")
    lines = report([*join(Consult("new"), made.history()).outcomes, *made.outcomes])

    assert lines[0] == "medication: 1 taken"
    assert "fill: 1 taken, 1 merged, 1 left" in lines
    assert any("line 4: the date ''" in line for line in lines)


def encounter(code: str, start: str, end: str, status: str = "finished") -> Json:
    return {
        "resourceType": "Encounter",
        "status": status,
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": code},
        "subject": SUBJECT,
        "period": {"start": start, "end": end},
    }


def test_a_stay_in_a_hospital_or_a_nursing_facility_is_taken_once() -> None:
    made = taken(
        encounter("IMP", "2026-02-10T08:00:00Z", "2026-02-19"),
        encounter("ACUTE", "2026-02-10", "2026-02-19"),
        encounter("NONAC", "2026-02-19", "2026-03-20"),
    )

    history = made.history()

    assert history.stays == (Stay("2026-02-10", "2026-02-19"), Stay("2026-02-19", "2026-03-20"))
    assert [one.fate for one in join(Consult("new"), history).outcomes if one.kind == "stay"] == ["taken", "taken"]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (encounter("AMB", "2026-02-10", "2026-02-10"), "no stay in a hospital"),
        (encounter("IMP", "2026-02-10", "2026-02-01"), "do not make a stay"),
        (encounter("IMP", "2026-02", "2026-03-01"), "no whole dates"),
        (encounter("IMP", "2026-02-10", "2026-02-12", "cancelled"), "its status is cancelled"),
    ],
)
def test_an_encounter_that_is_no_stay_is_left(one: Json, why: str) -> None:
    made = taken(one)

    assert made.stays == []
    assert [(left.kind, why in left.why) for left in made.outcomes] == [("stay", True)]
