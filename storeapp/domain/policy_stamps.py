"""Policy of stamps: what a card brings, from which day on, and what makes a visit count."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import FEN_MOST, Rule, is_read, whole

EXPECTED = "rewards such as 5 = points 50; 10 = coupon 10 over 50 for 30, or 10 = template NAME; empty for no cards"


def _is_goals(value: Any) -> bool:
    from storeapp.domain.stamp import TEXT_MOST, read_goals

    return is_read(value, read_goals, most=TEXT_MOST)


def _is_since(value: Any) -> bool:
    from storeapp.domain.stamp import is_since

    return isinstance(value, str) and is_since(value)


RULES: dict[str, Rule] = {
    "stamps.rules": Rule("", EXPECTED, _is_goals),
    "stamps.since": Rule("", "a day such as 2026-10-01, or empty", _is_since),
    "stamps.least_fen": Rule(1, "fen, not negative", whole(0, FEN_MOST)),
}
