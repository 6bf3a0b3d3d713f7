"""The schema: the tables the code speaks of are those a migrated file has, and what is written stays written."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database import migrate
from storeapp.database import shop as opening
from storeapp.database.connection import FILE, connect
from storeapp.database.keystore import DATABASE_KEY, FileKeystore, key_of
from storeapp.database.migrate import VERSION
from storeapp.database.shop import ShopDatabase
from storeapp.database.tables.every import ROOMS, metadata
from storeapp.database.tables.search_index import OPTIONS, virtual_table
from storeapp.database.tables.write import FOLDER, name_of, text_of
from storeapp.domain.approval import Approval
from storeapp.domain.ledger import Leg, Txn, points_account
from storeapp.domain.member import Consent
from storeapp.domain.price_list_version import PriceListVersion
from storeapp.domain.promotion_version import PromotionVersion
from tests.database.conftest import Opener
from tests.fakes.things import ALICE, a_sale, book

SHAPE = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
CONSENT = Consent("membership", "2026-11", True, "counter", "2026-09-28T12:00:00+08:00")
AT = "2026-09-28T12:00:00+08:00"
APPEND_ONLY = (
    "journal",
    "ledger_txn",
    "ledger_leg",
    "lot_use",
    "reversal",
    "consent",
    "member_note",
    "policy",
    "sale",
    "sale_line",
    "tender",
    "promotion",
    "promotion_replay",
    "price_list",
)


def shape(connection: object) -> set[tuple[str, ...]]:
    rows = connection.execute(SHAPE).fetchall()  # type: ignore[attr-defined]  # the driver ships no types
    told = {tuple("".join(str(cell).split()) for cell in row) for row in rows}
    return {row for row in told if row[0] != "trigger" and row[1] != "alembic_version"}


def test_a_migrated_file_has_exactly_the_tables_the_code_speaks_of(tmp_path: Path) -> None:
    migrate.migrate(tmp_path / "migrated.db", bytes(32))
    fresh = connect(tmp_path / "fresh.db", bytes(32), is_writer=True)
    engine = create_engine("sqlite://", creator=lambda: fresh, poolclass=StaticPool)

    metadata.create_all(engine)
    for owner in OPTIONS:
        fresh.execute(virtual_table(owner))

    with closing(connect(tmp_path / "migrated.db", bytes(32), is_writer=True)) as migrated:
        assert shape(migrated) == shape(fresh)
        assert migrate.version_of(migrated) == VERSION
    engine.dispose()
    fresh.close()


def test_the_statements_written_down_are_those_the_tables_say() -> None:
    for room in ROOMS:
        written = (FOLDER / f"{name_of(room)}.py").read_text("utf-8")

        assert written == text_of(room), "run python -m storeapp.database.tables.write"


def test_opening_a_shop_does_not_import_sqlalchemy() -> None:
    asked = "import storeapp.database.shop, storeapp.database.restore, sys; sys.exit('sqlalchemy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


def test_the_newest_migration_bears_the_version(tmp_path: Path) -> None:
    names = sorted(path.name for path in (Path(migrate.__file__).parent / "migrations" / "versions").glob("0*.py"))

    assert int(names[-1][:4]) == VERSION == len(names)


def next_version(patch: pytest.MonkeyPatch, upgrade: Callable[[object], None]) -> None:
    """A storeapp that is one version ahead."""
    patch.setattr(migrate, "_upgrade", upgrade)
    patch.setattr(migrate, "VERSION", VERSION + 1)
    patch.setattr(opening, "VERSION", VERSION + 1)


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid", "UPDATE {} SET {}"])
def test_what_is_written_stays_written(shop: ShopDatabase, table: str, deed: str) -> None:
    with shop.writing() as opened:
        sale = book(opened, a_sale(member=ALICE))
        legs = (Leg(points_account(ALICE.member_id), "pts", -3), Leg("exp.points", "pts", 3))
        opened.ledger.post(Txn("back", "refund", CONSENT.at, legs, reverses=sale.sale_id, parts=(0, 0, 3, 3)))
        opened.policy.put("shop.name", "x", at="2026-09-28T12:00:00+08:00")
        opened.members.consent("m1", CONSENT)
        opened.timeline.note("m1", "looked", by="1007", at=CONSENT.at)
        opened.promotions.put(PromotionVersion("half", 1, {"id": "half"}, "draft", CONSENT.at))
        opened.price_lists.put(PriceListVersion("vip", 1, {"id": "vip"}, "draft", CONSENT.at))
        opened.promotions.keep_replay("half", 1, {}, at=CONSENT.at)
    [column] = shop._writer.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()
    statement = deed.format(table, f"{column} = {column}").replace("rowid", column)

    with pytest.raises(IntegrityError, match=f"{table} is only ever added to"):
        shop._writer.execute(statement)


@pytest.mark.parametrize(
    "deed",
    ["DELETE FROM approval", "UPDATE approval SET used_at = ''", "UPDATE approval SET approver = 'me', used_at = 'x'"],
)
def test_an_approval_that_was_given_stays_as_it_was_given(shop: ShopDatabase, deed: str) -> None:
    with shop.writing() as opened:
        opened.approvals.add(Approval("a1", "refund", "ff", "1001", "1007", "damaged", AT, AT))

    with pytest.raises(IntegrityError, match="an approval"):
        shop._writer.execute(deed)


def test_a_spent_approval_is_not_spent_again(shop: ShopDatabase) -> None:
    with shop.writing() as opened:
        opened.approvals.add(Approval("a1", "refund", "ff", "1001", "1007", "damaged", AT, AT))
        opened.approvals.use("a1", at=AT)

    with pytest.raises(IntegrityError, match="spent once"):
        shop._writer.execute("UPDATE approval SET used_at = 'later'")


def test_an_older_file_is_backed_up_and_brought_to_this_version(
    shop: ShopDatabase, tmp_path: Path, reopen: Opener, keys: FileKeystore
) -> None:
    with shop.writing() as opened:
        sale = book(opened, a_sale())
    shop.close()

    def upgrade(connection: object) -> None:
        driver = connection.connection.driver_connection  # type: ignore[attr-defined]  # alembic hands over any
        driver.execute("ALTER TABLE staff ADD COLUMN shoe_size INTEGER")

    with pytest.MonkeyPatch.context() as patch:
        next_version(patch, upgrade)
        database = reopen()

    with database.reading() as opened:
        assert opened.sales.last() == sale
    [backup] = (tmp_path / "backups").glob("*.db")
    with closing(connect(backup, key_of(keys, DATABASE_KEY), is_writer=False)) as before:
        assert migrate.version_of(before) == VERSION
    database.close()
    with closing(connect(tmp_path / FILE, key_of(keys, DATABASE_KEY), is_writer=False)) as after:
        assert migrate.version_of(after) == VERSION + 1
        after.execute("SELECT shoe_size FROM staff")


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    shop: ShopDatabase, tmp_path: Path, reopen: Opener, keys: FileKeystore
) -> None:
    shop.close()

    def upgrade(connection: object) -> None:
        driver = connection.connection.driver_connection  # type: ignore[attr-defined]  # alembic hands over any
        driver.execute("DROP TABLE staff")
        raise RuntimeError("half way")

    with pytest.MonkeyPatch.context() as patch:
        next_version(patch, upgrade)
        with pytest.raises(RuntimeError, match="half way"):
            reopen()

    with closing(connect(tmp_path / FILE, key_of(keys, DATABASE_KEY), is_writer=True)) as connection:
        assert connection.execute("SELECT count(*) FROM staff").fetchone() == (0,)
        assert migrate.version_of(connection) == VERSION
