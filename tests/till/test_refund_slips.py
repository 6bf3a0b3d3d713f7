"""The slip of a refund tells the customer everything that happened, and what may still be had of the sale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import CouponUsed
from storeapp.domain.ledger import Leg, Txn, points_account
from storeapp.domain.money import Money, total
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt_layout import TextRow, layout
from storeapp.domain.receipt_text import columns
from storeapp.domain.refund import Asked, Refund
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import printing
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.quoting import quote
from storeapp.till.refund_slips import paper_behind, paper_of, slip_of_refund
from storeapp.till.refunds import RefundOrder, preview, refund
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, CUP, TEA

OFFER = {"offer.enabled": True, "offer.headline": "下次立减5元"}


@pytest.fixture
def counter(shop: MemoryShop) -> MemoryShop:
    with shop.writing() as books:
        books.products.put([TEA, CUP])
        books.members.put(ALICE)
    return shop


def sold(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> Sale:
    """Three teas at the member's price, a cup five yuan off; paid by card and in cash."""
    lines = (Line(TEA, Quantity(3000)), Line(CUP, discount=Money(500), discount_reason="磕碰"))
    basket = Basket(lines, member_id=ALICE.member_id)
    tenders = (Tender("card", Money(3000)), Tender("cash", Money(2390)))
    return checkout(shop, Order(basket, tenders, "1007", prints=False), clock=clock, ids=ids).sale


def brought(shop: MemoryShop, sale: Sale, *lines: Asked, clock: StillClock, ids: CountedIds) -> Refund:
    return refund(shop, RefundOrder(sale.receipt, "script", "不想要了", lines), clock=clock, ids=ids).refund


def test_the_slip_says_what_came_back_and_the_column_adds_up(
    counter: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    sale = sold(counter, clock, ids)
    made = brought(counter, sale, Asked(1, 1000), Asked(2, 1000), clock=clock, ids=ids)

    with counter.reading() as books:
        slip = slip_of_refund(books, made)

    assert [(item.name, item.count, item.amount.fen) for item in slip.items] == [
        ("康师傅冰红茶500ml", "1 × 3.50", -350),
        ("Cup & Saucer 50%", "1 × 49.90", -4990),
    ]
    assert [(cut.label, cut.amount.fen) for item in slip.items for cut in item.cuts] == [
        ("会员价", 50),
        ("折扣 磕碰", 500),
    ]
    parts = [item.amount for item in slip.items] + [cut.amount for item in slip.items for cut in item.cuts]
    assert -total(parts) == slip.due.amount == total(row.amount for row in slip.payments) == made.back
    assert ("原小票号", sale.receipt) in slip.details
    assert slip.copy_mark == "退款"


def test_the_slip_says_what_became_of_the_points(counter: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)
    made = brought(counter, sale, clock=clock, ids=ids)

    with counter.reading() as books:
        slip = slip_of_refund(books, made)

    assert slip.member == (
        ("会员", "138****0001"),
        ("收回所退商品的积分", f"-{sale.points_earned}"),
        ("积分余额", "0"),
    )


def test_points_she_spent_before_are_told_as_owed(counter: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)
    with counter.writing() as books:
        legs = (Leg(points_account(ALICE.member_id), "pts", -50), Leg("points.spent", "pts", 50))
        books.ledger.post(Txn(ids.new(), "points.spent", clock.now().isoformat(), legs, member_id=ALICE.member_id))

    asked = preview(counter, RefundOrder(sale.receipt, "script", ""), clock=clock)
    made = brought(counter, sale, clock=clock, ids=ids)

    with counter.reading() as books:
        slip = slip_of_refund(books, made)
    left = sale.points_earned - 50
    assert (asked.points, asked.points_owed) == (left, 50)
    assert ("已用掉的积分，今后补回", "-50") in slip.member


def test_a_preview_tells_what_the_refund_does_and_writes_nothing(
    counter: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    hired(counter, "1001", "1007", clock=clock)
    sale = sold(counter, clock, ids)
    clock.go_on(days=31)
    order = RefundOrder(sale.receipt, "1007", "坏了", (Asked(1, 2000),), in_cash=True, approver="1001")
    with counter.reading() as books:
        before = books.journal.head()

    plan = preview(counter, order, clock=clock)

    with counter.reading() as books:
        assert books.journal.head() == before
    made = refund(counter, order, clock=clock, ids=ids).refund
    assert plan.needed == plan.missing == ("refund", "refund_late", "refund_other_tender")
    assert (plan.tenders, plan.total, plan.back) == (made.tenders, made.total, made.back)
    assert (plan.points, plan.points_balance, plan.coupons) == (made.points, made.points_balance, made.coupons)
    rest = replace(order, cashier="1001", lines=())
    assert (preview(counter, rest, clock=clock).needed, preview(counter, rest, clock=clock).missing) == (
        plan.needed,
        (),
    )


def test_a_refund_owes_its_slip_and_the_drawer(counter: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    done = refund(counter, RefundOrder(sale.receipt, "script", "坏了"), clock=clock, ids=ids)
    other = replace(RefundOrder(sale.receipt, "script", "坏了"), prints=False)

    with counter.reading() as books:
        jobs = [books.prints.get(job) for job in done.jobs]
    assert [(job.kind, job.receipt) for job in jobs if job] == [("drawer", ""), ("receipt", done.refund.receipt)]
    again = sold(counter, clock, ids)
    assert refund(counter, replace(other, receipt=again.receipt), clock=clock, ids=ids).jobs == ()


def test_a_slip_is_printed_again_as_a_counted_copy(counter: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    made = brought(counter, sold(counter, clock, ids), clock=clock, ids=ids)

    job = printing.reprint(counter, made.receipt, clock=clock, ids=ids)

    assert (job.kind, job.copy) == ("copy", 1)
    with counter.reading() as books:
        assert paper_of(books, paper_behind(books, made.receipt), copy=1).copy_mark == "退款 · 副本（第1次）"


def test_the_coupon_of_a_sale_that_is_undone_is_good_no_more(
    counter: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(counter, OFFER, actor="1001", clock=clock)
    clock.go_on(minutes=1)
    sale, kept = sold(counter, clock, ids), sold(counter, clock, ids)
    made = brought(counter, sale, clock=clock, ids=ids)
    clock.go_on(days=2)

    with counter.reading() as books:
        slip = slip_of_refund(books, made)

    def asked(code: str) -> int:
        basket = Basket((Line(CUP),), coupon_codes=(code,))
        with counter.reading() as books:
            return quote(books, basket, at=clock.now(), ids=ids).priced.total.fen

    assert ("本小票的优惠券", "已失效") in slip.details
    with pytest.raises(CouponUsed) as refused:
        asked(sale.redeem_code)
    assert refused.value.state == "void"
    assert asked(kept.redeem_code) < 4990


def test_an_approval_that_did_not_fit_a_refund_is_on_record(
    counter: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    hired(counter, "1007", clock=clock)
    sale = sold(counter, clock, ids)
    order = RefundOrder(sale.receipt, "1007", "坏了", approvals=(("refund", "no-such-approval"),))

    with pytest.raises(NeedsApproval):
        refund(counter, order, clock=clock, ids=ids)

    with counter.reading() as books:
        newest = books.journal.after(0, limit=1000)[-1]
    assert newest.type == "approval.refused"


@pytest.mark.parametrize("paper_columns", [32, 48])
def test_no_row_of_a_slip_is_wider_than_the_paper(
    counter: MemoryShop, clock: StillClock, ids: CountedIds, paper_columns: int
) -> None:
    order = RefundOrder(sold(counter, clock, ids).receipt, "script", "顾客说买错了型号" * 8)
    made = refund(counter, order, clock=clock, ids=ids).refund

    with counter.reading() as books:
        rows = layout(slip_of_refund(books, made), paper_columns=paper_columns)

    texts = [row for row in rows if isinstance(row, TextRow)]
    assert all(columns(row.text(paper_columns)) * row.width_factor <= paper_columns for row in texts)
    assert any("顾客说买错了型号" in row.left for row in texts)
