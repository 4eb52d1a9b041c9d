"""Is the database whole? The audit chain link by link, the logs without gaps, each event as its audit row says."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from consult.storage import chain, tables
from consult.storage.database import Database

PAGE = 5000
MOST = 50  # findings that are named; the rest is counted


@dataclass(slots=True)
class Report:
    """`counts` by table; `anchor` the newest link of the chain; `findings` in words, with ids only."""

    counts: dict[str, int] = field(default_factory=dict)
    anchor: tuple[int, str] = (0, chain.START)
    findings: list[str] = field(default_factory=list)
    more: int = 0

    def say(self, finding: str) -> None:
        if len(self.findings) < MOST:
            self.findings.append(finding)
        else:
            self.more += 1


async def verify(database: Database, anchors: Iterable[tuple[int, str]] = ()) -> Report:
    """Read everything once. `anchors` are links that were noted earlier: a trail that was cut at its end shows only
    by them. Raises Unavailable."""
    noted = dict(anchors)
    return await database.read(lambda connection: _verify(connection, database.audit_key, noted))


def _verify(connection: Connection, key: chain.Key, noted: dict[int, str]) -> Report:
    report = Report()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN")  # all of it as at one moment
    for table in tables.metadata.sorted_tables:
        report.counts[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
    _chain(connection, key, noted, report)
    for consult_id, head in connection.execute(select(tables.consults.c.id, tables.consults.c.head)).all():
        _log(connection, consult_id, head, report)
    known = select(tables.consults.c.id)
    orphans = select(tables.events.c.consult_id).where(tables.events.c.consult_id.not_in(known)).distinct()
    for (consult_id,) in connection.execute(orphans).all():
        report.say(f"events of {consult_id}, which has no row")
    for sha256, content in _documents(connection):
        if hashlib.sha256(content).hexdigest() != sha256:
            report.say(f"document {sha256} holds something else")
    return report


def _chain(connection: Connection, key: chain.Key, noted: dict[int, str], report: Report) -> None:
    before, last, linked = chain.START, 0, False
    table = tables.audit
    while rows := connection.execute(select(table).where(table.c.seq > last).order_by(table.c.seq).limit(PAGE)).all():
        for row in rows:
            linked = linked or bool(row.mac)
            if linked:
                _link(key, before, last, row, report)
            if row.seq in noted and noted[row.seq] != row.mac:
                report.say(f"audit row {row.seq} is not the one that was noted")
            before, last = row.mac, row.seq
    report.anchor = (last, before)
    for seq in sorted(seq for seq in noted if seq > last):
        report.say(f"audit row {seq} was noted and is gone: the trail has been cut")


def _link(key: chain.Key, before: str, last: int, row: object, report: Report) -> None:
    seq, mac, key_id = (getattr(row, name) for name in ("seq", "mac", "key_id"))
    if last and seq != last + 1:
        report.say(f"audit rows are missing before {seq}")
    elif key_id != key.id:
        report.say(f"audit row {seq} was made with the key {key_id or 'of none'}, not with {key.id or 'none'}")
    elif mac != key.mac(before, seq, [getattr(row, name) for name in chain.COLUMNS]):
        report.say(f"audit row {seq} does not follow from the one before: changed, put in or taken out")


def _log(connection: Connection, consult_id: str, head: int, report: Report) -> None:
    table = tables.events
    query = select(table.c.seq, table.c.command_id, table.c.type, table.c.actor, table.c.data)
    last = 0
    commands: dict[str, list[tuple[object, ...]]] = {}
    for seq, command_id, *rest in connection.execute(
        query.where(table.c.consult_id == consult_id).order_by(table.c.seq)
    ).all():
        if seq != last + 1:
            report.say(f"{consult_id} has no event {last + 1}")
        last = seq
        commands.setdefault(command_id, []).append((seq, *rest))
    if last != head:
        report.say(f"{consult_id} ends at {last} and its row says {head}")
    audit = tables.audit
    audited = connection.execute(
        select(audit.c.object, audit.c.payload, audit.c.mac).where(audit.c.consult_id == consult_id)
    ).all()
    held = {row.object: row.payload for row in audited}
    unlinked = {row.object for row in audited if not row.mac}
    for command_id, events in commands.items():
        object = f"{command_id}@{events[-1][0]}"
        if object in unlinked:
            continue  # from before there was a chain
        if object not in held:
            report.say(f"{consult_id}: no audit row for the events up to {events[-1][0]}")
        elif held[object] != chain.digest(events):
            report.say(f"{consult_id}: the events up to {events[-1][0]} are not what was audited")


def _documents(connection: Connection) -> Iterator[tuple[str, bytes]]:
    for (sha256,) in connection.execute(select(tables.documents.c.sha256)).all():
        one = select(tables.documents.c.content).where(tables.documents.c.sha256 == sha256)
        yield sha256, connection.execute(one).scalar_one()
