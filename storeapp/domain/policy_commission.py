"""Policy of commissions: what share staff and those who bring others have, and for how long."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import FEN_MOST, Rule, is_read, whole

EXPECTED = "percents such as all 1; 烟酒 0; 服装 3.5 (at most 50), or empty"


def _is_rates(value: Any) -> bool:
    from storeapp.domain.commission import TEXT_MOST, read_rates

    return is_read(value, read_rates, most=TEXT_MOST)


RULES: dict[str, Rule] = {
    "commission.staff": Rule("", EXPECTED, _is_rates),
    "commission.promoter": Rule("", EXPECTED, _is_rates),
    "commission.promoter_days": Rule(90, "days from 1 to 365", whole(1, 365)),
    "commission.promoter_most_fen": Rule(50_000, "fen, not negative", whole(0, FEN_MOST)),
}
