"""Gifts: goods a member takes for points. The owner says which, and for how many: `6901234567892 = 500; T01 = 200`.

Each piece is an entry of its own: her points against the gift's account, which therefore tells how many went out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from storeapp.domain.ledger import Leg, LotMove, Txn, points_account
from storeapp.errors import Refused

KIND, BACK = "gift", "gift.reversed"
TEXT_MOST, POINTS_MOST = 4_000, 1_000_000
EXPECTED = "gifts such as 6901234567892 = 500; T01 = 200 (code of goods = points), or empty"
_GIFT = re.compile(r"([^\s=]{1,40})\s*=\s*(\d{1,7})")


@dataclass(eq=False)
class UnknownGift(Refused):
    """The shop gives no `code` for points."""

    code: str
    word = "unknown_gift"


@dataclass(eq=False)
class GiftGone(Refused):
    """By the count of the stock there is no `code` left."""

    code: str
    word = "gift_gone"


@dataclass(eq=False)
class GiftBackBefore(Refused):
    """This gift has come back already, or never went out."""

    gift: str
    word = "gift_back_before"


@dataclass(frozen=True, slots=True)
class Gift:
    """Goods with this code, for so many points."""

    code: str
    points: int


@lru_cache(maxsize=8)
def read_gifts(text: str) -> tuple[Gift, ...]:
    """The owner's text, in its order; raises ValueError with the part that says nothing."""
    found: dict[str, Gift] = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[;；\n]", text))):
        match = _GIFT.fullmatch(part)
        if match is None or match[1] in found or not 1 <= int(match[2]) <= POINTS_MOST:
            raise ValueError(part)
        found[match[1]] = Gift(match[1], int(match[2]))
    return tuple(found.values())


def gift_account(code: str) -> str:
    """Where points go that pieces of this gift were taken for."""
    return f"points.gift:{code}"


def entry(txn_id: str, member_id: str, gift: Gift, *, at: str, lots: tuple[LotMove, ...]) -> Txn:
    """One piece of the gift, in the ledger."""
    legs = (
        Leg(points_account(member_id), "pts", -gift.points),
        Leg(gift_account(gift.code), "pts", gift.points),
    )
    return Txn(txn_id, KIND, at, legs, member_id, lots=lots)


def code_of(txn: Txn) -> str:
    """Which gift an entry is about."""
    prefix = gift_account("")
    return next(leg.account.removeprefix(prefix) for leg in txn.legs if leg.account.startswith(prefix))
