"""A till that dies at every statement of a deed about a member; run as a process of its own, which forks each life."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card_kind import CardKind
from storeapp.domain.ledger import Leg, LotMove, Txn, points_account
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.till import coupon_holds, expiring, group_orders, group_picking, group_sheets
from storeapp.till.adjusting import Adjustment, adjust
from storeapp.till.baskets import park
from storeapp.till.card_refunds import CardBackOrder
from storeapp.till.card_refunds import pay_back as card_back
from storeapp.till.card_sales import CardOrder
from storeapp.till.card_sales import sell as sell_card
from storeapp.till.cards import cards_of, put_kind
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_gifts import Goodwill, give_by_hand
from storeapp.till.coupon_templates import put_templates
from storeapp.till.debts import DebtOrder, settle_debt
from storeapp.till.exchanges import exchange
from storeapp.till.gifts import GiftOrder, redeem
from storeapp.till.group_orders import Wanted
from storeapp.till.members import SignUp, erase, sign_up
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.shifts import close_shift, open_shift
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.shops import shop_on_disk
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, COUPON, TEA

CARD = CardKind("FIVE", "五次卡", Money(1_000), goods=(TEA.code,), times=5)
CLUB = CardKind("CLUB", "金卡", Money(9_900), form="membership", months=1, tier="金卡")
KEPT, GONE = ALICE.member_id, BOB.member_id
POLICIES = {
    "stored_value.enabled": True,
    "stored_value.rules": "200+50",
    "on_account.enabled": True,
    "points.gifts": f"{TEA.code} = 5",
    "cards.enabled": True,
}
CLOCK = StillClock()
HELD = Basket((Line(TEA, Quantity(20_000)),), member_id=GONE, coupon_codes=(COUPON.code,))
Deed = Callable[[ShopDatabase, CountedIds], object]


def opened(folder: Path) -> ShopDatabase:
    return ShopDatabase.open(folder, clock=CLOCK, ids=_ids(), keystore=FileKeystore(folder / "keys"))


def _ids() -> CountedIds:
    ids = CountedIds()
    # beyond what the base shop has used
    for _ in range(500):
        ids.new()
    return ids


def base(folder: Path) -> str:
    """Two members with points that end, stored value, a coupon and a receipt."""
    ids = CountedIds()
    shop = shop_on_disk(folder, clock=CLOCK, ids=ids)
    with shop.writing() as books:
        books.products.put([TEA])
        for member in (ALICE, BOB):
            books.members.put(member)
        books.coupons.put(replace(COUPON, member_id=GONE))
        lot = LotMove(points_account(GONE), "old", 50, "2026-01-01")
        legs = (Leg("exp.points", "pts", -50), Leg(lot.account, "pts", 50))
        books.ledger.post(Txn("old", "gift", "2025-09-01T10:00:00+08:00", legs, GONE, lots=(lot,)))
    set_policies(shop, POLICIES, clock=CLOCK)
    put_templates(shop, ({"id": "tea", "name": "茶券", "amount_fen": 100, "valid_days": 30},), clock=CLOCK)
    open_shift(shop, by="script", float_amount=Money(10_000), clock=CLOCK, ids=ids)
    top_up(shop, TopUpOrder(GONE, Money(20_000), "cash", "script", prints=False), clock=CLOCK, ids=ids)
    basket = Basket((Line(TEA, Quantity(2000)),), member_id=GONE)
    sale = checkout(
        shop, Order(basket, (Tender("stored_value", Money(600)),), "script", prints=False), clock=CLOCK, ids=ids
    ).sale
    _ordered(shop, ids)
    coupon_holds.reserve_at_counter(shop, HELD, sale_id="", clock=CLOCK, ids=ids)
    owed = Order(Basket((Line(TEA),), member_id=GONE), (Tender("on_account", Money(300)),), "script", prints=False)
    checkout(shop, owed, clock=CLOCK, ids=ids)
    for kind in (CARD, CLUB):
        put_kind(shop, kind, clock=CLOCK)
    sell_card(shop, CardOrder(GONE, "FIVE", "cash", "script", prints=False), clock=CLOCK, ids=ids)
    shop.checkpoint()
    shop.close()
    return sale.receipt


def _ordered(shop: ShopDatabase, ids: CountedIds) -> None:
    """Tea ordered in a group last week waits to be fetched."""
    days = {"deadline": "2026-09-26 20:00", "pickup_from": "2026-09-27 10:00", "pickup_until": "2026-09-30 20:00"}
    goods = [{"code": TEA.code, "price_fen": 250}]
    last_week = StillClock(CLOCK.moment - timedelta(days=5))
    group_sheets.put_sheets(shop, ({"id": "moon", "name": "团", "goods": goods} | days,), clock=last_week)
    group_sheets.turn(shop, "moon", "open", clock=last_week)
    wanted = Wanted("moon", ((TEA.code, 2000),), member_id=KEPT)
    group_orders.take(shop, wanted, by="script", clock=last_week, ids=ids)
    group_sheets.turn(shop, "moon", "arrived", clock=CLOCK)


def _fetch(shop: ShopDatabase, ids: CountedIds) -> object:
    with shop.reading() as books:
        [order] = books.groups.orders("moon")
        basket = group_picking.fill(books, Basket(), order.code, now=CLOCK.now())
    paid = (Tender("cash", Money(500)),)
    return checkout(shop, Order(basket, paid, "script", prints=False), clock=CLOCK, ids=ids)


def deeds(receipt: str) -> dict[str, Deed]:
    paid = TopUpOrder(GONE, Money(20_000), "cash", "script", prints=False)
    back = PayBackOrder(GONE, "customer", "x", "cash", "script", prints=False)
    goods = RefundOrder(receipt, "script", "x", prints=False)
    void = RefundOrder(receipt, "script", "x", kind="void", prints=False)
    other = Order(Basket((Line(TEA, Quantity(3000)),)), (Tender("cash", Money(1_000)),), "script", from_counter=False)
    one = Merge(KEPT, GONE, "x", "script")
    card = CardOrder(GONE, "CLUB", "cash", "script", prints=False)
    used = Order(Basket((Line(TEA, Quantity(3000)),), member_id=GONE), (), "script", prints=False)
    return {
        "void": lambda shop, ids: refund(shop, void, clock=CLOCK, ids=ids),
        "exchange": lambda shop, ids: exchange(shop, goods, other, clock=CLOCK, ids=ids),
        "close_shift": lambda shop, ids: close_shift(shop, {}, by="script", forced=True, clock=CLOCK, ids=ids),
        "settle": lambda shop, ids: settle_debt(shop, DebtOrder(GONE, "cash", "script"), clock=CLOCK, ids=ids),
        "gift": lambda shop, ids: redeem(shop, GiftOrder(GONE, TEA.code, "script"), clock=CLOCK, ids=ids),
        "goodwill": lambda shop, ids: give_by_hand(shop, Goodwill("tea", GONE, "x"), clock=CLOCK, ids=ids),
        "adjust": lambda shop, ids: adjust(shop, Adjustment(GONE, -3, "x", "script"), clock=CLOCK, ids=ids),
        "card": lambda shop, ids: sell_card(shop, card, clock=CLOCK, ids=ids),
        "sign_up": lambda shop, ids: sign_up(shop, SignUp("13700000003"), cashier="script", clock=CLOCK, ids=ids),
        "card_used": lambda shop, ids: checkout(shop, used, clock=CLOCK, ids=ids),
        "card_back": lambda shop, ids: card_back(shop, hers_back(shop), clock=CLOCK, ids=ids),
        "top_up": lambda shop, ids: top_up(shop, paid, clock=CLOCK, ids=ids),
        "pay_back": lambda shop, ids: pay_back(shop, back, clock=CLOCK, ids=ids),
        "refund": lambda shop, ids: refund(shop, goods, clock=CLOCK, ids=ids),
        "merge": lambda shop, ids: merge(shop, one, clock=CLOCK, ids=ids),
        "park": lambda shop, ids: park(shop, HELD, total=Money(0), cashier="1", label="", clock=CLOCK, ids=ids),
        "redeem": lambda shop, ids: checkout(
            shop, Order(HELD, (Tender("cash", Money(50_000)),), "1007", prints=False), clock=CLOCK, ids=ids
        ),
        "expire": lambda shop, _: expiring.expire(shop, clock=CLOCK),
        "fetch": _fetch,
        "erase": lambda shop, _: erase(shop, KEPT, clock=CLOCK),
    }


def hers_back(shop: ShopDatabase) -> CardBackOrder:
    """The card she has, to be paid back."""
    with shop.reading() as books:
        card = cards_of(books, GONE)[0]
    return CardBackOrder(card.card_id, "shop", "x", "cash", "script", prints=False)


def stands(folder: Path) -> str:
    """All that counts in the books, and what the check says; opening them tidies up as a start does."""
    shop = opened(folder)
    with shop.reading() as books:
        balances = {
            prefix: books.ledger.holding(prefix) for prefix in ("pts", "debt", "val", "tender", "liab", "times", "card")
        }
        picks = [pick.receipt for picks in books.groups.picks_of("moon").values() for pick in picks]
        told = [picks, books.journal.head()[0], books.members.count(), books.members.merged(), balances]
        told += [[(held.code, held.holder) for held in books.coupon_holds.every()], books.ledger.holding("coupon")]
        coupons = [[coupon.code for coupon in books.coupons.of_member(who)] for who in (KEPT, GONE)]
    found = [f"{finding.word} {finding.what}" for finding in shop.check()]
    shop.close()
    return json.dumps([told, coupons, found])


def lives(folder: Path, deed: Deed, every: int) -> list[str]:
    """What stood after each death (at each `every`th statement), and at last what stands after the deed finished."""
    found = []
    statement = 1
    while True:
        shutil.rmtree(folder / "life", ignore_errors=True)
        shutil.copytree(folder / "base", folder / "life")
        child = os.fork()
        if not child:
            _live(folder / "life", deed, statement)
        _, status = os.waitpid(child, 0)
        found.append(stands(folder / "life"))
        statement += every
        if not os.WIFSIGNALED(status):
            return found


def _live(folder: Path, deed: Deed, last: int) -> None:
    shop, seen = opened(folder), 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    shop._writer.set_trace_callback(count)
    deed(shop, _ids())
    os._exit(0)


def main(folder: Path, name: str, every: int) -> None:
    receipt = base(folder / "base")
    print(json.dumps([stands(folder / "base"), *lives(folder, deeds(receipt)[name], every)]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
