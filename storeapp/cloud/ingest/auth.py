"""Proof: a request is from the device it names, just now, for the first time. Its tenant follows from that alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from storeapp.cloud.database import Database
from storeapp.cloud.tables.directory import directory_device
from storeapp.cloud.tables.shops import device, nonce
from storeapp.errors import Refused
from storeapp.wire import signing
from storeapp.wire.signing import BadSignature, Request
from storeapp.wire.versions import SIGNATURE_WINDOW_S

# a request older than the window is refused by its time, so its nonce need not be known any longer
_NONCE_LIFE = timedelta(seconds=2 * SIGNATURE_WINDOW_S + 60)


@dataclass(eq=False)
class UnknownDevice(Refused):
    """No device of this id was enrolled here."""

    word = "unknown_device"


@dataclass(eq=False)
class Replayed(Refused):
    """This very request was made before."""

    word = "replayed"


@dataclass(frozen=True, slots=True)
class Caller:
    """A device that proved itself."""

    tenant_id: str
    device_id: str


def prove(database: Database, request: Request, headers: Mapping[str, str], *, now: datetime) -> Caller:
    """Who is asking; raises BadSignature, UnknownDevice or Replayed."""
    claim = signing.presented(headers)

    def look_up(connection: sa.Connection) -> tuple[str, bytes] | None:
        asked = sa.select(directory_device.c.tenant_id, directory_device.c.public_key).where(
            directory_device.c.device_id == claim.device_id
        )
        row = connection.execute(asked).one_or_none()
        return None if row is None else (row.tenant_id, row.public_key)

    try:
        found = database.read(None, look_up)
    except (ValueError, sa.exc.StatementError) as error:
        # a device id of the right length that is no UUID
        raise BadSignature("unsigned") from error
    if found is None:
        raise UnknownDevice
    tenant_id, public_key = found
    signing.verify(request, claim, public_key, now=int(now.timestamp()))
    _spend_nonce(database, tenant_id, claim.device_id, claim.nonce, now=now)
    return Caller(tenant_id, claim.device_id)


def _spend_nonce(database: Database, tenant_id: str, device_id: str, said: str, *, now: datetime) -> None:
    def work(connection: sa.Connection) -> bool:
        mine = sa.and_(nonce.c.tenant_id == tenant_id, nonce.c.device_id == device_id)
        before = connection.execute(sa.select(nonce.c.nonce).where(mine, nonce.c.nonce == said)).first()
        if before is not None:
            return False
        connection.execute(sa.delete(nonce).where(mine, nonce.c.seen_at < now - _NONCE_LIFE))
        row = {"tenant_id": tenant_id, "device_id": device_id, "nonce": said, "seen_at": now}
        connection.execute(sa.insert(nonce), row)
        connection.execute(
            sa.update(device)
            .where(device.c.tenant_id == tenant_id, device.c.device_id == device_id)
            .values(seen_at=now)
        )
        return True

    if not database.write(tenant_id, work):
        raise Replayed
