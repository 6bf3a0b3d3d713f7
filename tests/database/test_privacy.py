"""What the file knows of a person, and that it forgets."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from storeapp.database import members
from storeapp.database.connection import FILE, connect
from storeapp.database.keystore import DATABASE_KEY, FileKeystore, key_of
from storeapp.database.search_index import SearchIndex
from storeapp.database.shop import ShopDatabase
from storeapp.database.vault import Sealed, Vault
from storeapp.database.work import Sql
from storeapp.domain.member import national
from tests.fakes.things import ALICE, BOB, a_sale, book

PLAIN = {"phone": ALICE.phone, "name": ALICE.name, "birthday": "", "note": ""}


def everything_in(path: Path, key: bytes) -> bytes:
    """Every cell of every table, decrypted, in one piece."""
    with closing(connect(path, key, is_writer=False)) as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        cells = (
            cell
            for table in tables
            if not table.endswith("_gram")
            for row in connection.execute(f"SELECT * FROM {table}").fetchall()
            for cell in row
        )
        return b"\n".join(cell if isinstance(cell, bytes) else str(cell).encode() for cell in cells)


def test_no_table_holds_a_phone_in_the_clear(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)
        book(books, a_sale(member=ALICE))

    held = everything_in(tmp_path / FILE, key_of(keys, DATABASE_KEY))

    for digits in (ALICE.phone, national(ALICE.phone)):
        assert digits.encode() not in held
    assert ALICE.member_id.encode() in held


def traces_of_alice(shop: ShopDatabase, path: Path, key: bytes) -> list[str]:
    """What is still there of her once she is erased; Bob stays."""
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
    wrapped = shop._writer.execute("SELECT wrapped FROM member_key").fetchone()[0]
    with shop.writing() as books:
        books.members.erase(ALICE.member_id)

    held = everything_in(path, key)

    assert b"zengguofan" in held
    traces = {"name": ALICE.name.encode(), "pinyin": b"wangfang", "key": wrapped, "grams": b"738b", "gram": b"fang"}
    return [what for what, trace in traces.items() if trace in held]


def test_an_erased_member_leaves_no_word_and_no_key(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    assert traces_of_alice(shop, tmp_path / FILE, key_of(keys, DATABASE_KEY)) == []


@pytest.mark.parametrize(
    ("where", "piece", "broken", "left"),
    [
        (members, "DROP_KEY", Sql("SELECT 1"), ["key"]),
        (SearchIndex, "drop", lambda *_gone: None, ["name", "pinyin", "grams", "gram"]),
    ],
)
def test_whatever_erasing_leaves_behind_is_seen(
    shop: ShopDatabase,
    tmp_path: Path,
    keys: FileKeystore,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    piece: str,
    broken: object,
    left: list[str],
) -> None:
    shop._writer.execute("PRAGMA foreign_keys = OFF")
    monkeypatch.setattr(where, piece, broken)

    assert traces_of_alice(shop, tmp_path / FILE, key_of(keys, DATABASE_KEY)) == left


def test_her_grams_are_gone_from_the_index_itself(shop: ShopDatabase) -> None:
    """A full-text index keeps what it deleted until it is merged, unless told not to."""
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)

    def segments() -> bytes:
        return b"".join(row[0] for row in shop._writer.execute("SELECT block FROM member_gram_data").fetchall())

    before = segments()
    with shop.writing() as books:
        books.members.erase(ALICE.member_id)

    # 芳, in the letters the index keeps
    assert b"82b3" in before
    assert b"82b3" not in segments()


def test_sealed_particulars_open_only_with_her_key_and_her_id() -> None:
    vault = Vault(bytes(32))
    sealed = vault.seal("m1", PLAIN)

    assert vault.open("m1", sealed) == PLAIN
    assert ALICE.name.encode() not in sealed.particulars
    for wrong in (
        lambda: vault.open("m2", sealed),
        lambda: Vault(b"\x01" * 32).open("m1", sealed),
        lambda: vault.open("m1", Sealed(sealed.particulars, vault.seal("m1", PLAIN).wrapped_key)),
    ):
        with pytest.raises(InvalidTag):
            wrong()


def test_an_erased_member_does_not_stay_in_memory(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)
        assert books.members.by_id(ALICE.member_id) == ALICE
        assert shop._vault.open.cache_info().currsize > 0
        books.members.erase(ALICE.member_id)

    assert shop._vault.open.cache_info().currsize == 0


def test_the_same_particulars_never_look_the_same_twice() -> None:
    vault = Vault(bytes(32))
    first = vault.seal("m1", PLAIN)

    again = vault.seal("m1", PLAIN, wrapped_key=first.wrapped_key)

    assert again.wrapped_key == first.wrapped_key
    assert again.particulars != first.particulars


def test_the_phone_index_depends_on_the_shops_key() -> None:
    assert Vault(bytes(32)).phone_index(ALICE.phone) != Vault(b"\x01" * 32).phone_index(ALICE.phone)


def test_a_backup_carries_no_plain_person_either(shop: ShopDatabase, tmp_path: Path) -> None:
    with shop.writing() as books:
        books.members.put(ALICE)

    stored = shop.backup().read_bytes()

    assert ALICE.name.encode() not in stored
    assert national(ALICE.phone).encode() not in stored
    shutil.rmtree(tmp_path / "backups")
