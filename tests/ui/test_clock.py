"""The clock jumped: a person is asked in a quiet moment, by keys, and no customer waits for the answer."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from storeapp.ui.clock.asking import REST_TICKS
from storeapp.ui.clock.sheet import ClockSheet
from tests.ui.conftest import OpenStage
from tests.ui.scene import WATER
from tests.ui.stage import CASHIER, Stage


def opened(open_stage: OpenStage) -> Stage:
    """A cashier's till whose clock goes as it should."""
    stage = open_stage(language="en", staff=CASHIER)
    stage.counter.tick()
    return stage


def jump(stage: Stage, *, days: int) -> None:
    stage.here.clock.go_on(days=days)
    stage.counter.tick()


def sheet(stage: Stage) -> ClockSheet | None:
    here = stage.counter.window.sheet
    return here if isinstance(here, ClockSheet) else None


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def seen(stage: Stage) -> tuple[str, str] | None:
    with stage.here.shop.reading() as books:
        alarm = books.alarms.by_id("clock")
    return None if alarm is None else (alarm.state, alarm.by)


def test_both_times_are_shown_and_a_key_confirms_under_the_cashiers_name(open_stage: OpenStage) -> None:
    stage = opened(open_stage)
    jump(stage, days=2)
    asked = sheet(stage)
    assert asked is not None
    words = said(asked)

    # what is typed meanwhile is no answer
    stage.press(Qt.Key.Key_Return)
    typed = seen(stage)
    stage.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    now = stage.here.desk.clock.now()
    assert f"{now:%Y-%m-%d %H:%M}" in words
    assert f"{now - timedelta(days=2):%Y-%m-%d %H:%M}" in words
    assert typed == ("open", "")
    assert seen(stage) == ("seen", CASHIER.code)
    assert sheet(stage) is None
    assert "with your name" in said(stage.counter.window.notice)


def test_the_next_customer_takes_the_question_away_and_it_comes_back(open_stage: OpenStage) -> None:
    stage = opened(open_stage)
    jump(stage, days=2)
    assert sheet(stage) is not None

    stage.counter.take_scan(WATER.code)
    in_a_sale = sheet(stage)
    sold = len(stage.counter.sell.state.priced.lines)
    stage.counter.sell.clear()
    stage.counter.tick()
    soon = sheet(stage)
    for _tick in range(REST_TICKS):
        stage.counter.tick()

    assert (in_a_sale, sold, soon) == (None, 1, None)
    assert sheet(stage) is not None
    assert seen(stage) == ("open", "")


def test_a_sale_that_is_under_way_sees_a_notice_and_no_question(open_stage: OpenStage) -> None:
    stage = opened(open_stage)
    stage.counter.take_scan(WATER.code)

    jump(stage, days=2)
    in_a_sale = sheet(stage)
    told = said(stage.counter.window.notice)
    stage.counter.sell.clear()
    stage.counter.tick()

    assert in_a_sale is None
    assert "The clock jumped" in told
    assert sheet(stage) is not None


def test_a_clock_set_right_takes_the_question_away_by_itself(open_stage: OpenStage) -> None:
    stage = opened(open_stage)
    jump(stage, days=2)
    assert sheet(stage) is not None

    jump(stage, days=-2)

    assert sheet(stage) is None
    assert seen(stage) == ("over", "")
