"""The check lays group orders beside the journal and the receipts; one mutant for each claim."""

from __future__ import annotations

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.group_order import ToldOrder
from tests.database.conftest import Opener, Raw
from tests.fakes.grouping import FETCHING, arrived, filled, opened, ordered, paid
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import CUP, TEA
from tests.till.test_groups_elsewhere import ORDER as THEIRS
from tests.till.test_groups_elsewhere import SHEET


def test_what_this_till_handed_out_of_anothers_order_is_laid_beside_the_receipt_too(
    shop: ShopDatabase, reopen: Opener, raw: Raw
) -> None:
    clock, ids = StillClock(), CountedIds(500)
    with shop.writing() as books:
        books.products.put([TEA, CUP])
        books.groups.elsewhere.put_order(ToldOrder(THEIRS, "another till"))
        books.groups.elsewhere.put_sheet("another till", SHEET)
    clock.moment = FETCHING
    paid(shop, clock, ids, filled(shop, clock, THEIRS.code))
    assert shop.check() == ()
    shop.close()

    raw("UPDATE group_pick SET lines = replace(lines, '2000', '1000')")

    with_mutant = reopen()
    assert {finding.word for finding in with_mutant.check()} == {"group_pick"}
    with_mutant.close()


@pytest.mark.parametrize(
    ("mutant", "word"),
    [
        ("UPDATE group_sheet SET state = 'over'", "group_sheet"),
        ("UPDATE group_sheet SET data = replace(data, '280', '100')", "group_sheet"),
        ("DELETE FROM group_sheet", "group_sheet"),
        ("UPDATE group_order SET lines = replace(lines, '280', '100')", "group_order"),
        ("UPDATE group_order SET member_id = 'somebody'", "group_order"),
        ("UPDATE group_order SET cancelled_at = '2026-09-28T12:00:00+08:00'", "group_order"),
        ("DELETE FROM group_order", "group_order"),
        ("DELETE FROM group_order", "group_pick"),
        ("UPDATE group_pick SET receipt = 'S01-1-20260930-0009'", "group_pick"),
        ("UPDATE group_pick SET lines = replace(lines, '2000', '1000')", "group_pick"),
        ("UPDATE group_pick SET sale_id = 'another'", "group_pick"),
        ("DELETE FROM group_pick", "group_pick"),
        # fetched twice: the second one is no receipt's, and more than was ordered
        ("INSERT INTO group_pick SELECT order_id, n + 1, sale_id, receipt, at, lines FROM group_pick", "group_order"),
    ],
)
def test_what_somebody_did_to_a_group_order_is_found(
    shop: ShopDatabase, reopen: Opener, raw: Raw, mutant: str, word: str
) -> None:
    clock, ids = StillClock(), CountedIds(500)
    with shop.writing() as books:
        books.products.put([TEA, CUP])
    opened(shop, clock)
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    paid(shop, clock, ids, filled(shop, clock, order.code))
    assert shop.check() == ()
    shop.close()

    raw(mutant)

    with_mutant = reopen()
    assert word in {finding.word for finding in with_mutant.check()}
    with_mutant.close()
