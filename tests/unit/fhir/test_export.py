"""What goes out: valid FHIR R4, the sections and codes of the profiles, and nothing that nobody accepted."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest

from consult.app import scripts
from consult.domain import commands as co
from consult.domain.medication import Medication, Sig
from consult.domain.plan import TodoItem
from consult.domain.problem import ProblemStage
from consult.errors import Refused
from consult.fhir.codes import answer_rows, lab_codes
from consult.fhir.documents import KINDS, Kind, export
from consult.fhir.dosage import dosage, read_dosage
from consult.fhir.letters import TASK_STATUS
from consult.fhir.profiles import faults
from consult.fhir.source import signed_version
from tests.golden import exchange
from tests.unit.fhir.validating import unresolved, valid

Json = dict[str, Any]
CODES = {  # the sections of reference documents, as HL7 SMP 1.0.0 and PhCP 1.0.0 have them
    "map": ["736378000", "70006-2"],
    "ecare": ["75310-3", "61146-7", "62387-6", "11383-7", "48768-6"],
}


def resources(bundle: Json, kind: str) -> list[Json]:
    held = [one["resource"] for one in bundle["entry"]]
    return [one for one in held if one["resourceType"] == kind]


@pytest.fixture(scope="module")
def bundles() -> dict[str, Json]:
    return {kind: export(exchange.source(exchange.signed()), kind) for kind in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_the_golden_bundle_is_what_is_exported_today(kind: Kind) -> None:
    assert exchange.path_of(kind).read_text(encoding="utf-8") == exchange.document(kind), "run: make generate"


@pytest.mark.parametrize("kind", KINDS)
def test_every_resource_is_valid_and_every_reference_leads_somewhere(bundles: dict[str, Json], kind: Kind) -> None:
    valid(bundles[kind])

    assert unresolved(bundles[kind]) == []
    assert faults(bundles[kind]) == []


@pytest.mark.parametrize("kind", ["map", "ecare"])
def test_a_document_has_its_type_and_its_sections_in_order(bundles: dict[str, Json], kind: Kind) -> None:
    head = bundles[kind]["entry"][0]["resource"]

    assert head["resourceType"] == "Composition"
    assert head["type"]["coding"][0]["code"] == {"map": "80797-4", "ecare": "52521-2"}[kind]
    assert [one["code"]["coding"][0]["code"] for one in head["section"]] == CODES[kind]


def test_the_profile_begins_with_the_medication_list_and_ends_with_the_action_plan(bundles: dict[str, Json]) -> None:
    held = [one["resource"] for one in bundles["smp"]["entry"]]

    assert (held[0]["resourceType"], held[0]["code"]["coding"][0]["code"]) == ("List", "10160-0")
    assert [one["item"]["display"] for one in held[0]["entry"]] == ["Eliquis", "Aleve", "Percocet"]
    assert held[-1]["resourceType"] == "Bundle"
    assert held[-1]["type"] == "document"


def test_the_kinds_of_resource_that_were_promised_are_there(bundles: dict[str, Json]) -> None:
    kinds = {one["resource"]["resourceType"] for bundle in bundles.values() for one in bundle["entry"]}

    assert {
        "MedicationStatement", "AllergyIntolerance", "Condition", "Observation", "DetectedIssue", "CarePlan",
        "DocumentReference", "QuestionnaireResponse", "Provenance", "Composition", "List", "Patient", "Coverage",
        "Encounter", "MedicationDispense", "Communication", "Task", "Goal", "Procedure", "Practitioner",
    } <= kinds  # fmt: skip


def test_what_nobody_confirmed_does_not_go_out(bundles: dict[str, Json]) -> None:
    assert exchange.signed().medications["med:unread"].review == "proposed"

    assert "mystery capsule" not in json.dumps(bundles)


def test_adherence_is_told_with_its_reasons_in_words(bundles: dict[str, Json]) -> None:
    eliquis = resources(bundles["smp"], "MedicationStatement")[0]

    code, reason = eliquis["extension"][0]["extension"]

    assert code["valueCodeableConcept"]["coding"][0]["code"] == "taking-not-as-directed"
    assert reason["valueCodeableConcept"]["text"] == "I forget; travels a lot"


def test_a_combination_names_each_ingredient(bundles: dict[str, Json]) -> None:
    percocet = resources(bundles["smp"], "MedicationStatement")[2]

    parts = percocet["contained"][0]["ingredient"]

    assert [one["itemCodeableConcept"]["text"] for one in parts] == ["acetaminophen", "oxycodone"]
    assert percocet["status"] == "stopped"


def test_answers_keep_their_type_and_what_they_are_about(bundles: dict[str, Json]) -> None:
    goals, medicines, each, taught = resources(bundles["smp"], "QuestionnaireResponse")[0]["item"]

    assert goals["item"][0]["answer"] == [{"valueString": "To garden again"}]
    assert [one["answer"] for one in medicines["item"]] == [[{"valueBoolean": False}], [{"valueInteger": 2}]]
    assert each["item"][0]["answer"] == [{"valueString": "Eliquis"}]
    forgets, words = each["item"][2]["answer"]
    assert (forgets["valueCoding"]["display"], words) == ("I forget", {"valueString": "travels a lot"})
    about, said_back = taught["item"][0]["item"]
    assert (about["text"], about["answer"]) == ("To-do item", [{"valueString": "Blood pressure"}])
    assert said_back["answer"][0]["valueCoding"]["code"] == "retaught"


def test_the_pdf_goes_along_whole(bundles: dict[str, Json]) -> None:
    attached = resources(bundles["map"], "DocumentReference")[0]["content"][0]["attachment"]

    pdf = base64.b64decode(attached["data"])

    assert pdf == b"%PDF-1.7 golden"
    assert attached["hash"] == base64.b64encode(hashlib.sha1(pdf).digest()).decode()


def test_each_problem_has_its_plan_and_issue_and_the_rest_of_the_to_dos_one_plan(bundles: dict[str, Json]) -> None:
    plans = resources(bundles["map"], "CarePlan")

    assert [one["title"] for one in plans] == ["Eliquis + Aleve: bleeding risk", "No stomach protection", "To-do list"]
    assert ["supportingInfo" in one for one in plans] == [True, True, False]
    assert plans[0]["activity"][0]["detail"]["description"].startswith("Ask your pharmacist about")


def test_a_problem_carries_the_codes_of_its_rationale_in_every_classification(bundles: dict[str, Json]) -> None:
    issues = {one["code"]["text"]: one for one in resources(bundles["map"], "DetectedIssue")}
    written, alerted = issues["No stomach protection"], issues["Eliquis + Aleve: bleeding risk"]

    codes = {one["system"].rpartition(":")[2]: one["code"] for one in written["code"]["coding"]}
    assert codes == {
        "need": "indication",
        "rationale": "preventive-therapy",
        "cipolle": "2",
        "pcne-problem": "P1.3",
        "pcne-cause": "C1.5",
    }
    assert [one["code"] for one in alerted["code"]["coding"]][:3] == ["DRG", "safety", "interaction-harms"]


def test_an_acknowledged_alert_goes_out_with_its_reason(bundles: dict[str, Json]) -> None:
    mitigated = [one for one in resources(bundles["smp"], "DetectedIssue") if "mitigation" in one]

    assert [one["mitigation"][0]["action"]["text"] for one in mitigated] == [
        "monitoring arranged: creatinine next week"
    ]


def test_a_letter_is_a_communication_and_what_it_asks_a_task_that_follows_the_answer(bundles: dict[str, Json]) -> None:
    sent = resources(bundles["smp"], "Communication")[0]
    task = next(one for one in resources(bundles["smp"], "Task") if one["intent"] == "proposal")

    assert sent["status"] == "completed"
    assert base64.b64decode(sent["payload"][1]["contentAttachment"]["data"]) == b"%PDF-1.7 letter"
    assert (task["status"], task["restriction"]["period"]["end"]) == ("accepted", "2026-12-01")
    assert task["note"][0]["text"] == "omeprazole 20 mg from today"


def test_every_stage_of_a_problem_has_a_status_of_a_task() -> None:
    assert set(TASK_STATUS) == set(ProblemStage.__args__)


def test_without_a_signature_nothing_goes_out_but_a_draft_that_says_so() -> None:
    source = exchange.source(exchange.reviewed(), pdf=None)

    with pytest.raises(Refused) as refused:
        export(source, "map")
    head = export(source, "map", draft=True)["entry"][0]["resource"]

    assert refused.value.code == "not-signed"
    assert (head["status"], "attester" in head) == ("preliminary", False)


def test_a_change_after_signing_is_refused_until_it_is_signed_again() -> None:
    consult = replace(exchange.signed(), phase="open")
    changed = exchange.grow(consult, co.AddTodo(TodoItem("todo-late", "Late", "Drink water.")))

    with pytest.raises(Refused) as refused:
        export(exchange.source(changed), "smp")

    assert refused.value.code == "changed-since-signed"
    assert signed_version(consult) is not None


def test_a_consult_with_nothing_in_it_still_gives_valid_drafts() -> None:
    bare = replace(
        exchange.reviewed(), medications={}, problems={}, alerts={}, todos={}, allergies={}, conditions={}, labs=(),
        effects={}, answers={}, fills=(),
    )  # fmt: skip
    for kind in KINDS:
        made = valid(export(exchange.source(bare, pdf=None), kind, draft=True))
        assert unresolved(made) == []
    listed = export(exchange.source(bare, pdf=None), "smp", draft=True)["entry"][0]["resource"]

    assert "emptyReason" in listed


def test_names_in_another_script_and_control_characters_stay_valid() -> None:
    consult = exchange.reviewed()
    assert consult.patient is not None
    named = replace(consult, patient=replace(consult.patient, name="Мария Лопес <b>\x07 & Söhne"))
    todo = TodoItem("t", "A < B & C \x0b", "Read </div> aloud.")

    made = valid(export(exchange.source(replace(named, todos={"t": todo}), pdf=None), "map", draft=True))

    assert "A &lt; B &amp; C" in json.dumps(made["entry"][0]["resource"]) or "A &lt; B &amp; C" in json.dumps(made)


@pytest.mark.parametrize(
    ("spoil", "word"),
    [
        (lambda one: one["entry"][0]["resource"]["section"].pop(0), "no section"),
        (lambda one: one["entry"][0]["resource"].pop("attester"), "attested by nobody"),
        (lambda one: one["entry"].append(copy.deepcopy(one["entry"][1])), "stands twice"),
        (lambda one: one["entry"].pop(1), "refers to"),
        (lambda one: one.pop("timestamp"), "no time"),
        (lambda one: one.update(type="collection"), "type document"),
        (lambda one: one["entry"][1]["resource"].pop("category"), "intent or category"),
        (lambda one: one["entry"][1]["resource"].pop("supportingInfo"), "belongs to no care plan"),
    ],
)
def test_the_profile_check_finds_what_is_broken(bundles: dict[str, Json], spoil: Any, word: str) -> None:
    broken = copy.deepcopy(bundles["map"])
    spoil(broken)

    assert any(word in fault for fault in faults(broken)), faults(broken)


@pytest.mark.parametrize(
    "sig",
    [
        Sig(dose="1 tablet", route="oral", frequency="2/day"),
        Sig(dose="2 puff", route="inhaled", frequency="every 4 hours", as_needed=True),
        Sig(frequency="every 4-6 hours"),
        Sig(frequency="1/week"),
        Sig(frequency="0.5/day"),
        Sig(dose="34 unit", route="subcutaneous", frequency="1/day", timing="at bedtime"),
        Sig(dose="0.5 tablet", frequency="1/day", timing="in the morning"),
    ],
)
def test_directions_come_back_from_fhir_as_they_went(sig: Sig) -> None:
    read, text = read_dosage(dosage(sig))

    assert read == sig
    assert text


def test_a_frequency_that_is_no_number_goes_out_in_words() -> None:
    made = dosage(Sig(frequency="on monday and thursday"))

    assert made[0]["timing"] == {"code": {"text": "on monday and thursday"}}


def test_the_answers_that_tell_of_adherence_stand_in_the_library() -> None:
    questions = {key: item for script in scripts().values() for key, item in script.questions.items()}

    for row in answer_rows():
        assert row.link_id in questions, row
        codes = {option.code for option in questions[row.link_id].options}
        assert row.answer == "*" or row.answer in codes, row


def test_every_laboratory_row_has_a_code_that_its_check_digit_confirms() -> None:
    for row in lab_codes():
        digits, _, check = row.loinc.partition("-")
        total = sum(
            sum(map(int, str(int(digit) * 2))) if place % 2 == 0 else int(digit)
            for place, digit in enumerate(reversed(digits))
        )
        assert int(check) == -total % 10, row


def test_a_medication_without_directions_is_valid() -> None:
    consult = exchange.reviewed()
    bare = Medication("med:bare", "Bare", ("naproxen",), review="confirmed", status="unknown")

    made = export(exchange.source(replace(consult, medications={"med:bare": bare}), pdf=None), "smp", draft=True)

    assert "dosage" not in valid(made)["entry"][1]["resource"]


def test_a_follow_up_is_a_task_with_its_day_its_doer_and_what_came_of_it(bundles: dict[str, Json]) -> None:
    tasks = {one["identifier"][0]["value"]: one for one in resources(bundles["map"], "Task")}
    plans = {one["title"]: one for one in resources(bundles["map"], "CarePlan")}
    patient = f"urn:uuid:{resources(bundles['map'], 'Patient')[0]['id']}"
    pressures, stomach = tasks["follow-bp"], tasks["follow-ppi"]

    assert (pressures["status"], pressures["restriction"]["period"]["end"]) == ("requested", "2026-12-07")
    assert pressures["owner"]["reference"] == patient
    assert (stomach["status"], stomach["note"]) == ("completed", [{"text": "no pain since omeprazole"}])
    assert {"reference": {"reference": f"urn:uuid:{stomach['id']}"}} in plans["No stomach protection"]["activity"]
    assert {"reference": {"reference": f"urn:uuid:{pressures['id']}"}} in plans["To-do list"]["activity"]
