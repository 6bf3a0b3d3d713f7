"""A script that pays by a wallet holds its coupon while it is asked, and longer where nobody knows the answer."""

from __future__ import annotations

from typing import Any

import pytest

from storeapp.domain.coupon_hold import CouponReserved
from storeapp.domain.payment import Take
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused
from storeapp.till import coupon_holds
from storeapp.till.coupon_issue import issue_coupons
from storeapp.till.coupon_templates import put_templates
from storeapp.till.ports import Provider, Shop
from storeapp.till.script import sell_one
from tests.domain.goods import CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import CountedIds, StillClock, StillPace

TEMPLATE = {"id": "tea", "name": "茶券", "amount_fen": 500, "valid_days": 30}
PRICE = TEA.price.fen + CUP.price.fen - 500


class Place:
    """A shop, a coupon, and a wallet that answers as it is told; `held` is who held the coupon while it was asked."""

    def __init__(self, shop: Shop, clock: StillClock, ids: CountedIds, wallet: ScriptedProvider) -> None:
        self.shop, self.clock, self.ids, self.wallet = shop, clock, ids, wallet
        with shop.writing() as books:
            books.products.put([TEA, CUP])
        put_templates(shop, (TEMPLATE,), clock=clock)
        [made] = issue_coupons(shop, ({"template": "tea"},), clock=clock, ids=ids)
        self.code, self.held = made.code, [""]
        wallet.before = lambda _deed: self.held.extend(self.holders())

    def holders(self) -> list[str]:
        with self.shop.reading() as books:
            return [hold.where for hold in books.coupon_holds.every()]

    def sell(self, name: str) -> dict[str, Any]:
        asked = {
            "id": name,
            "lines": [{"code": TEA.code}, {"code": CUP.code}],
            "coupons": [self.code],
            "tenders": [{"kind": "wechat", "fen": PRICE, "code": "130000000000000001"}],
        }
        pace = StillPace(self.clock)
        wallets: dict[TenderKind, Provider] = {"wechat": self.wallet}
        return sell_one(self.shop, asked, clock=self.clock, ids=self.ids, prints=False, providers=wallets, pace=pace)


def place(shop: MemoryShop, clock: StillClock, ids: CountedIds, *, takes: list[Take]) -> Place:
    return Place(shop, clock, ids, ScriptedProvider(takes))


def test_while_the_wallet_is_asked_nobody_else_has_the_coupon(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    here = place(shop, clock, ids, takes=[Take("paid")])

    told = here.sell("one")

    assert [row["fen"] for row in told["coupons"]] == [500]
    assert set(here.held) == {"", "script"}
    assert here.holders() == []


def test_a_wallet_that_says_no_frees_it(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    here = place(shop, clock, ids, takes=[Take("failed", reason="no_money")])

    with pytest.raises(Refused):
        here.sell("one")

    assert set(here.held) == {"", "script"}
    assert here.holders() == []


def test_where_nobody_knows_it_stays_for_the_same_request_and_for_no_other(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    here = place(shop, clock, ids, takes=[UNKNOWN])
    with pytest.raises(Refused):
        here.sell("one")
    clock.go_on(days=1)

    with pytest.raises(CouponReserved):
        here.sell("two")
    assert coupon_holds.sweep(shop, is_paying=False, clock=clock, ids=ids) == 0

    assert here.holders() == ["script"]
