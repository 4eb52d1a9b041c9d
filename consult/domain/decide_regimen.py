"""Decisions about the regimen, side effects, conditions, allergies and labs: what the pharmacist accepts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import commands as co
from consult.domain import events as ev
from consult.domain.medication import Medication
from consult.domain.patient import Effect
from consult.domain.people import Actor
from consult.domain.state import Consult
from consult.errors import Refused

Happened = tuple[ev.EventData, ...]


def confirm(consult: Consult, command: co.ConfirmMedication, actor: Actor, at: str) -> Happened:
    row = _row(consult, command.medication_id)
    chosen = tuple(sorted(command.ingredients)) or row.ingredients
    if row.match == "fuzzy" and not command.ingredients and len(row.candidates) > 1:
        raise Refused("Several drugs may be meant. Choose one of the candidates.", code="choose-a-candidate")
    if row.match == "class" and not chosen:
        raise Refused("A class word names no drug. Say which drug it is.", code="name-the-drug")
    if row.review == "confirmed" and chosen == row.ingredients:
        return ()
    confirmed = replace(
        row, ingredients=chosen, name=command.name or row.name, match="exact", candidates=(), review="confirmed"
    )
    return (ev.MedicationConfirmed(confirmed),)


def reject(consult: Consult, command: co.RejectMedication, actor: Actor, at: str) -> Happened:
    row = _row(consult, command.medication_id)
    return () if row.review == "rejected" else (ev.MedicationRejected(replace(row, review="rejected")),)


def edit(consult: Consult, command: co.EditMedication, actor: Actor, at: str) -> Happened:
    standing = _row(consult, command.medication.id)
    row = replace(
        _accepted(command.medication),
        source=standing.source,
        evidence=standing.evidence,
        previous=command.medication.previous or standing.previous,
    )
    return () if row == standing else (ev.MedicationEdited(row),)


def add(consult: Consult, command: co.AddMedication, actor: Actor, at: str) -> Happened:
    if command.medication.id in consult.medications:
        raise Refused("This medication is on the list already. Edit its row.", code="medication-exists")
    return (ev.MedicationAdded(replace(_accepted(command.medication), source="hand", evidence=())),)


def _accepted(row: Medication) -> Medication:
    if not row.name.strip():
        raise Refused("A medication needs a name.", code="name-missing")
    if row.status == "allergy":
        raise Refused("An allergy is recorded as an allergy, not as a medication.", code="allergy-is-not-a-medication")
    return replace(row, review="confirmed", match="exact" if row.ingredients else row.match, candidates=())


def confirm_effect(consult: Consult, command: co.ConfirmEffect, actor: Actor, at: str) -> Happened:
    return _review(consult, command.effect_id, "confirmed")


def reject_effect(consult: Consult, command: co.RejectEffect, actor: Actor, at: str) -> Happened:
    return _review(consult, command.effect_id, "rejected")


def _review(consult: Consult, effect_id: str, review: Any) -> Happened:
    known: Effect | None = consult.effects.get(effect_id)
    if known is None:
        raise Refused("There is no such side effect on the list.", code="no-such-effect")
    return () if known.review == review else (ev.EffectReviewed(replace(known, review=review)),)


def record_condition(consult: Consult, command: co.RecordCondition, actor: Actor, at: str) -> Happened:
    same = consult.conditions.get(command.condition.id) == command.condition
    return () if same else (ev.ConditionRecorded(command.condition),)


def remove_condition(consult: Consult, command: co.RemoveCondition, actor: Actor, at: str) -> Happened:
    return (ev.ConditionRemoved(command.condition_id),) if command.condition_id in consult.conditions else ()


def record_allergy(consult: Consult, command: co.RecordAllergy, actor: Actor, at: str) -> Happened:
    known = consult.allergies.get(command.allergy.id)
    allergy = replace(command.allergy, review="confirmed", evidence=known.evidence if known else ())
    return () if known == allergy else (ev.AllergyRecorded(allergy),)


def remove_allergy(consult: Consult, command: co.RemoveAllergy, actor: Actor, at: str) -> Happened:
    known = consult.allergies.get(command.allergy_id)
    if known is None or known.review == "rejected":
        return ()
    # Kept as rejected, so that the line that named it does not suggest it again.
    return (ev.AllergyRecorded(replace(known, review="rejected")),)


def record_lab(consult: Consult, command: co.RecordLab, actor: Actor, at: str) -> Happened:
    return () if command.lab in consult.labs else (ev.LabRecorded(command.lab),)


def _row(consult: Consult, medication_id: str) -> Medication:
    row = consult.medications.get(medication_id)
    if row is None:
        raise Refused("There is no such medication on the list.", code="no-such-medication")
    return row


DECISIONS: dict[type[co.Command], Any] = {
    co.ConfirmMedication: confirm,
    co.RejectMedication: reject,
    co.EditMedication: edit,
    co.AddMedication: add,
    co.ConfirmEffect: confirm_effect,
    co.RejectEffect: reject_effect,
    co.RecordCondition: record_condition,
    co.RemoveCondition: remove_condition,
    co.RecordAllergy: record_allergy,
    co.RemoveAllergy: remove_allergy,
    co.RecordLab: record_lab,
}
