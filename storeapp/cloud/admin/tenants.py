"""Tenants: shops, their stores, and the invitations of their tills."""

import secrets
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from storeapp.cloud import invites
from storeapp.cloud.clock import instant
from storeapp.cloud.ingest.enrol import EPOCH_MAX
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.directory import directory_invite, directory_till
from storeapp.cloud.tables.shops import device, store, tenant, till
from storeapp.cloud.tills import TillEntry
from storeapp.domain.place import checked_place
from storeapp.errors import Refused

_NUMBERS = 2**24
NAME_MAX = 100


@dataclass(eq=False)
class UnknownTenant(Refused):
    """No such tenant."""

    word = "unknown_tenant"
    tenant: str


@dataclass(eq=False)
class UnknownStore(Refused):
    """The tenant has no store of this code."""

    word = "unknown_store"
    store: str


@dataclass(eq=False)
class UnknownDevice(Refused):
    """The tenant has no device of this id."""

    word = "unknown_device"
    device: str


@dataclass(eq=False)
class StoreExists(Refused):
    """The tenant has a store of this code already."""

    word = "store_exists"
    store: str


@dataclass(eq=False)
class TillWornOut(Refused):
    """This till has had as many machines as its receipts can tell apart: the next one needs a code of its own."""

    word = "till_worn_out"
    till: str


@dataclass(eq=False)
class BadName(Refused):
    """A shop's or store's name is one line of 1 to `most` characters: `name` is not."""

    word = "bad_place_name"
    name: str
    most: int = NAME_MAX


def _checked_name(text: str) -> str:
    plain = text.strip()
    if not (0 < len(plain) <= NAME_MAX and plain.isprintable()):
        raise BadName(text[:60])
    return plain


def tenant_add(cloud: Cloud, name: str) -> dict[str, Any]:
    """A new tenant."""
    tenant_id = str(uuid4())
    row = {"tenant_id": tenant_id, "name": _checked_name(name), "created_at": cloud.clock()}
    cloud.database.write(tenant_id, lambda connection: connection.execute(sa.insert(tenant), row) and None)
    return {"tenant": tenant_id}


def _require_tenant(connection: sa.Connection, tenant_id: str) -> None:
    try:
        found = connection.execute(sa.select(tenant.c.name).where(tenant.c.tenant_id == tenant_id)).first()
    except (sa.exc.StatementError, ValueError) as error:
        raise UnknownTenant(tenant_id[:60]) from error
    if found is None:
        raise UnknownTenant(tenant_id)


def require(cloud: Cloud, tenant_id: str) -> None:
    """Raises UnknownTenant."""
    if len(tenant_id) != 36:
        raise UnknownTenant(tenant_id[:60])
    cloud.database.read(tenant_id, lambda connection: _require_tenant(connection, tenant_id))


def store_add(cloud: Cloud, tenant_id: str, code: str, name: str) -> dict[str, Any]:
    """A new store of a tenant."""
    require(cloud, tenant_id)
    code = checked_place(code.strip())
    row = {
        "tenant_id": tenant_id,
        "store_id": str(uuid4()),
        "code": code,
        "name": _checked_name(name),
        "created_at": cloud.clock(),
    }

    def work(connection: sa.Connection) -> None:
        asked = sa.select(store.c.store_id).where(store.c.tenant_id == tenant_id, store.c.code == code)
        if connection.execute(asked).first() is not None:
            raise StoreExists(code)
        connection.execute(sa.insert(store), row)

    cloud.database.write(tenant_id, work)
    return {"store": code, "store_id": row["store_id"]}


def till_invite(cloud: Cloud, tenant_id: str, store_code: str, till_code: str) -> dict[str, Any]:
    """A code with which one device may become this till; the till is made if it is new."""
    require(cloud, tenant_id)
    till_code = checked_place(till_code.strip())

    def place(connection: sa.Connection) -> tuple[str, str, int, int]:
        asked = sa.select(store.c.store_id).where(store.c.tenant_id == tenant_id, store.c.code == store_code)
        store_id = connection.execute(asked).scalar_one_or_none()
        if store_id is None:
            raise UnknownStore(store_code)
        this = sa.and_(till.c.tenant_id == tenant_id, till.c.store_id == store_id, till.c.code == till_code)
        found = connection.execute(sa.select(till.c.till_id, till.c.till_number, till.c.capture_epoch).where(this))
        row = found.one_or_none()
        if row is not None and row.capture_epoch >= EPOCH_MAX:
            raise TillWornOut(till_code)
        if row is not None:
            return store_id, row.till_id, row.till_number, row.capture_epoch
        # drawn, not counted: a rival's receipt does not tell how many tills there are
        number, till_id = secrets.randbelow(_NUMBERS), str(uuid4())
        values = {"tenant_id": tenant_id, "store_id": store_id, "till_id": till_id, "capture_epoch": 0}
        # a number taken breaks the key, and the transaction is run again with another
        connection.execute(sa.insert(directory_till), values | {"till_number": number})
        connection.execute(
            sa.insert(till), values | {"till_number": number, "code": till_code, "created_at": cloud.clock()}
        )
        return store_id, till_id, number, 0

    store_id, till_id, number, epoch = cloud.database.write(tenant_id, place)
    cloud.tills.learn(number, TillEntry(tenant_id, store_id, till_id, epoch))
    code, expires_at = invites.new_code(), cloud.clock() + invites.GOOD_FOR
    row = {
        "code_hash": cloud.keys.invite_hash(code),
        "tenant_id": tenant_id,
        "store_id": store_id,
        "till_id": till_id,
        "expires_at": expires_at,
    }
    cloud.database.write(None, lambda connection: connection.execute(sa.insert(directory_invite), row) and None)
    return {"code": code, "expires_at": instant(expires_at)}


def device_revoke(cloud: Cloud, tenant_id: str, device_id: str) -> dict[str, Any]:
    """The device may still hand over what it sold, and learns nothing any more."""
    require(cloud, tenant_id)

    def work(connection: sa.Connection) -> None:
        mine = sa.and_(device.c.tenant_id == tenant_id, device.c.device_id == device_id)
        if connection.execute(sa.select(device.c.state).where(mine)).first() is None:
            raise UnknownDevice(device_id)
        connection.execute(sa.update(device).where(mine).values(state="revoked"))

    cloud.database.write(tenant_id, work)
    return {"device": device_id, "state": "revoked"}


def device_list(cloud: Cloud, tenant_id: str) -> dict[str, Any]:
    """The devices of a tenant and how far their journals reach."""
    require(cloud, tenant_id)

    def work(connection: sa.Connection) -> list[dict[str, Any]]:
        joined = device.join(till, sa.and_(till.c.tenant_id == device.c.tenant_id, till.c.till_id == device.c.till_id))
        joined = joined.join(
            store, sa.and_(store.c.tenant_id == device.c.tenant_id, store.c.store_id == device.c.store_id)
        )
        asked = (
            sa.select(device, store.c.code.label("store_code"), till.c.code.label("till_code"))
            .select_from(joined)
            .where(device.c.tenant_id == tenant_id, till.c.tenant_id == tenant_id, store.c.tenant_id == tenant_id)
            .order_by(store.c.code, till.c.code, device.c.joined_at)
        )
        return [
            {
                "device": row.device_id,
                "store": row.store_code,
                "till": row.till_code,
                "state": row.state,
                "epoch": row.epoch,
                "last_seq": row.last_seq,
                "seen_at": instant(row.seen_at),
            }
            for row in connection.execute(asked)
        ]

    return {"devices": cloud.database.read(tenant_id, work)}
