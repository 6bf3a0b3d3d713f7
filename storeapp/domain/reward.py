"""Rewards: what the owner gives for something done, as points or as a coupon, written as one short text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from storeapp.domain.money import typed_amount
from storeapp.domain.rule_words import plain
from storeapp.errors import Refused

RewardKind = Literal["points", "coupon"]
TEXT_MOST, POINTS_MOST, FEN_MOST, DAYS_MOST = 60, 100_000, 50_000, 366
_POINTS = re.compile(r"points\s+(\d{1,6})")
_COUPON = re.compile(r"coupon\s+([0-9.]+)(?:\s+over\s+([0-9.]+))?(?:\s+for\s+(\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Reward:
    """`amount` points, or a coupon of `amount` fen for goods of `min_spend_fen`, good for `days` days."""

    kind: RewardKind
    amount: int
    min_spend_fen: int = 0
    days: int = 30


@lru_cache(maxsize=16)
def read_reward(text: str) -> Reward | None:
    """The owner's text as a reward, None for nothing; raises ValueError."""
    said = plain(text, "points", "coupon", "over", "for", everywhere=True)
    if not said:
        return None
    if len(said) > TEXT_MOST:
        raise ValueError(text)
    if (points := _POINTS.fullmatch(said)) is not None:
        made = Reward("points", int(points[1]))
        most = POINTS_MOST
    elif (coupon := _COUPON.fullmatch(said)) is not None:
        made = Reward("coupon", _fen(coupon[1]), _fen(coupon[2] or "0"), int(coupon[3] or 30))
        most = FEN_MOST
    else:
        raise ValueError(text)
    if not 1 <= made.amount <= most or not 1 <= made.days <= DAYS_MOST:
        raise ValueError(text)
    return made


def _fen(text: str) -> int:
    try:
        return 0 if text == "0" else typed_amount(text).fen
    except Refused:
        raise ValueError(text) from None
