"""The takeaway."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from consult.domain import events as ev
from consult.domain.folds.registry import changed, on, put
from consult.domain.patient import EmailConsent
from consult.domain.plan import Takeaway, TakeawayStage
from consult.domain.state import Consult


@on(ev.TakeawayRequested)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayRequested) -> Consult:
    return changed(consult, takeaway_pending=True, takeaway_failed="", takeaway_language=data.language)


@on(ev.TakeawayFailed)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayFailed) -> Consult:
    return changed(consult, takeaway_pending=False, takeaway_failed=data.code)


@on(ev.TakeawayDrafted)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayDrafted) -> Consult:
    draft = Takeaway(
        data.version,
        "drafted",
        data.sha256,
        data.html_sha256,
        data.based_on,
        event.at,
        language=data.language,
        copies=data.copies,
        failing=data.failing,
        grade=data.grade,
        lines=data.lines,
        reviewed=data.reviewed,
    )
    return changed(consult, takeaways=(*consult.takeaways, draft), takeaway_pending=False)


def _stage(consult: Consult, version: int, stage: TakeawayStage, **change: Any) -> Consult:
    takeaways = tuple(
        replace(one, stage=stage, **change) if one.version == version else one for one in consult.takeaways
    )
    return changed(consult, takeaways=takeaways)


@on(ev.TakeawayReviewed)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayReviewed) -> Consult:
    return _stage(consult, data.version, "drafted", reviewed=data.lines)


@on(ev.TakeawaySigned)
def _(consult: Consult, event: ev.Event, data: ev.TakeawaySigned) -> Consult:
    return _stage(consult, data.version, "signed", signed_by=event.actor.name, signed_at=event.at)


@on(ev.TakeawayIssued)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayIssued) -> Consult:
    after = consult
    for one in consult.takeaways:
        if one.stage == "issued" and one.version != data.version:
            after = _stage(after, one.version, "superseded")
    return _stage(after, data.version, "issued", issued_at=event.at, override=data.override)


@on(ev.TakeawayVoided)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayVoided) -> Consult:
    return _stage(consult, data.version, "voided", voided_because=data.because)


@on(ev.TakeawayRecalled)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayRecalled) -> Consult:
    return _stage(consult, data.version, "recalled", recalled_because=data.reason)


@on(ev.DeliveryRequested)
@on(ev.DeliveryBegun)
@on(ev.TakeawayDelivered)
@on(ev.DeliveryFailed)
def _(consult: Consult, event: ev.Event, data: ev.TakeawayDelivered) -> Consult:
    delivery = replace(data.delivery, at=event.at)
    after = changed(consult, deliveries=put(consult.deliveries, delivery.id, delivery))
    letter = consult.letters.get(delivery.letter_id)
    if letter is None or not isinstance(data, ev.DeliveryRequested):
        return after
    return changed(after, letters=put(consult.letters, letter.id, replace(letter, sent_by=event.actor.name)))


@on(ev.EmailConsentRecorded)
def _(consult: Consult, event: ev.Event, data: ev.EmailConsentRecorded) -> Consult:
    return changed(consult, email=EmailConsent(data.address, data.agreed, event.at))


@on(ev.RepresentativeNamed)
def _(consult: Consult, event: ev.Event, data: ev.RepresentativeNamed) -> Consult:
    return changed(consult, representative=data.representative)
