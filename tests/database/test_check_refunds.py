"""The check finds what somebody did to the refunds behind storeapp's back."""

from __future__ import annotations

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.coded_top_ups import top_up_by_code
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, Wallets, refund
from storeapp.till.script import sell_one
from storeapp.till.script_pay import Till
from storeapp.till.top_ups import TopUpOrder
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.database.conftest import Opener, Raw
from tests.fakes.scripted_provider import ScriptedProvider
from tests.fakes.still import CountedIds, StillClock, StillPace
from tests.fakes.things import ALICE, TEA


@pytest.fixture
def returned(shop: ShopDatabase) -> ShopDatabase:
    """Three teas sold, one brought back."""
    clock, ids = StillClock(), CountedIds(last=9_000)
    order = Order(Basket((Line(TEA, Quantity(3000)),)), (Tender("cash", Money(1_050)),), "1007", prints=False)
    sale = checkout(shop, order, clock=clock, ids=ids).sale
    refund(shop, RefundOrder(sale.receipt, "script", "坏了", (Asked(1, 1000),)), clock=clock, ids=ids)
    return shop


def test_a_refund_that_was_left_alone_is_in_order(returned: ShopDatabase) -> None:
    assert returned.check() == ()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE refund_line SET quantity_milli = 4000", "refund_beyond"),
        ("UPDATE refund_line SET net_fen = 1051", "refund_beyond"),
        ("UPDATE refund_line SET net_fen = 349", "refund_sums"),
        ("UPDATE refund_tender SET fen = 349", "refund_sums"),
        ("UPDATE refund SET back_fen = 351", "refund_sums"),
        ("UPDATE drawer_move SET fen = -349 WHERE doc = 'refund'", "refund_drawer"),
        ("DELETE FROM drawer_move WHERE doc = 'refund'", "refund_drawer"),
        ("UPDATE ledger_txn SET txn_id = 'x' WHERE kind = 'refund'", "refund_unposted"),
        ("DELETE FROM refund", "refund_unbooked"),
        ("UPDATE account SET name = 'tender.exchange:1' WHERE name = 'tender.cash:1'", "exchange"),
        ("UPDATE refund SET number_in_day = 9", "number"),
    ],
)
def test_the_check_finds(returned: ShopDatabase, raw: Raw, reopen: Opener, deed: str, word: str) -> None:
    returned.close()
    raw(deed)

    assert word in {finding.word for finding in reopen().check()}


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("DELETE FROM attempt WHERE kind = 'refund'", "refund_unsent"),
        ("UPDATE attempt SET fen = fen + 1 WHERE kind = 'refund'", "refund_unsent"),
    ],
)
def test_the_check_finds_what_no_wallet_was_asked_to_give_back(
    shop: ShopDatabase, raw: Raw, reopen: Opener, deed: str, word: str
) -> None:
    clock, ids = StillClock(), CountedIds(last=9_000)
    company = ScriptedProvider([Take("paid", ref="W1")], refunds=[Take("refunded")])
    wallets = Wallets({"wechat": company}, StillPace(clock))
    asked = {
        "id": "b1", "lines": [{"code": TEA.code}],
        "tenders": [{"kind": "wechat", "fen": TEA.price.fen, "code": "130000000000000001"}],
    }  # fmt: skip
    with shop.writing() as books:
        books.products.put([TEA])
    told = sell_one(shop, asked, clock=clock, ids=ids, providers=wallets.providers, pace=wallets.pace)
    refund(shop, RefundOrder(told["receipt"], "script", "坏了"), clock=clock, ids=ids, wallets=wallets)
    assert shop.check() == ()
    shop.close()

    raw(deed)

    assert word in {finding.word for finding in reopen().check()}


@pytest.mark.parametrize(
    "deed", ["DELETE FROM attempt WHERE kind = 'refund'", "UPDATE attempt SET fen = fen + 1 WHERE kind = 'refund'"]
)
def test_the_check_finds_stored_value_no_wallet_was_asked_to_give_back(
    shop: ShopDatabase, raw: Raw, reopen: Opener, deed: str
) -> None:
    clock, ids = StillClock(), CountedIds(last=9_000)
    company = ScriptedProvider([Take("paid", ref="W1")], refunds=[Take("refunded")])
    till = Till(shop, {"wechat": company}, clock, ids, StillPace(clock))
    with shop.writing() as books:
        books.members.put(ALICE)
    set_policies(shop, {"stored_value.enabled": True}, clock=clock)
    top_up_by_code(till, TopUpOrder(ALICE.member_id, Money(5_000), "wechat", "script"), "130000000000000001")
    order = PayBackOrder(ALICE.member_id, "within_days", "改主意了", "wechat", "script")
    pay_back(shop, order, clock=clock, ids=ids, wallets=Wallets(till.providers, till.pace))
    assert shop.check() == ()
    shop.close()

    raw(deed)

    assert "refund_unsent" in {finding.word for finding in reopen().check()}
