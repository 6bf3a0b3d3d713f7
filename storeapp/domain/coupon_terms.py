"""A coupon's terms: what it takes off which goods, and when it may not be used. A plain amount has none to state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, get_args

from storeapp.domain.promotion import ALL_GOODS, Scope, When
from storeapp.domain.promotion_data import scope_data, scope_from, when_data, when_from
from storeapp.domain.promotion_version import BadPromotion
from storeapp.errors import Refused

CouponKind = Literal["amount", "percent", "item"]
_KINDS: tuple[CouponKind, ...] = get_args(CouponKind)
_KEYS = frozenset({"kind", "percent_off", "price_fen", "scope", "when", "not_on", "alone"})
_FEN_MOST = 10_000_000
_DAYS_MOST = 366


@dataclass(eq=False)
class BadCouponTerms(Refused):
    """The coupon's terms cannot be read: `field` must be `expected`."""

    field: str
    expected: str
    word = "bad_coupon_terms"


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
VERSION = 2
"""Of what tells of a coupon with terms; a plain one is told as ever, in version 1."""


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
    """The terms `as_data` wrote. Raises BadCouponTerms: what is not understood whole is no coupon at all."""
    if not data:
        return PLAIN
    for key in data:
        if key not in _KEYS:
            raise BadCouponTerms(str(key)[:40], "no such key")
    kind = data.get("kind", "amount")
    if kind not in _KINDS:
        raise BadCouponTerms("kind", f"one of {', '.join(_KINDS)}")
    if ("percent_off" in data) != (kind == "percent"):
        raise BadCouponTerms("percent_off", "said for percent alone")
    if ("price_fen" in data) != (kind == "item"):
        raise BadCouponTerms("price_fen", "said for item alone")
    try:
        scope = scope_from(data["scope"], "scope") if "scope" in data else ALL_GOODS
        when = when_from(data.get("when", {}))
    except BadPromotion as error:
        raise BadCouponTerms(error.field, error.expected) from None
    return CouponTerms(
        kind=kind,
        percent=whole(data, "percent_off", 1, 100) if kind == "percent" else 0,
        price_fen=whole(data, "price_fen", 0, _FEN_MOST) if kind == "item" else 0,
        scope=scope,
        when=when,
        not_on=_days(data.get("not_on", [])),
        alone=_flag(data.get("alone", False)),
    )


def whole(data: Mapping[str, Any], key: str, least: int, most: int) -> int:
    """The whole number at `key`; raises BadCouponTerms."""
    value = data[key]
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise BadCouponTerms(key, f"a whole number from {least} to {most}")
    return value


def _days(said: Any) -> frozenset[date]:
    if not isinstance(said, list) or len(said) > _DAYS_MOST:
        raise BadCouponTerms("not_on", f"a list of at most {_DAYS_MOST} days")
    try:
        return frozenset(date.fromisoformat(day) for day in said)
    except (ValueError, TypeError):
        raise BadCouponTerms("not_on", "days such as 2026-09-28") from None


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise BadCouponTerms("alone", "true or false")
    return value
