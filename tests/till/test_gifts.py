"""Gifts for points: a piece at a time, once, from what is left, and back by the very lots."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.gift import Gift, GiftBackBefore, GiftGone, GiftUsed, UnknownGift, gift_account, read_gifts
from storeapp.domain.ledger import Txn, points_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotEnoughPoints
from storeapp.domain.money import Money
from storeapp.domain.points import earning_legs
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.sale import RequestReused
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import gift_slips, gifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_templates import CouponGivenBefore, end_templates, put_templates
from storeapp.till.gifts import GiftOrder, bring_back, redeem
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.stock import stock_now
from storeapp.words import words
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, CUP, TEA

ASKED = GiftOrder(ALICE.member_id, CUP.code, "1007")


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    """A shop that gives cups for 500 points, two of them, and Alice with 1200."""
    earned = Txn("earned", "import", clock.now().isoformat(), earning_legs(ALICE.member_id, 1200), ALICE.member_id)
    with bare.writing() as books:
        books.products.put([replace(CUP, stock_milli=2000), TEA])
        books.members.put(ALICE)
        books.ledger.post(earned)
    set_policies(bare, {"points.gifts": f"{CUP.code} = 500; {TEA.code} = 100"}, clock=clock)
    return bare


def has(shop: Shop) -> int:
    with shop.reading() as books:
        return books.ledger.balance(points_account(ALICE.member_id), "pts")


def left(shop: Shop, clock: StillClock) -> list[int]:
    return [stock.left_milli for stock in stock_now(shop, clock=clock) if stock.product.code == CUP.code]


def slips(shop: Shop) -> list[set[str]]:
    with shop.reading() as books:
        jobs = [job for job in books.prints.queued(limit=20) if job.kind == "gift"]
        papers = [gift_slips.slip_of(books, job, width=48, words=words("en")) for job in jobs]
    return [{f"{row.left} {row.right}".strip() for row in rows if isinstance(row, TextRow)} for rows in papers]


def test_a_piece_takes_points_and_stock_and_prints_what_was_and_is(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    done = redeem(shop, ASKED, clock=clock, ids=ids)
    redeem(shop, replace(ASKED, code=TEA.code, prints=False), clock=clock, ids=ids)

    assert (done.name, done.points, done.balance, len(done.jobs)) == (CUP.name, 500, 700, 1)
    assert (has(shop), left(shop, clock)) == (600, [1000])
    [paper] = slips(shop)
    assert {"Gift for points", CUP.name, "Points -500", "Points before 1200", "Points now 700"} <= paper


def test_no_more_goes_out_than_there_is(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    with shop.writing() as books:
        more = Txn("more", "import", clock.now().isoformat(), earning_legs(ALICE.member_id, 5000), ALICE.member_id)
        books.ledger.post(more)
    for _ in range(2):
        redeem(shop, ASKED, clock=clock, ids=ids)

    with pytest.raises(GiftGone):
        redeem(shop, ASKED, clock=clock, ids=ids)

    assert (has(shop), left(shop, clock)) == (5200, [0])
    with shop.reading() as books:
        shown = gifts.offered(books, ALICE.member_id, clock=clock)
    assert {each.gift.code: (each.left, each.is_dear) for each in shown} == {
        CUP.code: (0, False),
        TEA.code: (None, False),
    }


@pytest.mark.parametrize(
    ("change", "refusal"),
    [({"code": "nothing"}, UnknownGift), ({"member_id": "nobody"}, UnknownMember)],
)
def test_what_is_refused_changes_nothing(
    shop: Shop, clock: StillClock, ids: CountedIds, change: dict[str, str], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        redeem(shop, replace(ASKED, **change), clock=clock, ids=ids)  # type: ignore[arg-type]  # the tests' own words

    assert has(shop) == 1200


def test_too_few_points_buy_nothing(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(shop, {"points.gifts": f"{CUP.code} = 1201"}, clock=clock)

    with pytest.raises(NotEnoughPoints):
        redeem(shop, ASKED, clock=clock, ids=ids)


def test_the_same_request_goes_out_once(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    asked = replace(ASKED, request_id="g1")

    first, again = (redeem(shop, asked, clock=clock, ids=ids) for _ in "12")

    assert (first.was_repeated, again.was_repeated, again.gift_id, has(shop)) == (False, True, first.gift_id, 700)
    with pytest.raises(RequestReused):
        redeem(shop, replace(asked, code=TEA.code), clock=clock, ids=ids)


def test_it_comes_back_once_with_its_points_and_onto_the_shelf(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    done = redeem(shop, ASKED, clock=clock, ids=ids)

    back = bring_back(shop, done.gift_id, by="script", clock=clock, ids=ids)

    assert (back.balance, has(shop), left(shop, clock)) == (1200, 1200, [2000])
    assert {"Gift brought back", "Points +500", "Points now 1200"} <= slips(shop)[1]
    for gift_id in (done.gift_id, back.gift_id, "nothing", "earned"):
        with pytest.raises(GiftBackBefore):
            bring_back(shop, gift_id, by="script", clock=clock, ids=ids)
    with shop.reading() as books:
        assert books.ledger.balance(gift_account(CUP.code), "pts") == 0


def test_a_cashier_alone_takes_nothing_back(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    hired(shop, "1007", "1003", clock=clock)
    done = redeem(shop, ASKED, clock=clock, ids=ids)

    with pytest.raises(NeedsApproval):
        bring_back(shop, done.gift_id, by="1007", clock=clock, ids=ids)
    assert has(shop) == 700

    bring_back(shop, done.gift_id, by="1007", approver="1003", clock=clock, ids=ids)
    assert has(shop) == 1200


def test_the_owners_words_are_gifts() -> None:
    assert read_gifts("T01 = 200；C=5;") == (Gift("T01", 200), Gift("C", 5))
    for text in ("T01", "T01 = 0", "T01 = 5; T01 = 6", "a b = 5", "T01 = 1000001"):
        with pytest.raises(ValueError, match=r".+"):
            read_gifts(text)


# a coupon for points

FIVE = {"id": "FIVE-OFF", "name": "减 5 元", "amount_fen": 500, "valid_days": 30, "most_per_member": 1}


@pytest.fixture
def with_coupons(shop: Shop, clock: StillClock) -> Shop:
    """The same shop, which gives five yuan off for 300 points, once to each member."""
    put_templates(shop, (FIVE,), clock=clock)
    set_policies(shop, {"points.gifts": "模板 FIVE-OFF = 300"}, clock=clock)
    return shop


def wallet(shop: Shop) -> list[str]:
    with shop.reading() as books:
        return [coupon.state for coupon in books.coupons.all_of_offer("FIVE-OFF", member_id=ALICE.member_id)]


COUPON = replace(ASKED, code="template:FIVE-OFF")


def test_points_bring_a_coupon_once(with_coupons: Shop, clock: StillClock, ids: CountedIds) -> None:
    done = redeem(with_coupons, replace(COUPON, request_id="r1"), clock=clock, ids=ids)
    again = redeem(with_coupons, replace(COUPON, request_id="r1"), clock=clock, ids=ids)

    assert (done.name, done.points, has(with_coupons), wallet(with_coupons)) == ("减 5 元", 300, 900, ["issued"])
    assert (again.was_repeated, again.coupon) == (True, done.coupon)
    with pytest.raises(CouponGivenBefore):
        redeem(with_coupons, COUPON, clock=clock, ids=ids)
    assert has(with_coupons) == 900


def test_points_come_back_while_the_coupon_has_not_paid(with_coupons: Shop, clock: StillClock, ids: CountedIds) -> None:
    done = redeem(with_coupons, COUPON, clock=clock, ids=ids)

    bring_back(with_coupons, done.gift_id, by="script", clock=clock, ids=ids, prints=False)

    assert (has(with_coupons), wallet(with_coupons)) == (1200, ["void"])


def test_a_coupon_that_has_paid_brings_no_points_back(with_coupons: Shop, clock: StillClock, ids: CountedIds) -> None:
    done = redeem(with_coupons, COUPON, clock=clock, ids=ids)
    with with_coupons.writing() as books:
        coupon = books.coupons.by_code(done.coupon)
        assert coupon is not None
        basket = Basket((Line(CUP, Quantity(2000), price=CUP.price, price_reason="x"),), member_id=ALICE.member_id)
    order = Order(replace(basket, coupon_codes=(coupon.code,)), (Tender("cash", Money(10_000)),), "1007", prints=False)
    checkout(with_coupons, order, clock=clock, ids=ids)

    with pytest.raises(GiftUsed):
        bring_back(with_coupons, done.gift_id, by="script", clock=clock, ids=ids)
    assert wallet(with_coupons) == ["redeemed"]


def test_an_ended_template_is_no_gift(with_coupons: Shop, clock: StillClock, ids: CountedIds) -> None:
    end_templates(with_coupons, ("FIVE-OFF",), clock=clock)

    with with_coupons.reading() as books:
        assert gifts.offered(books, ALICE.member_id, clock=clock) == ()
    with pytest.raises(UnknownGift):
        redeem(with_coupons, COUPON, clock=clock, ids=ids)
    assert has(with_coupons) == 1200
