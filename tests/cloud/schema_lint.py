"""The schema lint: the rules that let a chain's rows be spread over many databases, read from the tables themselves."""

from dataclasses import dataclass

import sqlalchemy as sa

SERIAL = ("SERIAL", "BIGSERIAL", "IDENTITY")


@dataclass(frozen=True)
class Described:
    """A table as either the program or a database describes it."""

    name: str
    columns: tuple[str, ...]
    nullable: frozenset[str]
    primary_key: tuple[str, ...]
    uniques: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[tuple[tuple[str, ...], str, tuple[str, ...]], ...]
    counted: frozenset[str]
    triggers: tuple[str, ...] = ()
    is_walled: bool = True


def from_metadata(table: sa.Table) -> Described:
    uniques = [tuple(c.name for c in k.columns) for k in table.constraints if isinstance(k, sa.UniqueConstraint)]
    uniques += [tuple(c.name for c in index.columns) for index in table.indexes if index.unique]
    return Described(
        name=table.name,
        columns=tuple(column.name for column in table.columns),
        nullable=frozenset(column.name for column in table.columns if column.nullable),
        primary_key=tuple(column.name for column in table.primary_key.columns),
        uniques=tuple(uniques),
        foreign_keys=tuple(
            (
                tuple(key.column_keys),
                key.referred_table.name,
                tuple(element.column.name for element in key.elements),
            )
            for key in table.foreign_key_constraints
        ),
        counted=frozenset(
            column.name
            for column in table.columns
            if column.identity is not None or isinstance(column.default, sa.Sequence) or column.autoincrement is True
        ),
    )


def from_database(connection: sa.Connection, name: str) -> Described:
    """A table as PostgreSQL holds it."""
    seen = sa.inspect(connection)
    columns = seen.get_columns(name)
    uniques = [tuple(unique["column_names"]) for unique in seen.get_unique_constraints(name)]
    uniques += [
        tuple(str(name) for name in index["column_names"]) for index in seen.get_indexes(name) if index["unique"]
    ]
    triggers = connection.execute(
        sa.text("SELECT tgname FROM pg_trigger WHERE tgrelid = CAST(:name AS regclass) AND NOT tgisinternal"),
        {"name": name},
    ).scalars()
    walled = connection.execute(
        sa.text("SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = CAST(:name AS regclass)"),
        {"name": name},
    ).scalar_one()
    return Described(
        name=name,
        columns=tuple(column["name"] for column in columns),
        nullable=frozenset(column["name"] for column in columns if column["nullable"]),
        primary_key=tuple(seen.get_pk_constraint(name)["constrained_columns"]),
        uniques=tuple(uniques),
        foreign_keys=tuple(
            (tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]))
            for key in seen.get_foreign_keys(name)
        ),
        counted=frozenset(
            column["name"]
            for column in columns
            if column.get("identity") or "nextval" in str(column.get("default") or "")
        ),
        triggers=tuple(triggers),
        is_walled=bool(walled),
    )


def findings(table: Described, *, directory: frozenset[str] = frozenset()) -> list[str]:
    """What breaks the rules in one table; `directory` names the tables over all tenants."""
    wrong = []
    if table.counted:
        wrong.append(f"R5 {table.name}: {sorted(table.counted)} are counted by the database")
    if table.triggers:
        wrong.append(f"R9 {table.name}: triggers {table.triggers}")
    if table.name in directory:
        if table.foreign_keys:
            wrong.append(f"R3 {table.name}: a directory refers to {table.foreign_keys}")
        return wrong
    if "tenant_id" not in table.columns or "tenant_id" in table.nullable:
        wrong.append(f"R1 {table.name}: no tenant_id, or it may be null")
    if table.primary_key[:1] != ("tenant_id",):
        wrong.append(f"R1 {table.name}: primary key {table.primary_key}")
    wrong.extend(f"R2 {table.name}: unique {columns}" for columns in table.uniques if columns[:1] != ("tenant_id",))
    for columns, other, referred in table.foreign_keys:
        if other in directory or columns[:1] != ("tenant_id",) or referred[:1] != ("tenant_id",):
            wrong.append(f"R3 {table.name}: refers by {columns} to {other} {referred}")
    if not table.is_walled:
        wrong.append(f"R14 {table.name}: no row level security")
    return wrong
