"""The check finds what somebody did to the drawer's books behind storeapp's back."""

from __future__ import annotations

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.shift import Count
from storeapp.domain.tender import Tender
from storeapp.till import shifts
from storeapp.till.checkout import Order, checkout
from tests.database.conftest import Opener, Raw
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import TEA


@pytest.fixture
def closed(shop: ShopDatabase) -> ShopDatabase:
    """A shift with a float, a sale and an expense, counted and closed."""
    clock, ids = StillClock(), CountedIds(last=9_000)
    shifts.open_shift(shop, by="1007", float_amount=Money(20_000), clock=clock, ids=ids)
    order = Order(Basket((Line(TEA),)), (Tender("cash", Money(1_000)),), "1007", prints=False)
    checkout(shop, order, clock=clock, ids=ids)
    shifts.move_cash(shop, "expense", Money(150), "送水", by="1007", clock=clock, ids=ids)
    shifts.close_shift(shop, {"cash": Count(20_200)}, by="1007", clock=clock, ids=ids)
    return shop


def test_a_drawer_that_was_left_alone_is_in_order(closed: ShopDatabase) -> None:
    assert closed.check() == ()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE drawer_move SET fen = fen + 1 WHERE doc = 'sale'", "drawer_sale"),
        ("UPDATE drawer_move SET fen = fen + 1 WHERE doc = 'sale'", "z_sums"),
        ("UPDATE drawer_move SET fen = fen - 1 WHERE doc = 'expense'", "drawer_document"),
        ("UPDATE drawer_move SET fen = fen - 1 WHERE doc = 'float'", "drawer_document"),
        ("UPDATE drawer_move SET doc_id = 'x' WHERE doc = 'sale'", "drawer_document"),
        ("DELETE FROM drawer_move WHERE doc = 'expense'", "z_sums"),
        ("DELETE FROM z_report", "z_missing"),
        ("UPDATE print_job SET receipt = '9' WHERE kind = 'z'", "print_job"),
        ("UPDATE z_report SET number = 7", "z_number"),
        ("INSERT INTO number_gap VALUES (1, 5, 1)", "z_number"),
        ("UPDATE z_report SET data = replace(data, '20200', '20100')", "z_sums"),
    ],
)
def test_the_check_finds(closed: ShopDatabase, raw: Raw, reopen: Opener, deed: str, word: str) -> None:
    closed.close()
    raw(deed)

    assert word in {finding.word for finding in reopen().check()}


def test_two_open_shifts_cannot_be_whoever_writes(shop: ShopDatabase) -> None:
    insert = (
        "INSERT INTO shift (number, shift_id, opened_at, opened_by, business_date, float_fen, closed_at, closing,"
        " opened_us, closed_us, opened_place) VALUES (?, ?, 'x', '1007', '2026-09-28', 0, '', '', 0, 0, 0)"
    )
    shop._writer.execute(insert, (1, "s1"))

    with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
        shop._writer.execute(insert, (2, "s2"))


def test_a_z_that_was_taken_away_before_a_jump_is_missed(closed: ShopDatabase, raw: Raw, reopen: Opener) -> None:
    with closed.writing() as books:
        books.shifts.skip_numbers(first=400_000)
    clock, ids = StillClock(), CountedIds(last=12_000)
    shifts.open_shift(closed, by="1007", clock=clock, ids=ids)
    shifts.close_shift(closed, {}, by="1007", clock=clock, ids=ids)
    assert closed.check() == ()
    closed.close()

    raw("DELETE FROM z_report WHERE number = 1")

    assert "z_number" in {finding.word for finding in reopen().check()}
