"""Terms: everything but the basket that decides what it costs: the moment, the customer, the owner's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money
from storeapp.domain.promotion import When, Whom
from storeapp.domain.rulebook import NO_RULES, Rulebook

_NONE_USED: Mapping[str, int] = MappingProxyType({})
_NO_GROUP: Mapping[tuple[str, str], GroupPrice] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class MemberTerms:
    """Who she is to the shop; `has_bought` is False before her first purchase, `birthday` a day such as `05-01`."""

    member_id: str = ""
    tier: str = ""
    has_bought: bool = True
    birthday: str = ""


def is_for(whom: Whom, tiers: frozenset[str], member: MemberTerms | None) -> bool:
    """Whether this customer is one of those; nobody knows a stranger's tier."""
    return whom == "all" or (member is not None and (whom == "members" or member.tier in tiers))


@dataclass(frozen=True, slots=True)
class PriceListTerms:
    """Prices by product code for some customers, days and hours; at the stores of these codes, or at all of them."""

    list_id: str
    name: str
    prices: Mapping[str, Money]
    when: When = field(default_factory=When)
    whom: Whom = "all"
    tiers: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()

    def is_at(self, store: str) -> bool:
        """Whether that store has these prices."""
        return not self.stores or store in self.stores

    def holds(self, moment: datetime, member: MemberTerms | None) -> bool:
        """Whether this customer has these prices at that moment, in the shop's own zone."""
        return is_for(self.whom, self.tiers, member) and self.when.holds(moment)


@dataclass(frozen=True, slots=True)
class CardTerms:
    """A card of hers that takes goods off the bill: `left` of `whole` times, one a piece of any of `goods` (codes)."""

    card_id: str
    name: str
    goods: frozenset[str]
    left: int
    whole: int


@dataclass(frozen=True, slots=True)
class GroupPrice:
    """What was agreed for one thing on a group order sheet."""

    price: Money
    name: str
    sheet_id: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for one basket. `used_by_member` and `used_today` count how often promotions were used before.

    `moment` is in the shop's own zone; without one, promotions and price lists are left out. `coupons` are usable ones,
    `cards` hers with something left, in the order they are used.
    `group_prices` are those of ordered goods, by pick-up code and product code.
    `floor_percent` is the least a line must bring over its cost, in percent of the cost; None asks for nothing.
    """

    moment: datetime | None = None
    member: MemberTerms | None = None
    rules: Rulebook = NO_RULES
    price_lists: tuple[PriceListTerms, ...] = ()
    coupons: tuple[Coupon, ...] = ()
    used_by_member: Mapping[str, int] = field(default_factory=lambda: _NONE_USED)
    used_today: Mapping[str, int] = field(default_factory=lambda: _NONE_USED)
    floor_percent: int | None = None
    cards: tuple[CardTerms, ...] = ()
    group_prices: Mapping[tuple[str, str], GroupPrice] = field(default_factory=lambda: _NO_GROUP)

    @property
    def is_member(self) -> bool:
        return self.member is not None
