"""The database: run again when it says so, given up when it does not, and never answered before it is on the disk."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from storeapp.cloud.database import DatabaseBusy, may_work_again
from storeapp.cloud.tables.shops import store


class Fault(Exception):
    def __init__(self, sqlstate=None, said=""):
        super().__init__(said)
        self.sqlstate = sqlstate


def error(kind, **fault):
    return kind("a statement", {}, Fault(**fault))


@pytest.mark.parametrize(
    ("fault", "again"),
    [
        (error(OperationalError, sqlstate="40001"), True),
        (error(OperationalError, sqlstate="40P01"), True),
        (error(OperationalError, sqlstate="08006"), True),
        (error(OperationalError, sqlstate="57P01"), True),
        (error(OperationalError, said="database is locked"), True),
        (error(IntegrityError, sqlstate="23505"), True),
        (error(IntegrityError, sqlstate="23503"), False),
        (error(DBAPIError, sqlstate="22P05"), False),
        (error(OperationalError, said="no such table"), False),
    ],
)
def test_only_what_may_work_the_next_time_is_tried_again(fault, again):
    assert may_work_again(fault) is again


def test_a_transaction_is_run_again_and_what_it_had_done_is_undone(shop):
    runs = []

    def work(connection):
        runs.append(connection.execute(sa.select(sa.func.count()).where(store.c.tenant_id == shop.tenant)).scalar_one())
        connection.execute(sa.update(store).where(store.c.tenant_id == shop.tenant).values(name=f"run {len(runs)}"))
        if len(runs) < 3:
            raise error(OperationalError, sqlstate="40001")
        return "done"

    assert shop.cloud.database.write(shop.tenant, work) == "done"
    assert runs == [1, 1, 1]
    assert [row["name"] for row in shop.rows(store)] == ["run 3"]


def test_a_database_that_stays_busy_is_the_worlds_fault_and_the_till_is_asked_to_wait(shop, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    till = shop.till()

    def fail(*_arguments, **_more):
        raise error(OperationalError, sqlstate="40001")

    with pytest.raises(DatabaseBusy):
        shop.cloud.database.write(shop.tenant, fail)
    monkeypatch.setattr("storeapp.cloud.ingest.push._Batch.take", fail)
    till.sale()
    answer = till.push()

    assert (answer.status_code, answer.json()) == (503, {"retry_after": 2})


def test_what_a_failed_transaction_wrote_is_gone(shop):
    def work(connection):
        connection.execute(sa.update(store).where(store.c.tenant_id == shop.tenant).values(name="half"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shop.cloud.database.write(shop.tenant, work)

    assert [row["name"] for row in shop.rows(store)] == ["总店"]


def test_a_commit_is_on_the_disk(shop):
    """SQLite: WAL and FULL, with a library that has the WAL fix. PostgreSQL: whatever the server's own setting is."""

    def read(connection):
        if connection.dialect.name == "postgresql":
            return connection.exec_driver_sql("SHOW synchronous_commit").scalar_one()
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")
        ]
        version = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        assert tuple(map(int, version.split("."))) >= (3, 51, 3)
        return pragmas

    with shop.cloud.database.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            name = connection.exec_driver_sql("SELECT current_database()").scalar_one()
            connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    shop.cloud.database.close()

    assert shop.cloud.database.write(shop.tenant, read) in ("on", ["wal", 2])
