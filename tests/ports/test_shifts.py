"""Shifts and the drawer, in memory and on disk alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from storeapp.domain.drawer import Movement
from storeapp.domain.shift import Closing, Shift, numbers_from
from storeapp.domain.shift_report import sold_of
from storeapp.till.drawer import shift_at
from storeapp.till.ports import Books, Shop
from storeapp.till.ports_shifts import ZRow
from tests.fakes.shops import NOT_SO
from tests.fakes.things import ALICE, a_sale, book


def opened(books: Books, number: int, at: str) -> Shift:
    shift = Shift(f"s{number}", number, at, "1007", at[:10], 0)
    books.shifts.open(shift)
    return shift


def closed(books: Books, number: int, opened_at: str, closed_at: str) -> Shift:
    shift = opened(books, number, opened_at)
    books.shifts.close(shift.shift_id, Closing(closed_at, "1007", {}, {}))
    return shift


def test_a_document_belongs_to_the_shift_of_its_moment_whatever_zone_the_shop_is_in_now(shop: Shop) -> None:
    with shop.writing() as books:
        closed(books, 1, "2026-09-28T06:00:00+00:00", "2026-09-28T08:45:00+00:00")
        opened(books, 2, "2026-09-28T09:00:00+00:00")

        # half past eight and half past nine by the first clock
        assert shift_at(books, "2026-09-28T16:30:00+08:00") == "s1"
        assert shift_at(books, "2026-09-28T17:30:00+08:00") == "s2"


@pytest.mark.parametrize("tender", ["cash", "card"])
def test_a_document_moves_money_in_one_shift_only(shop: Shop, tender: str) -> None:
    at = "2026-09-28T12:00:00+08:00"
    with shop.writing() as books:
        books.drawer.add(Movement("sale", "d1", "cash", 350, at, "s1"))
        books.drawer.add(Movement("sale", "d1", "wechat", 100, at, "s1"))

    with pytest.raises(NOT_SO, match="one shift"), shop.writing() as books:  # the block commits
        books.drawer.add(Movement("sale", "d1", tender, 350, at, "s2"))  # type: ignore[arg-type]  # parametrised words

    with shop.reading() as books:
        assert books.drawer.of_shift("s2") == ()


def test_shifts_and_zs_go_on_where_no_other_life_can_have_been(shop: Shop) -> None:
    at = "2026-09-28T12:00:00+08:00"
    with shop.writing() as books:
        assert (books.shifts.next_number(), books.shifts.next_z()) == (1, 1)
        closed(books, 1, at, at)
        books.shifts.add_z(ZRow(1, "s1", 0, at, 0, {"tenders": []}))
        books.shifts.skip_numbers(first=numbers_from(datetime.fromisoformat(at)))

        assert books.shifts.next_z() == books.shifts.next_number() == 389_040

        # a clock that stands before the last life still moves on
        books.shifts.skip_numbers(first=5)
        assert books.shifts.next_z() > 389_040


def test_a_shift_knows_its_sales_and_no_note_deceives_it(shop: Shop) -> None:
    with shop.writing() as books:
        opened(books, 1, "2026-09-28T06:00:00+00:00")
        mine = replace(a_sale(member=ALICE), shift_id="s1")
        book(books, mine)
        book(books, replace(a_sale(2), shift_id="s2", note='"shift_id":"s1"'))

        assert list(books.shifts.sold_in("s1")) == [sold_of(mine)]
