"""Pricing a full basket under many promotions, against pricing the same basket under none."""

from __future__ import annotations

import gc
import random
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.money import Money
from storeapp.domain.pricing import price
from storeapp.domain.product import Product
from storeapp.domain.promotion import Scope
from storeapp.domain.promotion_data import from_data
from storeapp.domain.quantity import Quantity
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import MemberTerms, Terms

LINES, PROMOTIONS, COUPONS, BASKETS = 60, 200, 20, 400
CATEGORIES = [f"类{n}" for n in range(40)]


def price_figures(_folder: Path) -> list[Figure]:
    """60 lines, 200 live promotions of every kind, 20 coupons that all take something off."""
    chance = random.Random(23)
    products = [_product(chance, n) for n in range(2_000)]
    moment = datetime(2026, 9, 28, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    rules = Rulebook(from_data(_promotion(chance, n)) for n in range(PROMOTIONS))
    coupons = tuple(_coupon(chance, n) for n in range(COUPONS))
    bare = Terms(moment=moment, member=MemberTerms(tier="金卡"))
    full = replace(bare, rules=rules, coupons=coupons)
    # as the open till does: what is loaded stays, and the collector does not look at all of it between two scans
    gc.collect()
    gc.freeze()
    ours: list[float] = []
    floor: list[float] = []
    for _ in range(BASKETS):
        basket = _basket(chance, products)
        ours.append(timed(partial(price, basket, full)))
        floor.append(timed(partial(price, basket, bare)))
    gc.unfreeze()
    middle = median(floor)
    note = f"{p99(ours) / middle:.0f} x the bare basket's {middle:.2f} ms"
    return [Figure("price 60 lines under 200 promotions, p99", p99(ours), "ms", 10.0, middle, note)]


def _product(chance: random.Random, number: int) -> Product:
    fen = chance.randrange(100, 10_000)
    return Product(
        f"{number:05d}",
        f"商品{number}",
        Money(fen),
        category=chance.choice(CATEGORIES),
        brand=f"牌{number % 60}",
        member_price=Money(fen * 9 // 10) if number % 5 == 0 else None,
    )


def _basket(chance: random.Random, products: list[Product]) -> Basket:
    chosen = chance.sample(products, LINES)
    return Basket(tuple(Line(product, Quantity(chance.randrange(1, 5) * 1000)) for product in chosen))


def _promotion(chance: random.Random, number: int) -> dict[str, Any]:
    """One in twenty is for everything, as in a shop; the others are for a category, a brand or some products."""
    scopes: list[Any] = [
        {"categories": chance.sample(CATEGORIES, 2)},
        {"brands": [f"牌{chance.randrange(60)}" for _ in range(3)]},
        {"codes": [f"{chance.randrange(2_000):05d}" for _ in range(20)]},
    ]
    scope = "all" if number % 20 == 0 else scopes[number % 3]
    kinds: list[dict[str, Any]] = [
        {"kind": "percent", "percent_off": 10},
        {"kind": "amount", "off_fen": 50},
        {"kind": "nth_percent", "count": 2, "percent_off": 50},
        {"kind": "buy_get", "count": 2, "free": 1},
        {"kind": "cheapest_free", "count": 4},
        {
            "kind": "spend_off",
            "steps": [{"spend_fen": 10_000, "off_fen": 800}, {"spend_fen": 20_000, "off_fen": 2_000}],
        },
        {"kind": "count_percent", "steps": [{"count": 3, "percent_off": 12}]},
    ]
    said = {"id": f"p{number:03d}", "name": f"促销{number}", **kinds[number % len(kinds)], "scope": scope}
    return said | ({"stacks": True, "priority": number} if number % 10 == 9 else {})


def _coupon(chance: random.Random, number: int) -> Coupon:
    terms = (
        CouponTerms(scope=Scope(categories=frozenset(chance.sample(CATEGORIES, 20)))) if number % 2 else CouponTerms()
    )
    return Coupon(
        f"c{number}", f"C{number:07d}", "o", Money(100), Money(0), date(2026, 9, 1), date(2026, 9, 30), terms=terms
    )
