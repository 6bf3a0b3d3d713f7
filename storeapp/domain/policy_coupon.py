"""Policy of coupons the shop gives by itself: each names a template, or nothing."""

from __future__ import annotations

from typing import Any

from storeapp.domain.owner_word import is_id
from storeapp.domain.policy_rule import FEN_MOST, Rule, one_of, whole

_NAMED = "the id of a coupon template, or empty"


def _is_template(value: Any) -> bool:
    return value == "" or is_id(value)


RULES: dict[str, Rule] = {
    "coupon.on_join": Rule("", _NAMED, _is_template),
    "coupon.birthday": Rule("", _NAMED, _is_template),
    "coupon.birthday_days": Rule(7, "days from 0 to 60", whole(0, 60)),
    "coupon.winback": Rule("", _NAMED, _is_template),
    "coupon.winback_stage": Rule("cooling", "one of cooling, lost", one_of("cooling", "lost")),
    "coupon.next_visit": Rule("", _NAMED, _is_template),
    "coupon.parked_hours": Rule(24, "hours from 0 to 168", whole(0, 168)),
    "coupon.next_visit_from_fen": Rule(0, "fen, not negative", whole(0, FEN_MOST)),
}
NAME_A_TEMPLATE = frozenset(key for key, rule in RULES.items() if rule.expected == _NAMED)
