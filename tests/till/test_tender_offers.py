"""What a basket may be paid with, and up to how much."""

from __future__ import annotations

from datetime import date

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, Txn, bonus_account, owed_account, points_account, principal_account
from storeapp.domain.member_tender import parts_of_value
from storeapp.domain.money import Money
from storeapp.domain.pricing import price
from storeapp.domain.quantity import quantity
from storeapp.domain.tender import TenderKind
from storeapp.till.checkout import TAKEN
from storeapp.till.policies import set_policies
from storeapp.till.tender_offers import offers
from storeapp.ui.pay.offering import offered
from tests.domain.goods import STRANGER, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE

WALLETS: tuple[TenderKind, ...] = ("wechat",)
TODAY = date(2026, 9, 28)
ON = {"stored_value.enabled": True, "on_account.enabled": True, "on_account.most_fen": 900}


def told(shop: MemoryShop, *, member: bool = True) -> dict[str, tuple[int, str]]:
    basket = Basket((Line(TEA, quantity("2")),), member_id=ALICE.member_id if member else None)
    with shop.reading() as books:
        found = offers(books, basket, price(basket, STRANGER), providers=WALLETS, on=TODAY)
    return {offer.kind: (offer.most.fen, offer.note) for offer in found}


@pytest.fixture
def rich(shop: MemoryShop) -> MemoryShop:
    """Alice has 300 points, 200 and 100 fen of stored value, and owes 400."""
    her = ALICE.member_id
    legs = (
        Leg(points_account(her), "pts", 300),
        Leg("exp.points", "pts", -300),
        Leg(principal_account(her), "fen", 200),
        Leg(bonus_account(her), "fen", 100),
        Leg(owed_account(her), "fen", 400),
        Leg("adjust.opening", "fen", -700),
    )
    with shop.writing() as books:
        books.members.put(ALICE)
        books.ledger.post(Txn("t1", "opening", "2026-09-01T10:00:00+08:00", legs, her))
    return shop


def test_a_stranger_pays_by_what_is_in_her_hand(rich: MemoryShop) -> None:
    assert set(told(rich, member=False)) == {"cash", "wechat", "card", "code_manual", "coupon"}


def test_a_member_pays_by_what_is_hers(rich: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    assert told(rich)["points"] == (300, "300")
    assert "stored_value" not in told(rich)

    set_policies(rich, ON, actor="1001", clock=clock)

    assert told(rich)["stored_value"] == (300, "")
    assert told(rich)["on_account"] == (500, "")


def test_points_pay_no_more_than_the_owner_allows(rich: MemoryShop, clock: StillClock) -> None:
    for change, most in (
        ({"points.redeem_percent": 10}, 70),
        ({"points.redeem_most_fen": 50}, 50),
        ({"points.fen_each": 2, "points.redeem_percent": 100, "points.redeem_most_fen": 0}, 600),
    ):
        set_policies(rich, change, actor="1001", clock=clock)
        assert told(rich)["points"][0] == most
    for change in ({"points.redeem_least": 301}, {"points.fen_each": 0}):
        set_policies(rich, change, actor="1001", clock=clock)
        assert "points" not in told(rich)


@pytest.mark.parametrize(
    ("order", "parts"), [("principal_first", (200, 50)), ("bonus_first", (150, 100)), ("pro_rata", (167, 83))]
)
def test_principal_and_bonus_are_spent_in_the_order_the_owner_states(order: str, parts: tuple[int, int]) -> None:
    assert parts_of_value(Money(250), 200, 100, order=order) == parts  # type: ignore[arg-type]  # one of the three


def test_the_sheet_offers_no_way_the_checkout_would_refuse(
    rich: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(rich, ON, actor="1001", clock=clock)
    basket = Basket((Line(TEA, quantity("2")),), member_id=ALICE.member_id)
    with rich.reading() as books:
        shown = offered(books, basket, price(basket, STRANGER), providers={}, on=TODAY)

    assert {"cash", "code_manual", "card"} <= {each.way for each in shown}
    assert {each.way for each in shown} - {"scan"} <= TAKEN
