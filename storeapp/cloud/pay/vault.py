"""The vault: a shop's keys at the wallets' companies, sealed in the database, opened only to ask with them.

They come in from files, are never shown again, never logged and never part of an address. What may be shown are account
numbers and fingerprints.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from storeapp.cloud.clock import instant
from storeapp.cloud.companies import Company
from storeapp.cloud.database import Database, insert
from storeapp.cloud.keys import Keys, seal, unseal
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.pay import pay_key
from storeapp.errors import Refused

RSA_BITS_LEAST = 2048
# what must be there, and which of it is a secret or a key; the rest may be shown
FIELDS: Mapping[str, tuple[str, ...]] = {
    "wechat": ("mchid", "appid", "serial", "private_key", "platform_serial", "platform_key"),
    "alipay": ("app_id", "private_key", "platform_key"),
}
_HIDDEN = ("private_key", "platform_key")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(eq=False)
class NoPayKeys(Refused):
    """The shop has no contract with `provider` here, or has not handed over its keys."""

    word = "no_pay_keys"
    provider: str


@dataclass(eq=False)
class BadPayKeys(Refused):
    """The key `field` cannot be used: `reason` (missing, not_a_key, too_short, unreadable, bad_address)."""

    word = "bad_pay_keys"
    field: str
    reason: str


def checked(provider: str, given: Mapping[str, str]) -> dict[str, str]:
    """The keys if a client can work with them; raises BadPayKeys."""
    kept = {name: given.get(name, "").strip() for name in FIELDS[provider]}
    for name, value in kept.items():
        if not value:
            raise BadPayKeys(name, "missing")
    _check_private(kept["private_key"])
    _check_public(kept["platform_key"])
    seller_id = given.get("seller_id", "").strip()
    if seller_id:
        kept["seller_id"] = seller_id
    gateway = given.get("gateway", "").strip()
    if gateway:
        kept["gateway"] = _checked_gateway(gateway)
    return kept


def put(cloud: Cloud, tenant_id: str, provider: str, given: Mapping[str, str]) -> dict[str, Any]:
    """Seals the keys in the place of those before; answers what may be shown of them."""
    kept, now = checked(provider, given), cloud.clock()
    about = {name: value for name, value in kept.items() if name not in _HIDDEN}
    about |= {f"{name}_fingerprint": _fingerprint(kept[name]) for name in _HIDDEN if name in kept}
    sealed = seal(cloud.keys.pay_key(tenant_id), json.dumps(kept).encode(), _label(provider))

    def work(connection: sa.Connection) -> None:
        connection.execute(sa.delete(pay_key).where(pay_key.c.tenant_id == tenant_id, pay_key.c.provider == provider))
        row = {"provider": provider, "sealed": sealed, "about": json.dumps(about, sort_keys=True), "set_at": now}
        insert(connection, pay_key, [{"tenant_id": tenant_id} | row])

    cloud.database.write(tenant_id, work)
    return _shown(provider, about, now)


def shown(database: Database, tenant_id: str) -> list[dict[str, Any]]:
    """What may be shown of all keys of a shop."""
    asked = sa.select(pay_key.c.provider, pay_key.c.about, pay_key.c.set_at).where(pay_key.c.tenant_id == tenant_id)
    rows = database.read(tenant_id, lambda connection: connection.execute(asked.order_by(pay_key.c.provider)).all())
    return [_shown(row.provider, json.loads(row.about), row.set_at) for row in rows]


def remove(database: Database, tenant_id: str, provider: str) -> None:
    """The keys are gone; raises NoPayKeys if there were none."""
    gone = sa.delete(pay_key).where(pay_key.c.tenant_id == tenant_id, pay_key.c.provider == provider)
    if not database.write(tenant_id, lambda connection: connection.execute(gone).rowcount):
        raise NoPayKeys(provider)


def company_of(cloud: Cloud, tenant_id: str, provider: str) -> Company:
    """The company, to be asked with this shop's keys; raises NoPayKeys."""
    asked = sa.select(pay_key.c.sealed).where(pay_key.c.tenant_id == tenant_id, pay_key.c.provider == provider)
    sealed = cloud.database.read(tenant_id, lambda connection: connection.execute(asked).scalar_one_or_none())
    if sealed is None or provider not in cloud.companies:
        raise NoPayKeys(provider)
    return cloud.companies[provider](opened(cloud.keys, tenant_id, provider, bytes(sealed)))


def opened(keys: Keys, tenant_id: str, provider: str, sealed: bytes) -> dict[str, str]:
    """The keys again; raises Unsealable if they were sealed for another shop or provider."""
    found: dict[str, str] = json.loads(unseal(keys.pay_key(tenant_id), sealed, _label(provider)))
    return found


def _label(provider: str) -> bytes:
    return f"pay|{provider}".encode("ascii")


def _shown(provider: str, about: dict[str, str], at: datetime) -> dict[str, Any]:
    return {"provider": provider, **about, "set_at": instant(at)}


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _check_private(pem: str) -> None:
    try:
        key = serialization.load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError) as error:
        raise BadPayKeys("private_key", "not_a_key") from error
    if not isinstance(key, RSAPrivateKey):
        raise BadPayKeys("private_key", "not_a_key")
    if key.key_size < RSA_BITS_LEAST:
        raise BadPayKeys("private_key", "too_short")


def _check_public(pem: str) -> None:
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except ValueError as error:
        raise BadPayKeys("platform_key", "not_a_key") from error
    if not isinstance(key, RSAPublicKey) or key.key_size < RSA_BITS_LEAST:
        raise BadPayKeys("platform_key", "too_short" if isinstance(key, RSAPublicKey) else "not_a_key")


def _checked_gateway(url: str) -> str:
    parts = urlsplit(url)
    is_fine = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not is_fine or not parts.hostname or parts.query or parts.username:
        raise BadPayKeys("gateway", "bad_address")
    return url.rstrip("/")
