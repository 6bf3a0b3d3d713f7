"""Hello: till and cloud compare how far they got, before anything is handed over."""

import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.clock import instant
from storeapp.cloud.ingest.auth import Caller
from storeapp.cloud.ingest.push import BadBatch
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.journals import journal
from storeapp.cloud.tables.shops import device
from storeapp.domain.journal import GENESIS
from storeapp.wire.messages import HelloAnswer, HelloAsk, Position, Verdict


def hello(cloud: Cloud, caller: Caller, ask: HelloAsk) -> HelloAnswer:
    """Where to go on from: `push_from`, unless the verdict says that the two journals are not the same any more."""
    if ask.dev != caller.device_id:
        raise BadBatch("device")

    def work(connection: sa.Connection) -> tuple[sa.Row[tuple[object, ...]], Verdict]:
        mine = sa.and_(device.c.tenant_id == caller.tenant_id, device.c.device_id == caller.device_id)
        row = connection.execute(sa.select(device).where(mine)).one()
        return row, _verdict(connection, caller, row, ask)

    row, verdict = cloud.database.read(caller.tenant_id, work)
    return HelloAnswer(
        server_now=instant(cloud.clock()),
        device=Position(epoch=row.epoch, last_seq=row.last_seq, last_hash=row.last_hash.hex()),
        verdict=verdict,
        push_from=row.last_seq + 1,
        feeds={} if verdict == "revoked" else feeds.heads(cloud.database, caller.tenant_id, row.store_id),
    )


def unknown(cloud: Cloud) -> HelloAnswer:
    """The answer to a device that is not known here; it can not prove anything, and learns nothing else."""
    return HelloAnswer(server_now=instant(cloud.clock()), device=None, verdict="unknown", push_from=0)


def _verdict(connection: sa.Connection, caller: Caller, row: sa.Row[tuple[object, ...]], ask: HelloAsk) -> Verdict:
    if row.state == "revoked":
        return "revoked"
    # another database under the same name is a copy of the till, and two of one kind must not both go on
    if ask.epoch != row.epoch or ask.db_uuid != row.db_uuid:
        return "fork"
    if ask.last_seq > row.last_seq:
        return "ok"
    if bytes.fromhex(ask.last_hash) != _hash_at(connection, caller, ask.epoch, ask.last_seq):
        return "fork"
    return "ok" if ask.last_seq == row.last_seq else "behind"


def _hash_at(connection: sa.Connection, caller: Caller, epoch: int, seq: int) -> bytes:
    if seq == 0:
        return GENESIS
    asked = sa.select(journal.c.hash).where(
        journal.c.tenant_id == caller.tenant_id,
        journal.c.device_id == caller.device_id,
        journal.c.epoch == epoch,
        journal.c.seq == seq,
    )
    found: bytes = connection.execute(asked).scalar_one()
    return found


def store_of(cloud: Cloud, caller: Caller) -> tuple[str, str]:
    """The store the device stands in, and whether it is active or revoked."""

    def work(connection: sa.Connection) -> tuple[str, str]:
        asked = sa.select(device.c.store_id, device.c.state).where(
            device.c.tenant_id == caller.tenant_id, device.c.device_id == caller.device_id
        )
        row = connection.execute(asked).one()
        return row.store_id, row.state

    return cloud.database.read(caller.tenant_id, work)
