"""Gifts: goods a member takes for points, or a coupon of the owner's template. The owner says which, and for how many:
`6901234567892 = 500; T01 = 200; template FIVE-OFF = 300`.

Each piece is an entry of its own: her points against the gift's account, which therefore tells how many went out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from storeapp.domain.ledger import Leg, LotMove, Txn, points_account
from storeapp.domain.owner_word import is_id
from storeapp.domain.rule_words import plain
from storeapp.errors import Refused

KIND, BACK = "gift", "gift.reversed"
TEXT_MOST, POINTS_MOST = 4_000, 1_000_000
_TEMPLATE = "template:"
_GIFT = re.compile(r"(?:template\s+([^\s=＝]{1,32})|([^\s=＝]{1,40}))\s*[=＝]\s*(\d{1,7})")


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


@dataclass(eq=False)
class GiftUsed(Refused):
    """The coupon given for these points has paid already, or is good no more: it is `state`."""

    coupon: str
    state: str
    word = "gift_used"


@dataclass(frozen=True, slots=True)
class Gift:
    """Goods with this code, or a coupon, for so many points."""

    code: str
    points: int

    @property
    def template(self) -> str:
        """The template of the coupon that is given; "" where goods are."""
        return template_of(self.code)


@lru_cache(maxsize=8)
def read_gifts(text: str) -> tuple[Gift, ...]:
    """The owner's text, in its order; raises ValueError with the part that says nothing."""
    found: dict[str, Gift] = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[;；\n]", text))):
        match = _GIFT.fullmatch(plain(part, "template"))
        if match is None or (match[1] and not is_id(match[1])) or not 1 <= int(match[3]) <= POINTS_MOST:
            raise ValueError(part)
        code = f"{_TEMPLATE}{match[1]}" if match[1] else match[2]
        if code in found:
            raise ValueError(part)
        found[code] = Gift(code, int(match[3]))
    return tuple(found.values())


def template_of(code: str) -> str:
    """The template a gift's code names, "" for the code of goods."""
    return code.removeprefix(_TEMPLATE) if code.startswith(_TEMPLATE) else ""


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
