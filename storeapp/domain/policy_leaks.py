"""The owner's choices of what the leak radar calls too much, one for each of its thresholds."""

from __future__ import annotations

from dataclasses import dataclass, fields

from storeapp.domain.policy_rule import Rule, whole


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how often on in a day a pattern is worth a look; the owner's policy `leaks.<name>` sets each of them."""

    no_sales: int = 3
    taken_back: int = 3
    cuts_before_cash: int = 3
    soon_minutes: int = 2
    member_sales: int = 8
    member_stores: int = 3
    member_by_cashier: int = 5
    member_share_percent: int = 20
    points_by_hand: int = 3
    wrong_pins: int = 5
    approvals_by_one: int = 10
    approvals_of_pair: int = 5
    looks: int = 30
    looks_a_minute: int = 6
    looks_a_sale: int = 5
    attached_late: int = 3
    counts_again: int = 2
    clock_minutes: int = 5


USUAL = Thresholds()

RULES: dict[str, Rule] = {
    f"leaks.{threshold.name}": Rule(threshold.default, "a whole number from 1 to 1000", whole(1, 1000))
    for threshold in fields(Thresholds)
}
