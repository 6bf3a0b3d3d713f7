"""A member pays with her own: points, stored value and credit, exactly and never beyond what is hers."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import (
    Leg,
    LotMove,
    Txn,
    bonus_account,
    debt_account,
    owed_account,
    points_account,
    principal_account,
)
from storeapp.domain.member_tender import (
    NeedsMember,
    NotEnoughPoints,
    NotEnoughValue,
    NotGranted,
    OverCredit,
    PointsOverCap,
    TooFewPoints,
)
from storeapp.domain.money import Money, split
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale, from_body
from storeapp.domain.tender import NotTaken, Tender, TenderKind
from storeapp.errors import Refused
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.receipts import receipt_of
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.requests import BadRequest
from storeapp.till.script import sell_one
from tests.fakes.shops import shop_on_disk
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, CUP, TEA
from tests.waiting import PATIENCE_S

HER = ALICE.member_id
POINTS, PRINCIPAL, BONUS = points_account(HER), principal_account(HER), bonus_account(HER)
OWED, DEBT = owed_account(HER), debt_account(HER)
ON = {"stored_value.enabled": True, "on_account.enabled": True, "on_account.most_fen": 6000}


@pytest.fixture
def rich(bare: Shop, clock: StillClock) -> Shop:
    """Alice has 800 points in two lots, 30.00 of principal and 10.00 of bonus, and owes nothing."""
    return furnished(bare, clock)


def furnished(shop: Shop, clock: StillClock) -> Shop:
    with shop.writing() as books:
        books.products.put([TEA, CUP])
        books.members.put(ALICE)
        for n, (points, until) in enumerate(((500, "2026-09-30"), (300, "2026-12-31"))):
            legs = (Leg("exp.points", "pts", -points), Leg(POINTS, "pts", points))
            lots = (LotMove(POINTS, f"p{n}", points, until),)
            books.ledger.post(Txn(f"p{n}", "opening", "2026-09-01T10:00:00+08:00", legs, HER, lots=lots))
        opening = (Leg(PRINCIPAL, "fen", 3000), Leg(BONUS, "fen", 1000), Leg("adjust.opening", "fen", -4000))
        books.ledger.post(Txn("v", "opening", "2026-09-01T10:00:00+08:00", opening, HER))
    set_policies(shop, ON, actor="1001", clock=clock)
    return shop


def order(*tenders: tuple[TenderKind, int], member: str | None = HER) -> Order:
    """A cup for 49.90."""
    paid = tuple(Tender(kind, Money(fen)) for kind, fen in tenders)
    return Order(Basket((Line(CUP),), member_id=member), paid, "1007")


def held(shop: Shop) -> dict[str, int]:
    with shop.reading() as books:
        found = {name: books.ledger.balance(name, "fen") for name in (PRINCIPAL, BONUS, OWED)}
        return found | {name: books.ledger.balance(name, "pts") for name in (POINTS, DEBT)}


def lots(shop: Shop) -> dict[str, tuple[int, str | None]]:
    with shop.reading() as books:
        found = [lot for name in (POINTS, PRINCIPAL, BONUS) for lot in books.ledger.lots_of(name)]
        return {f"{lot.lot_id}/{lot.amount}": (lot.remaining, lot.expires_on) for lot in found}


def test_all_that_is_hers_pays_one_basket(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    paid = order(("points", 600), ("stored_value", 2000), ("on_account", 1000), ("cash", 2000))

    sale = checkout(rich, paid, clock=clock, ids=ids).sale

    assert sale.change == Money(610)
    assert sale.account is not None
    assert (sale.account.principal_fen, sale.account.bonus_fen, sale.account.lent_fen) == (1500, 500, 1000)
    # 49.90 less 6.00 by points and 5.00 by bonus
    assert (sale.points_earned, sale.points_balance) == (38, 800 - 600 + 38)
    assert held(rich) == {PRINCIPAL: 1500, BONUS: 500, OWED: 1000, POINTS: 238, DEBT: 0}
    found = lots(rich)
    assert (found["p0/500"][0], found["p1/300"][0]) == (0, 200)
    assert found[f"{sale.sale_id}/38"][0] == 38
    with rich.reading() as books:
        assert books.ledger.balance("tender.stored_value:1", "fen") == 2000
        assert books.ledger.balance("rev.sales", "fen") == -4990
        entry = json.loads(books.journal.after(0, limit=1000)[-1].body)
    assert from_body(entry) == sale
    assert entry["account"]["before"] == {"points": 800, "principal_fen": 3000, "bonus_fen": 1000, "owed_fen": 0}


@pytest.mark.parametrize(
    ("change", "tenders", "refusal", "facts"),
    [
        ({}, [("points", 801)], NotEnoughPoints, {"asked": 801, "held": 800}),
        ({"points.redeem_percent": 10}, [("points", 500)], PointsOverCap, {"asked_fen": 500, "most_fen": 499}),
        ({"points.redeem_least": 100}, [("points", 99)], TooFewPoints, {"least": 100}),
        ({"points.fen_each": 0}, [("points", 99)], NotTaken, {"kind": "points"}),
        ({}, [("stored_value", 3000), ("stored_value", 1001)], NotEnoughValue, {"asked_fen": 4001, "held_fen": 4000}),
        ({"stored_value.enabled": False}, [("stored_value", 1)], NotTaken, {"kind": "stored_value"}),
        (
            {"on_account.most_fen": 900},
            [("on_account", 901)],
            OverCredit,
            {"asked_fen": 901, "owed_fen": 0, "most_fen": 900},
        ),
        ({"on_account.enabled": False}, [("on_account", 1)], NotTaken, {"kind": "on_account"}),
    ],
)
def test_what_is_not_hers_is_refused_and_nothing_moves(
    rich: Shop,
    clock: StillClock,
    ids: CountedIds,
    change: dict[str, object],
    tenders: list[tuple[TenderKind, int]],
    refusal: type[Refused],
    facts: dict[str, object],
) -> None:
    set_policies(rich, change, actor="1001", clock=clock)
    before = held(rich)

    with pytest.raises(refusal) as refused:
        checkout(rich, order(*tenders, ("cash", 4990 - sum(fen for _, fen in tenders))), clock=clock, ids=ids)

    assert refused.value.facts() == facts
    assert held(rich) == before


@pytest.mark.parametrize("kind", ["points", "stored_value", "on_account"])
def test_a_stranger_has_no_account(rich: Shop, clock: StillClock, ids: CountedIds, kind: TenderKind) -> None:
    with pytest.raises(NeedsMember):
        checkout(rich, order((kind, 100), ("cash", 4890), member=None), clock=clock, ids=ids)


def test_what_lapsed_yesterday_pays_nothing(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    clock.go_on(days=3)

    with pytest.raises(NotEnoughPoints) as refused:
        checkout(rich, order(("points", 301), ("cash", 4689)), clock=clock, ids=ids)

    assert refused.value.held == 300


def test_the_owner_may_let_her_own_earn_too(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(rich, {"points.on_points": True, "points.on_bonus": True}, actor="1001", clock=clock)

    sale = checkout(rich, order(("points", 600), ("stored_value", 4000), ("cash", 390)), clock=clock, ids=ids).sale

    assert sale.points_earned == 49


def test_the_whole_sale_comes_back_into_the_very_lots(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    before, lots_before = held(rich), lots(rich)
    paid = order(("points", 600), ("stored_value", 2000), ("on_account", 1000), ("cash", 1390))
    sale = checkout(rich, paid, clock=clock, ids=ids).sale

    back = refund(rich, RefundOrder(sale.receipt, "script", "不想要了", in_cash=True), clock=clock, ids=ids).refund

    assert {tender.kind: tender.amount.fen for tender in back.tenders} == {
        "points": 600,
        "stored_value": 2000,
        "on_account": 1000,
        "cash": 1390,
    }
    assert held(rich) == before
    found = {name: lot for name, lot in lots(rich).items() if not name.startswith(sale.sale_id)}
    # the first lot had two days left, and is good for a week now
    assert found == lots_before | {"p0/500": (500, "2026-10-05")}


def test_parts_come_to_the_whole_and_every_part_to_its_account(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    before = held(rich)
    basket = Basket((Line(TEA, Quantity(7000), price=Money(333), price_reason="x"),), member_id=HER)
    paid = (Tender("points", Money(401)), Tender("stored_value", Money(1000)), Tender("on_account", Money(930)))
    sale = checkout(rich, Order(basket, paid, "1007"), clock=clock, ids=ids).sale
    given: dict[str, int] = {}

    for _ in range(7):
        was = held(rich)
        ask = RefundOrder(sale.receipt, "script", "坏了", (Asked(1, 1000),))
        back = refund(rich, ask, clock=clock, ids=ids).refund
        now = {tender.kind: tender.amount.fen for tender in back.tenders}
        given = {kind: given.get(kind, 0) + now.get(kind, 0) for kind in ("points", "stored_value", "on_account")}
        value = held(rich)[PRINCIPAL] + held(rich)[BONUS] - was[PRINCIPAL] - was[BONUS]
        assert value == now.get("stored_value", 0)
        assert was[OWED] - held(rich)[OWED] == now.get("on_account", 0)

    assert given == {"points": 401, "stored_value": 1000, "on_account": 930}
    assert held(rich) == before


def test_a_lot_that_lapsed_in_between_is_good_for_a_week_more(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = checkout(rich, order(("points", 500), ("cash", 4490)), clock=clock, ids=ids).sale
    clock.go_on(days=10)

    refund(rich, RefundOrder(sale.receipt, "script", "坏了"), clock=clock, ids=ids)

    assert lots(rich)["p0/500"] == (500, "2026-10-15")


def test_a_debt_she_has_paid_comes_back_as_cash(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = checkout(rich, order(("on_account", 4990)), clock=clock, ids=ids).sale
    legs = (
        *(Leg("tender.cash:1", "fen", 4000), Leg("tender.on_account:1", "fen", -4000)),
        *(Leg(OWED, "fen", -4000), Leg("owed.lent", "fen", 4000)),
    )
    with rich.writing() as books:
        books.ledger.post(Txn("paid", "settlement", clock.now().isoformat(), legs, HER))

    back = refund(rich, RefundOrder(sale.receipt, "script", "坏了"), clock=clock, ids=ids).refund

    assert {tender.kind: tender.amount.fen for tender in back.tenders} == {"on_account": 990, "cash": 4000}
    assert held(rich)[OWED] == 0
    with rich.reading() as books:
        assert [books.ledger.balance(f"tender.{kind}:1", "fen") for kind in ("cash", "on_account")] == [0, 0]


def test_points_she_owes_are_settled_by_what_she_earns(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    with rich.writing() as books:
        legs = (Leg(DEBT, "pts", -40), Leg("exp.points", "pts", 40))
        books.ledger.post(Txn("d", "refund", clock.now().isoformat(), legs, HER))

    sale = checkout(rich, order(("cash", 4990)), clock=clock, ids=ids).sale

    assert (sale.points_earned, sale.points_balance) == (49, 809)
    assert (held(rich)[POINTS], held(rich)[DEBT]) == (809, 0)


def test_the_receipt_tells_what_she_had_and_has(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    paid = order(("points", 600), ("stored_value", 2000), ("on_account", 1000), ("cash", 1390))
    sale = checkout(rich, paid, clock=clock, ids=ids).sale

    with rich.reading() as books:
        rows = dict(receipt_of(books, sale).member)

    assert rows["使用积分"] == "-600"
    assert rows["积分余额"] == "238"
    assert rows["储值"] == "40.00 → 20.00"
    assert rows["其中赠送"] == "10.00 → 5.00"
    assert rows["挂账"] == "0.00 → 10.00"


def test_a_script_names_points_by_their_number(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(rich, {"points.fen_each": 2}, actor="1001", clock=clock)
    asked = {
        "id": "b1",
        "member": "13800000001",
        "lines": [{"code": CUP.code}],
        "points": 300,
        "tenders": [{"kind": "stored_value", "fen": 1000}, {"kind": "cash", "fen": 3390}],
    }

    told = sell_one(rich, asked, clock=clock, ids=ids)

    assert (told["points_earned"], told["points_balance"]) == (41, 541)
    assert told["account"]["points_spent"] == 300
    assert told["account"]["after"] == {"points": 541, "principal_fen": 2250, "bonus_fen": 750, "owed_fen": 0}
    for wrong in (-1, 1.5, True, "300", 10**12):
        with pytest.raises(BadRequest):
            sell_one(rich, {**asked, "id": None, "points": wrong}, clock=clock, ids=ids)


def test_a_till_of_a_cloud_risks_no_more_than_the_owner_says(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    with rich.writing() as books:
        books.put_device(replace(books.device, cloud_url="https://c.example", tenant_id="t"))

    with pytest.raises(NotGranted):
        checkout(rich, order(("points", 1), ("cash", 4989)), clock=clock, ids=ids)
    set_policies(rich, {"account.joined_most_fen": 500}, actor="1001", clock=clock)
    with pytest.raises(NotGranted) as refused:
        checkout(rich, order(("points", 300), ("stored_value", 201), ("cash", 4489)), clock=clock, ids=ids)
    sale = checkout(rich, order(("points", 300), ("stored_value", 200), ("cash", 4490)), clock=clock, ids=ids).sale

    assert refused.value.most_fen == 500
    assert sale.points_balance == 800 - 300 + 46


def test_of_two_who_spend_the_same_value_one_is_refused(tmp_path: Path, clock: StillClock, ids: CountedIds) -> None:
    shop, start = shop_on_disk(tmp_path, clock=clock, ids=ids), threading.Barrier(2)
    furnished(shop, clock)
    sold: list[Sale] = []
    refused: list[Refused] = []

    def spend() -> None:
        start.wait()
        try:
            sold.append(checkout(shop, order(("stored_value", 4000), ("cash", 990)), clock=clock, ids=ids).sale)
        except NotEnoughValue as error:
            refused.append(error)

    threads = [threading.Thread(target=spend) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)

    assert (len(sold), len(refused)) == (1, 1)
    assert held(shop)[PRINCIPAL] + held(shop)[BONUS] == 0
    assert shop.check() == ()
    shop.close()


def test_points_rules_count_for_her_tier_and_what_earns(rich: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(rich, {"points.rules": f"tier 金卡=200; code {CUP.code}=0; visit=+1"}, actor="1001", clock=clock)
    with rich.writing() as books:
        books.members.put(replace(ALICE, tier="金卡"))
    basket = Basket((Line(TEA, Quantity(4000)), Line(CUP, Quantity(1000))), member_id=HER)
    tenders = (Tender("points", Money(400)), Tender("cash", Money(50_000)))

    sale = checkout(rich, Order(basket, tenders, cashier="1007"), clock=clock, ids=ids).sale

    tea, cup = (line.net.fen for line in sale.lines)
    off_tea, _off_cup = split(Money(400), [tea, cup])
    assert sale.points_earned == 2 * (tea - off_tea.fen) // 100 + 1
