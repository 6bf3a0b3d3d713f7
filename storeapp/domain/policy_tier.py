"""Policy of tiers: what lifts a member, and how long that lasts."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import Rule, is_read, one_of, whole


def _is_tiers(value: Any) -> bool:
    from storeapp.domain.tier import TEXT_MOST, are_rising, read_tiers

    return is_read(value, read_tiers, most=TEXT_MOST) and are_rising(read_tiers(value))


RULES: dict[str, Rule] = {
    "tier.rules": Rule(
        "",
        "tiers from the lowest up, such as 银卡: spend 1000, visits 12; 金卡: spend 5000; 黑卡: topup 10000",
        _is_tiers,
    ),
    "tier.window_days": Rule(365, "days from 1 to 3650", whole(1, 3650)),
    "tier.keep_days": Rule(365, "days from 0 to 3650", whole(0, 3650)),
    "tier.downgrade": Rule("step", "one of step, all, never", one_of("step", "all", "never")),
}
