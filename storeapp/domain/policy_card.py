"""Policy of cards: which are sold, how long one is still taken after its last day, and how money is paid back."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import Rule, is_read, one_of, whole, yes_no
from storeapp.domain.prepaid_law import RETURN_DAYS

TEXT_MOST = 40_000
EXPECTED = "card kinds as `storeapp card add` writes them, or empty"


def _is_kinds(value: Any) -> bool:
    from storeapp.domain.card_kind import read_kinds

    return is_read(value, read_kinds, most=TEXT_MOST)


RULES: dict[str, Rule] = {
    # money taken beforehand is a debt the law watches: the owner says so first
    "cards.enabled": Rule(False, "true or false", yes_no),
    "cards.kinds": Rule("", EXPECTED, _is_kinds),
    "cards.grace_days": Rule(7, "days from 0 to 365", whole(0, 365)),
    "cards.remind_days": Rule(14, "days from 0 to 365", whole(0, 365)),
    "cards.return_days": Rule(RETURN_DAYS, "days from 7 to 3650", whole(RETURN_DAYS, 3650)),
    "cards.own_wish": Rule("list", "one of list, share", one_of("list", "share")),
    "cards.membership_part": Rule("days", "one of days, months", one_of("days", "months")),
}
