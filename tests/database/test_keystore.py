"""Where keys lie: what is put comes back, files are private, and a shut keystore is not an empty one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError

from storeapp.database.keystore import (
    MARK,
    FileKeystore,
    KeyMissing,
    Keystore,
    KeystoreClosed,
    OsKeystore,
    best_keystore,
    key_of,
)


class MemoryKeyring(KeyringBackend):
    """An operating system's keystore that can be locked."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def ring() -> Iterator[MemoryKeyring]:
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture(params=["os", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path, ring: MemoryKeyring) -> Keystore:
    return OsKeystore("a-shop") if request.param == "os" else FileKeystore(tmp_path / "keys")


def test_what_is_put_comes_back_until_it_is_deleted(store: Keystore) -> None:
    secret = bytes(range(256))

    assert store.get("database") is None
    store.put("database", b"first")
    store.put("database", secret)
    assert store.get("database") == secret
    store.delete("database")
    store.delete("database")
    assert store.get("database") is None


def test_a_missing_key_is_named(store: Keystore) -> None:
    with pytest.raises(KeyMissing) as refused:
        key_of(store, "members")

    assert (refused.value.name, refused.value.kind) == ("members", store.kind)


def test_two_shops_of_one_machine_keep_their_own(ring: MemoryKeyring) -> None:
    OsKeystore("one").put("database", b"1")

    assert OsKeystore("two").get("database") is None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_only_their_owner_reads_key_files(tmp_path: Path) -> None:
    store = FileKeystore(tmp_path / "keys")
    store.put("database", b"secret")

    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "keys" / "database.key").stat().st_mode & 0o777 == 0o600
    assert not store.is_protected


def test_the_systems_keystore_is_taken_where_it_works(tmp_path: Path, ring: MemoryKeyring) -> None:
    store = best_keystore(tmp_path)
    store.put("database", b"secret")

    assert store.is_protected
    assert best_keystore(tmp_path).get("database") == b"secret"
    assert b"secret" not in b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_without_one_the_fallback_is_honest(tmp_path: Path) -> None:
    store = best_keystore(tmp_path)

    assert (store.kind, store.is_protected) == ("file", False)


def test_a_locked_keystore_is_told_from_one_that_lost_its_keys(tmp_path: Path, ring: MemoryKeyring) -> None:
    best_keystore(tmp_path).put("database", b"secret")
    ring.is_locked = True

    with pytest.raises(KeystoreClosed) as refused:
        best_keystore(tmp_path).get("database")

    assert refused.value.kind == "os"


def test_a_shop_made_with_files_stays_with_them(tmp_path: Path, ring: MemoryKeyring) -> None:
    ring.is_locked = True
    best_keystore(tmp_path).put("database", b"secret")
    ring.is_locked = False

    assert best_keystore(tmp_path).get("database") == b"secret"


@pytest.mark.parametrize("note", [b"", b"\xff\x00", b"[]", b'{"kind": "os"}'])
def test_a_damaged_note_of_the_choice_still_finds_keys_in_files(tmp_path: Path, note: bytes) -> None:
    best_keystore(tmp_path).put("database", b"secret")
    (tmp_path / MARK).write_bytes(note)

    assert best_keystore(tmp_path).get("database") == b"secret"


def test_a_damaged_note_without_files_is_a_keystore_that_is_shut(tmp_path: Path) -> None:
    (tmp_path / MARK).write_bytes(b"\xff")

    with pytest.raises(KeystoreClosed):
        best_keystore(tmp_path)
