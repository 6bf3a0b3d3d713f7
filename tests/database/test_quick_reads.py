"""Quick reads: what the counter asks of a member is found by an index, however many sales there are."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import Any

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.database.statements import coupons, layers, tiers, timeline
from storeapp.database.tables.every import ROOMS
from storeapp.database.tables.write import name_of
from storeapp.database.work import Sql

ASKED: dict[str, tuple[Sql, dict[str, Any]]] = {
    "her layer": (layers.OF, {"member_id": "m"}),
    "her latest sale": (layers.LAST_BOUGHT, {"member_id": "m"}),
    "her tags": (layers.TAGS_OF, {"member_id": "m"}),
    "her coupons": (coupons.OF_MEMBER, {"member_id": "m"}),
    "what her next tier needs": (tiers.DONE, {"member_id": "m", "since": "2026-01-01"}),
    "her timeline": (timeline.OF, {"member_id": "m", "skip": 0, "most": 51, "looks": 0}),
}


def statements_of(room: ModuleType) -> ModuleType:
    return import_module(f"storeapp.database.statements.{name_of(room)}")


def plan(shop: ShopDatabase, sql: Sql, values: dict[str, Any]) -> list[str]:
    return [row[3] for row in shop._writer.execute(f"EXPLAIN QUERY PLAN {sql.text}", sql.row(values)).fetchall()]


def is_scan(step: str) -> bool:
    """True if a table is read from end to end; what was found already may be."""
    return step.startswith("SCAN") and not any(what in step for what in ("subquery", "SUBQUERY", "CONSTANT ROW"))


@pytest.mark.parametrize("what", ASKED)
def test_nothing_of_hers_is_looked_for_row_by_row(shop: ShopDatabase, what: str) -> None:
    steps = plan(shop, *ASKED[what])

    assert [step for step in steps if is_scan(step)] == []
    assert any(step.startswith("SEARCH") for step in steps)


def test_how_many_rows_are_wanted_stands_in_the_text_where_it_is_known() -> None:
    limited = {
        f"{name_of(room)}.{name}": sql.text
        for room in ROOMS
        for name, sql in vars(statements_of(room)).items()
        if isinstance(sql, Sql) and " LIMIT " in sql.text
    }

    # bound, it would have SQLite plan the statement anew each time; only a page of hers begins anywhere
    assert [name for name, text in limited.items() if "OFFSET" in text] == ["timeline.OF"]
    assert sum(text.endswith(" LIMIT 1") for text in limited.values()) > 5


def test_a_statement_without_an_index_would_be_seen(shop: ShopDatabase) -> None:
    steps = plan(shop, Sql("SELECT receipt FROM sale WHERE cashier = ?", ("cashier",)), {"cashier": "1007"})

    assert any(is_scan(step) for step in steps)


def test_what_everybody_did_is_added_up_once_and_not_for_each_member(shop: ShopDatabase) -> None:
    steps = plan(shop, tiers.EVERY, {"since": "2026-01-01"})

    members = steps.index("SEARCH m USING INDEX sqlite_autoindex_member_1 (member_id=?)")
    assert steps[members - 1] == "SCAN d"
    assert not any("LEFT-JOIN" in step for step in steps)


def test_the_night_reads_sales_as_they_lie_and_sorts_them_once(shop: ShopDatabase) -> None:
    steps = plan(shop, layers.BOUGHT, {})

    assert not any("sale_member" in step for step in steps)
    assert [step for step in steps if "TEMP B-TREE" in step] == ["USE TEMP B-TREE FOR GROUP BY"]
