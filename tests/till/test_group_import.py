"""A leader's list: all of it or nothing, each misread line told, and the same list again changes nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from storeapp.database.shop import ShopDatabase
from storeapp.domain.group_sheet import GroupNotSo
from storeapp.till import group_sheets
from storeapp.till.group_import import Taken, take_list
from storeapp.till.sheets import ColumnsMissing
from tests.fakes.grouping import arrived, filled, opened, ordered, paid
from tests.fakes.shops import shop_on_disk
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, CUP, TEA

LIST = "#接龙\n中秋团\n1. 王五 冰红茶2\n2. 芳 13800000001 Cup & Saucer 50%1 冰红茶1\n"


@pytest.fixture
def shop(tmp_path: Path, clock: StillClock, ids: CountedIds) -> Iterator[ShopDatabase]:
    made = shop_on_disk(tmp_path, clock=clock, ids=ids)
    with made.writing() as books:
        books.products.put([CUP, TEA])
        books.members.put(ALICE)
    opened(made, clock)
    yield made
    assert made.check() == ()
    made.close()


def taken(shop: ShopDatabase, text: str | bytes, clock: StillClock, ids: CountedIds, **how: bool) -> Taken:
    data = text if isinstance(text, bytes) else text.encode()
    return take_list(shop, "moon", data, by="1007", clock=clock, ids=ids, **how)


def wants(shop: ShopDatabase) -> dict[tuple[str, str], dict[str, int]]:
    with shop.reading() as books:
        orders = books.groups.orders("moon")
    return {order.who: {line.code: line.milli // 1000 for line in order.lines} for order in orders}


def test_a_list_is_one_order_a_person(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    done = taken(shop, LIST, clock, ids)

    assert (len(done.new), done.misread) == (2, ())
    assert wants(shop) == {
        ("name", "王五"): {TEA.code: 2},
        ("member", ALICE.member_id): {CUP.code: 1, TEA.code: 1},
    }


def test_a_list_that_grew_brings_only_what_is_new(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    first = taken(shop, LIST, clock, ids)

    again = taken(shop, LIST.replace("冰红茶2", "冰红茶3") + "3. 李四 冰红茶1\n", clock, ids)

    assert [len(part) for part in (again.new, again.changed, again.same)] == [1, 1, 1]
    assert again.changed[0].code == first.new[0].code
    assert wants(shop)["name", "王五"] == {TEA.code: 3}
    assert len(wants(shop)) == 3


def test_nothing_is_taken_in_while_a_line_is_misread(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    bad = LIST + "3. 李四 香蕉1\n4. 王五 冰红茶1\n5. 赵六 冰红茶7\n6. 钱七 12345678901 冰红茶1\n"

    refused = taken(shop, bad, clock, ids)

    assert wants(shop) == {}
    assert [(each.row, each.reason) for each in refused.misread] == [
        (5, "unknown_goods"),
        (6, "twice"),
        (7, "group_limit_person"),
        (8, "unknown_goods"),
    ]
    assert len(taken(shop, bad, clock, ids, skip_bad=True).new) == 2
    assert len(wants(shop)) == 2


def test_a_dry_run_changes_nothing(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    assert len(taken(shop, LIST, clock, ids, dry_run=True).new) == 2

    assert wants(shop) == {}


def workbook(rows: list[tuple[str | int, ...]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]  # a new book has a sheet
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_is_read_too(shop: ShopDatabase, clock: StillClock, ids: CountedIds, kind: str) -> None:
    rows: list[tuple[str | int, ...]] = [
        ("姓名", "手机", "商品", "数量"),
        ("王五", "", "冰红茶", 2),
        ("王五", "", TEA.barcodes[0], 1),
        ("芳", "13800000001", CUP.code, 1),
        ("", "", CUP.code, 1),
        ("李四", "", "苹果", 1),
        ("李四", "", CUP.code, "许多"),
    ]
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows).encode()

    done = taken(shop, text if kind == "csv" else workbook(rows), clock, ids, skip_bad=True)

    assert [(each.row, each.reason) for each in done.misread] == [
        (3, "unknown_goods"),
        (5, "no_name"),
        (6, "unknown_goods"),
        (7, "no_count"),
    ]
    assert wants(shop) == {("name", "王五"): {TEA.code: 2}, ("member", ALICE.member_id): {CUP.code: 1}}


def test_a_table_needs_its_columns(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(ColumnsMissing):
        taken(shop, "商品,数量\n冰红茶,1\n", clock, ids)


def test_the_list_may_come_after_the_deadline_but_not_after_the_purchase(
    shop: ShopDatabase, clock: StillClock, ids: CountedIds
) -> None:
    clock.go_on(hours=30)
    assert len(taken(shop, LIST, clock, ids).new) == 2

    group_sheets.turn(shop, "moon", "bought", clock=clock)

    with pytest.raises(GroupNotSo):
        taken(shop, LIST, clock, ids, dry_run=True)


def test_an_order_taken_at_the_counter_is_not_the_lists(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    ordered(shop, clock, ids, tea=5, cups=0)

    refused = taken(shop, "1. 王五 冰红茶2", clock, ids)

    # both are his, and one person's limit holds over both
    assert [each.reason for each in refused.misread] == ["group_limit_person"]
    assert len(taken(shop, "1. 王五 冰红茶1", clock, ids).new) == 1


def test_what_was_fetched_is_not_changed_by_a_list(shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    made = taken(shop, LIST, clock, ids)
    arrived(shop, clock)
    paid(shop, clock, ids, filled(shop, clock, made.new[0].code))

    with pytest.raises(GroupNotSo):
        taken(shop, LIST.replace("冰红茶2", "冰红茶1"), clock, ids)
