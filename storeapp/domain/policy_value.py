"""Policy of stored value: what the owner may tune about top-ups, and never beyond the law."""

from __future__ import annotations

from typing import Any

from storeapp.domain.policy_rule import Rule, is_read, text, whole, yes_no
from storeapp.domain.prepaid_law import NAMED_MOST_FEN, RETURN_DAYS


def _is_steps(value: Any) -> bool:
    from storeapp.domain.top_up import read_steps

    return is_read(value, read_steps, most=200)


def _is_monthly(value: Any) -> bool:
    from storeapp.domain.monthly_gift import read_monthly
    from storeapp.domain.top_up import NAMED_MOST

    return is_read(value, lambda said: read_monthly(said, most=NAMED_MOST), most=200)


RULES: dict[str, Rule] = {
    "stored_value.rules": Rule("", "rising steps such as 200+50,500+150 (yuan paid + yuan given), or empty", _is_steps),
    "stored_value.monthly": Rule(
        "", "rising steps such as 1000+50x6 (yuan paid + yuan a month x months), or empty", _is_monthly
    ),
    "stored_value.free_amount": Rule(True, "true or false", yes_no),
    "stored_value.least_fen": Rule(100, "fen from 1 to 500000", whole(1, NAMED_MOST_FEN)),
    "stored_value.most_fen": Rule(NAMED_MOST_FEN, "fen from 1 to 500000", whole(1, NAMED_MOST_FEN)),
    "stored_value.bonus_days": Rule(0, "days from 0 to 3650; 0 never lapses", whole(0, 3650)),
    "stored_value.transfer_gift": Rule(True, "true or false", yes_no),
    "stored_value.return_days": Rule(RETURN_DAYS, "days from 7 to 3650", whole(RETURN_DAYS, 3650)),
    "stored_value.custody_percent": Rule(20, "percent from 0 to 100", whole(0, 100)),
    "stored_value.custody_fen": Rule(0, "fen from 0 to 100000000000", whole(0, 100_000_000_000)),
    "stored_value.filing": Rule("", "a text of at most 60 characters", text(60)),
}
