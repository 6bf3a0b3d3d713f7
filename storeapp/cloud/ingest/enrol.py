"""Enrolling: an invite code, used once, makes a device of a till; a lost answer may be asked for again."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storeapp.cloud import invites
from storeapp.cloud.alarms import raise_alarm
from storeapp.cloud.clock import instant
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.directory import directory_device, directory_invite, directory_till
from storeapp.cloud.tables.shops import device, store, tenant, till
from storeapp.cloud.tills import TillEntry
from storeapp.domain.journal import GENESIS
from storeapp.errors import Refused
from storeapp.wire import codec
from storeapp.wire.messages import EnrolAnswer, EnrolAsk

KEY_BYTES = 32
# a token has four bits for it
EPOCH_MAX = 15


@dataclass(eq=False)
class BadInvite(Refused):
    """The code is unknown, used or too old: the answer is the same."""

    word = "bad_invite"


@dataclass(eq=False)
class KeyTaken(Refused):
    """The device, or its key, belongs to another shop already."""

    word = "device_taken"


@dataclass(frozen=True, slots=True)
class _Place:
    tenant_id: str
    store_id: str
    till_id: str
    epoch: int


def enrol(cloud: Cloud, ask: EnrolAsk, *, public_url: str) -> EnrolAnswer:
    """Makes the device; the same code, device and key again give the same answer. Raises BadInvite or KeyTaken."""
    try:
        code = invites.normal(ask.code)
        public_key = codec.unb64(ask.public_key)
    except ValueError as error:
        raise BadInvite from error
    if len(public_key) != KEY_BYTES:
        raise BadInvite
    now = cloud.clock()
    code_hash = cloud.keys.invite_hash(code)
    place = cloud.database.write(None, lambda connection: _spend(connection, code_hash, ask, public_key, now))
    answer = cloud.database.write(
        place.tenant_id, lambda connection: _join(connection, cloud, place, ask, public_key, now, public_url)
    )
    cloud.database.write(None, lambda connection: _note_epoch(connection, answer))
    entry = TillEntry(place.tenant_id, place.store_id, place.till_id, answer.capture_epoch)
    cloud.tills.learn(answer.till_number, entry)
    return answer


def _spend(connection: sa.Connection, code_hash: bytes, ask: EnrolAsk, public_key: bytes, now: datetime) -> _Place:
    """Uses the code up for this device and key; from here on nobody else can, and this device can again and again."""
    this = directory_invite.c.code_hash == code_hash
    row = connection.execute(sa.select(directory_invite).where(this).with_for_update()).one_or_none()
    if row is None:
        raise BadInvite
    if row.used_by is not None:
        if (row.used_by, row.used_key) != (ask.device_id, public_key):
            raise BadInvite
        return _Place(row.tenant_id, row.store_id, row.till_id, row.epoch)
    if row.expires_at < now:
        raise BadInvite
    known = connection.execute(
        sa.select(directory_device).where(
            sa.or_(directory_device.c.device_id == ask.device_id, directory_device.c.public_key == public_key)
        )
    ).all()
    if any(other.tenant_id != row.tenant_id or other.device_id != ask.device_id for other in known):
        raise KeyTaken
    if known:
        epoch = known[0].epoch + 1
        mine = directory_device.c.device_id == ask.device_id
        connection.execute(sa.update(directory_device).where(mine).values(public_key=public_key, epoch=epoch))
    else:
        epoch = ask.epoch
        values = {"device_id": ask.device_id, "public_key": public_key, "tenant_id": row.tenant_id, "epoch": epoch}
        connection.execute(sa.insert(directory_device), values)
    connection.execute(
        sa.update(directory_invite).where(this).values(used_by=ask.device_id, used_key=public_key, epoch=epoch)
    )
    return _Place(row.tenant_id, row.store_id, row.till_id, epoch)


def _join(
    connection: sa.Connection,
    cloud: Cloud,
    place: _Place,
    ask: EnrolAsk,
    public_key: bytes,
    now: datetime,
    public_url: str,
) -> EnrolAnswer:
    tenant_id = place.tenant_id
    till_row = connection.execute(
        sa.select(till.c.code, till.c.till_number, till.c.capture_epoch)
        .where(till.c.tenant_id == tenant_id, till.c.till_id == place.till_id)
        .with_for_update()
    ).one()
    store_row = connection.execute(
        sa.select(store.c.code, store.c.name).where(store.c.tenant_id == tenant_id, store.c.store_id == place.store_id)
    ).one()
    name = connection.execute(sa.select(tenant.c.name).where(tenant.c.tenant_id == tenant_id)).scalar_one()
    number, capture_epoch = till_row.till_number, till_row.capture_epoch
    if _put_device(connection, place, ask, public_key, now) and _take_over(connection, place, ask, now):
        # both count their receipts from one: with the same key they would print the same tokens
        capture_epoch = min(capture_epoch + 1, EPOCH_MAX)
        connection.execute(
            sa.update(till)
            .where(till.c.tenant_id == tenant_id, till.c.till_id == place.till_id)
            .values(capture_epoch=capture_epoch)
        )
    return EnrolAnswer(
        tenant_id=tenant_id,
        tenant_name=name,
        store_id=place.store_id,
        store_code=store_row.code,
        store_name=store_row.name,
        till_code=till_row.code,
        till_number=number,
        capture_key=codec.b64(cloud.keys.capture_key(tenant_id, number, epoch=capture_epoch)),
        capture_epoch=capture_epoch,
        epoch=place.epoch,
        server_now=instant(now),
        public_url=cloud.public_url or public_url,
    )


def _note_epoch(connection: sa.Connection, answer: EnrolAnswer) -> None:
    """The directory follows: whoever reads a token there must know the till's newest key."""
    number, epoch = directory_till.c.till_number, directory_till.c.capture_epoch
    older = sa.and_(number == answer.till_number, epoch < answer.capture_epoch)
    connection.execute(sa.update(directory_till).where(older).values(capture_epoch=answer.capture_epoch))


def _take_over(connection: sa.Connection, place: _Place, ask: EnrolAsk, now: datetime) -> bool:
    """True if another machine was this till before. It may still hand over what it sold, and learns nothing more."""
    others = sa.and_(
        device.c.tenant_id == place.tenant_id, device.c.till_id == place.till_id, device.c.device_id != ask.device_id
    )
    known = connection.execute(sa.select(device.c.device_id, device.c.state).where(others)).all()
    for other in known:
        if other.state == "active":
            facts = {"till_id": place.till_id, "by": ask.device_id}
            raise_alarm(connection, place.tenant_id, "till_taken_over", at=now, facts=facts, device_id=other.device_id)
    connection.execute(sa.update(device).where(others).values(state="revoked"))
    return bool(known)


def _put_device(connection: sa.Connection, place: _Place, ask: EnrolAsk, public_key: bytes, now: datetime) -> bool:
    """Writes the device down; True if it is new to this till, and not only asks for a lost answer."""
    mine = sa.and_(device.c.tenant_id == place.tenant_id, device.c.device_id == ask.device_id)
    asked = sa.select(device.c.epoch, device.c.till_id).where(mine).with_for_update()
    before = connection.execute(asked).one_or_none()
    if before is not None and before.epoch == place.epoch:
        return False
    begun = {
        "till_id": place.till_id,
        "store_id": place.store_id,
        "public_key": public_key,
        "db_uuid": ask.db_uuid,
        "app": ask.app,
        "state": "active",
        "epoch": place.epoch,
        "last_seq": 0,
        "last_hash": GENESIS,
        "is_breaker_open": False,
        "seen_at": now,
    }
    if before is None:
        row = begun | {"tenant_id": place.tenant_id, "device_id": ask.device_id, "joined_at": now}
        connection.execute(sa.insert(device), row)
    else:
        connection.execute(sa.update(device).where(mine).values(begun))
    return before is None or before.till_id != place.till_id
