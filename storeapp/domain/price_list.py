"""Price lists in their public format: prices by product code, for whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, cast, get_args

from storeapp.domain.money import Money
from storeapp.domain.one_line import has_stray
from storeapp.domain.promotion import When, Whom
from storeapp.domain.promotion_data import when_data, when_from
from storeapp.domain.promotion_version import BadPromotion
from storeapp.domain.terms import PriceListTerms
from storeapp.errors import Refused

# one word about a list travels in one message
ROWS_MAX = 5_000
DEAREST_FEN = 1_000_000_000
_KEYS = frozenset({"id", "name", "prices", "when", "whom", "tiers", "stores"})
_WHOM: tuple[Whom, ...] = get_args(Whom)


@dataclass(eq=False)
class BadPriceList(Refused):
    """The price list cannot be read: `field` must be `expected`."""

    field: str
    expected: str
    word = "bad_price_list"


@dataclass(frozen=True, slots=True)
class PriceFault:
    """Row `row` (from 1) of the prices says `value` for `code`, which cannot be.

    `reason` is not_whole, negative, zero, too_large, above_reason, unknown_code, or duplicate with the row it clashes
    with in `other`.
    """

    row: int
    code: str
    value: str
    reason: str
    other: str = ""


@dataclass(eq=False)
class BadPrices(Refused):
    """Of price list `price_list`, `count` rows cannot be; row `row` for `code` is the first, because of `reason`.

    `faults` has them all as {row, code, value, reason, other}.
    """

    price_list: str
    count: int
    row: int
    code: str
    value: str
    reason: str
    faults: tuple[dict[str, Any], ...]
    word = "bad_prices"


def refuse(price_list: str, faults: tuple[PriceFault, ...]) -> None:
    """Raises BadPrices if there are faults."""
    if faults:
        first = faults[0]
        told = tuple(asdict(fault) for fault in faults)
        raise BadPrices(price_list, len(faults), first.row, first.code, first.value, first.reason, told)


def from_data(data: Mapping[str, Any]) -> PriceListTerms:
    """The price list somebody wrote down; raises BadPriceList or BadPrices."""
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
    stores = data.get("stores", [])
    if not isinstance(stores, list) or not all(isinstance(store, str) and store for store in stores):
        raise BadPriceList("stores", "a list of store codes")
    list_id = _text(data.get("id"), "id")
    return PriceListTerms(
        list_id,
        _text(data.get("name"), "name"),
        _prices(list_id, data.get("prices")),
        _when(data.get("when", {})),
        cast(Whom, whom),
        frozenset(tiers),
        frozenset(stores),
    )


def as_data(prices: PriceListTerms) -> dict[str, Any]:
    """The price list in its public format."""
    data: dict[str, Any] = {
        "id": prices.list_id,
        "name": prices.name,
        "prices": {code: price.fen for code, price in sorted(prices.prices.items())},
    }
    if prices.when != When():
        data["when"] = when_data(prices.when)
    if prices.whom != "all":
        data["whom"] = prices.whom
    if prices.tiers:
        data["tiers"] = sorted(prices.tiers)
    if prices.stores:
        data["stores"] = sorted(prices.stores)
    return data


def _prices(list_id: str, said: Any) -> dict[str, Money]:
    if not isinstance(said, Mapping) or not 0 < len(said) <= ROWS_MAX:
        raise BadPriceList("prices", f"an object of 1 to {ROWS_MAX} prices in fen by product code")
    found = ((row, str(code)[:40], fen, _fault(fen)) for row, (code, fen) in enumerate(said.items(), start=1))
    refuse(list_id, tuple(PriceFault(row, code, str(fen)[:40], why) for row, code, fen, why in found if why))
    return {code: Money(fen) for code, fen in said.items()}


def _fault(fen: Any) -> str:
    if not isinstance(fen, int) or isinstance(fen, bool):
        return "not_whole"
    return "negative" if fen < 0 else "too_large" if fen > DEAREST_FEN else ""


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= 40 or has_stray(value):
        raise BadPriceList(where, "a text of 1 to 40 characters")
    return value.strip()


def _when(said: Any) -> When:
    try:
        when = when_from(said)
    except BadPromotion as error:
        raise BadPriceList(error.field, error.expected) from None
    if when.first is not None and when.last is not None and when.last < when.first:
        raise BadPriceList("when.last", "on or after when.first")
    return when
