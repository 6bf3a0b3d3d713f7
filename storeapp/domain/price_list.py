"""Price lists in their public format: prices by product code, for whom and on which days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast, get_args

from storeapp.domain.money import Money
from storeapp.domain.promotion import Whom
from storeapp.domain.terms import PriceListTerms
from storeapp.errors import Refused

ROWS_MAX = 50_000
_KEYS = frozenset({"id", "name", "prices", "first", "last", "whom", "tiers"})
_WHOM: tuple[Whom, ...] = get_args(Whom)


@dataclass(eq=False)
class BadPriceList(Refused):
    """The price list cannot be read: `field` must be `expected`."""

    field: str
    expected: str
    word = "bad_price_list"


def from_data(data: Mapping[str, Any]) -> PriceListTerms:
    """The price list somebody wrote down; raises BadPriceList."""
    for key in data:
        if key not in _KEYS:
            raise BadPriceList(str(key)[:40], "no such key")
    whom, tiers = data.get("whom", "all"), data.get("tiers", [])
    if whom not in _WHOM:
        raise BadPriceList("whom", f"one of {', '.join(_WHOM)}")
    if not isinstance(tiers, list) or not all(isinstance(tier, str) and tier for tier in tiers):
        raise BadPriceList("tiers", "a list of tiers")
    if (whom == "tiers") != bool(tiers):
        raise BadPriceList("tiers", "the tiers it is for, with whom: tiers")
    first, last = _day(data.get("first"), "first"), _day(data.get("last"), "last")
    if first is not None and last is not None and last < first:
        raise BadPriceList("last", "on or after first")
    return PriceListTerms(
        _text(data.get("id"), "id"),
        _text(data.get("name"), "name"),
        _prices(data.get("prices")),
        first,
        last,
        cast(Whom, whom),
        frozenset(tiers),
    )


def as_data(prices: PriceListTerms) -> dict[str, Any]:
    """The price list in its public format."""
    data: dict[str, Any] = {
        "id": prices.list_id,
        "name": prices.name,
        "prices": {code: price.fen for code, price in sorted(prices.prices.items())},
    }
    if prices.first is not None:
        data["first"] = prices.first.isoformat()
    if prices.last is not None:
        data["last"] = prices.last.isoformat()
    if prices.whom != "all":
        data["whom"] = prices.whom
    if prices.tiers:
        data["tiers"] = sorted(prices.tiers)
    return data


def _prices(said: Any) -> dict[str, Money]:
    if not isinstance(said, Mapping) or not 0 < len(said) <= ROWS_MAX:
        raise BadPriceList("prices", f"an object of 1 to {ROWS_MAX} prices in fen by product code")
    for code, fen in said.items():
        if not isinstance(fen, int) or isinstance(fen, bool) or not 0 <= fen <= 1_000_000_000:
            raise BadPriceList(f"prices.{str(code)[:40]}", "whole fen, not negative")
    return {code: Money(fen) for code, fen in said.items()}


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 40:
        raise BadPriceList(where, "a text of 1 to 40 characters")
    return value.strip()


def _day(text: Any, where: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        raise BadPriceList(where, "a day such as 2026-09-28") from None
