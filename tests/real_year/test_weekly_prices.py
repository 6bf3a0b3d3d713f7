"""The year as a shop lives it: prices change with the weeks, goods are scanned, only what is irregular is typed."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.real_year.convert import read_year, write
from tests.real_year.deals import basket_rows, price_rows, shelf_of
from tests.real_year.test_replay import LONGEST_VERB_S, STORE, Till, _truth


def test_two_weeks_at_the_prices_of_their_weeks_come_out_to_the_cent(tmp_path: Path) -> None:
    typed = _sell(tmp_path, weeks=2)

    assert typed == (783, 12)


@pytest.mark.slow
@pytest.mark.timeout(3 * LONGEST_VERB_S)
def test_the_whole_year_at_the_prices_of_its_weeks_comes_out_to_the_cent(tmp_path: Path) -> None:
    typed = _sell(tmp_path, weeks=None)

    assert typed == (41_334, 1_447)


def _sell(folder: Path, *, weeks: int | None) -> tuple[int, int]:
    """Sells week by week and holds every line to the data; how many lines there were, how many prices were typed."""
    year, truth = read_year(STORE, weeks=weeks), _truth(weeks=weeks)
    shelf = shelf_of(year)
    write(year, folder)
    till = Till(folder / "shop")
    till.ask("init")
    till.ask("import", "members", folder / "members.csv")
    rows: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for week, row in basket_rows(year, shelf, set()):
        rows[week].append(row)
    sold = []
    for week, prices in price_rows(year, shelf):
        till.ask("import", "products", _sheet(folder / f"prices-{week}.csv", prices))
        sold += till.ask("sell", _lines(folder / f"baskets-{week}.jsonl", rows[week])).lines

    assert len(sold) == len(truth.total_fen)
    for answer in sold:
        assert answer["total_fen"] == truth.total_fen[answer["id"]], answer
        nets = sorted(line["net_fen"] for line in answer["lines"])
        assert nets == sorted(truth.line_fen[answer["id"]]), answer["id"]
    assert till.ask("check").json == {"ok": True, "findings": []}
    every = [line for week in rows.values() for row in week for line in row["lines"]]
    return len(every), sum("price_fen" in line for line in every)


def _sheet(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["code", "name", "price", "category"])
        writer.writeheader()
        writer.writerows(rows)
    return path


def _lines(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path
