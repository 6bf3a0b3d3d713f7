"""Receipts gathered from the books."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.money import Money
from storeapp.domain.receipt import Receipt
from storeapp.domain.receipt_layout import BarcodeRow, layout
from storeapp.domain.referral import code_of, spoken
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_templates import put_templates
from storeapp.till.coupons import look_up
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policies, set_policy
from storeapp.till.receipts import receipt_of, sale_behind
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

OFFER = {"offer.enabled": True, "offer.headline": "下次立减5元", "offer.contact_qr": "https://u.wechat.com/abc"}


def sell(shop: MemoryShop, clock: StillClock, ids: CountedIds, *, member_id: str | None = None) -> Sale:
    order = Order(Basket((Line(TEA),), member_id=member_id), (Tender("cash", Money(1000)),), cashier="1007")
    return checkout(shop, order, clock=clock, ids=ids).sale


def shown(shop: MemoryShop, sale: Sale, *, copy: int = 0) -> Receipt:
    with shop.reading() as books:
        return receipt_of(books, sale, copy=copy)


def test_a_member_sees_her_masked_phone_and_her_points(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    alice = sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids).member_id

    receipt = shown(shop, sell(shop, clock, ids, member_id=alice))

    assert [value for _, value in receipt.member] == ["138****0001", "+3", "3"]


def test_a_member_who_was_erased_is_no_longer_on_the_copy(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    alice = sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids).member_id
    sale = sell(shop, clock, ids, member_id=alice)
    with shop.writing() as books:
        books.members.erase(alice)

    assert shown(shop, sale, copy=1).member == ()


def test_a_copy_shows_the_offer_as_it_was_and_the_shop_as_it_is_called_now(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(shop, OFFER, actor="1001", clock=clock)
    clock.go_on(minutes=1)
    sale = sell(shop, clock, ids)
    clock.go_on(minutes=1)
    set_policies(shop, {"offer.headline": "下次立减8元", "shop.name": "新海棠"}, actor="1001", clock=clock)

    copy = shown(shop, sale, copy=1)

    assert copy.invitation is not None
    assert copy.invitation.headline == "下次立减5元"
    assert copy.title == "新海棠"


def test_a_shop_without_a_page_prints_its_contact_code_and_the_coupon_code(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(shop, OFFER, actor="1001", clock=clock)
    sale = sell(shop, clock, ids)

    invitation = shown(shop, sale).invitation

    assert invitation is not None
    assert invitation.qr == "https://u.wechat.com/abc"
    assert (invitation.code, len(invitation.code)) == (sale.redeem_code, 8)


def test_a_shop_with_a_page_prints_the_way_to_it(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(shop, {**OFFER, "qr.host": "s.example.cn"}, actor="1001", clock=clock)
    sale = sell(shop, clock, ids)

    invitation = shown(shop, sale).invitation

    assert invitation is not None
    assert invitation.qr == f"https://s.example.cn/{sale.token}"


def test_the_receipts_language_is_the_owners_choice(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    set_policy(shop, "receipt.language", "en", actor="1001", clock=clock)

    assert shown(shop, sell(shop, clock, ids)).due.label == "Total"


@pytest.mark.parametrize("code", ["S01-1-20260928-0001", "S01-1-2609280001", "1-2609280001", " 1-2609280001 "])
def test_a_scanned_receipt_finds_its_sale(shop: MemoryShop, clock: StillClock, ids: CountedIds, code: str) -> None:
    sale = sell(shop, clock, ids)

    with shop.reading() as books:
        assert sale_behind(books, code) == sale


def test_a_code_of_no_receipt_is_refused(shop: MemoryShop) -> None:
    with shop.reading() as books, pytest.raises(UnknownReceipt):
        sale_behind(books, "1-2609280001")


def test_her_code_stands_on_the_receipt_by_the_policy_of_that_moment(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    alice = sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids).member_id
    order = Order(Basket((Line(TEA),), member_id=alice), (Tender("cash", Money(300)),), cashier="1007")
    before = checkout(shop, order, clock=clock, ids=ids).sale
    clock.go_on(minutes=1)
    set_policies(shop, {"referral.enabled": True}, clock=clock)
    clock.go_on(minutes=1)
    with_code = checkout(shop, order, clock=clock, ids=ids).sale
    clock.go_on(minutes=1)
    set_policies(shop, {"referral.on_receipt": False}, clock=clock)

    with shop.reading() as books:
        told = [[value for _label, value in receipt_of(books, sale).member] for sale in (before, with_code)]
    assert spoken(code_of(alice)) not in told[0]
    assert spoken(code_of(alice)) in told[1]


def test_the_coupon_for_the_next_visit_is_printed_with_its_code_and_gone_when_it_is_void(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    put_templates(shop, ({"id": "next", "name": "回头券", "amount_fen": 100, "valid_days": 30},), clock=clock)
    set_policies(shop, OFFER | {"coupon.next_visit": "next"}, clock=clock)
    sale = sell(shop, clock, ids)
    with shop.reading() as books:
        [coupon] = books.coupons.by_receipt_token(sale.token)

    promised = shown(shop, sale).next_visit

    assert promised is not None
    assert (promised.name, promised.code) == ("回头券", coupon.code)
    bars = [row.data for row in layout(shown(shop, sale), paper_columns=48) if isinstance(row, BarcodeRow)]
    assert bars[0] == coupon.code
    # the offer of the same receipt is another coupon, and can still be had
    with shop.reading() as books:
        assert look_up(books, sale.redeem_code, member_id=None, ids=ids).is_new
    with shop.writing() as books:
        books.coupons.put(replace(coupon, state="void"))
    assert shown(shop, sale, copy=1).next_visit is None
