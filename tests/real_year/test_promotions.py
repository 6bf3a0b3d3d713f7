"""Regular deals of a real shop as promotions of the shop: put, taken live and sold under, every line to the cent."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tests.real_year.convert import read_year, write
from tests.real_year.deals import basket_rows, covered, deals_of, price_rows, promotion_row, shelf_of
from tests.real_year.test_replay import STORE, Till
from tests.real_year.test_weekly_prices import _lines, _sheet

LONGEST_VERB_S = 1200


def test_two_weeks_under_their_deals_come_out_to_the_cent(tmp_path: Path) -> None:
    deals, lines, by_promotion = _sold_under_deals(tmp_path, weeks=2)

    assert lines == 783
    assert deals > 0
    assert by_promotion >= 3 * deals


@pytest.mark.slow
@pytest.mark.timeout(2 * LONGEST_VERB_S)
def test_a_year_under_its_deals_comes_out_to_the_cent(tmp_path: Path) -> None:
    assert _sold_under_deals(tmp_path, weeks=None) == (1_140, 41_334, 4_853)


def _sold_under_deals(folder: Path, *, weeks: int | None) -> tuple[int, int, int]:
    """How many deals, lines, and lines whose price a promotion made; every line is held to the data."""
    year = read_year(STORE, weeks=weeks)
    write(year, folder)
    shelf = shelf_of(year)
    deals = deals_of(year, shelf)
    by_deal = covered(year, deals)
    till = Till(folder / "shop")
    till.ask("init")
    till.ask("import", "members", folder / "members.csv")
    rules = _lines(folder / "rules.jsonl", [promotion_row(deal) for deal in deals])
    # nothing goes live for goods the shop has not
    till.ask("import", "products", folder / "products.csv")
    till.ask("promotion", "put", rules)
    till.ask("promotion", "live", *(deal.deal_id for deal in deals), "--unreplayed")

    of_week: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for week, basket in basket_rows(year, shelf, by_deal):
        of_week[week].append(basket)
    sold: list[dict[str, Any]] = []
    for week, products in price_rows(year, shelf):
        till.ask("import", "products", _sheet(folder / f"prices-{week}.csv", products))
        sold += till.ask("sell", _lines(folder / f"baskets-{week}.jsonl", of_week[week])).lines

    asked = {str(basket): sorted(line.net_fen for line in lines) for basket, lines in year.baskets.items()}
    assert {answer["id"]: sorted(line["net_fen"] for line in answer["lines"]) for answer in sold} == asked
    assert till.ask("check").json["ok"]
    return len(deals), sum(map(len, asked.values())), len(by_deal)
