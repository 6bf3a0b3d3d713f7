"""Opening a shop: one process, the right key, this version, an undamaged file. Each refusal says what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import OperationalError

from storeapp.database.connection import FILE, DatabaseDamaged, connect
from storeapp.database.health import KEY_CHECK, WrongKey
from storeapp.database.keystore import DATABASE_KEY, FileKeystore, KeyMissing, key_of
from storeapp.database.lock import ShopInUse, ShopLock
from storeapp.database.migrate import VERSION, NewerDatabase
from storeapp.database.shop import NoShop, ShopDatabase, ShopExists
from tests.database.conftest import Opener, Raw
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import TEA, a_device, a_sale, book

FILL = 200


def test_a_shop_outlives_its_process(shop: ShopDatabase, reopen: Opener) -> None:
    with shop.writing() as books:
        sale = book(books, a_sale())
    shop.close()

    with reopen().reading() as books:
        assert books.sales.last() == sale
        assert books.device == a_device()


def test_a_second_shop_is_never_made_over_the_first(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    key = keys.get(DATABASE_KEY)
    shop.close()

    with pytest.raises(ShopExists):
        ShopDatabase.create(tmp_path, device=a_device(), clock=StillClock(), ids=CountedIds(), keystore=keys)

    assert keys.get(DATABASE_KEY) == key


def test_no_shop_is_said_to_be_none(reopen: Opener) -> None:
    with pytest.raises(NoShop):
        reopen()


def test_an_interrupted_init_can_be_run_again(tmp_path: Path, keys: FileKeystore) -> None:
    (tmp_path / f"{FILE}.new").write_bytes(b"half a file")

    ShopDatabase.create(tmp_path, device=a_device(), clock=StillClock(), ids=CountedIds(), keystore=keys).close()

    assert (tmp_path / FILE).exists()


def test_a_second_process_is_refused_and_told_who_has_the_shop(shop: ShopDatabase, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from storeapp.database.lock import ShopInUse, ShopLock\n"
        "try: ShopLock(Path(sys.argv[1]))\n"
        "except ShopInUse as error: print(error.pid)\n"
    )

    told = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == str(os.getpid())


def test_two_opened_in_one_process_are_refused_too(shop: ShopDatabase, reopen: Opener) -> None:
    with pytest.raises(ShopInUse):
        reopen()


def test_a_shop_that_could_not_be_opened_is_free_again(shop: ShopDatabase, tmp_path: Path, reopen: Opener) -> None:
    shop.close()
    (tmp_path / FILE).write_bytes(b"x" * 8192)

    with pytest.raises(DatabaseDamaged):
        reopen()

    ShopLock(tmp_path).release()


def test_a_missing_key_is_not_called_damage(shop: ShopDatabase, keys: FileKeystore, reopen: Opener) -> None:
    shop.close()
    keys.delete(DATABASE_KEY)

    with pytest.raises(KeyMissing) as refused:
        reopen()

    assert (refused.value.name, refused.value.kind) == ("database", "file")


def test_a_wrong_key_is_not_called_damage(shop: ShopDatabase, keys: FileKeystore, reopen: Opener) -> None:
    shop.close()
    keys.put(DATABASE_KEY, bytes(32))

    with pytest.raises(WrongKey):
        reopen()


@pytest.mark.parametrize("note", [b"", b"\xff\x00", b"0123456789abcdef"])
def test_a_damaged_note_of_the_key_does_not_shut_the_shop(
    shop: ShopDatabase, tmp_path: Path, reopen: Opener, note: bytes
) -> None:
    shop.close()
    (tmp_path / KEY_CHECK).write_bytes(note)

    with reopen().reading() as books:
        assert books.device == a_device()


def test_an_emptied_file_is_damage_and_no_new_shop(shop: ShopDatabase, tmp_path: Path, reopen: Opener) -> None:
    backup = shop.backup()
    shop.close()
    (tmp_path / FILE).write_bytes(b"")

    with pytest.raises(DatabaseDamaged) as refused:
        reopen()

    assert refused.value.backup == str(backup)
    assert (tmp_path / FILE).read_bytes() == b""


def test_the_file_tells_nothing_without_its_key(shop: ShopDatabase, tmp_path: Path) -> None:
    with shop.writing() as books:
        books.products.put([TEA])
    shop.checkpoint()

    stored = (tmp_path / FILE).read_bytes()

    assert TEA.name.encode() not in stored
    assert b"CREATE TABLE" not in stored


def test_a_newer_file_is_refused_and_not_touched(
    shop: ShopDatabase, tmp_path: Path, raw: Raw, reopen: Opener
) -> None:  # fmt: skip
    shop.close()
    raw("PRAGMA user_version = 99")
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(NewerDatabase) as refused:
        reopen()

    assert (refused.value.found, refused.value.known) == (99, VERSION)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_flipped_byte_anywhere_is_found_and_the_way_out_is_named(
    shop: ShopDatabase, tmp_path: Path, reopen: Opener
) -> None:
    with shop.writing() as books:
        for number in range(1, FILL + 1):
            book(books, a_sale(number))
    backup = shop.backup()
    shop.close()
    path = tmp_path / FILE
    good = path.read_bytes()
    missed = []

    for place in range(17, len(good), len(good) // 25):
        path.write_bytes(good[:place] + bytes([good[place] ^ 0x10]) + good[place + 1 :])
        try:
            reopen().close()
            missed.append(place)
        except DatabaseDamaged as damaged:
            if damaged.backup != str(backup) or not Path(damaged.copy).exists():
                missed.append(place)
        shutil.rmtree(tmp_path / "damaged", ignore_errors=True)

    assert missed == []


def test_damage_names_no_backup_that_is_damaged_itself(
    shop: ShopDatabase, tmp_path: Path, reopen: Opener
) -> None:  # fmt: skip
    older = shop.backup(tmp_path / "backups" / "shop-20260101T000000.db")
    newer = shop.backup()
    shop.close()
    newer.write_bytes(newer.read_bytes()[:-4096] + bytes(4096))
    (tmp_path / FILE).write_bytes(bytes(4096))

    with pytest.raises(DatabaseDamaged) as refused:
        reopen()

    assert refused.value.backup == str(older)


def test_the_writer_waits_for_the_disk(shop: ShopDatabase) -> None:
    """With NORMAL a power cut forgets the last sales; with a checkpoint of its own the customer waits."""
    pragmas = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "wal_autocheckpoint": 0,
        "busy_timeout": 5000,
        "secure_delete": 2,
        "temp_store": 2,
    }

    found = {name: shop._writer.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}

    assert found == pragmas


def test_the_engine_is_new_enough_for_its_log(tmp_path: Path) -> None:
    """Before 3.51.3 a reset of the log could corrupt the file."""
    with closing(connect(tmp_path / "new.db", bytes(32), is_writer=True)) as connection:
        [version] = connection.execute("SELECT sqlite_version()").fetchone()
        [cipher] = connection.execute("PRAGMA cipher_version").fetchone()

    assert tuple(map(int, version.split("."))) >= (3, 51, 3)
    assert cipher


def test_a_reader_cannot_write(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    with closing(connect(tmp_path / FILE, key_of(keys, DATABASE_KEY), is_writer=False)) as connection:
        with pytest.raises(OperationalError, match="readonly"):
            connection.execute("DELETE FROM device")
