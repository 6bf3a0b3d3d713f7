"""Backups and restoring: whole copies, seven of them, and no number given out twice afterwards."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storeapp.database import migrate, sales
from storeapp.database.backup import KEPT, BackupBad, fault_in
from storeapp.database.connection import FILE, DiskFull
from storeapp.database.health import WrongKey
from storeapp.database.keystore import DATABASE_KEY, FileKeystore, key_of
from storeapp.database.lock import ShopInUse
from storeapp.database.restore import restore
from storeapp.database.shop import ShopDatabase
from storeapp.till import shifts
from tests.database.conftest import Opener, Raw
from tests.database.older import older
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import a_device, a_sale, book


def test_a_backup_holds_everything_up_to_now(
    shop: ShopDatabase, tmp_path: Path, keys: FileKeystore, reopen: Opener
) -> None:
    with shop.writing() as books:
        sale = book(books, a_sale())
    made = shop.backup(tmp_path / "elsewhere" / "copy.db")
    with shop.writing() as books:
        book(books, a_sale(2))
    shop.close()

    restore(tmp_path, made, keys)

    database = reopen()
    with database.reading() as books:
        assert books.sales.last() == sale
    assert database.check() == ()


def test_a_backup_is_made_while_a_sale_is_being_written(shop: ShopDatabase, keys: FileKeystore) -> None:
    with shop.writing() as books:
        book(books, a_sale())
        made = shop.backup()

    assert fault_in(made, key_of(keys, DATABASE_KEY)) is None


def test_the_newest_seven_stay_and_copies_made_elsewhere_are_left_alone(tmp_path: Path) -> None:
    clock = StillClock()
    shop = ShopDatabase.create(
        tmp_path, device=a_device(), clock=clock, ids=CountedIds(), keystore=FileKeystore(tmp_path / "keys")
    )
    kept = shop.backup(tmp_path / "backups" / "mine.db")
    made = []
    for _ in range(KEPT + 2):
        clock.moment += timedelta(days=1)
        made.append(shop.backup())
    shop.close()

    assert sorted((tmp_path / "backups").iterdir()) == sorted([kept, *made[2:]])


def test_the_day_has_one_copy_and_what_a_power_cut_left_of_another_goes(shop: ShopDatabase, tmp_path: Path) -> None:
    half = tmp_path / "backups" / "shop-20200101T000000000000.db.new"
    half.parent.mkdir()
    half.write_bytes(b"half")

    first, again = shop.backup_of_the_day(), shop.backup_of_the_day()
    assert isinstance(shop._clock, StillClock)
    shop._clock.go_on(days=1)
    second = shop.backup_of_the_day()

    assert again is None
    assert sorted((tmp_path / "backups").iterdir()) == [first, second]


def test_the_copy_of_the_day_leaves_the_shop_its_room(shop: ShopDatabase, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storeapp.database.backup.SPARE_BYTES", 1 << 60)
        with pytest.raises(DiskFull):
            shop.backup_of_the_day()

    assert not (tmp_path / "backups").exists()


def test_only_an_earlier_copy_of_this_shop_gives_way(shop: ShopDatabase, tmp_path: Path) -> None:
    copy = shop.backup(tmp_path / "copy.db")
    other = tmp_path / "other.db"
    other.write_bytes(copy.read_bytes()[::-1])

    gives_way = [shop.is_own_copy(file) for file in (copy, other, tmp_path / FILE, Path("/dev/null"), tmp_path)]

    assert gives_way == [True, False, False, False, False]


def test_a_backup_that_did_not_succeed_leaves_no_file(shop: ShopDatabase, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storeapp.database.backup.fault_in", lambda path, key: "torn")
        with pytest.raises(BackupBad):
            shop.backup()

    assert list((tmp_path / "backups").iterdir()) == []


def test_what_is_replaced_is_kept_aside(
    shop: ShopDatabase, tmp_path: Path, keys: FileKeystore
) -> None:  # fmt: skip
    made = shop.backup()
    shop.close()
    before = (tmp_path / FILE).read_bytes()

    restore(tmp_path, made, keys)

    [aside] = (tmp_path / "replaced").glob(f"*/{FILE}")
    assert aside.read_bytes() == before


def test_a_restored_shop_never_issues_a_number_or_token_again(
    shop: ShopDatabase, tmp_path: Path, keys: FileKeystore, reopen: Opener
) -> None:
    today = f"{datetime.now():%Y-%m-%d}"
    with shop.writing() as books:
        book(books, a_sale(1, day=today))
    made = shop.backup()
    with shop.writing() as books:
        for number in range(2, 20):
            book(books, a_sale(number, day=today))
        printed_after = books.sales.next_in_day(today), books.sales.next_token_seq()
    shop.close()

    for _ in range(2):
        restore(tmp_path, made, keys)

    database = reopen()
    with database.writing() as books:
        issued = books.sales.next_in_day(today), books.sales.next_token_seq()
        book(books, a_sale(issued[0], day=today))
    assert issued[0] > printed_after[0]
    assert issued[1] > printed_after[1]
    assert issued[0] > sales.NUMBERS_SKIPPED
    assert database.check() == ()


def test_the_same_backup_restored_again_gives_no_number_twice(
    shop: ShopDatabase, tmp_path: Path, keys: FileKeystore, reopen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, database, issued = shop.backup(), shop, set[int]()
    for life in range(3):
        with database.writing() as books:
            for _ in range(5):
                number, token = books.sales.next_in_day("2026-09-28"), books.sales.next_token_seq()
                assert not {number, 10**6 + token} & issued
                issued |= {number, 10**6 + token}
                sale = a_sale(number, day="2026-09-28")
                book(books, replace(sale, token_seq=token))
        database.close()
        now = datetime(2026, 9, 27, 12, 10 * life, tzinfo=UTC)
        monkeypatch.setattr("storeapp.database.restore.datetime", StoppedMoment(now))
        restore(tmp_path, made, keys)
        database = reopen()


@dataclass(frozen=True)
class StoppedMoment:
    """What asks the machine for its time gets this."""

    moment: datetime

    def now(self, _zone: object) -> datetime:
        return self.moment


def test_a_restored_shop_never_issues_a_shift_or_z_again(
    shop: ShopDatabase, tmp_path: Path, keys: FileKeystore, reopen: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, printed = shop.backup(), set[int]()
    database, clock, ids = shop, StillClock(), CountedIds(last=9_000)
    for life in range(3):
        for _ in range(2):
            opened = shifts.open_shift(database, by="1007", clock=clock, ids=ids)
            z = shifts.close_shift(database, {}, by="1007", clock=clock, ids=ids).report.z_number

            assert not {z, opened.number} & printed
            printed |= {z, opened.number}
        assert database.check() == ()
        database.close()
        monkeypatch.setattr("storeapp.database.restore.numbers_from", lambda _now, life=life: 500_000 + 60 * life)
        # the very same backup, each time
        restore(tmp_path, made, keys)
        database = reopen()


def test_a_backup_of_an_older_version_is_migrated_as_it_is_restored(
    shop: ShopDatabase, tmp_path: Path, keys: FileKeystore, raw: Raw
) -> None:
    shop.close()
    old = tmp_path / "old.db"
    older(old, 1, key=key_of(keys, DATABASE_KEY))

    restore(tmp_path, old, keys)

    [(first,)] = raw("SELECT first_z FROM number_gap")
    assert first > 400_000
    assert raw("PRAGMA user_version") == [(migrate.VERSION,)]


def test_a_damaged_backup_is_refused_and_the_shop_stays(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    made = shop.backup()
    shop.close()
    made.write_bytes(made.read_bytes()[:-4096] + bytes(4096))
    before = (tmp_path / FILE).read_bytes()

    with pytest.raises(BackupBad):
        restore(tmp_path, made, keys)

    assert (tmp_path / FILE).read_bytes() == before


def test_an_open_shop_is_not_replaced(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    made = shop.backup()

    with pytest.raises(ShopInUse):
        restore(tmp_path, made, keys)


def test_a_backup_of_another_shop_is_refused(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    other = tmp_path / "other"
    stranger = ShopDatabase.create(
        other, device=a_device(), clock=StillClock(), ids=CountedIds(), keystore=FileKeystore(other / "keys")
    )
    made = stranger.backup()
    stranger.close()
    shop.close()

    with pytest.raises(BackupBad):
        restore(tmp_path, made, keys)


def test_a_restore_with_the_wrong_key_says_so(shop: ShopDatabase, tmp_path: Path, keys: FileKeystore) -> None:
    made = shop.backup()
    shop.close()
    keys.put(DATABASE_KEY, bytes(32))

    with pytest.raises(WrongKey):
        restore(tmp_path, made, keys)
