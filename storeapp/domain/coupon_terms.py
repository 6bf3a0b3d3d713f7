"""A coupon's terms: what it takes off which goods, and when it may not be used. A plain amount has none to state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from storeapp.domain.promotion import ALL_GOODS, Scope, When
from storeapp.domain.promotion_data import scope_data, scope_from, when_data, when_from

CouponKind = Literal["amount", "percent", "item"]


@dataclass(frozen=True, slots=True)
class CouponTerms:
    """`amount`: the coupon's amount off. `percent`: so much off, at most the coupon's amount (0 is no cap).

    `item`: one piece of the goods for `price_fen`, which is a gift at 0. `alone` bears no other coupon beside it;
    `not_on` are days it rests on.
    """

    kind: CouponKind = "amount"
    percent: int = 0
    price_fen: int = 0
    scope: Scope = ALL_GOODS
    when: When = field(default_factory=When)
    not_on: frozenset[date] = frozenset()
    alone: bool = False

    def is_open(self, moment: datetime) -> bool:
        """Whether it may be used at that moment, in the shop's own zone; its first and last day are the coupon's."""
        return moment.date() not in self.not_on and self.when.holds(moment)


PLAIN = CouponTerms()


def as_data(terms: CouponTerms) -> dict[str, Any]:
    """The terms as JSON; nothing for a plain amount."""
    data: dict[str, Any] = {}
    if terms.kind != "amount":
        data["kind"] = terms.kind
    if terms.kind == "percent":
        data["percent_off"] = terms.percent
    if terms.kind == "item":
        data["price_fen"] = terms.price_fen
    if terms.scope != ALL_GOODS:
        data["scope"] = scope_data(terms.scope)
    if terms.when != When():
        data["when"] = when_data(terms.when)
    if terms.not_on:
        data["not_on"] = sorted(day.isoformat() for day in terms.not_on)
    if terms.alone:
        data["alone"] = True
    return data


def from_data(data: Mapping[str, Any]) -> CouponTerms:
    """The terms `as_data` wrote."""
    if not data:
        return PLAIN
    return CouponTerms(
        kind=data.get("kind", "amount"),
        percent=int(data.get("percent_off", 0)),
        price_fen=int(data.get("price_fen", 0)),
        scope=scope_from(data["scope"], "scope") if "scope" in data else ALL_GOODS,
        when=when_from(data.get("when", {})),
        not_on=frozenset(date.fromisoformat(day) for day in data.get("not_on", ())),
        alone=bool(data.get("alone", False)),
    )
