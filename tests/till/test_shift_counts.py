"""A count before the close: what it comes to, on record, and how the drawer stands meanwhile."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from storeapp.domain.drawer import BadCashMove
from storeapp.domain.money import Money
from storeapp.domain.shift import BadCount, Count, NoShift
from storeapp.domain.tender import TenderKind
from storeapp.till import drawer, shifts
from storeapp.till.policies import set_policy
from storeapp.till.shift_counts import reckon, to_count
from storeapp.till.shift_standing import standing
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock


def opened(shop: MemoryShop, clock: StillClock, ids: CountedIds, fen: int = 20_000) -> None:
    shifts.open_shift(shop, by="1007", float_amount=Money(fen), clock=clock, ids=ids)


def told(shop: MemoryShop, kind: str) -> list[dict[str, object]]:
    with shop.reading() as books:
        return [json.loads(entry.body) for entry in books.journal.after(0, limit=999) if entry.type == kind]


def test_a_count_says_what_it_comes_to_and_is_on_record(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    opened(shop, clock, ids)

    first = reckon(shop, {"cash": Count(19_000)}, by="1007", clock=clock)
    second = reckon(shop, {"cash": Count(20_000)}, by="1007", clock=clock)

    assert (first.differences, first.wants_yes, first.adds_up) == ({"cash": -1_000}, True, False)
    assert (second.differences, second.wants_yes, second.adds_up) == ({"cash": 0}, False, True)
    # who counts again after having been told is seen
    assert [said["differences"] for said in told(shop, "shift.counted")] == [{"cash": -1_000}, {"cash": 0}]
    with shop.reading() as books:
        assert books.shifts.current() is not None


@pytest.mark.parametrize(("fen", "wants_yes"), [(500, False), (501, True), (-500, False), (-501, True)])
def test_what_the_owner_lets_pass_needs_no_yes(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, fen: int, wants_yes: bool
) -> None:
    opened(shop, clock, ids)

    assert reckon(shop, {"cash": Count(20_000 + fen)}, by="1007", clock=clock).wants_yes is wants_yes


def test_what_nobody_counted_is_no_difference(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    opened(shop, clock, ids)

    found = reckon(shop, {}, by="1007", clock=clock)

    assert [(row.tender, row.expected_fen, row.counted_fen) for row in found.rows] == [("cash", 20_000, None)]
    assert (found.differences, found.wants_yes) == ({}, False)


def test_nothing_is_counted_without_a_shift(shop: MemoryShop, clock: StillClock) -> None:
    with pytest.raises(NoShift):
        reckon(shop, {"cash": Count(0)}, by="1007", clock=clock)


def test_slips_are_counted_and_what_a_company_took_is_not(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    opened(shop, clock, ids)
    with shop.writing() as books:
        current = books.shifts.current()
        assert current is not None
        tenders: tuple[TenderKind, ...] = ("card", "wechat", "stored_value")
        for number, tender in enumerate(tenders):
            drawer.note(
                books,
                doc="sale",
                doc_id=f"sale-{number}",
                tender=tender,
                fen=350,
                at=current.opened_at,
                shift_id=current.shift_id,
            )

    with shop.reading() as books:
        assert to_count(books) == ("card",)


def test_a_shift_of_yesterday_is_forgotten_and_one_of_today_is_not(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    opened(shop, clock, ids)
    with shop.reading() as books:
        today, tomorrow = (standing(books, clock.now() + timedelta(days=days)) for days in (0, 1))

    assert (today.forgotten, today.must_open) == (False, False)
    assert (tomorrow.forgotten, tomorrow.must_open) == (True, False)


def test_the_owner_says_whether_a_shift_comes_first(shop: MemoryShop, clock: StillClock) -> None:
    with shop.reading() as books:
        assert standing(books, clock.now()).must_open
    set_policy(shop, "shift.required", False, actor="1001", clock=clock)

    with shop.reading() as books:
        assert not standing(books, clock.now()).must_open


def test_a_float_as_long_as_a_barcode_never_opens_a_shift(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(BadCount):
        opened(shop, clock, ids, 690_226_536)

    with shop.reading() as books:
        assert books.shifts.current() is None


def test_cash_moved_at_the_counter_opens_the_drawer_once(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    opened(shop, clock, ids)
    for _press in range(2):
        shifts.move_cash(
            shop, "drop", Money(5_000), "", by="1003", request_id="r-1", opens_drawer=True, clock=clock, ids=ids
        )

    with shop.reading() as books:
        assert [job.kind for job in books.prints.recent()] == ["drawer"]
    assert told(shop, "drawer.opened") == []


@pytest.mark.parametrize("fen", [10_000_001, 69_022_600])
def test_what_no_hand_moves_at_once_is_a_slip_of_the_finger(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, fen: int
) -> None:
    opened(shop, clock, ids)

    with pytest.raises(BadCashMove):
        shifts.move_cash(shop, "expense", Money(fen), "送水", by="1003", clock=clock, ids=ids)

    assert shifts.x_report(shop).expense_fen == 0
