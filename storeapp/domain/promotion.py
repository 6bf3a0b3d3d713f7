"""Promotions: what the owner gives away, on what, to whom, when and how often.

A promotion is one deed: money off each unit, off groups of units, or off a sum. Whether two may touch the same goods
is said here too: unless it `stacks`, a promotion has the units it uses for itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Literal

Kind = Literal[
    "percent", "amount", "fixed_price", "nth_percent", "buy_get", "bundle", "cheapest_free", "spend_off",
    "spend_percent", "count_percent", "spend_gift",
]  # fmt: skip
Whom = Literal["all", "members", "tiers"]
PER_UNIT: frozenset[Kind] = frozenset({"percent", "amount", "fixed_price"})
BY_GROUP: frozenset[Kind] = frozenset({"nth_percent", "buy_get", "bundle", "cheapest_free"})
BY_SUM: frozenset[Kind] = frozenset({"spend_off", "spend_percent", "count_percent", "spend_gift"})
EVER = 1_000_000
"""More often than any basket can use a promotion: no limit."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which goods: all, or those named by code, category or brand; never the excepted ones."""

    everything: bool = False
    codes: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    brands: frozenset[str] = frozenset()
    except_codes: frozenset[str] = frozenset()
    except_categories: frozenset[str] = frozenset()
    except_brands: frozenset[str] = frozenset()

    @property
    def has_exceptions(self) -> bool:
        return bool(self.except_codes or self.except_categories or self.except_brands)

    @property
    def is_plain(self) -> bool:
        """All goods with no exception."""
        return self.everything and not self.has_exceptions

    def holds(self, code: str, category: str, brand: str) -> bool:
        """True for goods it names and does not except."""
        if self.is_plain:
            return True
        if code in self.except_codes or category in self.except_categories or brand in self.except_brands:
            return False
        return self.everything or code in self.codes or category in self.categories or brand in self.brands


ALL_GOODS = Scope(everything=True)


@dataclass(frozen=True, slots=True)
class Step:
    """From `at` on (fen spent, or pieces): `gives` fen, percent, or pieces of `gift`."""

    at: int
    gives: int
    gift: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces of these goods."""

    scope: Scope
    count: int


@dataclass(frozen=True, slots=True)
class When:
    """Days from `first` to `last`, on these weekdays (1 is Monday), within these hours; each open if left out.

    Hours may run across midnight; then the weekday is that of the evening.
    """

    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = ()

    def holds(self, moment: datetime) -> bool:
        """Whether it is on at `moment`, in the shop's own zone."""
        now, today = moment.time(), moment.date()
        if not self.hours:
            return self._is_day(today)
        yesterday = date.fromordinal(today.toordinal() - 1)
        for start, end in self.hours:
            # across midnight, or to its very end, the small hours belong to the evening before
            runs_over = start > end
            if self._is_day(today) and now >= start and (runs_over or now < end):
                return True
            if runs_over and self._is_day(yesterday) and now < end:
                return True
        return False

    def _is_day(self, day: date) -> bool:
        return (
            (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
            and (not self.weekdays or day.isoweekday() in self.weekdays)
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """How often it may be used: units, groups, or the sum once."""

    per_basket: int = EVER
    per_member: int = EVER
    per_day: int = EVER


@dataclass(frozen=True, slots=True)
class Promotion:
    """One promotion. What `value` means goes by `kind`:

    percent, nth_percent, buy_get: percent off; amount: fen off each unit; fixed_price, bundle: fen asked.
    `count` is the N of nth_percent and cheapest_free, and what has to be bought of buy_get; `free` is how many are then
    given of `get`. `steps` are the sums of the spend and count kinds; with `repeats` the only step counts again.
    Of promotions with the same `group` a basket gets one.
    """

    promotion_id: str
    name: str
    kind: Kind
    scope: Scope = ALL_GOODS
    value: int = 0
    count: int = 0
    free: int = 0
    get: Scope | None = None
    parts: tuple[Part, ...] = ()
    steps: tuple[Step, ...] = ()
    repeats: bool = False
    when: When = field(default_factory=When)
    whom: Whom = "all"
    tiers: frozenset[str] = frozenset()
    first_purchase: bool = False
    min_spend_fen: int = 0
    min_count: int = 0
    limits: Limits = field(default_factory=Limits)
    group: str = ""
    stacks: bool = False
    priority: int = 0
