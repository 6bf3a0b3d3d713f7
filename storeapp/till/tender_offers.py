"""Tender offers: what this basket may be paid with now, and up to how much."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from storeapp.domain.basket import Basket
from storeapp.domain.ledger import bonus_account, owed_account, points_account, principal_account
from storeapp.domain.member_tender import (
    Holdings,
    joined_most,
    most_by_points,
    most_by_value,
    most_on_account,
    points_for,
)
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.domain.tender import TENDER_KINDS, TenderKind
from storeapp.till.ports import Books

BY_HAND: tuple[TenderKind, ...] = ("cash", "card", "code_manual", "coupon")
"""What a cashier sees arrive with her own eyes, and nobody else has to agree to."""


@dataclass(frozen=True, slots=True)
class TenderOffer:
    """One way to pay: at most `most` of what is due. `note` is how many points that would be, else ""."""

    kind: TenderKind
    most: Money
    note: str = ""


def offers(
    books: Books, basket: Basket, priced: PricedBasket, *, providers: Collection[TenderKind], on: date
) -> tuple[TenderOffer, ...]:
    """What the basket may be paid with, in the order kinds are told in; what would pay nothing is left out.

    `providers` are the kinds a payment company takes here; `on` is the business day.
    """
    total, policy = priced.total, books.policy.in_force()
    found = {kind: TenderOffer(kind, total) for kind in (*BY_HAND, *providers)}
    if basket.member_id is not None:
        hers = holdings(books, basket.member_id, on=on)
        granted = min(total, joined_most(policy)) if books.device.is_joined else total
        by_points = min(most_by_points(hers, total, policy), granted)
        found["stored_value"] = TenderOffer("stored_value", min(most_by_value(hers, total, policy), granted))
        found["points"] = TenderOffer("points", by_points, str(points_for(by_points, policy)))
        found["on_account"] = TenderOffer("on_account", min(most_on_account(hers, total, policy), granted))
    return tuple(found[kind] for kind in TENDER_KINDS if kind in found and found[kind].most.fen > 0)


def holdings(books: Books, member_id: str, *, on: date) -> Holdings:
    """What she holds on that day."""
    ledger = books.ledger
    return Holdings(
        member_id,
        on.isoformat(),
        ledger.lots_of(points_account(member_id)),
        ledger.lots_of(principal_account(member_id)),
        ledger.lots_of(bonus_account(member_id)),
        Money(ledger.balance(owed_account(member_id), "fen")),
    )
