"""Policy of points: what earns more or less, when they lapse, and how far they may be corrected by hand."""

from __future__ import annotations

from typing import Any

from storeapp.domain import gift
from storeapp.domain.gift import EXPECTED, read_gifts
from storeapp.domain.points_rules import TEXT_MOST, read_points_rules
from storeapp.domain.policy_rule import Rule, one_of, whole


def _is_rules(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= TEXT_MOST and read_points_rules(value) is not None
    except ValueError:
        return False


def _is_gifts(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= gift.TEXT_MOST and read_gifts(value) is not None
    except ValueError:
        return False


RULES: dict[str, Rule] = {
    "points.rules": Rule(
        "",
        "rules such as tier 金卡=150; weekday 3=200; birthday=200; category 烟酒=0; code 6901234567892=+5; visit 30=+2",
        _is_rules,
    ),
    "points.gifts": Rule("", EXPECTED, _is_gifts),
    "points.lapse": Rule("never", "one of never, days, year_end", one_of("never", "days", "year_end")),
    "points.valid_days": Rule(365, "days from 1 to 3650", whole(1, 3650)),
    "points.grace_days": Rule(7, "days from 0 to 365", whole(0, 365)),
    "points.remind_days": Rule(30, "days from 0 to 365", whole(0, 365)),
    "points.pending_days": Rule(0, "days from 0 to 365", whole(0, 365)),
    "points.adjust_most": Rule(1000, "points from 0 to 1000000", whole(0, 1_000_000)),
}
