"""Policy of commissions: what share staff and those who bring others have, and for how long."""

from __future__ import annotations

from typing import Any

from storeapp.domain.commission import EXPECTED, TEXT_MOST, read_rates
from storeapp.domain.policy_rule import FEN_MOST, Rule, whole


def _is_rates(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) <= TEXT_MOST and read_rates(value) is not None
    except ValueError:
        return False


RULES: dict[str, Rule] = {
    "commission.staff": Rule("", EXPECTED, _is_rates),
    "commission.promoter": Rule("", EXPECTED, _is_rates),
    "commission.promoter_days": Rule(90, "days from 1 to 365", whole(1, 365)),
    "commission.promoter_most_fen": Rule(50_000, "fen, not negative", whole(0, FEN_MOST)),
}
