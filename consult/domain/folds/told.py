"""What the patient has told on the page itself."""

from __future__ import annotations

from consult.domain import events as ev
from consult.domain.folds.registry import changed, on, put
from consult.domain.state import Consult


@on(ev.MedicationReported)
def _(consult: Consult, event: ev.Event, data: ev.MedicationReported) -> Consult:
    return changed(consult, reports=put(consult.reports, data.report.medication_id, data.report))


@on(ev.PictureSent)
def _(consult: Consult, event: ev.Event, data: ev.PictureSent) -> Consult:
    return changed(consult, pictures=(*consult.pictures, data.picture))


@on(ev.VisitRated)
def _(consult: Consult, event: ev.Event, data: ev.VisitRated) -> Consult:
    return changed(consult, rating=data.rating)
