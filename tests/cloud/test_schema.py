"""The schema: tenant first everywhere, the same in the program, on SQLite and on PostgreSQL."""

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from storeapp.cloud import migrate
from storeapp.cloud.database import Database, DatabaseDamaged
from storeapp.cloud.keys import BadSecret, Keys, Unsealable
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.tables import schema
from tests.cloud import audit
from tests.cloud.schema_lint import Described, findings, from_database, from_metadata

DIRECTORY = frozenset(table.name for table in schema.directory_tables())
DEVICE_SECOND = ("journal", "sale", "sale_line", "sale_tender", "device", "quarantine")


def test_every_table_of_the_program_keeps_the_rules():
    tables = schema.metadata().sorted_tables
    wrong = [found for table in tables for found in findings(from_metadata(table), directory=DIRECTORY)]

    assert wrong == []
    assert len(schema.tenant_tables()) > 20


def test_journal_and_sale_can_be_split_by_device():
    keys = {table.name: [column.name for column in table.primary_key.columns] for table in schema.tenant_tables()}

    assert {name: keys[name][1] for name in DEVICE_SECOND} == dict.fromkeys(DEVICE_SECOND, "device_id")


def test_every_table_in_postgresql_keeps_the_rules(postgres_database, tmp_path):
    cloud = open_cloud(Place(tmp_path, postgres_database))
    with cloud.database.engine.connect() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if name != migrate.VERSION_TABLE]
        wrong = [found for name in names for found in findings(from_database(connection, name), directory=DIRECTORY)]
    cloud.database.close()

    assert wrong == []
    assert set(names) == set(schema.metadata().tables)


GOOD = Described(
    name="thing",
    columns=("tenant_id", "thing_id", "other_id"),
    nullable=frozenset(),
    primary_key=("tenant_id", "thing_id"),
    uniques=(("tenant_id", "other_id"),),
    foreign_keys=((("tenant_id", "other_id"), "other", ("tenant_id", "other_id")),),
    counted=frozenset(),
)
MUTANTS: dict[str, dict[str, Any]] = {
    "R1 no tenant": {"columns": ("thing_id",)},
    "R1 null": {"nullable": frozenset({"tenant_id"})},
    "R1 key": {"primary_key": ("thing_id", "tenant_id")},
    "R2": {"uniques": (("other_id",),)},
    "R3 columns": {"foreign_keys": ((("other_id",), "other", ("other_id",)),)},
    "R3 directory": {"foreign_keys": ((("tenant_id", "a"), "directory_till", ("tenant_id", "a")),)},
    "R5": {"counted": frozenset({"thing_id"})},
    "R9": {"triggers": ("notify",)},
    "R14": {"is_walled": False},
}


def test_a_good_table_passes_the_lint():
    assert findings(GOOD, directory=DIRECTORY) == []


@pytest.mark.parametrize("name", MUTANTS)
def test_the_lint_sees_what_breaks_a_rule(name):
    found = findings(replace(GOOD, **MUTANTS[name]), directory=DIRECTORY)

    assert [one.split()[0] for one in found][:1] == [name.split()[0]]


def test_the_lint_sees_a_bad_table_in_postgresql(postgres_database):
    engine = sa.create_engine(postgres_database)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE bad (id serial PRIMARY KEY, tenant_id uuid, name text UNIQUE)"))
        found = findings(from_database(connection, "bad"), directory=DIRECTORY)
    engine.dispose()

    assert {one.split()[0] for one in found} == {"R1", "R2", "R5", "R14"}


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT sale.total_fen FROM sale WHERE sale.sale_id = ?",
        "UPDATE balance SET amount=? WHERE balance.account = ?",
        "DELETE FROM journal WHERE journal.seq = ?",
        "INSERT INTO sale (sale_id, token) VALUES (?, ?)",
        "SELECT sale.sale_id FROM sale JOIN till ON till.till_id = sale.till_id WHERE sale.tenant_id = ?",
        "SELECT a FROM sale, till WHERE sale.tenant_id = ?",
        "SELECT pg_advisory_lock(1)",
        "LISTEN news",
        "SELECT xmin FROM directory_till",
    ],
)
def test_the_audit_sees_a_statement_without_its_tenant(statement):
    assert audit.findings(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT sale.total_fen FROM sale WHERE sale.tenant_id = ?",
        "SELECT sale.total_fen FROM sale WHERE sale.tenant_id = %(tenant_id_1)s::UUID",
        "INSERT INTO sale (device_id, tenant_id) VALUES (?, ?)",
        "SELECT directory_till.till_number FROM directory_till",
    ],
)
def test_the_audit_lets_a_good_statement_pass(statement):
    assert audit.findings(statement) == []


def test_the_audit_hears_two_tenants_in_one_transaction(shop, audited):
    from storeapp.cloud.tables.shops import store

    tenants = (shop.tenant, "0" * 8 + shop.tenant[8:])
    asked = [sa.select(store.c.code).where(store.c.tenant_id == tenant) for tenant in tenants]
    with shop.cloud.database.engine.connect() as connection, connection.begin():
        for one in asked:
            connection.execute(one)

    assert [found.split(":")[0] for found in audited[0].findings] == ["two tenants in one transaction"]
    audited[0].findings.clear()


def test_the_migrations_make_what_the_program_expects(cloud):
    with cloud.database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": migrate.VERSION_TABLE}
        )
        assert compare_metadata(context, schema.metadata()) == []


def test_opening_twice_changes_nothing(place, cloud, clock):
    again = open_cloud(place, clock=clock)

    assert again.keys.proof() == cloud.keys.proof()
    again.database.close()


def test_a_database_of_a_newer_program_is_not_touched(place, cloud):
    with cloud.database.engine.begin() as connection:
        connection.execute(sa.text(f"UPDATE {migrate.VERSION_TABLE} SET version_num = '9999'"))

    with pytest.raises(migrate.NewerSchema):
        open_cloud(place)


def test_a_database_begun_with_another_secret_is_not_opened(place, cloud, monkeypatch):
    monkeypatch.setenv("STOREAPP_SECRET", "A" * 43)

    with pytest.raises(BadSecret):
        open_cloud(place)


def test_the_secret_is_for_its_owner_alone(tmp_path):
    cloud = open_cloud(Place(tmp_path))
    cloud.database.close()

    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "cloud.db").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("secret.key.*")] == []


def test_no_row_of_another_shop_is_seen_even_by_a_wrong_statement(postgres_database, tmp_path):
    """The second wall, as the role a service should have: not the tables' owner, and no way around the policies."""
    from storeapp.cloud.admin import tenants
    from storeapp.cloud.tables.shops import store

    cloud = open_cloud(Place(tmp_path, postgres_database))
    shops = [tenants.tenant_add(cloud, name)["tenant"] for name in ("一", "二")]
    for one in shops:
        tenants.store_add(cloud, one, "S01", "店")
    with cloud.database.engine.begin() as connection:
        for statement in (
            "DROP ROLE IF EXISTS storeapp_service",
            "CREATE ROLE storeapp_service LOGIN NOBYPASSRLS",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO storeapp_service",
        ):
            connection.execute(sa.text(statement))
    url = sa.make_url(postgres_database).set(username="storeapp_service")
    service = Database(sa.create_engine(url))

    everything = sa.select(store.c.tenant_id)
    seen = service.read(shops[0], lambda connection: connection.execute(everything).scalars().all())
    none = service.read(None, lambda connection: connection.execute(everything).scalars().all())

    assert seen == [shops[0]]
    assert none == []
    with pytest.raises(sa.exc.DBAPIError):
        row = {"tenant_id": shops[1], "store_id": shops[1], "code": "X", "name": "X", "created_at": sa.func.now()}
        service.write(shops[0], lambda connection: connection.execute(sa.insert(store).values(row)) and None)
    service.close()
    with cloud.database.engine.begin() as connection:
        connection.execute(sa.text("DROP OWNED BY storeapp_service"))
        connection.execute(sa.text("DROP ROLE storeapp_service"))
    cloud.database.close()


def test_keys_of_two_shops_have_nothing_in_common():
    keys = Keys(bytes(range(32)))
    one, two = "0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7"

    assert keys.blind_index(one, "8613800000001") != keys.blind_index(two, "8613800000001")
    assert keys.capture_key(one, 7, epoch=0) != keys.capture_key(two, 7, epoch=0)
    assert keys.capture_key(one, 7, epoch=0) != keys.capture_key(one, 7, epoch=1)
    _key, wrapped = keys.new_data_key(one)
    with pytest.raises(Unsealable, match="data_key"):
        keys.open_data_key(two, wrapped)


@pytest.mark.parametrize("secret", [b"", b"\xff\x00", b"not a secret"])
def test_a_damaged_secret_is_told_apart_from_a_fault_of_ours(tmp_path, secret):
    open_cloud(Place(tmp_path)).database.close()
    (tmp_path / "secret.key").write_bytes(secret)

    with pytest.raises(BadSecret):
        open_cloud(Place(tmp_path))


def test_a_damaged_file_is_the_worlds_fault_not_ours(tmp_path):
    open_cloud(Place(tmp_path)).database.close()
    for left in tmp_path.glob("cloud.db*"):
        left.unlink()
    (tmp_path / "cloud.db").write_bytes(b"junk" * 2000)

    with pytest.raises(DatabaseDamaged):
        open_cloud(Place(tmp_path))
