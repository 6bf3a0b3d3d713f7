"""The owner's choices about goods that come back."""

from __future__ import annotations

from storeapp.domain.policy_rule import FEN_MOST, Rule, whole, yes_no

RULES: dict[str, Rule] = {
    "refund.days": Rule(30, "days from 0 to 3650", whole(0, 3650)),
    "refund.listed_reasons": Rule(False, "true or false", yes_no),
    "refund.other_till": Rule(True, "true or false", yes_no),
    "refund.other_till_most_fen": Rule(20_000, "fen, not negative", whole(0, FEN_MOST)),
    "refund.without_receipt_most_fen": Rule(10_000, "fen, not negative", whole(0, FEN_MOST)),
}
