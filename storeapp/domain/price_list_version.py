"""Price list versions: a list as the owner's words have it, drafted, live, ended; and which lists cannot both be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from storeapp.domain import price_list
from storeapp.domain.owner_word import OwnerWord, is_id, next_draft, turned
from storeapp.domain.price_list import BadPriceList, BadPrices, PriceFault
from storeapp.domain.terms import PriceListTerms
from storeapp.errors import Refused

Standing = Literal["draft", "coming", "live", "over"]


@dataclass(eq=False)
class UnknownPriceList(Refused):
    """There is no price list `price_list`."""

    price_list: str
    word = "unknown_price_list"


@dataclass(eq=False)
class PriceListNotLive(Refused):
    """Only a live price list can end; `price_list` is `state`."""

    price_list: str
    state: str
    word = "price_list_not_live"


@dataclass(eq=False)
class PriceListsDisagree(Refused):
    """`price_list` asks `fen` for `code` and `other`, which is live, asks `other_fen`, of the same customers at the
    same time; row `row` is the first of `count` such rows."""

    price_list: str
    other: str
    row: int
    code: str
    fen: int
    other_fen: int
    count: int
    word = "price_lists_disagree"


@dataclass(frozen=True, slots=True)
class PriceListVersion(OwnerWord):
    """One word about a price list, whose text is `data`."""


def checked(data: Mapping[str, Any]) -> PriceListTerms:
    """The list in this text, with an id the owner can type; raises BadPriceList or BadPrices.

    Nothing is given away by a price list: an old one that does so is still read, but goes live no more.
    """
    if not is_id(data.get("id")):
        raise BadPriceList("id", "1 to 40 letters, digits, - or _")
    prices = price_list.from_data(data)
    rows = enumerate(prices.prices.items(), start=1)
    price_list.refuse(prices.list_id, tuple(PriceFault(n, code, "0", "zero") for n, (code, fen) in rows if not fen.fen))
    return prices


def drafted(before: PriceListVersion | None, prices: PriceListTerms, *, at: str, by: str) -> PriceListVersion:
    """The next version, as a draft. The same list again is the same version."""
    data = price_list.as_data(prices)
    if before is None:
        return PriceListVersion(prices.list_id, 1, data, "draft", at, by)
    return next_draft(before, data, at=at, by=by)


def gone_live(before: PriceListVersion, *, at: str, by: str) -> PriceListVersion:
    """It is in force from now on, within its own days and hours."""
    return turned(before, "live", at=at, by=by)


def ended(before: PriceListVersion, *, at: str, by: str) -> PriceListVersion:
    """It is in force no more; raises PriceListNotLive."""
    if before.state != "live":
        raise PriceListNotLive(before.subject, before.state)
    return turned(before, "ended", at=at, by=by)


def in_force(words: Iterable[PriceListVersion]) -> tuple[PriceListTerms, ...]:
    """The lists that are live. One this program cannot read, told by a newer one, changes no price."""
    live = []
    for word in words:
        if word.state == "live":
            try:
                live.append(price_list.from_data(word.data))
            except (BadPriceList, BadPrices):
                continue
    return tuple(live)


def standing(version: PriceListVersion, today: date) -> Standing:
    """How far it has come on that business day: one that is live may still have its days before it, or behind it."""
    if version.state != "live":
        return "draft" if version.state == "draft" else "over"
    try:
        when = price_list.from_data(version.data).when
    except (BadPriceList, BadPrices):
        return "live"
    if when.last is not None and when.last < today:
        return "over"
    return "coming" if when.first is not None and when.first > today else "live"


def check_agrees(new: PriceListTerms, live: Iterable[PriceListTerms]) -> None:
    """Raises PriceListsDisagree. For other customers, stores, days or hours they may: there the cheapest holds."""
    for other in live:
        if other.list_id == new.list_id or (other.whom, other.tiers, other.when) != (new.whom, new.tiers, new.when):
            continue
        if new.stores and other.stores and not new.stores & other.stores:
            continue
        rows = enumerate(new.prices.items(), start=1)
        apart = [(row, code, fen) for row, (code, fen) in rows if other.prices.get(code, fen) != fen]
        if apart:
            row, code, fen = apart[0]
            raise PriceListsDisagree(new.list_id, other.list_id, row, code, fen.fen, other.prices[code].fen, len(apart))
