"""Vouchers: each number pays once, and comes back whole or, with an approval, in cash."""

from __future__ import annotations

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked, Refund
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender, TenderExceedsDue
from storeapp.domain.voucher import VoucherMissing, VoucherUndivided, VoucherUsed
from storeapp.till.checkout import Order, checkout
from storeapp.till.exchanges import exchange
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import CUP, TEA


@pytest.fixture
def counter(bare: Shop) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA, CUP])
    return bare


def sold(shop: Shop, clock: StillClock, ids: CountedIds, *numbers: str, each: int = 500) -> Sale:
    """Two teas for 10.00, the rest in cash."""
    basket = Basket((Line(TEA, Quantity(2000), price=Money(500), price_reason="x"),))
    paid = [Tender("coupon", Money(each), number) for number in numbers]
    left = 1000 - each * len(numbers)
    tenders = (*paid, Tender("cash", Money(left))) if left > 0 else tuple(paid)
    return checkout(shop, Order(basket, tenders, "1007"), clock=clock, ids=ids).sale


def back(shop: Shop, sale: Sale, *lines: Asked, clock: StillClock, ids: CountedIds, **more: object) -> Refund:
    asked = RefundOrder(sale.receipt, "script", "不想要了", lines, **more)  # type: ignore[arg-type]  # the tests' own
    return refund(shop, asked, clock=clock, ids=ids).refund


def test_a_number_pays_once_however_it_is_typed(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    first = sold(counter, clock, ids, " mt 1234-ab ")

    with pytest.raises(VoucherUsed) as refused:
        sold(counter, clock, ids, "MT1234-AB")

    assert (refused.value.number, refused.value.receipt) == ("MT1234-AB", first.receipt)
    assert first.tenders[0].ref == "MT1234-AB"
    with counter.reading() as books:
        assert books.sales.last() == first


@pytest.mark.parametrize("number", ["", "  ", "x" * 41])
def test_without_a_number_it_is_no_voucher(counter: Shop, clock: StillClock, ids: CountedIds, number: str) -> None:
    with pytest.raises(VoucherMissing):
        sold(counter, clock, ids, number)


def test_the_same_number_twice_in_one_basket_is_refused(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(VoucherUsed):
        sold(counter, clock, ids, "A1", "a 1")


def test_a_voucher_gives_no_change(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(TenderExceedsDue):
        sold(counter, clock, ids, "A1", each=1001)


def test_with_all_that_was_bought_the_vouchers_are_good_again(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = sold(counter, clock, ids, "A1", "A2")

    given = back(counter, sale, clock=clock, ids=ids)

    assert [(tender.kind, tender.amount.fen, tender.ref) for tender in given.tenders] == [
        ("coupon", 500, "A1"),
        ("coupon", 500, "A2"),
    ]
    again = sold(counter, clock, ids, "A1", "A2")
    with counter.reading() as books:
        assert books.vouchers.receipt_of("A2") == again.receipt


def test_a_part_never_comes_back_as_cash_by_itself(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    hired(counter, "1001", "1007", clock=clock)
    sale = sold(counter, clock, ids, "A1")

    with pytest.raises(VoucherUndivided) as refused:
        back(counter, sale, Asked(1, 1000), clock=clock, ids=ids)
    with pytest.raises(NeedsApproval):
        refund(
            counter,
            RefundOrder(sale.receipt, "1007", "坏了", (Asked(1, 1000),), in_cash=True),
            clock=clock,
            ids=ids,
        )
    given = back(counter, sale, Asked(1, 1000), clock=clock, ids=ids, in_cash=True)

    assert refused.value.fen == 500
    assert [(tender.kind, tender.amount.fen) for tender in given.tenders] == [("cash", 500)]
    # some of it was paid out: the number stays taken, and the rest is cash too
    with pytest.raises(VoucherUndivided):
        back(counter, sale, clock=clock, ids=ids)
    back(counter, sale, clock=clock, ids=ids, in_cash=True)
    with pytest.raises(VoucherUsed):
        sold(counter, clock, ids, "A1")


def test_in_exchange_a_voucher_pays_for_other_goods_and_never_for_cash(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = sold(counter, clock, ids, "A1", each=1000)
    other = Order(Basket((Line(TEA, Quantity(2000), price=Money(500), price_reason="y"),)), (), "1007")

    done = exchange(counter, RefundOrder(sale.receipt, "script", "换"), other, clock=clock, ids=ids)

    assert [tender.kind for tender in done.refund.tenders] == ["exchange"]
    with pytest.raises(VoucherUndivided):
        back(counter, done.sale, clock=clock, ids=ids)
    given = back(counter, done.sale, clock=clock, ids=ids, in_cash=True)
    assert [(tender.kind, tender.amount.fen) for tender in given.tenders] == [("cash", 1000)]
    with pytest.raises(VoucherUsed):
        sold(counter, clock, ids, "A1")
