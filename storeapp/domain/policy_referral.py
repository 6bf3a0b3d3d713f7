"""Policy of referral: what both get, after how long, and how often. Depth is no choice: it is one."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import FEN_MOST, Rule, is_read, whole, yes_no

EXPECTED = "points 100, or coupon 10 over 50 for 30 (yuan off, of at least so many yuan, days), or empty"


def _is_reward(value: Any) -> bool:
    from storeapp.domain.reward import TEXT_MOST, read_reward

    return is_read(value, read_reward, most=TEXT_MOST) and (value == "" or read_reward(value) is not None)


RULES: dict[str, Rule] = {
    "referral.enabled": Rule(False, "true or false", yes_no),
    "referral.referrer": Rule("points 100", EXPECTED, _is_reward),
    "referral.newcomer": Rule("points 100", EXPECTED, _is_reward),
    "referral.wait_days": Rule(7, "days from 0 to 365", whole(0, 365)),
    "referral.name_days": Rule(7, "days from 0 to 365", whole(0, 365)),
    "referral.good_days": Rule(90, "days from 1 to 365", whole(1, 365)),
    "referral.least_fen": Rule(1, "fen, not negative", whole(0, FEN_MOST)),
    "referral.monthly_most": Rule(5, "a whole number from 0 to 1000", whole(0, 1000)),
    "referral.on_receipt": Rule(True, "true or false", yes_no),
}
