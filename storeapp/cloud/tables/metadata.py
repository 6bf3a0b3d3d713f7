"""Metadata: the rules every table is made by.

A tenant's table begins its primary key and every unique index with tenant_id, refers only to rows of its own tenant,
and takes its ids from whoever made the thing, never from a counter of the database. A directory table says which tenant
something belongs to before a tenant is known; there are few, and none holds what a shop would mind losing.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeDecorator

METADATA = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s__%(column_0_N_name)s",
        "uq": "uq_%(table_name)s__%(column_0_N_name)s",
        "fk": "fk_%(table_name)s__%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
        "ck": "ck_%(table_name)s__%(constraint_name)s",
    }
)

# a UUID in both databases, its text in Python
ID = sa.Uuid(as_uuid=False)
HASH = sa.LargeBinary(32)
COUNT = sa.BigInteger
FEN = sa.BigInteger


class Moment(TypeDecorator[datetime]):
    """A moment in UTC. SQLite forgets offsets, so it is given none and gets one back."""

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(sa.DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without its offset")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def tenant_table(name: str, *parts: SchemaItem, key: Sequence[str] = ()) -> sa.Table:
    """A table whose rows belong to one tenant each; `key` is the primary key after tenant_id."""
    return sa.Table(
        name,
        METADATA,
        sa.Column("tenant_id", ID, nullable=False),
        *parts,
        sa.PrimaryKeyConstraint("tenant_id", *key),
        info={"directory": False},
    )


def directory_table(name: str, *parts: SchemaItem, key: str) -> sa.Table:
    """A table over all tenants, which is read before a tenant is known."""
    return sa.Table(name, METADATA, *parts, sa.PrimaryKeyConstraint(key), info={"directory": True})


def within(name: str, *columns: str) -> sa.ForeignKeyConstraint:
    """A reference to another row of the same tenant, by columns of the same names."""
    every = ("tenant_id", *columns)
    return sa.ForeignKeyConstraint(every, [f"{name}.{column}" for column in every])
