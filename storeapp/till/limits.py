"""Limits at the till: which rights a basket calls for, and the approvals spent for it in the sale's transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from storeapp.domain import limits
from storeapp.domain.money import Money, total
from storeapp.domain.priced import PricedBasket
from storeapp.domain.staff import Right
from storeapp.till import approvals
from storeapp.till.ports import Books, Ids


@dataclass(frozen=True, slots=True)
class Need:
    """A right the basket calls for, the action it is for, and how much it is about."""

    right: Right
    payload: Mapping[str, Any]
    amount: Money


def needs(books: Books, priced: PricedBasket, *, basket_id: str) -> tuple[Need, ...]:
    """Everything about this basket that takes a right, whoever holds it."""
    found: list[Need] = []
    given = limits.by_hand(priced)
    if given:
        action, off = limits.action(given, basket_id), total(line.off for line in given)
        if any(line.cut.fen for line in given):
            found.append(Need("discount", action, off))
        if any(line.has_own_price for line in given):
            found.append(Need("change_price", action, off))
        if limits.is_above_limit(given, books.policy.in_force()):
            found.append(Need("big_discount", action, off))
    if priced.below_floor:
        low = tuple(priced.lines[number - 1] for number in priced.below_floor)
        found.append(Need("below_floor", limits.below_floor(low, basket_id), total(line.net for line in low)))
    return tuple(found)


def lacking(
    books: Books, priced: PricedBasket, *, basket_id: str, by: str, given: Mapping[str, str], at: str
) -> tuple[Need, ...]:
    """The rights `by` has not, and for which none of the approvals `given` (right to id) would do now."""
    return tuple(
        need
        for need in needs(books, priced, basket_id=basket_id)
        if not approvals.may(books, by, need.right)
        and not approvals.fits(books, need.right, need.payload, by=by, approval_id=given.get(need.right, ""), at=at)
    )


def spend(
    books: Books, priced: PricedBasket, *, basket_id: str, by: str, given: Mapping[str, str], at: str
) -> tuple[str, ...]:
    """The ids of the approvals this basket has used up; raises NeedsApproval for the first that is missing."""
    used = []
    for need in needs(books, priced, basket_id=basket_id):
        approval_id = given.get(need.right)
        if approvals.allow(books, need.right, need.payload, by=by, approval_id=approval_id, at=at) and approval_id:
            used.append(approval_id)
    return tuple(used)


def spend_named(
    books: Books, priced: PricedBasket, *, basket_id: str, by: str, approver: str, reason: str, at: str, ids: Ids
) -> tuple[str, ...]:
    """The same for a script that names who approves."""
    used = (
        approvals.spend_named(books, need.right, need.payload, by=by, approver=approver, reason=reason, at=at, ids=ids)
        for need in needs(books, priced, basket_id=basket_id)
    )
    return tuple(spent.approval_id for spent in used if spent is not None)
