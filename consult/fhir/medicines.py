"""The regimen: MedicationStatement with adherence, the list of them, and fills as MedicationDispense."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from consult.domain.answer import Answer, answer_key
from consult.domain.fill import Fill
from consult.domain.medication import Medication
from consult.fhir.codes import RXNORM, Json, answer_rows, concept, of_system
from consult.fhir.dosage import dosage
from consult.fhir.make import entry, identifier, narrative, reference, resource, same_id, text, whole

RxcuiOf = Callable[[str], str]  # an ingredient's RxCUI, "" where there is none
WordsOf = Callable[[str, str], str]  # the words of an answer's code, for a question
ADHERENCE = "http://hl7.org/fhir/5.0/StructureDefinition/extension-MedicationStatement.adherence"
ADHERENCE_CODES = "http://hl7.org/fhir/CodeSystem/medication-statement-adherence"


def no_words(link_id: str, code: str) -> str:
    """An answer's code as it is."""
    return code


def statement(
    row: Medication,
    owner: str,
    rxcui_of: RxcuiOf,
    *,
    subject: Json | None = None,
    source: Json | None = None,
    asserted: str = "",
    answers: Mapping[str, Answer] | None = None,
    words_of: WordsOf = no_words,
) -> Json:
    """One row of the regimen. `asserted` is a date; a row that is not confirmed must not come here but for a check."""
    started = row.started if _is_date(row.started) else ""
    return resource(
        "MedicationStatement",
        same_id("medication", owner, row.id),
        extension=[_adherence(row, answers or {}, words_of)],
        contained=_contained(row, rxcui_of),
        identifier=[identifier("medication", row.id)],
        status=row.status,
        **_drug(row, rxcui_of),
        subject=reference(subject) if subject else {"display": "not named"},
        effectivePeriod={"start": started} if started else None,
        effectiveDateTime=asserted if not started else None,
        dateAsserted=asserted,
        informationSource=reference(source) if source else None,
        reasonCode=[text(row.why)],
        note=[{"text": f"Prescriber: {row.prescriber}"} if row.prescriber else {}],
        dosage=dosage(row.sig),
    )


def _drug(row: Medication, rxcui_of: RxcuiOf) -> Json:
    if len(row.ingredients) > 1:
        return {"medicationReference": {"reference": "#product", "display": _named(row)}}
    return {"medicationCodeableConcept": drug_concept(_named(row), row.ingredients, rxcui_of)}


def _named(row: Medication) -> str:
    return f"{row.name} {row.sig.strength}" if row.sig.strength else row.name


def drug_concept(name: str, ingredients: tuple[str, ...], rxcui_of: RxcuiOf) -> Json:
    """The drug as said, with the RxNorm code of its ingredient where it has just one."""
    codes = []
    if len(ingredients) == 1 and (code := rxcui_of(ingredients[0])):
        codes = [{"system": RXNORM, "code": code, "display": ingredients[0]}]
    made: Json = whole({"coding": codes, "text": name})
    return made


def _contained(row: Medication, rxcui_of: RxcuiOf) -> list[Json]:
    if len(row.ingredients) < 2:
        return []
    parts = [{"itemCodeableConcept": drug_concept(one, (one,), rxcui_of)} for one in row.ingredients]
    return [resource("Medication", "product", code=text(_named(row)), ingredient=parts)]


def _adherence(row: Medication, answers: Mapping[str, Answer], words_of: WordsOf) -> Json:
    """What the person said of taking it, as the element that FHIR R5 has for it."""
    code, reasons = "", []
    for rule in answer_rows():
        given = answers.get(answer_key(rule.link_id, row.id))
        if given is None or given.review != "confirmed":
            continue
        if rule.says == "reason":
            reasons += [words_of(rule.link_id, value) for value in given.values]
        elif rule.answer in given.values:
            code = rule.meaning
    if not code:
        return {}
    coded = {"coding": [{"system": ADHERENCE_CODES, "code": code}]}
    parts = [{"url": "code", "valueCodeableConcept": coded}]
    if reasons:
        parts.append({"url": "reason", "valueCodeableConcept": text("; ".join(dict.fromkeys(reasons)))})
    return {"url": ADHERENCE, "extension": parts}


def medication_list(owner: str, rows: list[Json], names: list[str], subject: Json, source: Json, at: str) -> Json:
    """The list that leads a Standardized Medication Profile."""
    return resource(
        "List",
        same_id("list", owner),
        text=narrative(names),
        status="current",
        mode="snapshot",
        title="Medication list",
        code=concept("medication-list"),
        subject=reference(subject),
        date=at,
        source=reference(source),
        entry=[{"item": reference(one, name)} for one, name in zip(rows, names, strict=True)],
        emptyReason=None if rows else of_system("list-empty-reason", "nilknown"),
    )


def dispense(fill: Fill, owner: str, rxcui_of: RxcuiOf, subject: Json) -> Json:
    """One fill."""
    supply = {"value": fill.days_supply, "unit": "d", "system": "http://unitsofmeasure.org", "code": "d"}
    return resource(
        "MedicationDispense",
        same_id("fill", owner, *map(str, fill.key)),
        status="completed",
        medicationCodeableConcept=drug_concept(fill.name, fill.ingredients, rxcui_of),
        subject=reference(subject),
        quantity={"value": fill.quantity} if fill.quantity is not None else None,
        daysSupply=supply if fill.days_supply else None,
        whenHandedOver=fill.date,
        note=[{"text": f"Told by {fill.source}"} if fill.source else {}],
    )


def entries(resources: list[Json]) -> list[Json]:
    return [entry(one) for one in resources]


def _is_date(words: str) -> bool:
    parts = words.split("-")
    return len(parts[0]) == 4 and len(parts) <= 3 and all(part.isdigit() for part in parts)
