"""Promotions on screen: chosen, tried, live, ended; nothing goes live untried by one press."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from storeapp.domain.money import Money
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.domain.replay import DayCost, Replay, as_data
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till.promotions import every_promotion
from storeapp.till.replaying import Progress, ReplayStopped
from storeapp.ui.promotions.presenter import PromotionsPresenter
from storeapp.ui.widgets.bar_chart import scale_top
from tests.ui.scene import Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER

FOUND = Replay("2026-08-30", "2026-09-28", sales=3, touched=1, before=Money(900), after=Money(700),
               days=(DayCost("2026-09-27", 1, Money(200)),))  # fmt: skip


def draft(here: Scene, *names: str) -> None:
    with here.shop.writing() as books:
        for second, name in enumerate(names):
            at = f"2026-09-28T10:00:{second:02d}+08:00"
            books.promotions.put(PromotionVersion(name, 1, {"id": name, "name": name.upper()}, "draft", at, "1001"))


def keeping(here: Scene) -> Callable[[str, int, Progress], Replay]:
    """A trial that keeps its result with the version, as the deed does."""

    def run(promotion_id: str, days: int, progress: Progress) -> Replay:
        with here.shop.writing() as books:
            books.promotions.keep_replay(promotion_id, 1, as_data(FOUND), at="2026-09-28T14:00:00+08:00")
        return FOUND

    return run


@pytest.fixture
def seen() -> Seen:
    return Seen()


def opened(here: Scene, seen: Seen, *, staff: Staff = OWNER) -> PromotionsPresenter:
    presenter = PromotionsPresenter(here.desk, staff, try_out=keeping(here))
    presenter.bind(seen)
    return presenter


def states(here: Scene) -> dict[str, str]:
    return {row.promotion_id: row.state for row in every_promotion(here.shop)}


def test_what_is_live_stands_first_and_the_latest_word_before_older_ones(here: Scene, seen: Seen) -> None:
    draft(here, "a", "b", "c")
    page = opened(here, seen)
    page.choose("a")
    page.go_live()
    page.go_live()

    assert [row.promotion_id for row in seen.state.rows] == ["a", "c", "b"]


def test_an_untried_promotion_goes_live_with_the_second_press(here: Scene, seen: Seen) -> None:
    draft(here, "a")
    page = opened(here, seen)

    page.go_live()
    assert (states(here), seen.state.asking) == ({"a": "draft"}, "live")
    page.go_live()

    assert (states(here), seen.state.asking, seen.well) == ({"a": "live"}, "", ["live"])


def test_a_tried_one_goes_live_at_once_and_ends_with_the_second_press(here: Scene, seen: Seen) -> None:
    draft(here, "a")
    page = opened(here, seen)

    page.try_out()
    page.go_live()
    assert states(here) == {"a": "live"}
    page.end()
    assert states(here) == {"a": "live"}
    page.end()

    assert states(here) == {"a": "ended"}
    assert seen.well == ["tried", "live", "ended"]
    assert seen.state.result["cost_fen"] == 200


def test_choosing_another_one_stops_asking(here: Scene, seen: Seen) -> None:
    draft(here, "a", "b")
    page = opened(here, seen)
    page.go_live()

    page.choose("a")
    page.go_live()

    assert states(here) == {"a": "draft", "b": "draft"}


def test_the_result_of_another_version_is_not_shown(here: Scene, seen: Seen) -> None:
    draft(here, "a")
    page = opened(here, seen)
    page.try_out()
    with here.shop.writing() as books:
        books.promotions.put(PromotionVersion("a", 2, {"id": "a", "name": "A2"}, "draft", "2026-09-28T15:00:00+08:00"))

    page.refresh()

    assert seen.state.result is None


def test_a_cashier_tries_but_does_not_decide(here: Scene, seen: Seen) -> None:
    draft(here, "a")
    page = opened(here, seen, staff=CASHIER)

    page.try_out()
    page.go_live()

    assert (states(here), seen.state.may_decide) == ({"a": "draft"}, False)
    assert [error.word for error in seen.told if isinstance(error, Refused)] == ["not_allowed"]


def test_a_stopped_trial_is_no_fault(here: Scene, seen: Seen) -> None:
    def stopped(_promotion: str, _days: int, progress: Progress) -> Replay:
        progress.stop()
        list(progress.over([1, 2]))
        return FOUND

    draft(here, "a")
    page = PromotionsPresenter(here.desk, OWNER, try_out=stopped)
    page.bind(seen)

    page.try_out()

    assert (seen.told, seen.state.is_trying, seen.state.result) == ([], False, None)


def test_no_promotion_at_all_beeps(here: Scene, seen: Seen) -> None:
    page = opened(here, seen)

    for deed in (page.try_out, page.go_live, page.end):
        deed()

    assert (seen.beeps, seen.told) == (3, [])


def test_progress_counts_and_stops_between_two_receipts() -> None:
    progress = Progress()
    progress.whole = 4
    counted = progress.over(range(4))
    next(counted)
    next(counted)
    assert progress.percent == 25

    progress.stop()

    with pytest.raises(ReplayStopped):
        next(counted)


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 4), (3, 4), (5, 6), (100, 100), (101, 120), (8733, 10_000), (100_001, 120_000)]
)
def test_a_scale_ends_at_a_round_number(highest: int, top: int) -> None:
    assert scale_top(highest) == top


def test_every_scale_holds_its_highest_value() -> None:
    for highest in [*range(2000), *range(2000, 3_000_000, 997)]:
        top = scale_top(highest)

        assert highest <= top <= max(4, highest * 3)
