"""Exchanges: one ticket, one net difference, and books that are exact whatever is brought back later."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, EmptyBasket, Line
from storeapp.domain.ledger import Leg, Txn, points_account, principal_account, tender_account
from storeapp.domain.money import Money, total
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.tender import NotTaken, Tender, TenderShort
from storeapp.till import coupons
from storeapp.till.checkout import Order, checkout
from storeapp.till.exchanges import Exchanged, exchange, preview_exchange
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COLA, COUPON, CUP, TEA, a_device

GOODS = (TEA, COLA, CUP)
KINDS = ("cash", "card", "code_manual", "exchange")


@pytest.fixture
def counter(bare: Shop) -> Shop:
    return furnished(bare)


def furnished(shop: Shop) -> Shop:
    with shop.writing() as books:
        books.products.put(GOODS)
        books.members.put(ALICE)
    return shop


def sold(shop: Shop, clock: StillClock, ids: CountedIds) -> Sale:
    """A cup at 49.90 and two colas at 2.50, thirty by card, the rest in cash."""
    basket = Basket((Line(CUP), Line(COLA, Quantity(2000))), member_id=ALICE.member_id)
    tenders = (Tender("card", Money(3000)), Tender("cash", Money(2490)))
    return checkout(shop, Order(basket, tenders, "1007", prints=False), clock=clock, ids=ids).sale


def swap(
    shop: Shop,
    sale: Sale,
    back: tuple[Asked, ...],
    take: tuple[Product, ...],
    *tenders: Tender,
    clock: StillClock,
    ids: CountedIds,
    **more: object,
) -> Exchanged:
    asked = RefundOrder(sale.receipt, "script", "换货", back, **more)  # type: ignore[arg-type]  # the tests' own words
    wanted = Order(Basket(tuple(map(Line, take))), tenders, "script", from_counter=False)
    return exchange(shop, asked, wanted, clock=clock, ids=ids)


def balances(shop: Shop) -> dict[str, int]:
    with shop.reading() as books:
        found = {kind: books.ledger.balance(tender_account(kind, "1"), "fen") for kind in KINDS}
        found["sold"] = -books.ledger.balance("rev.sales", "fen")
        found["pts"] = books.ledger.balance(points_account(ALICE.member_id), "pts")
        found["drawer"] = sum(movement.fen for movement in books.drawer.of_shift(None))
    return {name: amount for name, amount in found.items() if amount}


def test_dearer_goods_are_paid_for_by_the_difference(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    done = swap(counter, sale, (Asked(2, 2000),), (CUP,), Tender("cash", Money(5000)), clock=clock, ids=ids)

    assert (done.refund.total, done.sale.total, done.net) == (Money(500), Money(4990), Money(4490))
    assert [(tender.kind, tender.amount.fen) for tender in done.sale.tenders] == [("exchange", 500), ("cash", 5000)]
    assert [(tender.kind, tender.amount.fen) for tender in done.refund.tenders] == [("exchange", 500)]
    assert (done.sale.change, done.sale.tenders[0].ref) == (Money(510), done.refund.receipt)
    assert done.refund.exchange_receipt == done.sale.receipt
    paid = sale.total.fen + done.net.fen
    assert balances(counter) == {
        "card": 3000, "cash": paid - 3000, "sold": paid, "drawer": paid, "pts": done.sale.points_balance,
    }  # fmt: skip


def test_of_cheaper_goods_the_rest_goes_back_as_it_was_paid(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    done = swap(counter, sale, (), (TEA,), clock=clock, ids=ids)

    back = {tender.kind: tender.amount.fen for tender in done.refund.tenders}
    assert done.net == Money(done.sale.total.fen - 5490)
    assert (back["exchange"], back["card"] + back["cash"]) == (done.sale.total.fen, -done.net.fen)
    assert abs(back["card"] - 3000 * back["cash"] // 2490) <= 2
    assert total(tender.amount for tender in done.refund.exchanged) == done.sale.total
    assert balances(counter)["sold"] == done.sale.total.fen


def test_even_goods_change_hands_and_no_money_does(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    done = swap(counter, sale, (Asked(1, 1000),), (CUP,), clock=clock, ids=ids)

    assert done.net == Money(0)
    assert {tender.kind for tender in (*done.refund.tenders, *done.sale.tenders)} == {"exchange"}
    assert balances(counter) == {"card": 3000, "cash": 2490, "sold": 5490, "drawer": 5490, "pts": 54}


def test_what_was_taken_in_exchange_goes_back_to_the_first_way_to_pay(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    basket = Basket((Line(CUP), Line(COLA, Quantity(2000))), member_id=ALICE.member_id)
    sale = checkout(counter, Order(basket, (Tender("card", Money(5490)),), "1007"), clock=clock, ids=ids).sale
    first = swap(counter, sale, (Asked(1, 1000),), (CUP,), clock=clock, ids=ids)
    second = swap(counter, first.sale, (), (CUP, TEA), Tender("cash", Money(300)), clock=clock, ids=ids)

    part = refund(counter, RefundOrder(second.sale.receipt, "script", "x", (Asked(2, 1000),)), clock=clock, ids=ids)
    rest = refund(counter, RefundOrder(second.sale.receipt, "script", "x"), clock=clock, ids=ids)

    assert [(tender.kind, tender.amount.fen) for tender in second.refund.exchanged] == [("card", 4990)]
    given: dict[str, int] = {}
    for tender in (*part.refund.tenders, *rest.refund.tenders):
        given[tender.kind] = given.get(tender.kind, 0) + tender.amount.fen
    assert given == {"card": 4990, "cash": 300}
    assert balances(counter) == {"card": 500, "sold": 500, "drawer": 500, "pts": 5}


def test_too_little_money_changes_nothing(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)
    before = balances(counter)

    with pytest.raises(TenderShort) as refused:
        swap(counter, sale, (Asked(2, 2000),), (CUP,), Tender("cash", Money(4000)), clock=clock, ids=ids)
    with pytest.raises(NotTaken):
        swap(counter, sale, (Asked(2, 2000),), (CUP,), Tender("exchange", Money(4490)), clock=clock, ids=ids)
    with pytest.raises(EmptyBasket):
        swap(counter, sale, (Asked(2, 2000),), (), clock=clock, ids=ids)

    assert refused.value.missing_fen == 490
    assert balances(counter) == before


def test_the_same_request_is_answered_with_the_same_ticket(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)
    asked = {"request_id": "x1", "request_hash": "a"}

    first = swap(counter, sale, (Asked(1, 1000),), (CUP,), clock=clock, ids=ids, **asked)
    between = balances(counter)
    again = swap(counter, sale, (Asked(1, 1000),), (CUP,), clock=clock, ids=ids, **asked)

    assert (again.was_repeated, again.refund, again.sale) == (True, first.refund, first.sale)
    assert balances(counter) == between
    with pytest.raises(RequestReused):
        swap(counter, sale, (), (CUP,), clock=clock, ids=ids, request_id="x1", request_hash="b")


def test_a_preview_tells_what_is_to_be_paid(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)
    asked = RefundOrder(sale.receipt, "script", "", (Asked(2, 1000),))

    found = preview_exchange(counter, asked, Order(Basket((Line(TEA),)), (), "script"), clock=clock, ids=ids)

    assert (found.value, found.to_pay) == (Money(250), Money(50))
    assert balances(counter)["sold"] == 5490


def test_the_coupon_of_the_first_sale_counts_for_the_second(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    with counter.writing() as books:
        good = replace(COUPON, receipt_token="", valid_until=clock.now().date())
        coupons.issue(books, good, at=ALICE.joined_at, txn_id=ids.new())
    paid = (Tender("cash", Money(4490)),)
    first = Order(Basket((Line(CUP),), coupon_codes=(COUPON.code,)), paid, "1007", prints=False)
    sale = checkout(counter, first, clock=clock, ids=ids).sale
    back = RefundOrder(sale.receipt, "script", "换颜色")
    take = Order(Basket((Line(CUP, note="蓝"),), coupon_codes=(COUPON.code,)), (), "script", from_counter=False)

    seen = preview_exchange(counter, back, take, clock=clock, ids=ids)
    done = exchange(counter, back, take, clock=clock, ids=ids)

    assert (seen.to_pay, done.net, done.sale.coupon_discount) == (Money(0), Money(0), Money(500))
    with counter.reading() as books:
        coupon = books.coupons.by_id(COUPON.coupon_id)
    assert coupon is not None
    assert coupon.state == "redeemed"


def test_what_she_paid_with_her_own_goes_back_to_her_and_buys_nothing_by_itself(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    with counter.writing() as books:
        legs = (Leg(principal_account(ALICE.member_id), "fen", 3000), Leg("adjust.opening", "fen", -3000))
        books.ledger.post(Txn("v", "opening", ALICE.joined_at, legs, ALICE.member_id))
    set_policies(counter, {"stored_value.enabled": True}, actor="1001", clock=clock)
    basket = Basket((Line(CUP),), member_id=ALICE.member_id)
    tenders = (Tender("stored_value", Money(3000)), Tender("cash", Money(1990)))
    sale = checkout(counter, Order(basket, tenders, "1007"), clock=clock, ids=ids).sale

    done = swap(counter, sale, (), (TEA,), clock=clock, ids=ids)

    back = {tender.kind: tender.amount.fen for tender in done.refund.tenders}
    assert back == {"stored_value": 3000, "cash": 1990 - 300, "exchange": 300}
    with counter.reading() as books:
        assert books.ledger.balance(principal_account(ALICE.member_id), "fen") == 3000
    assert balances(counter) == {"cash": 300, "sold": 300, "drawer": 300, "pts": 3}


def test_one_paper_shows_both_halves_and_adds_up(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = sold(counter, clock, ids)

    done = swap(counter, sale, (Asked(2, 2000),), (CUP,), Tender("cash", Money(5000)), clock=clock, ids=ids)

    with counter.reading() as books:
        papers = [paper_of(books, paper_behind(books, half.receipt)) for half in (done.refund, done.sale)]
        jobs = [books.prints.get(job) for job in done.jobs]
    assert papers[0] == papers[1]
    assert [job.kind for job in jobs if job] == ["drawer", "receipt"]
    paper = papers[0]
    assert [item.name for item in paper.items] == [COLA.name, CUP.name]
    assert (paper.copy_mark, paper.number, paper.due.amount) == ("换货", done.sale.receipt, done.net)
    assert total(row.amount for row in paper.sums) == done.net
    paid = [row.amount for row in paper.payments if not row.strong]
    assert total(paid) - done.sale.change == done.net


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_any_basket_may_be_exchanged_and_exchanged_again(data: st.DataObject) -> None:
    clock, ids = StillClock(), CountedIds()
    shop = furnished(MemoryShop(a_device(), ids=ids))
    with shop.writing() as books:
        step = data.draw(st.sampled_from(["fen", "jiao", "yuan"]))
        books.policy.put("cash.rounding", step, at="2026-01-01T00:00:00+08:00")
        books.policy.put(
            "cash.rounding_scope", data.draw(st.sampled_from(["cash", "all"])), at="2026-01-01T00:00:00+08:00"
        )
    sale = checkout(shop, _any_order(data), clock=clock, ids=ids).sale
    paid = sale.due.fen
    for _ in range(data.draw(st.integers(1, 3))):
        asked = _any_part(data, shop, sale)
        done = exchange(shop, RefundOrder(sale.receipt, "script", "x", asked), _any_order(data), clock=clock, ids=ids)
        assert done.net == done.sale.due - done.refund.back
        paid += done.net.fen
        assert sum(balances(shop).get(kind, 0) for kind in KINDS) == balances(shop).get("drawer", 0) == paid
        assert "exchange" not in balances(shop)
        sale = done.sale
    with shop.reading() as books:
        rest = [each for each in books.sales.every() if _is_open(books.refunds.back(each.sale_id)[0], each)]
    for each in rest:
        paid -= refund(shop, RefundOrder(each.receipt, "script", "x"), clock=clock, ids=ids).refund.back.fen

    assert paid == 0
    assert balances(shop) == {}


def _is_open(back: dict[int, int], sale: Sale) -> bool:
    return any(back.get(line.number, 0) < line.quantity_milli for line in sale.lines)


def _any_order(data: st.DataObject) -> Order:
    goods = data.draw(st.lists(st.sampled_from(GOODS), min_size=1, max_size=3))
    lines = tuple(
        replace(
            Line(one, Quantity(data.draw(st.integers(1, 4)) * 1000), note=str(n)),
            price=Money(data.draw(st.integers(1, 999))),
            price_reason="x",
        )
        for n, one in enumerate(goods)
    )
    return Order(Basket(lines, member_id=ALICE.member_id), (Tender("cash", Money(50_000)),), "1007", from_counter=False)


def _any_part(data: st.DataObject, shop: Shop, sale: Sale) -> tuple[Asked, ...]:
    with shop.reading() as books:
        back, _ = books.refunds.back(sale.sale_id)
    line = data.draw(st.sampled_from(sale.lines))
    left = (line.quantity_milli - back.get(line.number, 0)) // 1000
    return (Asked(line.number, data.draw(st.integers(1, left)) * 1000),)
