"""Paying stored value back: after spending, after goods came back, once, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval, SelfApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.tender import NotTaken, Tender
from storeapp.domain.value_refund import CAUSES, NothingToPayBack, PayBackReasonMissing
from storeapp.errors import Refused
from storeapp.till.checkout import Order, checkout
from storeapp.till.deposits import deposits
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.staff import put_staff
from storeapp.till.top_ups import TopUpOrder, held, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back, planned
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, CUP, TEA

HER = ALICE.member_id
ON = {"stored_value.enabled": True, "stored_value.rules": "200+50", "points.per_yuan": 0}
ORDER = PayBackOrder(HER, "customer", "搬家了", "cash", "script", prints=False)


@pytest.fixture
def counter(bare: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    """Alice paid 200 in and was given 50."""
    with bare.writing() as books:
        books.members.put(ALICE)
        books.products.put([TEA, CUP])
    set_policies(bare, ON, clock=clock)
    top_up(bare, TopUpOrder(HER, Money(20_000), "cash", "1007"), clock=clock, ids=ids)
    return bare


def spend(shop: Shop, clock: StillClock, ids: CountedIds, *, teas: int, price: int | None = None) -> Sale:
    """Teas for her, paid with stored value; 3.50 on the shelf."""
    line = Line(TEA, Quantity(teas * 1000), price=Money(price or 350), price_reason="x")
    asked = Money((price or 350) * teas)
    order = Order(Basket((line,), member_id=HER), (Tender("stored_value", asked),), "1007", prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale


def would(shop: Shop, clock: StillClock) -> list[int]:
    with shop.reading() as books:
        return [planned(books, HER, cause, on=clock.now().date()).money.fen for cause in CAUSES if cause]


def left(shop: Shop) -> tuple[int, int]:
    with shop.reading() as books:
        principal, bonus = held(books, HER)
    return principal.fen, bonus.fen


def test_before_anything_was_had_all_she_paid_comes_back(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    assert would(counter, clock) == [20_000, 20_000, 20_000]

    done = pay_back(counter, ORDER, clock=clock, ids=ids)

    assert (done.doc.money_fen, done.doc.principal_fen, done.doc.bonus_fen) == (20_000, 20_000, 5_000)
    assert (done.doc.before, done.doc.after, done.doc.number) == (Money(25_000), Money(0), "S01-1-20260928-0002")
    assert left(counter) == (0, 0)
    with counter.reading() as books:
        assert sum(movement.fen for movement in books.drawer.of_shift(None)) == 0
        balances = [books.ledger.balance(name, "fen") for name in ("liab.principal", "rev.top_ups", "exp.bonus")]
        assert balances == [0, 0, 0]
    with pytest.raises(NothingToPayBack):
        pay_back(counter, ORDER, clock=clock, ids=ids)


def test_what_she_had_of_it_counts_by_the_cause(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    # 100 yuan of teas, half of them at 3.50 as on the shelf, the rest at 2.00: 50 yuan less than the shelf says
    spend(counter, clock, ids, teas=20, price=350)
    spend(counter, clock, ids, teas=15, price=200)
    with counter.reading() as books:
        [hers] = deposits(books, HER)

    assert (hers.spent_fen, hers.list_fen, hers.principal_left, hers.bonus_left) == (10_000, 12_250, 12_000, 3_000)
    clock.go_on(days=8)
    assert would(counter, clock) == [0, 20_000 - 12_250, 12_000]
    done = pay_back(counter, replace(ORDER, cause="shop"), clock=clock, ids=ids)
    assert (done.doc.money_fen, done.doc.principal_fen, done.doc.bonus_fen) == (12_000, 12_000, 3_000)
    assert left(counter) == (0, 0)


def test_goods_brought_back_were_not_had(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = spend(counter, clock, ids, teas=20, price=200)
    refund(counter, RefundOrder(sale.receipt, "script", "坏了", (Asked(1, 10_000),)), clock=clock, ids=ids)
    with counter.reading() as books:
        [hers] = deposits(books, HER)

    assert (hers.spent_fen, hers.list_fen) == (2_000, 3_500)


def test_goods_brought_back_after_paying_back_are_paid_back_too(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = spend(counter, clock, ids, teas=20)
    pay_back(counter, ORDER, clock=clock, ids=ids)
    refund(counter, RefundOrder(sale.receipt, "script", "坏了"), clock=clock, ids=ids)
    principal, _ = left(counter)

    done = pay_back(counter, ORDER, clock=clock, ids=ids)

    assert done.doc.money_fen == principal == 5_600
    assert left(counter) == (0, 0)


def test_within_the_days_of_return_only_what_was_just_paid_in_comes_back(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    clock.go_on(days=30)
    card = top_up(counter, TopUpOrder(HER, Money(10_000), "card", "1007"), clock=clock, ids=ids).doc

    done = pay_back(counter, replace(ORDER, cause="within_days", tender="card"), clock=clock, ids=ids)

    assert (done.doc.money_fen, done.doc.of) == (10_000, (card.number,))
    assert left(counter) == (20_000, 5_000)


def test_one_top_up_is_named_by_its_number(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    second = top_up(counter, TopUpOrder(HER, Money(20_000), "cash", "1007"), clock=clock, ids=ids).doc

    pay_back(counter, replace(ORDER, only=(second.number,)), clock=clock, ids=ids)

    assert left(counter) == (20_000, 5_000)
    with pytest.raises(UnknownReceipt):
        pay_back(counter, replace(ORDER, only=("S01-1-20260928-9999",)), clock=clock, ids=ids)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"reason": " "}, PayBackReasonMissing),
        ({"reason": "a\nb"}, PayBackReasonMissing),
        ({"tender": "points"}, NotTaken),
        ({"member_id": "nobody"}, UnknownMember),
    ],
)
def test_what_is_refused_pays_nothing(
    counter: Shop, clock: StillClock, ids: CountedIds, change: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        pay_back(counter, replace(ORDER, **change), clock=clock, ids=ids)  # type: ignore[arg-type]  # the tests' own words

    assert left(counter) == (20_000, 5_000)


def test_the_same_request_pays_once(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = replace(ORDER, request_id="r1", request_hash="a")

    first, again = (pay_back(counter, order, clock=clock, ids=ids) for _ in "12")

    assert (first.doc, again.was_repeated) == (again.doc, True)
    with pytest.raises(RequestReused):
        pay_back(counter, replace(order, request_hash="b"), clock=clock, ids=ids)


def test_a_cashier_asks_and_another_way_than_she_paid_is_one_right_more(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    for code, role in (("1007", "cashier"), ("1003", "manager")):
        put_staff(counter, code=code, name=code, role=role, pin="246810", clock=clock)  # type: ignore[arg-type]  # roles
    set_policies(counter, {"rights.manager": "-refund_other_tender"}, clock=clock)
    order = replace(ORDER, cashier="1007")

    with pytest.raises(NeedsApproval) as refused:
        pay_back(counter, order, clock=clock, ids=ids)
    assert refused.value.right == "stored_value_refund"
    with pytest.raises(NeedsApproval) as refused:
        pay_back(counter, replace(order, cashier="1003", tender="card"), clock=clock, ids=ids)
    assert refused.value.right == "refund_other_tender"
    with pytest.raises(SelfApproval):
        pay_back(counter, replace(order, approver="1007"), clock=clock, ids=ids)
    assert len(pay_back(counter, replace(order, approver="1003"), clock=clock, ids=ids).doc.approvals) == 1
