"""Which ways to pay the sheet offers for this basket, always in the same places, with why one of them is shut."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from storeapp.domain.basket import Basket
from storeapp.domain.member_tender import joined_most
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.domain.tender import TenderKind
from storeapp.till.checkout import TAKEN
from storeapp.till.member_account import is_taken
from storeapp.till.paying import Providers
from storeapp.till.ports import Books
from storeapp.till.tender_offers import TenderOffer, holdings, offers
from storeapp.ui.pay.state import Offered, Way

HerWay = Literal["stored_value", "points", "on_account"]
HERS_IN_ORDER: tuple[HerWay, ...] = ("stored_value", "points", "on_account")


def offered(
    books: Books, basket: Basket, priced: PricedBasket, *, providers: Providers, on: date
) -> tuple[Offered, ...]:
    """Every provider behind the one scan, what a cashier sees arrive herself, and what is the member's own.

    A way the checkout would refuse is never offered.
    """
    plain: tuple[Way, ...] = ("cash", "code_manual", "card")
    ways = [Offered(way) for way in plain]
    if providers:
        ways.insert(0, Offered("scan"))
    policy = books.policy.in_force()
    hers = [way for way in HERS_IN_ORDER if way in TAKEN and is_taken(way, policy)]
    if hers:
        found = {offer.kind: offer for offer in offers(books, basket, priced, providers=providers, on=on)}
        ways += [_hers(books, basket, way, found, on=on) for way in hers]
    if "coupon" in TAKEN:
        ways.append(Offered("coupon"))
    return tuple(ways)


def _hers(books: Books, basket: Basket, way: HerWay, found: Mapping[TenderKind, TenderOffer], *, on: date) -> Offered:
    if basket.member_id is None:
        return Offered(way, closed="no_member")
    offer = found.get(way)
    if offer is None:
        is_elsewhere = books.device.is_joined and not joined_most(books.policy.in_force())
        return Offered(way, closed="no_grant" if is_elsewhere else "nothing_there")
    hers = holdings(books, basket.member_id, on=on)
    if way == "stored_value":
        principal, bonus = Money(hers.principal_fen), Money(hers.bonus_fen)
        return Offered(way, offer.most, principal=principal, bonus=bonus)
    if way == "points":
        each = Money(books.policy.in_force().whole("points.fen_each"))
        return Offered(way, offer.most, points=hers.points_good, each=each)
    return Offered(way, offer.most)
