"""Identity: the till's own key pair, and the way to the cloud it has joined.

The private half is made here, kept in the machine's keystore and never leaves it: the cloud learns the public half.
"""

from __future__ import annotations

from importlib import metadata
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storeapp.errors import Refused, Unavailable
from storeapp.sync.client import CloudClient
from storeapp.sync.transport import READ_TIMEOUT_S, Signer
from storeapp.till.ports import Clock, Shop


class NotJoined(Refused):
    """This shop has no cloud. It needs none to sell."""

    word = "not_joined"


class DeviceKeyMissing(Unavailable):
    """The keystore no longer holds the key this till joined with."""

    word = "device_key_missing"


class Keystore(Protocol):
    """Where the machine keeps secrets."""

    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, secret: bytes) -> None: ...


def app_name() -> str:
    """How this program names itself to the cloud."""
    try:
        return f"storeapp {metadata.version('storeapp')}"
    except metadata.PackageNotFoundError:
        return "storeapp"


def _key_name(device_id: str) -> str:
    return f"device.{device_id}"


def kept_key(keystore: Keystore, device_id: str) -> Ed25519PrivateKey | None:
    """The device's key, if it ever made one here."""
    raw = keystore.get(_key_name(device_id))
    return None if raw is None else Ed25519PrivateKey.from_private_bytes(raw)


def made_key(keystore: Keystore, device_id: str) -> Ed25519PrivateKey:
    """The device's key, made and stored at the first call: asking the cloud twice must show it one key."""
    kept = kept_key(keystore, device_id)
    if kept is not None:
        return kept
    key = Ed25519PrivateKey.generate()
    keystore.put(_key_name(device_id), key.private_bytes_raw())
    return key


def connect(shop: Shop, keystore: Keystore, *, clock: Clock, timeout_s: float = READ_TIMEOUT_S) -> CloudClient:
    """The joined cloud, ready to be asked; nothing is sent yet. Raises NotJoined or DeviceKeyMissing."""
    with shop.reading() as books:
        device = books.device
    if not device.is_joined:
        raise NotJoined
    key = kept_key(keystore, device.device_id)
    if key is None:
        raise DeviceKeyMissing
    # the owner gave this very address when joining, and was warned then
    return CloudClient(
        device.cloud_url, Signer(device.device_id, key), clock=clock, timeout_s=timeout_s, plain_http_allowed=True
    )
