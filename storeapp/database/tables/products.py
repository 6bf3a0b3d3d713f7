"""Products' tables: the catalogue, every code that rings something up, and the quick keys."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from storeapp.database.tables.schema import EMPTY, among, flag, key, metadata, number, words

product = Table(
    "product",
    metadata,
    key(),
    Column("code", Text, nullable=False, unique=True),
    words("name"),
    number("price_fen", ">= 0"),
    words("unit"),
    words("category"),
    words("barcodes"),
    number("member_price_fen", ">= 0", is_null=True),
    number("cost_fen", ">= 0", is_null=True),
    number("stock_milli", is_null=True),
    words("stock_at", is_null=True),
    flag("weighed"),
    words("image"),
    words("spellings"),
    Column("brand", Text, nullable=False, server_default=""),
    Column("base", Text, nullable=False, server_default=""),
    Column("pack", Integer, CheckConstraint("pack > 0"), nullable=False, server_default=text("1")),
    sqlite_strict=True,
)

Index("product_base", product.c.base, sqlite_where=product.c.base != EMPTY)

"""`stock_milli` was counted at `stock_at`; what is left now follows from the lines sold since."""

product_code = Table(
    "product_code",
    metadata,
    Column("code", Text, primary_key=True),
    Column("product", Integer, ForeignKey("product.id"), nullable=False, index=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

quick_key = Table(
    "quick_key",
    metadata,
    Column("tab", Text, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    words("product"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_columns = [column for column in product.c if column.name not in ("stock_at", "spellings")]

BY_CODE = (
    select(*_columns).join(product_code, product_code.c.product == product.c.id).where(
        product_code.c.code == bindparam("code")
    )
)  # fmt: skip

AMONG = select(*_columns, product.c.spellings).where(product.c.id.in_(among("among")))

KNOWN = select(*_columns, product.c.stock_at).where(product.c.code.in_(among("among")))

OWNERS = (
    select(product_code.c.code, product.c.code)
    .join(product, product.c.id == product_code.c.product)
    .where(product_code.c.code.in_(among("among")))
)

COUNTED = select(*_columns, product.c.stock_at).where(product.c.stock_milli.is_not(None)).order_by(product.c.code)

UNITS_OF = select(*_columns).where(product.c.base.in_(among("among")), product.c.base != EMPTY).order_by(product.c.code)

EVERY = select(*_columns).order_by(product.c.code)

COUNT = select(func.count()).select_from(product)

LAST_ID = select(func.max(product.c.id))

_new = upsert(product)

PUT = _new.on_conflict_do_update(
    index_elements=["id"],
    set_={column.name: _new.excluded[column.name] for column in product.c if column.name != "id"},
)

PUT_CODE = insert(product_code)

DROP_CODES = delete(product_code).where(product_code.c.product == bindparam("product"))

DROP = delete(product).where(product.c.id == bindparam("product"))

_keys = (quick_key.c.tab, quick_key.c.place, quick_key.c.product)

QUICK_KEYS = (
    select(*_keys, *_columns)
    .join(product, product.c.code == quick_key.c.product)
    .order_by(quick_key.c.tab, quick_key.c.place)
)

PUT_QUICK_KEY = insert(quick_key)

DROP_QUICK_KEYS = delete(quick_key)
