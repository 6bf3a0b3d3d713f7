"""The frame: the hour, the day so far, and what needs a person, in words and never in colour alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from storeapp.domain.alarm import Alarm
from storeapp.domain.shift import Shift
from storeapp.till.shift_standing import Standing
from storeapp.ui.frame import status_bar
from storeapp.ui.frame.presenter import FramePresenter
from storeapp.ui.frame.state import CloudState, FrameState
from storeapp.ui.pay.presenter import PayPresenter
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.words import words
from tests.ui.conftest import OpenCounter
from tests.ui.scene import CASHIER, WATER, Scene
from tests.ui.seen_selling import SeenSelling
from tests.ui.test_counter_looks import LONG, clipped
from tests.ui.test_pay_presenter import SeenPaying

EN = words("en")
NOON = FrameState("Shop", "1", datetime(2026, 9, 28, 12, 0))


class SeenFrame:
    state: FrameState = NOON

    def show_frame(self, state: FrameState) -> None:
        self.state = state


def test_the_frame_knows_the_shop_the_hour_and_who_sells(here: Scene) -> None:
    seen = SeenFrame()
    frame = FramePresenter(here.desk, here.around, seen)

    frame.sign_in(CASHIER)

    assert seen.state.shop == "海棠便利 · 南山科技园店"
    assert (seen.state.cashier, seen.state.cashier_code) == ("陈晓雯", "1007")
    assert seen.state.now.hour == 14
    assert seen.state.is_demo
    frame.sign_in(None)
    assert seen.state.cashier == ""


def test_what_waits_for_the_owner_is_counted_and_the_books_alone_are_red(here: Scene) -> None:
    seen = SeenFrame()
    frame = FramePresenter(here.desk, here.around, seen)
    marks = []
    for kinds in ((), ("custody",), ("custody", "books")):
        with here.shop.writing() as books:
            for kind in kinds:
                books.alarms.put(Alarm(kind, kind, "2026-09-28T03:00:00+08:00"))
        frame.tick()
        mark = status_bar.alarms(seen.state, EN)
        marks.append(mark and (mark.words, mark.tone))

    assert marks == [None, ("1 alarm", "amber"), ("2 alarms", "red")]


def test_a_clock_the_cloud_does_not_share_stays_in_sight_of_a_till_that_joined_one(here: Scene) -> None:
    seen = SeenFrame()
    frame = FramePresenter(here.desk, here.around, seen)
    here.around.is_clock_off = True
    frame.tick()
    alone = status_bar.clock(seen.state, EN)
    with here.shop.writing() as books:
        books.put_device(replace(books.device, cloud_url="https://cloud.example"))

    frame.tick()

    told = status_bar.clock(seen.state, EN)
    assert alone is None
    assert told is not None
    assert (told.words, told.tone) == ("Clock is wrong", "amber")
    here.around.is_clock_off = False
    frame.tick()
    assert status_bar.clock(seen.state, EN) is None


def test_the_day_is_counted_sale_by_sale(here: Scene) -> None:
    seen, sell = SeenFrame(), SellPresenter(here.desk, CASHIER)
    frame, pay = FramePresenter(here.desk, here.around, seen), PayPresenter(here.desk, sell)
    sell.bind(SeenSelling())
    pay.bind(SeenPaying())
    for _sale in range(2):
        sell.scan(WATER.code)
        pay.open("cash")
        pay.confirm()

    frame.tick()

    assert seen.state.sales_today == 2
    assert seen.state.cloud.unsent > 0
    assert seen.state.cloud.unsent_age == timedelta(0)


@pytest.mark.parametrize(
    ("state", "icon", "said", "tone"),
    [
        (CloudState(), "cloud-off", "No cloud", "muted"),
        (CloudState(joined=True), "cloud-check", "Cloud up to date", "brand"),
        (CloudState(joined=True, reachable=False), "cloud-off", "No network", "amber"),
        (
            CloudState(True, False, 12, timedelta(hours=3)),
            "cloud-off",
            "12 not sent yet, oldest 3 h",
            "amber",
        ),
        (CloudState(True, True, 2, timedelta(0)), "cloud-upload", "2 not sent yet", "muted"),
    ],
)
def test_what_waits_for_the_cloud_is_counted_and_aged(state: CloudState, icon: str, said: str, tone: str) -> None:
    status = status_bar.cloud(state, EN)

    assert (status.icon, status.words, status.tone) == (icon, said, tone)


def test_trouble_is_red_and_says_what_it_is() -> None:
    no_paper = status_bar.printer(replace(NOON, printer="paper_out"), EN)
    silent = status_bar.drawer(replace(NOON, drawer="silent"), EN)

    assert (no_paper.tone, no_paper.words) == ("red", "Printer has no paper")
    assert silent is not None
    assert (silent.tone, silent.words) == ("red", "Drawer: no answer")


def test_what_is_not_there_is_not_named() -> None:
    assert status_bar.second_screen(NOON, EN) is None
    assert status_bar.drawer(NOON, EN) is None


def test_a_sale_counts_on_the_screen_at_once(open_counter: OpenCounter) -> None:
    counter = open_counter(language="en")
    counter.sell.scan(WATER.code)
    counter.act("cash")

    counter.pay.confirm()

    said = [words.text() for words in counter.window.status.findChildren(QLabel)]
    assert any("1 sale today" in text for text in said)


def test_where_words_are_long_only_what_is_well_gives_up_its_own(open_counter: OpenCounter, here: Scene) -> None:
    counter = open_counter(language=LONG)
    status = counter.window.status

    status.show_state(
        replace(
            NOON,
            unclear=2,
            drawer="silent",
            printer="ready",
            second_screen=True,
            shift=Standing(Shift("s-1", 1, "2026-09-28T08:32:00+08:00", "1007", "2026-09-28", 50_000)),
        )
    )
    QApplication.processEvents()

    said = [label.text() for label in status.findChildren(QLabel) if label.isVisible() and label.text()]
    assert clipped(counter.window) == []
    assert any(text.startswith("2 unclear") for text in said)
    assert any(text.startswith("Drawer: no answer") for text in said)
    assert not any(text.startswith("Second screen") for text in said)


def test_a_state_with_more_words_gets_their_room_at_once(open_counter: OpenCounter, here: Scene) -> None:
    counter = open_counter(language="en")
    for printer in ("busy", "ready", "paper_out", "ready"):
        here.around.printer_state = printer
        counter.frame.tick()

        assert clipped(counter.window) == []
