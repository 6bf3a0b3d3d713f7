"""Check the journals: no gap, no broken link, nothing said twice in two ways, everything projected or set aside."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from storeapp.cloud.admin.check_shifts import ShiftSums
from storeapp.cloud.clock import instant
from storeapp.cloud.tables.journals import alarm, event, journal, journal_fork, quarantine
from storeapp.cloud.tables.refunds import refund
from storeapp.cloud.tables.sales import sale
from storeapp.cloud.tables.shifts import z_report
from storeapp.cloud.tables.shops import device
from storeapp.domain import journal as rules
from storeapp.wire import codec

Finding = dict[str, Any]
DOCUMENTS = {"sale": sale, "refund": refund}
_AT_ONCE = 1000


def look(connection: sa.Connection, tenant_id: str) -> tuple[dict[str, int], list[Finding]]:
    """How much there is, and what is wrong with it."""
    findings: list[Finding] = []
    events = zs_told = 0
    told = Counter[str]()
    for row in connection.execute(sa.select(device).where(device.c.tenant_id == tenant_id)).all():
        for epoch in _epochs(connection, tenant_id, row.device_id):
            shifts = ShiftSums(row.device_id)
            length, last_hash, documents = _follow(connection, tenant_id, row.device_id, epoch, shifts, findings)
            events += length
            told += documents
            zs_told += shifts.told
            if epoch == row.epoch and (length, last_hash) != (row.last_seq, row.last_hash):
                findings.append({"kind": "head_differs", "device": row.device_id, "kept": length, "said": row.last_seq})
    findings.extend(_aside(connection, tenant_id))
    counts = {"events": events}
    tables = {f"{type_}s": (table, told[type_]) for type_, table in DOCUMENTS.items()} | {"zs": (z_report, zs_told)}
    for name, (table, count) in tables.items():
        kept = sa.select(sa.func.count()).select_from(table).where(table.c.tenant_id == tenant_id)
        counts[name] = connection.execute(kept).scalar_one()
        if counts[name] != count:
            findings.append({"kind": f"{name}_differ", "told": count, "kept": counts[name]})
    return counts, findings


def _epochs(connection: sa.Connection, tenant_id: str, device_id: str) -> list[int]:
    asked = (
        sa.select(journal.c.epoch)
        .where(journal.c.tenant_id == tenant_id, journal.c.device_id == device_id)
        .distinct()
        .order_by(journal.c.epoch)
    )
    return list(connection.execute(asked).scalars())


def _follow(
    connection: sa.Connection, tenant_id: str, device_id: str, epoch: int, shifts: ShiftSums, findings: list[Finding]
) -> tuple[int, bytes, Counter[str]]:
    """Follows one chain: its length, its last hash, and how many documents of each kind should be in the books."""
    seq, prev, told = 0, rules.GENESIS, Counter[str]()
    for row in _entries(connection, tenant_id, device_id, epoch):
        entry = rules.Entry(device_id, epoch, row.seq, row.event_id, row.type, row.v, row.at, row.body, prev, row.hash)
        try:
            seq, prev = rules.verify([entry], after=seq, prev=prev)
        except rules.ChainBroken as error:
            findings.append({"kind": "chain_broken", "device": device_id, "seq": row.seq, "reason": error.reason})
            seq, prev = row.seq, row.hash
        findings.extend(shifts.hear(row.type, row.body, is_told=row.is_first and not row.is_aside))
        if row.type in DOCUMENTS and row.is_first and not row.is_aside:
            told[row.type] += not codec.loads(row.body).get("training", False)
    return seq, prev, told


def _entries(connection: sa.Connection, tenant_id: str, device_id: str, epoch: int) -> Iterator[sa.Row[Any]]:
    first = sa.and_(
        event.c.tenant_id == journal.c.tenant_id,
        event.c.tenant_id == tenant_id,
        event.c.event_id == journal.c.event_id,
        event.c.device_id == journal.c.device_id,
        event.c.epoch == journal.c.epoch,
        event.c.seq == journal.c.seq,
    )
    aside = sa.and_(
        quarantine.c.tenant_id == journal.c.tenant_id,
        quarantine.c.tenant_id == tenant_id,
        quarantine.c.device_id == journal.c.device_id,
        quarantine.c.epoch == journal.c.epoch,
        quarantine.c.seq == journal.c.seq,
    )
    columns = (journal.c.seq, journal.c.event_id, journal.c.type, journal.c.v, journal.c.at, journal.c.body)
    asked = (
        sa.select(
            *columns,
            journal.c.hash,
            event.c.event_id.is_not(None).label("is_first"),
            quarantine.c.seq.is_not(None).label("is_aside"),
        )
        .select_from(journal.outerjoin(event, first).outerjoin(quarantine, aside))
        .where(journal.c.tenant_id == tenant_id, journal.c.device_id == device_id, journal.c.epoch == epoch)
        .order_by(journal.c.seq)
        .limit(_AT_ONCE)
    )
    after = 0
    while True:
        rows = connection.execute(asked.where(journal.c.seq > after)).all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].seq


def _aside(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    waiting = sa.select(quarantine).where(quarantine.c.tenant_id == tenant_id)
    for row in connection.execute(waiting):
        yield {"kind": "quarantined", "device": row.device_id, "seq": row.seq, "error": row.error}
    for row in connection.execute(sa.select(journal_fork).where(journal_fork.c.tenant_id == tenant_id)):
        yield {"kind": "fork", "device": row.device_id, "epoch": row.epoch, "seq": row.seq}
    for told in alarms(connection, tenant_id):
        if told["kind"] == "id_reused":
            yield told


def alarms(connection: sa.Connection, tenant_id: str) -> list[Finding]:
    """What somebody should know of, the newest first; the books are right all the same."""
    asked = sa.select(alarm).where(alarm.c.tenant_id == tenant_id).order_by(alarm.c.at.desc(), alarm.c.alarm_id)
    return [
        {
            "kind": row.kind,
            "device": row.device_id,
            "at": instant(row.at),
            "facts": codec.loads(row.facts.encode("utf-8")),
            "state": row.state,
            "by": row.seen_by,
        }
        for row in connection.execute(asked)
    ]
