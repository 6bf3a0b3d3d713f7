"""The owner's price lists: drafted, live, ended. Each word is journaled, and no list with a fault gets in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from storeapp.domain import price_list
from storeapp.domain import price_list_version as versions
from storeapp.domain.money import Money
from storeapp.domain.price_line import PriceLine, refusal
from storeapp.domain.price_list import PriceFault
from storeapp.domain.price_list_version import PriceListVersion, UnknownPriceList
from storeapp.domain.terms import PriceListTerms
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.prices_sheet import read_prices
from storeapp.till.promotions import check_may


def every_list(shop: Shop) -> tuple[PriceListVersion, ...]:
    """Of each price list what holds now."""
    with shop.reading() as books:
        return books.price_lists.every()


def put_price_lists(
    shop: Shop, rows: tuple[Mapping[str, Any], ...], *, clock: Clock, by: str = ""
) -> tuple[PriceListVersion, ...]:
    """Drafts of all these lists, or of none; a price may be named by any code that rings its product up.

    Raises BadPriceList or BadPrices. A list that is there already makes no new version.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        return tuple(_put(books, row, at=at, by=by) for row in rows)


def draft_from_sheet(
    shop: Shop, list_id: str, data: bytes, *, name: str = "", clock: Clock, by: str = ""
) -> PriceListVersion:
    """A draft of the list with the prices of a CSV or XLSX over those it has; else a new one, for everybody.

    Raises NotATable, ColumnsMissing, BadPriceList, or BadPrices, whose rows are the file's.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        before = books.price_lists.get(list_id)
        told: dict[str, Any] = {"id": list_id, "name": list_id} if before is None else dict(before.data)
        read = read_prices(books, data)
        price_list.refuse(list_id, read.faults)
        told["name"] = name or told["name"]
        told["prices"] = dict(told.get("prices", {})) | {code: price.fen for code, price in read.prices.items()}
        return _put(books, told, at=at, by=by)


def lines_of(shop: Shop, prices: Mapping[str, int]) -> tuple[PriceLine, ...]:
    """Prices in fen by product code, beside what the catalogue says of each product."""
    with shop.reading() as books:
        return tuple(PriceLine(code, books.products.by_code(code), Money(fen)) for code, fen in prices.items())


def floor_percent(shop: Shop) -> int | None:
    """The least a price must bring over the cost, in percent of the cost; None where the owner asks for nothing."""
    with shop.reading() as books:
        policy = books.policy.in_force()
    return policy.whole("price.floor_percent") if policy.get("price.floor") else None


def go_live(shop: Shop, list_ids: tuple[str, ...], *, clock: Clock, by: str = "") -> tuple[PriceListVersion, ...]:
    """All in force from now on, within their days and hours, or none.

    Raises UnknownPriceList, or PriceListsDisagree where a live list says otherwise to the same customers.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        live = []
        for list_id in list_ids:
            before = known(books, list_id)
            versions.check_agrees(versions.checked(before.data), books.price_lists.in_force())
            live.append(_say(books, before, versions.gone_live(before, at=at, by=by)))
        return tuple(live)


def end(shop: Shop, list_ids: tuple[str, ...], *, clock: Clock, by: str = "") -> tuple[PriceListVersion, ...]:
    """All in force no more, or none ends; raises UnknownPriceList or PriceListNotLive."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        check_may(books, "promotions", by=by)
        before = [known(books, list_id) for list_id in list_ids]
        return tuple(_say(books, word, versions.ended(word, at=at, by=by)) for word in before)


def known(books: Books, list_id: str) -> PriceListVersion:
    """What holds of it now; raises UnknownPriceList."""
    found = books.price_lists.get(list_id)
    if found is None:
        raise UnknownPriceList(list_id[:40])
    return found


def body(version: PriceListVersion) -> dict[str, Any]:
    """A word about a price list as the journal and the feed hold it."""
    return {
        "list_id": version.subject,
        "version": version.number,
        "state": version.state,
        "data": dict(version.data),
        "at": version.changed_at,
        "actor": version.by,
    }


def _put(books: Books, row: Mapping[str, Any], *, at: str, by: str) -> PriceListVersion:
    prices = _by_own_codes(books, versions.checked(row))
    before = books.price_lists.get(prices.list_id)
    return _say(books, before, versions.drafted(before, prices, at=at, by=by))


def _by_own_codes(books: Books, prices: PriceListTerms) -> PriceListTerms:
    """The same list, each product by its own code; raises BadPrices for codes nobody knows, or that mean one thing."""
    owners = books.products.owners(prices.prices)
    first_row: dict[str, int] = {}
    found: dict[str, Money] = {}
    faults = []
    for row, (code, price) in enumerate(prices.prices.items(), start=1):
        owner = owners.get(code)
        if owner is None:
            faults.append(PriceFault(row, code[:40], str(price.fen), "unknown_code"))
        elif owner in found:
            faults.append(PriceFault(row, code[:40], str(price.fen), "duplicate", str(first_row[owner])))
        elif reason := refusal(price, books.products.by_code(owner)):
            faults.append(PriceFault(row, code[:40], str(price.fen), reason))
        else:
            found[owner], first_row[owner] = price, row
    price_list.refuse(prices.list_id, tuple(faults))
    return replace(prices, prices=found)


def _say(books: Books, before: PriceListVersion | None, now: PriceListVersion) -> PriceListVersion:
    if now != before:
        books.price_lists.put(now)
        books.journal.append("price_list.changed", body(now), at=now.changed_at)
    return now
