"""Regimen, side effects, conditions, allergies, labs."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import events as ev
from consult.domain.folds.registry import FOLDS, changed, drop, on, put
from consult.domain.state import Consult


@on(ev.MedicationProposed)
def _(consult: Consult, event: ev.Event, data: ev.MedicationProposed) -> Consult:
    return changed(consult, medications=put(consult.medications, data.medication.id, data.medication))


@on(ev.MedicationDropped)
def _(consult: Consult, event: ev.Event, data: ev.MedicationDropped) -> Consult:
    return changed(consult, medications=drop(consult.medications, data.medication_id))


def _settle(consult: Consult, event: ev.Event, data: ev.MedicationAdded) -> Consult:
    row = data.medication
    return changed(
        consult,
        medications=put(consult.medications, row.id, row),
        settled=put(consult.settled, row.id, row),
        reports=drop(consult.reports, row.id),
    )


for _kind in (ev.MedicationAdded, ev.MedicationConfirmed, ev.MedicationRejected, ev.MedicationEdited):
    FOLDS[_kind] = _settle


@on(ev.EffectProposed)
def _(consult: Consult, event: ev.Event, data: ev.EffectProposed) -> Consult:
    return changed(consult, effects=put(consult.effects, data.effect.id, data.effect))


@on(ev.EffectReviewed)
def _(consult: Consult, event: ev.Event, data: ev.EffectReviewed) -> Consult:
    row = data.effect
    heeded = put(consult.heeded, row.id, event.seq) if row.review == "rejected" else consult.heeded
    return changed(consult, effects=put(consult.effects, row.id, row), heeded=heeded)


@on(ev.EffectDropped)
def _(consult: Consult, event: ev.Event, data: ev.EffectDropped) -> Consult:
    return changed(consult, effects=drop(consult.effects, data.effect_id))


@on(ev.ConditionRecorded)
def _(consult: Consult, event: ev.Event, data: ev.ConditionRecorded) -> Consult:
    return changed(consult, conditions=put(consult.conditions, data.condition.id, data.condition))


@on(ev.ConditionRemoved)
def _(consult: Consult, event: ev.Event, data: ev.ConditionRemoved) -> Consult:
    return changed(consult, conditions=drop(consult.conditions, data.condition_id))


@on(ev.AllergyProposed)
@on(ev.AllergyRecorded)
def _(consult: Consult, event: ev.Event, data: ev.AllergyRecorded) -> Consult:
    return changed(consult, allergies=put(consult.allergies, data.allergy.id, data.allergy))


@on(ev.AllergyRemoved)
def _(consult: Consult, event: ev.Event, data: ev.AllergyRemoved) -> Consult:
    return changed(consult, allergies=drop(consult.allergies, data.allergy_id))


@on(ev.LabRecorded)
def _(consult: Consult, event: ev.Event, data: ev.LabRecorded) -> Consult:
    return changed(consult, labs=(*consult.labs, data.lab))


@on(ev.MedicationReopened)
def _(consult: Consult, event: ev.Event, data: ev.MedicationReopened) -> Consult:
    row = data.medication
    settled = drop(consult.settled, row.id)
    return changed(
        consult,
        medications=put(consult.medications, row.id, row),
        settled=settled if row.source == "note" else put(settled, row.id, row),
    )


@on(ev.FillsRecorded)
def _(consult: Consult, event: ev.Event, data: ev.FillsRecorded) -> Consult:
    return changed(consult, fills=data.fills, stays=data.stays)


@on(ev.PatientCompleted)
def _(consult: Consult, event: ev.Event, data: ev.PatientCompleted) -> Consult:
    return changed(consult, patient=data.patient)


@on(ev.EnrollmentRecorded)
def _(consult: Consult, event: ev.Event, data: ev.EnrollmentRecorded) -> Consult:
    patient = replace(consult.patient, mtm=data.enrollment) if consult.patient else None
    return changed(consult, patient=patient)
