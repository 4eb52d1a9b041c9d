"""Follow-ups."""

from __future__ import annotations

from dataclasses import replace

from consult.domain import events as ev
from consult.domain.folds.registry import changed, drop, on, put
from consult.domain.state import Consult


@on(ev.FollowUpPlanned)
@on(ev.FollowUpPostponed)
def _(consult: Consult, event: ev.Event, data: ev.FollowUpPlanned) -> Consult:
    return changed(consult, follow_ups=put(consult.follow_ups, data.follow_up.id, data.follow_up))


@on(ev.FollowUpDone)
def _(consult: Consult, event: ev.Event, data: ev.FollowUpDone) -> Consult:
    done = replace(data.follow_up, closed_at=event.at)
    return changed(consult, follow_ups=put(consult.follow_ups, done.id, done))


@on(ev.FollowUpDropped)
def _(consult: Consult, event: ev.Event, data: ev.FollowUpDropped) -> Consult:
    return changed(consult, follow_ups=drop(consult.follow_ups, data.follow_up_id))
