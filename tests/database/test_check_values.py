"""The check finds what somebody did to stored value behind storeapp's back."""

from __future__ import annotations

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database.shop import ShopDatabase
from storeapp.domain.money import Money
from storeapp.till.policies import set_policies
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.database.conftest import Opener, Raw
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE


@pytest.fixture
def topped_up(shop: ShopDatabase) -> ShopDatabase:
    """Alice paid 200 in and was given 50."""
    clock, ids = StillClock(), CountedIds(last=9_000)
    set_policies(shop, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=clock)
    with shop.writing() as books:
        books.members.put(ALICE)
    top_up(shop, TopUpOrder(ALICE.member_id, Money(20_000), "cash", "1007"), clock=clock, ids=ids)
    return shop


def test_a_top_up_that_was_left_alone_is_in_order(topped_up: ShopDatabase) -> None:
    assert topped_up.check() == ()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE value_doc SET money_fen = 19999", "value_row"),
        ("UPDATE value_doc SET member_id = 'm'", "value_row"),
        ("UPDATE value_doc SET kind = 'topup_refund'", "value_unjournaled"),
        ("UPDATE drawer_move SET fen = 19999 WHERE doc = 'topup'", "value_drawer"),
        ("DELETE FROM drawer_move WHERE doc = 'topup'", "value_drawer"),
        ("UPDATE drawer_move SET tender = 'card' WHERE doc = 'topup'", "drawer_document"),
        ("UPDATE ledger_txn SET txn_id = 'x' WHERE kind = 'topup'", "value_legs"),
        ("UPDATE lot SET expires_on = '2030-01-01'", "principal_lapses"),
        ("DELETE FROM value_doc", "value_unbooked"),
        ("UPDATE value_doc SET number_in_day = 9", "number"),
    ],
)
def test_the_check_finds(topped_up: ShopDatabase, raw: Raw, reopen: Opener, deed: str, word: str) -> None:
    topped_up.close()
    raw(deed)

    assert word in {finding.word for finding in reopen().check()}


@pytest.mark.parametrize("deed", ["DELETE FROM value_doc", "UPDATE value_doc SET money_fen = money_fen"])
def test_what_was_paid_in_stays_written(topped_up: ShopDatabase, deed: str) -> None:
    with pytest.raises(IntegrityError, match="value_doc is only ever added to"):
        topped_up._writer.execute(deed)
