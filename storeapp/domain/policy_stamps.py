"""Policy of stamps: what a card brings, from which day on, and what makes a visit count."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import FEN_MOST, Rule, whole
from storeapp.domain.stamp import EXPECTED, TEXT_MOST, is_since, read_goals


def _is_goals(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= TEXT_MOST and read_goals(value) is not None
    except ValueError:
        return False


RULES: dict[str, Rule] = {
    "stamps.rules": Rule("", EXPECTED, _is_goals),
    "stamps.since": Rule(
        "", "a day such as 2026-10-01, or empty", lambda value: isinstance(value, str) and is_since(value)
    ),
    "stamps.least_fen": Rule(1, "fen, not negative", whole(0, FEN_MOST)),
}
