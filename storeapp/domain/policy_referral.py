"""Policy of referral: what both get, after how long, and how often. Depth is no choice: it is one."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import FEN_MOST, Rule, whole, yes_no
from storeapp.domain.reward import EXPECTED, read_reward


def _is_reward(value: Any) -> bool:
    try:
        return isinstance(value, str) and (read_reward(value) is not None or value == "")
    except ValueError:
        return False


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
