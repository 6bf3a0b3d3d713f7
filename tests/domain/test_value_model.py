"""The value model against the figures its authors published for CDNOW, and laws a shopkeeper would expect of it."""

from __future__ import annotations

import csv
import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.simplex import least
from storeapp.domain.value_model import (
    Frequency,
    History,
    Spending,
    TooFewMembers,
    Worth,
    fit_frequency,
    fit_worth,
    frequency_likelihood,
)

PUBLISHED = Frequency(r=0.243, alpha=4.414, a=0.793, b=2.426)
"""Fader, Hardie and Lee (2005), table 2."""
PUBLISHED_WORTH = Worth(p=6.25, q=3.74, gamma=15.44)
"""Fader and Hardie (2013), section 5."""


@pytest.fixture(scope="module")
def cdnow() -> list[dict[str, str]]:
    """A tenth of CDNOW's cohort of early 1997, as the authors share it; the package brings it."""
    found = importlib.util.find_spec("lifetimes")
    assert found is not None
    assert found.origin is not None
    file = Path(found.origin).parent / "datasets" / "cdnow_customers_summary_with_transactions.csv"
    with file.open(newline="", encoding="utf-8") as rows:
        return list(csv.DictReader(rows))


def test_the_frequency_of_cdnow_is_the_published_one(cdnow: list[dict[str, str]]) -> None:
    histories = [History(int(row["x"]), float(row["t_x"]), float(row["T"])) for row in cdnow]

    found = fit_frequency(histories)

    assert len(histories) == 2357
    assert found.r == pytest.approx(0.243, abs=0.001)
    assert found.alpha == pytest.approx(4.414, abs=0.002)
    assert found.a == pytest.approx(0.793, abs=0.001)
    assert found.b == pytest.approx(2.426, abs=0.003)
    assert frequency_likelihood(found, Counter(histories)) == pytest.approx(-9582.4, abs=0.05)


def test_the_worth_of_cdnow_is_the_published_one(cdnow: list[dict[str, str]]) -> None:
    spendings = [Spending(int(row["x"]), float(row["zbar"])) for row in cdnow]

    found = fit_worth(spendings)

    assert sum(spending.repeats > 0 for spending in spendings) == 946
    assert found.p == pytest.approx(6.25, abs=0.005)
    assert found.q == pytest.approx(3.74, abs=0.005)
    assert found.gamma == pytest.approx(15.44, abs=0.02)


def test_the_first_customer_buys_as_often_as_published() -> None:
    # Fader, Hardie and Lee's spreadsheet: customer 0001 over the next 39 weeks
    assert PUBLISHED.expected(History(2, 30.43, 38.86), 39.0) == pytest.approx(1.226, abs=0.0005)


def test_who_never_came_back_is_worth_what_members_are_on_average() -> None:
    assert PUBLISHED_WORTH.expected(None) == pytest.approx(6.25 * 15.44 / (3.74 - 1))


def test_the_more_is_known_of_her_the_more_her_own_average_counts() -> None:
    few, many = (PUBLISHED_WORTH.expected(Spending(repeats, 100.0)) for repeats in (1, 20))

    assert PUBLISHED_WORTH.expected(None) < few < many < 100.0


def test_two_members_are_no_crowd() -> None:
    with pytest.raises(TooFewMembers):
        fit_frequency([History(1, 2.0, 4.0)] * 2)


HISTORIES = st.builds(
    lambda repeats, recency, since: History(
        repeats, recency if repeats else 0.0, recency + since if repeats else since
    ),
    st.integers(0, 60),
    st.floats(0.1, 150.0),
    st.floats(0.1, 150.0),
)


@given(HISTORIES, st.floats(0.5, 60.0), st.floats(1.1, 3.0))
def test_a_longer_time_never_brings_fewer_purchases(history: History, weeks: float, longer: float) -> None:
    assert 0.0 <= PUBLISHED.expected(history, weeks) <= PUBLISHED.expected(history, weeks * longer)


@given(HISTORIES, st.floats(1.0, 60.0))
def test_who_stays_away_longer_is_less_likely_to_come_back(history: History, weeks: float) -> None:
    later = history._replace(age=history.age + weeks)

    assert 0.0 <= PUBLISHED.is_alive(later) <= PUBLISHED.is_alive(history) <= 1.0


def test_the_search_finds_the_bottom_of_a_crooked_valley() -> None:
    # Rosenbrock's function, whose least value is at (1, 1)
    found = least(lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2, (-1.2, 1.0), precise=1e-14)

    assert list(found) == pytest.approx([1.0, 1.0], abs=1e-4)
