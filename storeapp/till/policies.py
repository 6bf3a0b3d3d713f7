"""The owner tunes the shop."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storeapp.domain import policy as rules
from storeapp.domain.policy import Policy
from storeapp.domain.policy_coupon import NAME_A_TEMPLATE
from storeapp.till.approvals import allow
from storeapp.till.ports import Books, Clock, Shop


def policy_in_force(shop: Shop) -> Policy:
    """What holds now."""
    with shop.reading() as books:
        return books.policy.in_force()


def set_policy(shop: Shop, key: str, value: Any, *, clock: Clock, actor: str = "") -> None:
    """`key` is `value` from now on; raises UnknownPolicy, BadPolicy or NeedsApproval and then nothing changed."""
    set_policies(shop, {key: value}, clock=clock, actor=actor)


def set_policies(shop: Shop, values: dict[str, Any], *, clock: Clock, actor: str = "") -> None:
    """Several choices at once, all or none. What is so already is not written again.

    Who is named as `actor` must hold the right; without one it is the owner's own script. Raises UnknownTemplate where
    coupons of a template are to be given that nobody wrote: mistyped, it would never give one, and nobody would know.
    """
    for key, value in values.items():
        rules.checked(key, value)
    at = clock.now().isoformat()
    with shop.writing() as books:
        if actor:
            allow(books, "policy", {"keys": sorted(values)}, by=actor, approval_id=None, at=at)
        before = books.policy.in_force()
        for key, value in values.items():
            if before.get(key) != value:
                for template_id in _named_by(key, value):
                    _check_template(books, template_id)
                books.policy.put(key, value, at=at)
                books.journal.append("policy.changed", {"key": key, "value": value, "at": at, "actor": actor}, at=at)


def _named_by(key: str, value: Any) -> Iterator[str]:
    """The templates of coupons a rule names."""
    if key in NAME_A_TEMPLATE:
        yield from (value,) if value else ()
    elif key == "points.gifts":
        from storeapp.domain.gift import read_gifts

        yield from (gift.template for gift in read_gifts(value) if gift.template)
    elif key == "stamps.rules":
        from storeapp.domain.stamp import read_goals

        yield from (goal.template for goal in read_goals(value) if goal.template)


def _check_template(books: Books, template_id: str) -> None:
    if books.coupon_templates.get(template_id) is None:
        # most shops name none: a start does not load what coupons are
        from storeapp.domain.coupon_template import UnknownTemplate

        raise UnknownTemplate(template_id)
