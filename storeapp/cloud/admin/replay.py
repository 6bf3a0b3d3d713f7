"""Replay: events in quarantine are projected again, device by device in their order, until none more comes through."""

from datetime import datetime
from functools import partial

import sqlalchemy as sa

from storeapp.cloud import alarms
from storeapp.cloud.posting import Posting
from storeapp.cloud.projector.project import Projector
from storeapp.cloud.projector.work import Event, Source
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.journals import journal, quarantine
from storeapp.cloud.tables.shops import device
from storeapp.wire import codec
from storeapp.wire.messages import Personal

BATCH = 100


def replay(cloud: Cloud, tenant_id: str) -> int:
    """How many events came out of quarantine. A device whose events all came through is projected again from now on."""
    total = 0
    while True:
        done = sum(_replay_device(cloud, tenant_id, device_id) for device_id in _waiting(cloud, tenant_id))
        total += done
        # one device's event may have waited for another's
        if done == 0:
            return total


def _waiting(cloud: Cloud, tenant_id: str) -> list[str]:
    asked = sa.select(quarantine.c.device_id).where(quarantine.c.tenant_id == tenant_id).distinct()
    return cloud.database.read(tenant_id, lambda connection: sorted(connection.execute(asked).scalars()))


def _replay_device(cloud: Cloud, tenant_id: str, device_id: str) -> int:
    after = (0, 0)
    done = 0
    while True:
        answer = cloud.database.write(tenant_id, partial(_one_round, cloud, tenant_id, device_id, after))
        if answer is None:
            break
        some, after = answer
        done += some
    now = cloud.clock()
    cloud.database.write(tenant_id, lambda connection: _close_breaker(connection, tenant_id, device_id, now))
    return done


def _one_round(
    cloud: Cloud, tenant_id: str, device_id: str, after: tuple[int, int], connection: sa.Connection
) -> tuple[int, tuple[int, int]] | None:
    return _Round(connection, cloud, tenant_id, device_id).run(after)


def _close_breaker(connection: sa.Connection, tenant_id: str, device_id: str, now: datetime) -> None:
    left = sa.select(quarantine.c.seq).where(quarantine.c.tenant_id == tenant_id, quarantine.c.device_id == device_id)
    if connection.execute(left).first() is None:
        connection.execute(
            sa.update(device)
            .where(device.c.tenant_id == tenant_id, device.c.device_id == device_id)
            .values(is_breaker_open=False)
        )
        alarms.end(connection, tenant_id, ("quarantined", "breaker"), device_id, at=now)


class _Round:
    """One transaction's worth of events of one device."""

    def __init__(self, connection: sa.Connection, cloud: Cloud, tenant_id: str, device_id: str) -> None:
        self._connection = connection
        self._cloud = cloud
        self._tenant_id = tenant_id
        self._device_id = device_id
        self._now = cloud.clock()

    def run(self, after: tuple[int, int]) -> tuple[int, tuple[int, int]] | None:
        mine = sa.and_(device.c.tenant_id == self._tenant_id, device.c.device_id == self._device_id)
        row = self._connection.execute(sa.select(device).where(mine).with_for_update()).one()
        events = self._events(after)
        if not events:
            return None
        projector = Projector(Source(self._device_id, row.store_id, row.till_id), self._cloud.tills, self._new_posting)
        outcome = projector.project(events)
        failed = {(event.epoch, event.seq): error for event, error in outcome.poison}
        for event in events:
            this = sa.and_(
                quarantine.c.tenant_id == self._tenant_id,
                quarantine.c.device_id == self._device_id,
                quarantine.c.epoch == event.epoch,
                quarantine.c.seq == event.seq,
            )
            error = failed.get((event.epoch, event.seq))
            if error is None:
                self._connection.execute(sa.delete(quarantine).where(this))
            else:
                again = {"error": error, "attempts": quarantine.c.attempts + 1, "last_at": self._now}
                self._connection.execute(sa.update(quarantine).where(this).values(again))
        return len(events) - len(failed), (events[-1].epoch, events[-1].seq)

    def _new_posting(self) -> Posting:
        return Posting(self._connection, self._tenant_id, self._cloud.keys, self._now, self._device_id)

    def _events(self, after: tuple[int, int]) -> list[Event]:
        joined = quarantine.join(
            journal,
            sa.and_(
                journal.c.tenant_id == quarantine.c.tenant_id,
                journal.c.device_id == quarantine.c.device_id,
                journal.c.epoch == quarantine.c.epoch,
                journal.c.seq == quarantine.c.seq,
            ),
        )
        epoch, seq = after
        asked = (
            sa.select(journal, quarantine.c.pii_ct)
            .select_from(joined)
            .where(
                quarantine.c.tenant_id == self._tenant_id,
                journal.c.tenant_id == self._tenant_id,
                quarantine.c.device_id == self._device_id,
                sa.or_(quarantine.c.epoch > epoch, sa.and_(quarantine.c.epoch == epoch, quarantine.c.seq > seq)),
            )
            .order_by(quarantine.c.epoch, quarantine.c.seq)
            .limit(BATCH)
        )
        return [self._event(row) for row in self._connection.execute(asked)]

    def _event(self, row: sa.Row[tuple[object, ...]]) -> Event:
        pii = None
        if row.pii_ct is not None:
            said = self._cloud.keys.unseal_aside(self._tenant_id, row.event_id, row.pii_ct)
            pii = Personal.model_validate(codec.loads(said))
        return Event(row.epoch, row.seq, row.event_id, row.type, row.v, row.at, row.body, pii)
