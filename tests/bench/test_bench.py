"""The bench: its arithmetic, and that its floor writes the very same rows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from storeapp.bench.checkout import _floor, _write, sell_some
from storeapp.bench.lookup import search_figures
from storeapp.bench.measure import Figure, median, p99, percentile, table
from storeapp.bench.members import member_figures
from storeapp.bench.night import night_figures
from storeapp.bench.refund import refund_figures
from storeapp.bench.shift import figures_of as shift_figures_of
from storeapp.bench.shop import measured_shop
from storeapp.bench.trade import trade
from storeapp.bench.window import attach_figures
from storeapp.database.connection import connect

TABLES = ("journal", "sale", "sale_line", "tender", "ledger_txn", "ledger_leg", "lot", "account", "print_job", "day")


def rows(path: Path, key: bytes) -> dict[str, list[str]]:
    connection = connect(path, key, is_writer=False)
    try:
        return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}").fetchall())) for name in TABLES}
    finally:
        connection.close()


def test_percentiles_are_ranks() -> None:
    times = random.Random(1).sample(range(1, 101), 100)

    assert (median(times), p99(times), percentile(times, 1.0)) == (50, 99, 100)


@pytest.mark.parametrize(("value", "word"), [(1.7, "ok"), (1.9, "TOO MUCH")])
def test_a_figure_says_whether_its_promise_holds(value: float, word: str) -> None:
    assert word in table([Figure("checkout", value, "x", 1.8, 0.5)])


def test_the_floor_writes_the_same_rows_as_the_shop(tmp_path: Path) -> None:
    with measured_shop(tmp_path / "shop", products=30, members=5) as shop:
        copy = shop.shop.backup(tmp_path / "floor.db")
        shop.shop.recorder.is_on = True
        sell_some(shop, 4)
        with _floor(copy, shop.key) as bare:
            for writes in shop.shop.recorder.transactions:
                _write(bare, writes)
        shop.shop.checkpoint()

        ours, floor = rows(tmp_path / "shop" / "shop.db", shop.key), rows(copy, shop.key)

    assert ours == floor
    assert len(ours["sale"]) == 4


def test_a_refund_is_measured_against_its_own_checkout(tmp_path: Path) -> None:
    figures = refund_figures(tmp_path, rounds=2)

    assert [figure.at_most for figure in figures] == [2.0, 2.0]
    assert all(figure.value > 0 and figure.floor for figure in figures)


def test_every_way_of_searching_is_measured(tmp_path: Path) -> None:
    figures = search_figures(tmp_path, products=60, members=30)

    assert len(figures) == 9
    assert all(figure.value > 0 for figure in figures)


def test_a_shift_is_closed_and_printed_in_the_measurement(tmp_path: Path) -> None:
    x, z = shift_figures_of(tmp_path, before=2, sales=12)

    assert "12 sales" in z.name
    assert x.value > 0
    assert z.holds


def test_a_member_is_attached_with_all_that_is_known_of_her(tmp_path: Path) -> None:
    (figure,) = attach_figures(tmp_path, members=30)

    assert figure.value > 0


def test_a_small_night_is_measured_like_a_large_one(tmp_path: Path) -> None:
    figures = night_figures(tmp_path, members=40, visits=6)

    assert [figure.unit for figure in figures] == ["s", "MB", "s", "s", "s"]
    assert all(figure.value > 0 for figure in figures)


def test_members_are_measured_on_books_that_are_right(tmp_path: Path) -> None:
    figures = member_figures(tmp_path, members=60, visits=4, legs=400)

    assert [figure.name.partition(",")[0] for figure in figures] == [
        "member to card on screen",
        "last four digits",
        "night over all members",
        "tiers judged",
        "memory of the process after it",
        "proof of every balance",
    ]
    assert all(figure.value > 0 for figure in figures)


def test_a_shop_that_was_kept_is_measured_again_as_it_was_left(tmp_path: Path) -> None:
    member_figures(tmp_path, members=60, visits=4, legs=400)
    key = (tmp_path / "shop" / "key.check").read_bytes()

    again = member_figures(tmp_path, members=60, visits=4, legs=400)

    assert len(again) == 6
    assert (tmp_path / "shop" / "key.check").read_bytes() == key


def test_visits_are_laid_in_the_order_of_their_days_half_of_them_brought_in(tmp_path: Path) -> None:
    with measured_shop(tmp_path / "shop", products=30, members=20) as shop:
        trade(shop, 6)
        with shop.shop.reading() as books:
            read = books._work._connection.execute
            past = [row[0] for row in read("SELECT business_date FROM past_sale ORDER BY id").fetchall()]
            own = [row[0] for row in read("SELECT business_date FROM sale ORDER BY id").fetchall()]

    assert (len(past), len(own)) == (60, 60)
    assert past + own == sorted(past + own)
