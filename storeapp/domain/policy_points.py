"""Policy of points: what earns more or less, when they lapse, and how far they may be corrected by hand."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import Rule, is_read, one_of, whole

GIFTS_EXPECTED = "gifts such as 6901234567892 = 500; template FIVE-OFF = 200 (goods, or a coupon = points), or empty"


def _is_rules(value: Any) -> bool:
    from storeapp.domain.points_rules import TEXT_MOST, read_points_rules

    return is_read(value, read_points_rules, most=TEXT_MOST)


def _is_gifts(value: Any) -> bool:
    from storeapp.domain.gift import TEXT_MOST, read_gifts

    return is_read(value, read_gifts, most=TEXT_MOST)


RULES: dict[str, Rule] = {
    "points.rules": Rule(
        "",
        "rules such as tier 金卡=150; weekday 3=200; birthday=200; category 烟酒=0; code 6901234567892=+5; visit 30=+2",
        _is_rules,
    ),
    "points.gifts": Rule("", GIFTS_EXPECTED, _is_gifts),
    "points.lapse": Rule("never", "one of never, days, year_end", one_of("never", "days", "year_end")),
    "points.valid_days": Rule(365, "days from 1 to 3650", whole(1, 3650)),
    "points.grace_days": Rule(7, "days from 0 to 365", whole(0, 365)),
    "points.remind_days": Rule(30, "days from 0 to 365", whole(0, 365)),
    "points.pending_days": Rule(0, "days from 0 to 365", whole(0, 365)),
    "points.adjust_most": Rule(1000, "points from 0 to 1000000", whole(0, 1_000_000)),
}
