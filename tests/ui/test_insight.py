"""Insight on screen: read beside the window, computed on one key, for whoever may read reports."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.feedback import Feedback
from storeapp.domain.staff import NotAllowed
from storeapp.till import layers, segments
from storeapp.till.insight import insight
from storeapp.ui.insight.page import InsightPage
from storeapp.ui.insight.presenter import SIDES, InsightPresenter
from storeapp.ui.insight.steps import StepsView
from storeapp.ui.insight.value import ValueView
from storeapp.ui.widgets.heat_grid import mixed
from tests.fakes.held_work import HeldWork
from tests.ui import scene
from tests.ui.conftest import OpenStage
from tests.ui.crowd import crowd
from tests.ui.scene import Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER


def opened(here: Scene) -> tuple[InsightPresenter, Seen]:
    page, seen = InsightPresenter(here.desk, OWNER), Seen()
    page.bind(seen)
    return page, seen


def test_before_the_first_night_there_is_nothing_and_one_key_computes_it(here: Scene) -> None:
    crowd(here.shop, 12)
    page, seen = opened(here)
    assert (seen.state.found, seen.state.is_reading) == (None, False)

    page.compute()

    assert seen.well == ["computed"]
    assert seen.state.found.picture.learned.members == 12
    assert (seen.state.is_working, seen.state.is_reading) == (False, False)


def test_a_second_press_stops_the_work_and_that_is_no_fault() -> None:
    work = HeldWork()
    here = scene.scene(work)
    crowd(here.shop, 12)
    page, seen = opened(here)
    while work.waiting:
        work.run_next()

    page.compute()
    page.compute()
    work.run_next()

    assert (seen.state.is_working, seen.told, seen.well) == (False, [], [])
    assert layers.picture(here.shop) is None


def test_the_sides_go_round(here: Scene) -> None:
    page, seen = opened(here)

    page.turn(-1)
    assert seen.state.side == len(SIDES) - 1
    page.turn(1)

    assert seen.state.side == 0


def test_who_may_not_read_reports_sees_nothing(here: Scene) -> None:
    with pytest.raises(NotAllowed):
        InsightPresenter(here.desk, CASHIER)


def test_the_sums_are_those_of_the_layers(here: Scene) -> None:
    crowd(here.shop)
    layers.work_the_night(here.shop, clock=here.desk.clock)

    found = insight(here.shop, clock=here.desk.clock)

    assert found is not None
    with here.shop.reading() as books:
        every = list(books.layers.every())
    assert found.sums.realised_fen == sum(layer.value.realised_fen for layer in every)
    assert found.sums.potentials == sum(layer.value.potential_fen is not None for layer in every)
    worth = [one.layer.value.model_fen or one.layer.value.potential_fen or 0 for one in found.best]
    assert worth == sorted(worth, reverse=True)
    assert found.best
    assert all("****" in one.phone_masked for one in found.best)


def test_the_page_is_turned_and_a_member_opened_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    crowd(here.shop)
    layers.work_the_night(here.shop, clock=here.desk.clock)
    on = open_stage()
    on.press(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    page = on.counter.window.page
    assert isinstance(page, InsightPage)
    overview, value = page._sides[0], page._sides[3]
    assert overview.isVisible()

    for _turn in range(3):
        on.press(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(value, ValueView)
    assert value.isVisible()
    value.best.setFocus()
    on.press(Qt.Key.Key_Return)

    assert type(on.counter.window.page).__name__ == "FilePage"


def test_category_steps_are_told_or_said_to_be_missing(open_stage: OpenStage, here: Scene) -> None:
    crowd(here.shop)
    layers.work_the_night(here.shop, clock=here.desk.clock)
    on = open_stage()
    on.screens.people.insight()
    page = on.counter.window.page
    assert isinstance(page, InsightPage)
    view, found = page._sides[2], page._presenter.state.found

    assert isinstance(view, StepsView)
    assert found is not None
    assert view._steps.rows.model().rowCount() == len(found.picture.learned.steps)


def test_a_cashier_is_told_why_not(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)

    on.screens.open("insight")

    assert on.counter.window.page is None
    assert on.here.bell.rung == 1


def test_a_tint_lies_between_its_two_colours() -> None:
    assert (mixed("#000000", "#ffffff", 0.0), mixed("#000000", "#ffffff", 1.0)) == ("#000000", "#ffffff")
    assert mixed("#000000", "#ff0000", 0.5) == "#800000"


def test_segments_are_counted_beside_the_rest(here: Scene) -> None:
    crowd(here.shop, 12)
    layers.work_the_night(here.shop, clock=here.desk.clock)
    row = {"id": "all", "name": "来过", "conditions": [{"field": "visits", "is": "at_least", "value": 1}]}
    segments.put(here.shop, [row], by="1001", clock=here.desk.clock)

    _page, seen = opened(here)

    # the twelve, and she who stands in every scene
    assert [(each.segment.name, each.members) for each in seen.state.segments] == [("来过", 13)]


def test_what_customers_said_is_read_and_enter_opens_who_said_it(open_stage: OpenStage, here: Scene) -> None:
    crowd(here.shop, 12)
    with here.shop.writing() as books:
        books.feedback.put(Feedback("a", 2, "排队太久", "2026-09-28T03:00:00+00:00", "S01-1-1", "m-0003"))
        books.feedback.put(Feedback("b", 5, "", "2026-09-28T04:00:00+00:00", "S01-1-2"))
    on = open_stage()
    on.screens.people.insight()
    page = on.counter.window.page
    assert isinstance(page, InsightPage)
    page._presenter.show_side(SIDES.index("feedback"))
    assert page._feedback.isVisible()
    assert page._feedback.rows.model().rowCount() == 2

    page._feedback.rows.setFocus()
    on.press(Qt.Key.Key_Return)
    assert (on.here.bell.rung, on.counter.window.page) == (1, page)
    on.press(Qt.Key.Key_Down)
    on.press(Qt.Key.Key_Return)

    assert type(on.counter.window.page).__name__ == "FilePage"
