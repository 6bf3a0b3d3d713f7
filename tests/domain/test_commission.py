"""Commissions: percents as the owner writes them, started fen are nobody's, what came back takes as much away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.commission import Rates, Share, Sold, percent, read_rates, statements

RATES = Rates(100, {"烟酒": 0, "服装": 350})


def test_rates_are_read_as_the_owner_writes_them() -> None:
    assert read_rates("") == Rates()
    assert read_rates("all 1; 烟酒 0；服装 3.5") == RATES
    assert (RATES.of("烟酒"), RATES.of("服装"), RATES.of("")) == (0, 350, 100)
    assert [percent(rate) for rate in (0, 100, 350, 1005)] == ["0%", "1%", "3.5%", "10.05%"]


@pytest.mark.parametrize("text", ["1", "all", "all -1", "all 51", "all 1; all 2", "all 1.234", "服装 many"])
def test_what_is_no_percent_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_rates(text)


def test_a_person_is_told_net_by_category() -> None:
    sold = [
        Sold("1007", "s1", "服装", 9_999),
        Sold("1007", "s1", "烟酒", 5_000),
        Sold("1007", "s2", "服装", 5_000),
        Sold("1007", "r1", "服装", -5_000),
        Sold("1008", "r2", "", -150),
    ]

    first, second = statements(sold, RATES, {"1007": "小李"})

    assert first.shares == (Share("服装", 9_999, 350, 349), Share("烟酒", 5_000, 0, 0))
    assert (first.name, first.sales, first.refunds, first.net_fen, first.fen) == ("小李", 2, 1, 14_999, 349)
    assert (second.sales, second.refunds, second.fen) == (0, 1, -1)


def test_nobody_is_due_more_than_the_owner_allows() -> None:
    [hers] = statements([Sold("a", "s1", "", 100_000)], Rates(1_000), {}, most_fen=500)

    assert (hers.fen, hers.is_capped) == (500, True)


@given(
    st.lists(st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["", "服装"]), st.integers(1, 10**7)), max_size=20)
)
def test_what_all_came_back_leaves_nothing_due(rows: list[tuple[str, str, int]]) -> None:
    sold = [Sold(who, f"s{n}", category, fen) for n, (who, category, fen) in enumerate(rows)]
    back = [Sold(each.who, f"r{n}", each.category, -each.fen) for n, each in enumerate(sold)]

    assert all(each.fen == each.net_fen == 0 for each in statements(sold + back, RATES, {}))
