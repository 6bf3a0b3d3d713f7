"""The keystore: where the shop's keys lie: with the operating system if it keeps them, else in a private file."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from storeapp.errors import Unavailable

DATABASE_KEY = "database"
MEMBERS_KEY = "members"
KEY_BYTES = 32
SERVICE = "storeapp"
MARK = "keystore.json"


@dataclass(eq=False)
class KeystoreClosed(Unavailable):
    """The keys lie in the keystore `kind`, which does not answer: `reason`."""

    kind: str
    reason: str
    word = "keystore_closed"


@dataclass(eq=False)
class KeyMissing(Unavailable):
    """The keystore `kind` answers, but holds no key called `name`: without it the shop's file stays shut."""

    name: str
    kind: str
    word = "key_missing"


class Keystore(Protocol):
    """Keeps secrets by name. `is_protected` says whether anything but file rights guards them."""

    @property
    def kind(self) -> str: ...
    @property
    def is_protected(self) -> bool: ...
    def get(self, name: str) -> bytes | None: ...
    def put(self, name: str, secret: bytes) -> None: ...
    def delete(self, name: str) -> None: ...


class OsKeystore:
    """The operating system's keystore (DPAPI, Keychain, Secret Service). `shop` parts the shops of one machine."""

    kind = "os"
    is_protected = True

    def __init__(self, shop: str) -> None:
        self._shop = shop

    def get(self, name: str) -> bytes | None:
        keyring, errors = _keyring()
        try:
            text = keyring.get_password(SERVICE, self._account(name))
        except errors as error:
            raise KeystoreClosed(self.kind, type(error).__name__) from error
        return None if text is None else base64.b64decode(text)

    def put(self, name: str, secret: bytes) -> None:
        keyring, errors = _keyring()
        try:
            keyring.set_password(SERVICE, self._account(name), base64.b64encode(secret).decode())
        except errors as error:
            raise KeystoreClosed(self.kind, type(error).__name__) from error

    def delete(self, name: str) -> None:
        if self.get(name) is None:
            return
        keyring, errors = _keyring()
        try:
            keyring.delete_password(SERVICE, self._account(name))
        except errors as error:
            raise KeystoreClosed(self.kind, type(error).__name__) from error

    def _account(self, name: str) -> str:
        return f"{self._shop}:{name}"


class FileKeystore:
    """Files only their owner may read. Honest about it: whoever reads the disk reads the keys."""

    kind = "file"
    is_protected = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str) -> bytes | None:
        try:
            return bytes.fromhex(self._path(name).read_text("ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise KeystoreClosed(self.kind, type(error).__name__) from error

    def put(self, name: str, secret: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path, fresh = self._path(name), self._path(name).with_suffix(".new")
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret.hex())
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.key"


def best_keystore(folder: Path) -> Keystore:
    """The keystore of the shop in `folder`: the one it was made with, or for a new shop the best that works here.

    A shop's choice is written down beside it, so that a keystore that is shut is reported as shut, not as empty.
    """
    mark = folder / MARK
    if mark.exists():
        return _chosen(folder, mark)
    shop = secrets.token_hex(8)
    store: Keystore = OsKeystore(shop)
    if not _works(store):
        store = FileKeystore(folder / "keys")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    mark.write_text(json.dumps({"kind": store.kind, "shop": shop}), "utf-8")
    return store


def _chosen(folder: Path, mark: Path) -> Keystore:
    files = FileKeystore(folder / "keys")
    try:
        chosen = json.loads(mark.read_bytes())
        return OsKeystore(str(chosen["shop"])) if chosen["kind"] == OsKeystore.kind else files
    except (ValueError, KeyError, TypeError) as error:
        # the note is damaged, but keys in files lie in plain sight
        if files.get(DATABASE_KEY) is not None:
            return files
        raise KeystoreClosed("unknown", MARK) from error


def key_of(keystore: Keystore, name: str) -> bytes:
    """A key that must be there; raises KeyMissing."""
    key = keystore.get(name)
    if key is None or len(key) != KEY_BYTES:
        raise KeyMissing(name, keystore.kind)
    return key


def _works(keystore: Keystore) -> bool:
    """True if a secret comes back: some keystores only find out that nobody is there when asked."""
    probe = secrets.token_bytes(8)
    try:
        keystore.put("probe", probe)
        found = keystore.get("probe")
        keystore.delete("probe")
    except KeystoreClosed:
        return False
    return found == probe


def _keyring() -> tuple[Any, type[Exception]]:
    # a tenth of a second, and asked for once a start
    import keyring
    import keyring.errors

    return keyring, keyring.errors.KeyringError
