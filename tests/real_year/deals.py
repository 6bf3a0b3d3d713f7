"""The year's own retail discounts as promotions, where they are regular.

A deal is one product over whole days, at least `LEAST` lines without a break, in which every line had the same retail
discount a unit, or the same unit price after it, in whole cents. A line breaks the run when it had another discount or
none, a coupon, or another shelf price than its week's. So within the dates of a deal every line of its product is the
deal's, and every line outside is none's. What is not regular stays a discount by hand. A week's shelf price is the
commonest gross price of a unit in that week.

Products change their price with the weeks, as `storeapp import products` would have it done in a shop.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.real_year.convert import CASHIERS, Line, Year, phone

LEAST = 3
Kind = Literal["off", "price"]


@dataclass(frozen=True, slots=True)
class Deal:
    """`fen` off each unit, or each unit for `fen`, on every day from `first` to `last` (ISO dates)."""

    product: int
    kind: Kind
    fen: int
    first: str
    last: str
    lines: int

    @property
    def deal_id(self) -> str:
        return f"d{self.product}-{self.first.replace('-', '')}"


@dataclass(slots=True)
class _Run:
    keys: set[tuple[Kind, int]]
    first: str
    last: str
    lines: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a unit of a product costs in a week."""

    prices: dict[tuple[int, int], int] = field(default_factory=dict)

    def price(self, line: Line) -> int:
        return self.prices[line.product, line.week]


def shelf_of(year: Year) -> Shelf:
    """The commonest gross price of a unit, week by week; of equally common ones the first seen."""
    seen: dict[tuple[int, int], Counter[int]] = defaultdict(Counter)
    for line in _every(year):
        seen[line.product, line.week][line.unit_fen] += 1
    return Shelf({key: count.most_common(1)[0][0] for key, count in seen.items()})


def deals_of(year: Year, shelf: Shelf) -> list[Deal]:
    """The deals of the year, by product and day."""
    days: dict[int, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for line in _every(year):
        days[line.product][line.at[:10]].append(line)
    return [deal for product in sorted(days) for deal in _of_product(product, days[product], shelf)]


def _of_product(product: int, days: dict[str, list[Line]], shelf: Shelf) -> Iterator[Deal]:
    run: _Run | None = None
    for day in sorted(days):
        keys = set.intersection(*(_keys(line, shelf) for line in days[day]))
        if run is not None and run.keys & keys:
            run.keys &= keys
            run.last, run.lines = day, run.lines + len(days[day])
            continue
        if run is not None:
            yield from _closed(product, run)
        run = _Run(keys, day, day, len(days[day])) if keys else None
    if run is not None:
        yield from _closed(product, run)


def _closed(product: int, run: _Run) -> Iterator[Deal]:
    if run.lines >= LEAST:
        # a discount a unit before a price, where both say the same
        kind, fen = sorted(run.keys)[0]
        yield Deal(product, kind, fen, run.first, run.last, run.lines)


def _keys(line: Line, shelf: Shelf) -> set[tuple[Kind, int]]:
    """The deals this line could be of."""
    gross = line.net_fen + line.discount_fen
    is_plain = gross == line.unit_fen * line.quantity and line.unit_fen == shelf.price(line)
    if not line.retail_fen or line.retail_fen != line.discount_fen or not is_plain:
        return set()
    keys: set[tuple[Kind, int]] = set()
    if line.retail_fen % line.quantity == 0:
        keys.add(("off", line.retail_fen // line.quantity))
    if line.net_fen % line.quantity == 0:
        keys.add(("price", line.net_fen // line.quantity))
    return keys


def covered(year: Year, deals: list[Deal]) -> set[int]:
    """The lines (by id) that a deal reproduces."""
    windows: dict[int, list[Deal]] = defaultdict(list)
    for deal in deals:
        windows[deal.product].append(deal)
    return {
        id(line)
        for line in _every(year)
        if any(deal.first <= line.at[:10] <= deal.last for deal in windows[line.product])
    }


def promotion_row(deal: Deal) -> dict[str, Any]:
    """The deal in the public format of promotions."""
    said = (
        {"kind": "amount", "off_fen": deal.fen}
        if deal.kind == "off"
        else {"kind": "fixed_price", "price_fen": deal.fen}
    )
    return {
        "id": deal.deal_id,
        "name": deal.deal_id,
        **said,
        "scope": {"codes": [str(deal.product)]},
        "when": {"first": deal.first, "last": deal.last},
    }


def price_rows(year: Year, shelf: Shelf) -> Iterator[tuple[int, list[dict[str, str]]]]:
    """Week by week the rows of products.csv that are new or cost something else than the week before."""
    weeks: dict[int, dict[int, int]] = defaultdict(dict)
    for (product, week), fen in shelf.prices.items():
        weeks[week][product] = fen
    known: dict[int, int] = {}
    for week in sorted(weeks):
        changed = {product: fen for product, fen in weeks[week].items() if known.get(product) != fen}
        known |= changed
        yield week, [_product_row(year, product, changed[product]) for product in sorted(changed)]


def _product_row(year: Year, product: int, fen: int) -> dict[str, str]:
    name, category = year.names.get(product, (f"Product {product}", ""))
    return {"code": str(product), "name": name, "price": f"{fen // 100}.{fen % 100:02d}", "category": category}


def basket_rows(year: Year, shelf: Shelf, by_deal: set[int]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Week and basket for `storeapp sell`; a line of a deal is only scanned."""
    for number, (basket, lines) in enumerate(year.baskets.items()):
        yield (
            lines[0].week,
            {
                "id": str(basket),
                "at": lines[0].at,
                "cashier": CASHIERS[number % len(CASHIERS)],
                "member": phone(lines[0].household),
                "lines": [_line_row(line, shelf, is_deal=id(line) in by_deal) for line in lines],
                "tenders": [{"kind": "cash", "fen": sum(line.net_fen for line in lines)}],
            },
        )


def _line_row(line: Line, shelf: Shelf, *, is_deal: bool) -> dict[str, Any]:
    row: dict[str, Any] = {"code": str(line.product), "qty": str(line.quantity)}
    if line.unit_fen != shelf.price(line):
        row["price_fen"] = line.unit_fen
    discount = line.unit_fen * line.quantity - line.net_fen
    if is_deal or discount == 0:
        return row
    return {**row, "discount_fen": discount, "why": "retail, coupon and match"}


def _every(year: Year) -> Iterator[Line]:
    for lines in year.baskets.values():
        yield from lines
