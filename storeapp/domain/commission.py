"""Commission: a share of what somebody sold, or those she brought bought, or her group fetched, net of what came back.

A statement and no more: nothing is paid out or booked. One level: nobody has a share of another one's share, and
nothing is owed for having brought somebody who buys nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from storeapp.domain.rule_words import CHINESE

TEXT_MOST, PERCENT_MOST = 1_000, 5_000
EVERY = "all"
_RATE = re.compile(r"(.{1,40}?)\s+(\d{1,2})(?:\.(\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Rates:
    """Hundredths of a percent: of everything, and of some categories instead."""

    every: int = 0
    categories: Mapping[str, int] = field(default_factory=dict)

    def of(self, category: str) -> int:
        return self.categories.get(category, self.every)


@dataclass(frozen=True, slots=True)
class Sold:
    """One line somebody has a share of: `fen` below zero came back. `document` is the sale or the refund."""

    who: str
    document: str
    category: str
    fen: int


@dataclass(frozen=True, slots=True)
class Share:
    """What of one category was sold net, at how many hundredths of a percent, and what that comes to."""

    category: str
    net_fen: int
    rate: int
    fen: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One person's month: `sales` and `refunds` are how many, `fen` what is due, at most what the owner allows."""

    who: str
    name: str
    sales: int
    refunds: int
    shares: tuple[Share, ...]
    most_fen: int | None = None

    @property
    def net_fen(self) -> int:
        return sum(share.net_fen for share in self.shares)

    @property
    def fen(self) -> int:
        whole = sum(share.fen for share in self.shares)
        return whole if self.most_fen is None else min(whole, self.most_fen)

    @property
    def is_capped(self) -> bool:
        return self.fen < sum(share.fen for share in self.shares)


@dataclass(frozen=True, slots=True)
class Commissions:
    """The statements of a month (`2026-09`)."""

    month: str
    staff: tuple[Statement, ...]
    promoters: tuple[Statement, ...]
    leaders: tuple[Statement, ...] = ()


@lru_cache(maxsize=8)
def read_rates(text: str) -> Rates:
    """The owner's text as rates; raises ValueError with the part that says nothing."""
    found: dict[str, int] = {}
    for part in filter(None, (piece.strip() for piece in re.split(r"[;；\n]", text))):
        match = _RATE.fullmatch(part)
        if match is None:
            raise ValueError(part)
        category = EVERY if match[1] == CHINESE[EVERY] else match[1]
        if category in found:
            raise ValueError(part)
        rate = int(match[2]) * 100 + int((match[3] or "0").ljust(2, "0"))
        if rate > PERCENT_MOST:
            raise ValueError(part)
        found[category] = rate
    return Rates(found.pop(EVERY, 0), found)


def statements(
    sold: Iterable[Sold], rates: Rates, names: Mapping[str, str], *, most_fen: int | None = None
) -> tuple[Statement, ...]:
    """Everybody's, by code or id. A started fen of a share is nobody's, and what came back takes as much away."""
    nets: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    documents: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for each in sold:
        nets[each.who][each.category] += each.fen
        documents[each.who][each.document] = each.fen < 0 or documents[each.who].get(each.document, False)
    made = []
    for who in sorted(nets):
        shares = tuple(_share(category, net, rates.of(category)) for category, net in sorted(nets[who].items()))
        refunds = sum(documents[who].values())
        made.append(
            Statement(who, names.get(who, ""), len(documents[who]) - refunds, refunds, shares, most_fen=most_fen)
        )
    return tuple(made)


def percent(rate: int) -> str:
    """`3.5%` of 350 hundredths."""
    whole, rest = divmod(rate, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "%"


def as_data(report: Commissions) -> dict[str, Any]:
    """The report as a script reads it."""
    return {
        "month": report.month,
        "staff": [_data(each) for each in report.staff],
        "promoters": [_data(each) for each in report.promoters],
        "leaders": [_data(each) for each in report.leaders],
    }


def _share(category: str, net: int, rate: int) -> Share:
    fen = abs(net) * rate // 10_000
    return Share(category, net, rate, fen if net >= 0 else -fen)


def _data(each: Statement) -> dict[str, Any]:
    return {
        "who": each.who,
        "name": each.name,
        "sales": each.sales,
        "refunds": each.refunds,
        "net_fen": each.net_fen,
        "commission_fen": each.fen,
        "shares": [
            {"category": s.category, "net_fen": s.net_fen, "percent": percent(s.rate)[:-2], "commission_fen": s.fen}
            for s in each.shares
        ],
    }
