"""Which ways to pay the sheet offers for this basket, always in the same places, with why one of them is shut."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from storeapp.domain.basket import Basket
from storeapp.domain.money import Money
from storeapp.domain.pricing import PricedBasket
from storeapp.domain.tender import TenderKind
from storeapp.till.checkout import TAKEN
from storeapp.till.ports import Books, Provider
from storeapp.till.tender_offers import TenderOffer, holdings, offers
from storeapp.ui.pay.state import Offered, Way

Providers = Mapping[TenderKind, Provider]
_HERS: tuple[Way, ...] = ("stored_value", "points", "on_account")


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
    closed = {"on_account": not policy.get("on_account.enabled"), "points": not policy.whole("points.fen_each")}
    hers = [way for way in _HERS if way in TAKEN and not closed.get(way)]
    if hers:
        found = {offer.kind: offer for offer in offers(books, basket, priced, providers=providers, on=on)}
        ways += [_hers(books, basket, way, found, on=on) for way in hers]
    if "coupon" in TAKEN:
        ways.append(Offered("coupon"))
    return tuple(ways)


def _hers(books: Books, basket: Basket, way: Way, found: Mapping[TenderKind, TenderOffer], *, on: date) -> Offered:
    if basket.member_id is None:
        return Offered(way, closed="no_member")
    offer = next((offer for kind, offer in found.items() if kind == way), None)
    if offer is None:
        return Offered(way, closed="nothing_there")
    hers = holdings(books, basket.member_id, on=on)
    if way == "stored_value":
        principal, bonus = Money(hers.principal_fen), Money(hers.bonus_fen)
        return Offered(way, offer.most, principal=principal, bonus=bonus)
    return Offered(way, offer.most, points=hers.points_good if way == "points" else 0)
