"""The checker: history and stored log in, violations out. Pure, so that it is tested by itself.

C1 what was acknowledged is stored, under the seq of the acknowledgement; nothing a page sends is refused for good
C2 each command stands once
C3 gapless seqs; what one actor sent in an order stands in that order
C4 nothing is stored that nobody sent
C5 after the quiet every member's view equals the log; on one connection no seq comes back
C6 what anybody once saw does not change
C7 one audit row for each acknowledged command, and the audit chain holds
C8 whoever has no place in a consult receives nothing of it, a patient nothing beyond the allow list
C9 every line is analysed, or says that it is not
C10 what was first sent while the database was away is not acknowledged before it is back. What was sent before may
    have been stored before, its answer on its way: of that nothing can be said
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from tests.chaos.history import History

SENT = ("note_line_put", "chat_message_sent")  # types of events that only an actor's command makes
PATIENT_SEES_NOT = ("note_line_put", "mentions_found", "alert_raised", "medication_proposed", "assessment_recorded")


@dataclass(frozen=True, slots=True)
class Stored:
    """One stored event; `text` of a note line or chat message."""

    seq: int
    command_id: str
    type: str
    text: str = ""


@dataclass
class Dump:
    """What the database holds at the end, and what each member's page shows."""

    logs: Mapping[str, list[Stored]]
    audited: Counter[str] = field(default_factory=Counter)  # "command@seq"
    broken: tuple[str, ...] = ()  # what `consult db verify` finds
    unread: tuple[str, ...] = ()  # lines that are neither analysed nor marked
    views: Mapping[tuple[str, str], list[tuple[int, str, str]]] = field(default_factory=dict)  # by (actor, consult)
    patients: frozenset[str] = frozenset()


def check(history: History, dump: Dump) -> list[str]:
    """The violations, each beginning with its rule."""
    return [
        *_acknowledged(history, dump),
        *_once(history, dump),
        *_ordered(history, dump),
        *_views(history, dump),
        *_hidden(history, dump),
        *(f"C7 {finding}" for finding in dump.broken),
        *(f"C9 {line} is neither analysed nor marked" for line in dump.unread),
    ]


def _acknowledged(history: History, dump: Dump) -> Iterable[str]:
    last: dict[str, int] = {}
    for log in dump.logs.values():
        for event in log:
            last[event.command_id] = event.seq
    invoked: dict[str, float] = {}
    for step in history.steps:
        if step.phase == "invoke":
            invoked.setdefault(step.id, step.at)
    for step in history.steps:
        if step.phase == "fail" and not history.poisoned:
            yield f"C1 {step.id} was refused for good: {step.code}"
        if step.phase != "ok":
            continue
        if last.get(step.id) != step.seq:
            yield f"C1 {step.id} was acknowledged at {step.seq}, stands at {last.get(step.id)}"
        if dump.audited[f"{step.id}@{step.seq}"] != 1:
            yield f"C7 {step.id} has {dump.audited[f'{step.id}@{step.seq}']} audit rows"
        for start, end in history.down:
            if start < invoked[step.id] and step.at < end:
                yield f"C10 {step.id} was acknowledged while the database was away"


def _once(history: History, dump: Dump) -> Iterable[str]:
    invoked = {step.id: step.text for step in history.steps if step.phase == "invoke"}
    stored = [event for log in dump.logs.values() for event in log if event.type in SENT]
    for text, count in Counter(event.text for event in stored).items():
        if count > 1:
            yield f"C2 {text!r} stands {count} times"
    for event in stored:
        if invoked.get(event.command_id) != event.text:
            yield f"C4 {event.command_id} at {event.seq} was never sent so"


def _ordered(history: History, dump: Dump) -> Iterable[str]:
    for consult, log in dump.logs.items():
        seqs = [event.seq for event in log]
        if seqs != list(range(1, len(seqs) + 1)):
            yield f"C3 the seqs of {consult} have a gap or a double"
    place = {event.command_id: event.seq for log in dump.logs.values() for event in log}
    order: dict[tuple[str, str], list[int]] = defaultdict(list)
    for step in history.steps:
        if step.phase == "invoke" and step.id in place:
            order[step.actor, step.consult].append(place[step.id])
    for (actor, consult), seqs in order.items():
        for before, after in pairwise(seqs):
            if after <= before:
                yield f"C3 {actor} in {consult}: {after} was sent behind {before}"


def _views(history: History, dump: Dump) -> Iterable[str]:
    keys = {consult: {(event.seq, event.command_id, event.type) for event in log} for consult, log in dump.logs.items()}
    for (actor, consult), view in dump.views.items():
        if actor in dump.patients:
            continue
        log = [(event.seq, event.command_id, event.type) for event in dump.logs[consult]]
        if view != log:
            yield f"C5 {actor} in {consult} shows {len(view)} events up to {view[-1][0] if view else 0} of {len(log)}"
    reached: dict[tuple[str, int, str], int] = {}
    for seen in history.seen:
        key = (seen.actor, seen.connection, seen.consult)
        if seen.first <= reached.get(key, 0):
            yield f"C5 {seen.actor} in {seen.consult} was sent {seen.first} behind {reached[key]}"
        reached[key] = max(seen.last, reached.get(key, 0))
        if seen.actor not in dump.patients:
            for event in set(seen.events) - keys.get(seen.consult, set()):
                yield f"C6 {seen.actor} saw {event[1]} at {event[0]}, and it does not stand there"


def _hidden(history: History, dump: Dump) -> Iterable[str]:
    for frame in history.intruder_frames:
        yield f"C8 the intruder received {frame}"
    views = [(actor, kind) for (actor, _), view in dump.views.items() for _, _, kind in view]
    batches = [(seen.actor, kind) for seen in history.seen for _, _, kind in seen.events]
    for actor, kind in sorted(set(views + batches)):
        if actor in dump.patients and kind in PATIENT_SEES_NOT:
            yield f"C8 {actor} received {kind}"
