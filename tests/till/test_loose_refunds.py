"""Goods without their sale: no receipt, or one of another till; in cash, at today's price, within the owner's limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.ledger import tender_account
from storeapp.domain.money import Money
from storeapp.domain.product import UnknownCode
from storeapp.domain.quantity import PartOfAPiece, Quantity
from storeapp.domain.refund import NothingToRefund
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.loose_refunds import (
    LooseOrder,
    Named,
    OtherTillClosed,
    ReceiptIsHere,
    RefundAboveToday,
    RefundOverLimit,
    preview_loose,
    refund_loose,
)
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.till.refunds import RefundOrder, RefundReasonUnlisted, refund
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import COLA, CUP, TEA

OTHER = "S01-2-20260927-0031"


@pytest.fixture
def counter(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA, COLA, CUP])
    hired(bare, "1001", "1003", "1007", clock=clock)
    return bare


def order(*goods: Named, **more: object) -> LooseOrder:
    plain = LooseOrder(goods or (Named(TEA.code, Quantity(2000)),), "1003", "faulty")
    return replace(plain, **more)  # type: ignore[arg-type]  # the tests' own words


def test_without_a_receipt_the_lowest_price_of_today_goes_back_in_cash(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    made = refund_loose(counter, order(), clock=clock, ids=ids).refund

    # 3.50 on the shelf, 3.00 for members: nobody gains by leaving the receipt at home
    assert [(tender.kind, tender.amount.fen) for tender in made.tenders] == [("cash", 600)]
    assert (made.sale_id, made.sale_receipt, made.lines[0].amount) == ("", "", Money(600))
    with counter.reading() as books:
        assert books.ledger.balance(tender_account("cash", "1"), "fen") == -600
        assert books.ledger.balance("rev.sales", "fen") == 600
        assert [movement.fen for movement in books.drawer.of_shift(None)] == [-600]


def test_goods_that_cost_members_the_same_come_back_as_well(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    made = refund_loose(counter, order(Named(COLA.code, Quantity(2000))), clock=clock, ids=ids).refund

    assert made.back == Money(500)


def test_half_a_bottle_without_its_sale_does_not_come_back(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    for receipt in ("", OTHER):
        with pytest.raises(PartOfAPiece):
            refund_loose(
                counter, order(Named(TEA.code, Quantity(500), Money(1)), receipt=receipt), clock=clock, ids=ids
            )


def test_a_receipt_of_another_till_is_believed_up_to_todays_shelf(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    paid = Named(TEA.code, Quantity(2000), paid=Money(650))

    made = refund_loose(counter, order(paid, receipt=OTHER), clock=clock, ids=ids).refund

    assert (made.sale_receipt, made.back) == (OTHER, Money(650))
    with pytest.raises(RefundAboveToday) as refused:
        refund_loose(counter, order(replace(paid, paid=Money(701)), receipt=OTHER), clock=clock, ids=ids)
    assert refused.value.most_fen == 700
    with pytest.raises(RefundAboveToday):
        refund_loose(counter, order(replace(paid, paid=Money(601))), clock=clock, ids=ids)


def test_what_the_owner_risks_is_the_most_parts_counted_together(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    most = {"refund.other_till_most_fen": 1000, "refund.without_receipt_most_fen": 500}
    set_policies(counter, most, actor="1001", clock=clock)
    clock.go_on(minutes=1)
    two, one = Named(TEA.code, Quantity(2000)), Named(TEA.code)

    refund_loose(counter, order(two, receipt=OTHER), clock=clock, ids=ids)
    with pytest.raises(RefundOverLimit) as refused:
        refund_loose(counter, order(two, receipt=OTHER), clock=clock, ids=ids)
    refund_loose(counter, order(one, receipt=OTHER), clock=clock, ids=ids)
    with pytest.raises(RefundOverLimit):
        refund_loose(counter, order(two), clock=clock, ids=ids)

    assert (refused.value.most_fen, refused.value.asked_fen) == (1000, 1200)


def test_only_receipts_of_other_tills_of_this_shop_are_taken(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = checkout(
        counter, Order(Basket((Line(TEA),)), (Tender("cash", Money(350)),), "1007"), clock=clock, ids=ids
    ).sale

    with pytest.raises(ReceiptIsHere):
        refund_loose(counter, order(receipt=sale.receipt), clock=clock, ids=ids)
    for wrong in ("S02-1-20260927-0001", "S01-1-20260927-0001", "S01-2-20260929-0001", "S01-2-20261399-0001", "x"):
        with pytest.raises(UnknownReceipt):
            refund_loose(counter, order(receipt=wrong), clock=clock, ids=ids)
    set_policies(counter, {"refund.other_till": False}, actor="1001", clock=clock)
    clock.go_on(minutes=1)
    with pytest.raises(OtherTillClosed):
        refund_loose(counter, order(receipt=OTHER), clock=clock, ids=ids)


def test_each_way_wants_its_right_for_these_very_goods(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    asked = order(cashier="1007")

    plan = preview_loose(counter, asked, clock=clock, ids=ids)
    late = preview_loose(counter, replace(asked, receipt="S01-2-20260801-0001"), clock=clock, ids=ids)

    assert plan.needed == plan.missing == ("refund", "refund_without_receipt")
    assert late.needed == ("refund", "refund_late")
    with pytest.raises(NeedsApproval):
        refund_loose(counter, asked, clock=clock, ids=ids)
    made = refund_loose(counter, replace(asked, approver="1003"), clock=clock, ids=ids).refund
    assert len(made.approvals) == 2


def test_the_same_request_is_answered_once_and_nonsense_never(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    asked = order(request_id="l1", request_hash="a")

    first, again = (refund_loose(counter, asked, clock=clock, ids=ids) for _ in range(2))

    assert (again.was_repeated, again.refund) == (True, first.refund)
    with pytest.raises(UnknownCode):
        refund_loose(counter, order(Named("nothing")), clock=clock, ids=ids)
    with pytest.raises(NothingToRefund):
        refund_loose(counter, replace(order(), goods=()), clock=clock, ids=ids)


def test_the_slip_says_that_there_was_no_receipt(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    made = refund_loose(counter, order(), clock=clock, ids=ids).refund
    other = refund_loose(counter, order(receipt=OTHER), clock=clock, ids=ids).refund

    with counter.reading() as books:
        slips = [paper_of(books, paper_behind(books, each.receipt)) for each in (made, other)]

    assert [slip.details[0] for slip in slips] == [("原小票号", "未出示"), ("原小票号", OTHER)]
    assert ("原因", "商品有问题") in slips[0].details
    assert [(item.count, item.amount.fen) for item in slips[0].items] == [("2", -600)]


def test_where_the_owner_wants_a_listed_reason_no_other_is_taken(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(counter, {"refund.listed_reasons": True}, actor="1001", clock=clock)
    clock.go_on(minutes=1)
    paid = (Tender("cash", Money(350)),)
    sale = checkout(counter, Order(Basket((Line(TEA),)), paid, "1007"), clock=clock, ids=ids).sale

    with pytest.raises(RefundReasonUnlisted):
        refund_loose(counter, order(reason="不想要了"), clock=clock, ids=ids)
    with pytest.raises(RefundReasonUnlisted):
        refund(counter, RefundOrder(sale.receipt, "1003", "不想要了"), clock=clock, ids=ids)

    assert refund(counter, RefundOrder(sale.receipt, "1003", "unwanted"), clock=clock, ids=ids).refund.back.fen == 350
