"""Policy of points: what earns more or less than others."""

from __future__ import annotations

from typing import Any

from storeapp.domain.points_rules import TEXT_MOST, read_points_rules
from storeapp.domain.policy_rule import Rule


def _is_rules(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= TEXT_MOST and read_points_rules(value) is not None
    except ValueError:
        return False


RULES: dict[str, Rule] = {
    "points.rules": Rule(
        "",
        "rules such as tier 金卡=150; weekday 3=200; birthday=200; category 烟酒=0; code 6901234567892=+5; visit 30=+2",
        _is_rules,
    ),
}
