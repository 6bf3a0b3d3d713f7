"""The deals read out of the year: within their dates they say every line of their product to the cent."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pytest

from tests.real_year.convert import Line, Year, read_year
from tests.real_year.deals import LEAST, Deal, Shelf, covered, deals_of, shelf_of

STORE = 367


@pytest.fixture(scope="module")
def year() -> Year:
    return read_year(STORE)


@pytest.fixture(scope="module")
def shelf(year: Year) -> Shelf:
    return shelf_of(year)


@pytest.fixture(scope="module")
def deals(year: Year, shelf: Shelf) -> list[Deal]:
    return deals_of(year, shelf)


def said(deal: Deal, line: Line, shelf: Shelf) -> int:
    """What the line costs by the deal alone, reckoned from the shelf."""
    shelf_fen = shelf.price(line) * line.quantity
    return shelf_fen - deal.fen * line.quantity if deal.kind == "off" else deal.fen * line.quantity


def test_the_year_has_so_many_regular_deals(year: Year, deals: list[Deal]) -> None:
    lines = sum(len(basket) for basket in year.baskets.values())

    assert (lines, len(deals), len(covered(year, deals))) == (41_334, 1_140, 4_853)
    assert min(deal.lines for deal in deals) == LEAST


def test_a_deal_says_every_line_of_its_product_within_its_dates(year: Year, shelf: Shelf, deals: list[Deal]) -> None:
    of_product: dict[int, list[Line]] = defaultdict(list)
    for basket in year.baskets.values():
        for line in basket:
            of_product[line.product].append(line)

    wrong = [
        (deal.deal_id, line.at)
        for deal in deals
        for line in of_product[deal.product]
        if deal.first <= line.at[:10] <= deal.last and said(deal, line, shelf) != line.net_fen
    ]
    assert wrong == []


def test_the_deals_of_a_product_never_overlap_and_each_has_its_name(deals: list[Deal]) -> None:
    by_product: dict[int, list[Deal]] = defaultdict(list)
    for deal in deals:
        by_product[deal.product].append(deal)

    for mine in by_product.values():
        assert all(before.last < after.first for before, after in pairwise(mine))
    assert len({deal.deal_id for deal in deals}) == len(deals)
