"""A coupon taken back is good no more, once and with a reason; and of many who redeem one at a time one succeeds."""

from __future__ import annotations

import json
import threading

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.approval import ApprovalReasonMissing, NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import CouponUsed, UnknownCoupon
from storeapp.domain.ledger import coupon_account
from storeapp.domain.money import Money
from storeapp.domain.staff import Staff
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_issue import issue_coupons
from storeapp.till.coupon_report import CouponRow, coupon_report
from storeapp.till.coupon_templates import put_templates
from storeapp.till.coupon_void import void
from storeapp.till.ports import Shop
from tests.domain.goods import CUP, TEA
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, stock

TEMPLATE = {"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 3}


@pytest.fixture
def stocked(bare: Shop, clock: StillClock) -> Shop:
    stock(bare, (TEA, CUP), (ALICE,))
    put_templates(bare, (TEMPLATE,), clock=clock)
    return bare


def given(shop: Shop, clock: StillClock, ids: CountedIds, count: int = 1) -> list[str]:
    rows = ({"template": "tea", "count": count},)
    return [coupon.code for coupon in issue_coupons(shop, rows, clock=clock, ids=ids)]


def order(code: str) -> Order:
    basket = Basket((Line(TEA), Line(CUP)), coupon_codes=(code,))
    return Order(basket, (Tender("cash", Money(10_000)),), "1007", prints=False)


def test_what_is_taken_back_is_good_no_more(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    [code] = given(stocked, clock, ids)

    gone = void(stocked, code.lower(), reason="发错人", clock=clock, ids=ids)

    with stocked.reading() as books:
        assert books.ledger.balance(coupon_account(gone.coupon_id), "coupon") == 0
        [told] = [json.loads(entry.body) for entry in books.journal.after(0) if entry.type == "coupon.voided"]
    assert (gone.state, told["reason"], told["by"]) == ("void", "发错人", "script")
    for refused in (lambda: void(stocked, code, reason="x", clock=clock, ids=ids), lambda: sell(stocked, clock, code)):
        with pytest.raises(CouponUsed):
            refused()


def sell(shop: Shop, clock: StillClock, code: str) -> None:
    checkout(shop, order(code), clock=clock, ids=CountedIds(900_000))


def test_a_void_needs_a_reason_a_coupon_and_the_right(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    [code] = given(stocked, clock, ids)
    with stocked.writing() as books:
        books.staff.put(Staff("1007", "小李", "cashier"))
        books.staff.put(Staff("1001", "店长", "manager"))

    with pytest.raises(ApprovalReasonMissing):
        void(stocked, code, reason="", clock=clock, ids=ids)
    with pytest.raises(UnknownCoupon):
        void(stocked, "00000000", reason="x", clock=clock, ids=ids)
    with pytest.raises(NeedsApproval):
        void(stocked, code, reason="x", by="1007", clock=clock, ids=ids)
    assert void(stocked, code, reason="x", by="1007", approver="1001", clock=clock, ids=ids).state == "void"


def test_the_report_says_what_became_of_each(stocked: Shop, clock: StillClock, ids: CountedIds) -> None:
    codes = given(stocked, clock, ids, 4)
    sale = checkout(stocked, order(codes[0]), clock=clock, ids=ids).sale
    void(stocked, codes[1], reason="x", clock=clock, ids=ids)

    [row] = coupon_report(stocked, clock=clock)

    assert row == CouponRow("tea", "茶券", 4, 2, 1, 1, 0, 500, sale.total.fen, cost_fen=500)
    clock.go_on(days=3)
    [row] = coupon_report(stocked, clock=clock)
    assert (row.out, row.lapsed) == (0, 2)


def test_of_many_who_redeem_it_at_once_one_does(file_shop: ShopDatabase, clock: StillClock, ids: CountedIds) -> None:
    with file_shop.writing() as books:
        books.products.put([TEA, CUP])
    put_templates(file_shop, (TEMPLATE,), clock=clock)
    [code] = given(file_shop, clock, ids)
    start, ended = threading.Barrier(8), []

    def redeem(n: int) -> None:
        start.wait()
        try:
            checkout(file_shop, order(code), clock=clock, ids=CountedIds(n * 10_000))
        except Refused as error:
            ended.append(error.word)
        else:
            ended.append("sold")

    threads = [threading.Thread(target=redeem, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(ended) == ["coupon_used"] * 7 + ["sold"]
    assert [finding for finding in file_shop.check() if "coupon" in finding.word] == []
