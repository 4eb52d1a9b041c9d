"""Regimen, side effects, conditions, allergies, labs."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import events as ev
from consult.domain.folds.registry import FOLDS, drop, on, put
from consult.domain.state import Consult


@on(ev.MedicationProposed)
def _(consult: Consult, event: ev.Event, data: ev.MedicationProposed) -> Consult:
    return replace(consult, medications=put(consult.medications, data.medication.id, data.medication))


@on(ev.MedicationDropped)
def _(consult: Consult, event: ev.Event, data: ev.MedicationDropped) -> Consult:
    return replace(consult, medications=drop(consult.medications, data.medication_id))


def _settle(consult: Consult, event: ev.Event, data: ev.MedicationAdded) -> Consult:
    row = data.medication
    return replace(
        consult,
        medications=put(consult.medications, row.id, row),
        settled=put(consult.settled, row.id, row),
        reports=drop(consult.reports, row.id),
    )


for _kind in (ev.MedicationAdded, ev.MedicationConfirmed, ev.MedicationRejected, ev.MedicationEdited):
    FOLDS[_kind] = _settle


@on(ev.EffectProposed)
@on(ev.EffectReviewed)
def _(consult: Consult, event: ev.Event, data: ev.EffectProposed) -> Consult:
    return replace(consult, effects=put(consult.effects, data.effect.id, data.effect))


@on(ev.EffectDropped)
def _(consult: Consult, event: ev.Event, data: ev.EffectDropped) -> Consult:
    return replace(consult, effects=drop(consult.effects, data.effect_id))


@on(ev.ConditionRecorded)
def _(consult: Consult, event: ev.Event, data: ev.ConditionRecorded) -> Consult:
    return replace(consult, conditions=put(consult.conditions, data.condition.id, data.condition))


@on(ev.ConditionRemoved)
def _(consult: Consult, event: ev.Event, data: ev.ConditionRemoved) -> Consult:
    return replace(consult, conditions=drop(consult.conditions, data.condition_id))


@on(ev.AllergyProposed)
@on(ev.AllergyRecorded)
def _(consult: Consult, event: ev.Event, data: ev.AllergyRecorded) -> Consult:
    return replace(consult, allergies=put(consult.allergies, data.allergy.id, data.allergy))


@on(ev.AllergyRemoved)
def _(consult: Consult, event: ev.Event, data: ev.AllergyRemoved) -> Consult:
    return replace(consult, allergies=drop(consult.allergies, data.allergy_id))


@on(ev.LabRecorded)
def _(consult: Consult, event: ev.Event, data: ev.LabRecorded) -> Consult:
    return replace(consult, labs=(*consult.labs, data.lab))


@on(ev.MedicationReopened)
def _(consult: Consult, event: ev.Event, data: ev.MedicationReopened) -> Consult:
    row = data.medication
    settled = drop(consult.settled, row.id)
    return replace(
        consult,
        medications=put(consult.medications, row.id, row),
        settled=settled if row.source == "note" else put(settled, row.id, row),
    )


@on(ev.FillsRecorded)
def _(consult: Consult, event: ev.Event, data: ev.FillsRecorded) -> Consult:
    return replace(consult, fills=data.fills)


@on(ev.PatientCompleted)
def _(consult: Consult, event: ev.Event, data: ev.PatientCompleted) -> Consult:
    return replace(consult, patient=data.patient)
