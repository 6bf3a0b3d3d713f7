"""Refunds: whatever comes back in whatever steps, the books end where they would with a pencil."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.ledger import points_account, tender_account
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.quantity import PartOfAPiece, Quantity
from storeapp.domain.refund import Asked, RefundTooMuch, UnknownSaleLine
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, RefundReasonMissing, VoidTooLate, refund
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COUPON, CUP, TEA, a_device, a_sale

APPLES = Product("2101", "苹果", Money(1200), unit="份", weighed=True)
CLOTH = Product("2102", "桌布", Money(900), unit="米")


@pytest.fixture
def counter(bare: Shop) -> Shop:
    return furnished(bare)


def furnished(shop: Shop) -> Shop:
    with shop.writing() as books:
        books.products.put([TEA, CUP])
        books.members.put(ALICE)
    return shop


def sold(shop: Shop, clock: StillClock, ids: CountedIds, *, tea: int = 3, cash: int = 3000, card: int = 3040) -> Sale:
    """Tea at 3.50 and a cup at 49.90, 60.40 in all for three teas."""
    basket = Basket(
        (Line(TEA, Quantity(tea * 1000), price=Money(350), price_reason="x"), Line(CUP)), member_id=ALICE.member_id
    )
    tenders = (Tender("card", Money(card)), Tender("cash", Money(cash)))
    return checkout(shop, Order(basket, tenders, "1007", prints=False), clock=clock, ids=ids).sale


def bring(shop: Shop, sale: Sale, *lines: Asked, clock: StillClock, ids: CountedIds, **more: object) -> int:
    order = RefundOrder(sale.receipt, "script", "不想要了", lines, **more)  # type: ignore[arg-type]  # the tests' own words
    return refund(shop, order, clock=clock, ids=ids).refund.back.fen


def balances(shop: Shop) -> dict[str, int]:
    names = ("rev.sales", tender_account("cash", "1"), tender_account("card", "1"))
    with shop.reading() as books:
        found = {name: books.ledger.balance(name, "fen") for name in names}
        found["pts"] = books.ledger.balance(points_account(ALICE.member_id), "pts")
        found["drawer"] = sum(movement.fen for movement in books.drawer.of_shift(None))
    return found


def test_half_a_bottle_does_not_come_back_and_half_a_kilo_does(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    with counter.writing() as books:
        books.products.put([APPLES, CLOTH])
    basket = Basket((Line(TEA, Quantity(2000)), Line(APPLES, Quantity(2000)), Line(CLOTH, Quantity(2000))))
    order = Order(basket, (Tender("cash", Money(100_00)),), "1007", prints=False)
    sale = checkout(counter, order, clock=clock, ids=ids).sale

    with pytest.raises(PartOfAPiece) as refused:
        bring(counter, sale, Asked(1, 1500), clock=clock, ids=ids)

    assert (refused.value.line, refused.value.quantity) == (1, "1.5")
    assert bring(counter, sale, Asked(1, 1000), Asked(2, 500), Asked(3, 1250), clock=clock, ids=ids) > 0
    bring(counter, sale, clock=clock, ids=ids)


def test_what_was_divided_before_comes_back_as_it_is(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    basket = Basket((Line(TEA, Quantity(1500)),))
    order = Order(basket, (Tender("cash", Money(100_00)),), "1007", prints=False)
    sale = checkout(counter, order, clock=clock, ids=ids).sale

    bring(counter, sale, Asked(1, 1000), clock=clock, ids=ids)

    assert bring(counter, sale, clock=clock, ids=ids) > 0


def test_a_whole_sale_comes_back_and_nothing_is_left(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    back = refund(counter, RefundOrder(sale.receipt, "script", "不想要了"), clock=clock, ids=ids).refund

    assert (back.total, back.back, back.is_last) == (Money(6040), Money(6040), True)
    assert {tender.kind: tender.amount.fen for tender in back.tenders} == {"card": 3040, "cash": 3000}
    assert (back.points, back.points_balance) == (sale.points_earned, 0)
    assert set(balances(counter).values()) == {0}
    assert back.receipt.endswith("-0002")


def test_part_of_a_line_takes_its_part_of_everything(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    first = refund(counter, RefundOrder(sale.receipt, "script", "坏了", (Asked(1, 1000),)), clock=clock, ids=ids).refund

    assert first.total == Money(350)
    assert sum(tender.amount.fen for tender in first.tenders) == 350
    assert {tender.kind for tender in first.tenders} == {"card", "cash"}
    with pytest.raises(RefundTooMuch) as refused:
        bring(counter, sale, Asked(1, 3000), clock=clock, ids=ids)
    assert (refused.value.left, refused.value.asked) == ("2", "3")
    assert bring(counter, sale, clock=clock, ids=ids) == 6040 - 350
    assert set(balances(counter).values()) == {0}


def test_nothing_comes_back_twice(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)
    bring(counter, sale, clock=clock, ids=ids)

    for lines in ((), (Asked(1, 1000),), (Asked(2, 1),)):
        with pytest.raises(Refused):
            bring(counter, sale, *lines, clock=clock, ids=ids)
    assert set(balances(counter).values()) == {0}


def test_the_same_request_is_answered_and_another_one_refused(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = sold(counter, clock, ids)
    order = RefundOrder(sale.receipt, "script", "坏了", (Asked(1, 1000),), request_id="r1", request_hash="a")

    first, again = (refund(counter, order, clock=clock, ids=ids) for _ in range(2))

    assert (again.was_repeated, again.refund) == (True, first.refund)
    with pytest.raises(RequestReused):
        refund(counter, replace(order, request_hash="b"), clock=clock, ids=ids)


def test_what_was_not_sold_cannot_come_back(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    with pytest.raises(UnknownSaleLine):
        bring(counter, sale, Asked(3, 1000), clock=clock, ids=ids)
    with pytest.raises(RefundTooMuch):
        bring(counter, sale, Asked(1, 2000), Asked(1, 2000), clock=clock, ids=ids)
    with pytest.raises(UnknownReceipt):
        refund(counter, RefundOrder("S01-1-20260928-0999", "script", "x"), clock=clock, ids=ids)
    with pytest.raises(RefundReasonMissing):
        refund(counter, RefundOrder(sale.receipt, "script", " "), clock=clock, ids=ids)


def test_a_cashier_needs_somebody_who_may(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    hired(counter, "1001", "1007", clock=clock)
    sale = sold(counter, clock, ids)
    order = RefundOrder(sale.receipt, "1007", "坏了")

    with pytest.raises(NeedsApproval):
        refund(counter, order, clock=clock, ids=ids)
    back = refund(counter, replace(order, approver="1001"), clock=clock, ids=ids).refund

    assert len(back.approvals) == 1


def test_an_old_sale_and_another_way_to_pay_want_rights_of_their_own(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    hired(counter, "1001", "1003", clock=clock)
    sale = sold(counter, clock, ids)
    clock.go_on(days=31)

    back = refund(
        counter, RefundOrder(sale.receipt, "1007", "坏了", in_cash=True, approver="1001"), clock=clock, ids=ids
    ).refund

    assert [(tender.kind, tender.amount.fen) for tender in back.tenders] == [("cash", 6040)]
    assert len(back.approvals) == 3


def test_a_sale_of_the_open_shift_is_voided_and_no_other(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    old = sold(counter, clock, ids)
    clock.go_on(minutes=1)
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    sale = sold(counter, clock, ids)

    with pytest.raises(VoidTooLate):
        bring(counter, old, kind="void", clock=clock, ids=ids)
    with pytest.raises(VoidTooLate):
        bring(counter, sale, Asked(1, 1000), kind="void", clock=clock, ids=ids)
    assert bring(counter, sale, kind="void", clock=clock, ids=ids) == 6040
    assert [row.expected_fen for row in shifts.x_report(counter).tenders] == [0, 0]


def test_a_sale_of_a_closed_shift_comes_back_in_the_open_one(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    shifts.open_shift(counter, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    sale = sold(counter, clock, ids)
    clock.go_on(minutes=1)
    first = shifts.report_of(counter, 1)
    shifts.close_shift(counter, {}, by="script", clock=clock, ids=ids)
    clock.go_on(minutes=1)
    second = shifts.open_shift(counter, by="1007", float_amount=Money(9000), clock=clock, ids=ids)
    clock.go_on(minutes=1)

    back = refund(counter, RefundOrder(sale.receipt, "script", "坏了"), clock=clock, ids=ids).refund

    assert back.shift_id == second.shift_id
    assert shifts.report_of(counter, 1).refunds == first.refunds == 0


def test_a_coupon_comes_back_with_the_whole_sale_only(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    with counter.writing() as books:
        from storeapp.till import coupons

        coupons.issue(
            books,
            replace(COUPON, receipt_token="", valid_until=clock.now().date()),
            at=ALICE.joined_at,
            txn_id=ids.new(),
        )
    basket = Basket((Line(CUP), Line(CUP, note="b")), coupon_codes=(COUPON.code,))
    sale = checkout(
        counter, Order(basket, (Tender("cash", Money(9480)),), "1007", prints=False), clock=clock, ids=ids
    ).sale

    half = bring(counter, sale, Asked(1, 1000), clock=clock, ids=ids)
    with counter.reading() as books:
        between = books.coupons.by_id(COUPON.coupon_id)
    rest = bring(counter, sale, clock=clock, ids=ids)

    assert half + rest == sale.due.fen == 9480
    assert between is not None
    assert between.state == "redeemed"
    with counter.reading() as books:
        after = books.coupons.by_id(COUPON.coupon_id)
    assert after is not None
    assert after.state == "issued"


def test_history_from_elsewhere_comes_back_in_cash(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    past = replace(a_sale(7), token="", token_seq=0, receipt="H-7")
    with counter.writing() as books:
        books.sales.add(past, imported=True)

    assert bring(counter, past, clock=clock, ids=ids) == 350


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_steps_come_to_what_was_paid_to_the_fen(data: st.DataObject) -> None:
    clock, ids = StillClock(), CountedIds()
    shop = furnished(MemoryShop(a_device(), ids=ids))
    with shop.writing() as books:
        books.policy.put(
            "cash.rounding", data.draw(st.sampled_from(["fen", "jiao", "yuan"])), at="2026-01-01T00:00:00+08:00"
        )
    counts = data.draw(st.lists(st.integers(1, 7), min_size=1, max_size=3))
    lines = tuple(
        Line(TEA, Quantity(n * 1000), price=Money(data.draw(st.integers(0, 777))), price_reason="x", note=str(n))
        for n in counts
    )  # fmt: skip
    asked = sum(line.price.fen * line.quantity.milli // 1000 for line in lines if line.price is not None)
    card = data.draw(st.integers(0, asked))
    tenders = tuple(t for t in (Tender("card", Money(card)), Tender("cash", Money(asked + 100))) if t.amount.fen)
    sale = checkout(
        shop, Order(Basket(lines, member_id=ALICE.member_id), tenders, "1007", prints=False), clock=clock, ids=ids
    ).sale
    left, back, points = dict(enumerate(counts, start=1)), 0, 0
    while any(left.values()):
        number = data.draw(st.sampled_from([n for n, count in left.items() if count]))
        count = data.draw(st.integers(1, left[number]))
        done = refund(
            shop, RefundOrder(sale.receipt, "script", "x", (Asked(number, count * 1000),)), clock=clock, ids=ids
        ).refund
        left[number] -= count
        back += done.back.fen
        points += done.points
        assert 0 <= done.back.fen <= done.total.fen

    assert (back, points) == (sale.due.fen, sale.points_earned)
    assert set(balances(shop).values()) == {0}
