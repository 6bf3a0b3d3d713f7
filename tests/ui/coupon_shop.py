"""A shop with kinds of coupons, some of them given, used, reserved and taken back."""

from __future__ import annotations

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till.baskets import park
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_gifts import Goodwill, give_by_hand
from storeapp.till.coupon_issue import issue_coupons
from storeapp.till.coupon_templates import end_templates, put_templates
from storeapp.till.coupon_void import void
from tests.ui.scene import ALICE, COLA, CRISPS, MILK
from tests.ui.stage import Stage

TEMPLATES = (
    {
        "id": "five", "name": "满 30 减 5", "amount_fen": 500, "min_spend_fen": 3000, "valid_days": 30,
        "most_per_member": 0, "terms": {"alone": True, "not_on": ["2026-10-01", "2026-10-02"]},
    },
    {
        "id": "drink", "name": "饮料八五折", "amount_fen": 2000, "valid_until": "2026-12-31",
        "terms": {
            "kind": "percent", "percent_off": 15, "scope": {"categories": ["饮料"]}, "when": {"weekdays": [1, 2, 3]},
        },
    },
    {
        "id": "crisps", "name": "送薯片一袋", "valid_days": 7, "starts_after_days": 1,
        "terms": {"kind": "item", "price_fen": 0, "scope": {"codes": [CRISPS.code]}},
    },
    {"id": "old", "name": "开业券", "amount_fen": 300, "valid_days": 3},
)  # fmt: skip


def give_some(on: Stage) -> str:
    """Of the first kind one is out, one redeemed, one reserved and one taken back; answers the redeemed one's code."""
    desk = on.here.desk
    shop, clock, ids = desk.shop, desk.clock, desk.ids
    put_templates(shop, TEMPLATES, clock=clock)
    end_templates(shop, ("old",), clock=clock)
    codes = [one.code for one in issue_coupons(shop, ({"template": "five", "count": 4},), clock=clock, ids=ids)]
    give_by_hand(shop, Goodwill("crisps", ALICE.member_id, "等得太久"), clock=clock, ids=ids)
    basket = Basket((Line(MILK), Line(COLA)), coupon_codes=(codes[0],))
    order = Order(basket, (Tender("cash", Money(10_000)),), "1007", prints=False, from_counter=False)
    checkout(shop, order, clock=clock, ids=ids)
    aside = Basket((Line(MILK),), coupon_codes=(codes[1],))
    park(shop, aside, total=Money(6990), cashier="1007", label="", clock=clock, ids=ids)
    void(shop, codes[2], reason="发错人", clock=clock, ids=ids)
    return codes[0]
