"""Outreach on screen: copied on one key, settled on one key, and nobody in quiet hours."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from storeapp.domain.staff import NotAllowed
from storeapp.till import layers, outreach
from storeapp.till.outreach import QuietHours
from storeapp.ui.outreach.page import OutreachPage
from storeapp.ui.outreach.presenter import OutreachPresenter
from storeapp.words import words
from tests.ui.conftest import OpenStage
from tests.ui.crowd import crowd
from tests.ui.scene import Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER

CTRL = Qt.KeyboardModifier.ControlModifier


class SeenOutreach(Seen):
    def __init__(self) -> None:
        super().__init__()
        self.copied: list[str] = []

    def copy(self, text: str) -> None:
        self.copied.append(text)


@pytest.fixture
def lived(here: Scene) -> Scene:
    crowd(here.shop, 80)
    layers.work_the_night(here.shop, clock=here.desk.clock)
    return here


def opened(here: Scene) -> tuple[OutreachPresenter, SeenOutreach]:
    page, seen = OutreachPresenter(here.desk, OWNER, lambda: words("en")), SeenOutreach()
    page.bind(seen)
    return page, seen


def listed(seen: Seen) -> list[str]:
    return [one.due.member_id for one in seen.state.morning.letters]


def test_the_first_one_nobody_wrote_to_is_chosen_and_then_the_next(lived: Scene) -> None:
    page, seen = opened(lived)
    first, second, *_rest = listed(seen)
    assert seen.state.chosen == first

    page.settle("skipped")

    assert (seen.state.chosen, seen.well) == (second, ["settled"])
    assert seen.state.morning.letters[0].due.outcome == "skipped"


def test_her_words_are_copied_as_they_stand(lived: Scene) -> None:
    page, seen = opened(lived)

    page.copy()

    assert seen.copied == [seen.state.letter.text]
    assert seen.well == ["copied"]


def test_nothing_is_copied_in_quiet_hours(lived: Scene) -> None:
    page, seen = opened(lived)
    lived.clock.go_on(hours=8)

    page.copy()

    assert seen.copied == []
    assert [type(error) for error in seen.told] == [QuietHours]
    assert seen.state.morning.is_quiet


def test_no_more_messages_takes_two_presses_and_her_consent(lived: Scene) -> None:
    page, seen = opened(lived)
    first, second, *_rest = listed(seen)

    page.end_messages()
    assert (seen.state.is_asking, listed(seen)[0]) == (True, first)
    page.choose(second)
    assert not seen.state.is_asking
    page.choose(first)
    page.end_messages()
    page.end_messages()

    assert (listed(seen)[0], seen.well) == (second, ["ended"])
    with lived.shop.reading() as books:
        assert first not in set(books.outreach.agreed())


def test_an_empty_list_beeps_and_does_nothing(here: Scene) -> None:
    page, seen = opened(here)

    page.copy()
    page.settle("done")
    page.end_messages()

    assert (seen.beeps, seen.state.morning.letters, seen.copied) == (3, (), [])


def test_who_may_not_read_reports_sees_nobody(here: Scene) -> None:
    with pytest.raises(NotAllowed):
        OutreachPresenter(here.desk, CASHIER, lambda: words("en"))


def test_a_morning_is_worked_through_by_keys_alone(open_stage: OpenStage, lived: Scene) -> None:
    on = open_stage()
    on.press(Qt.Key.Key_O, Qt.KeyboardModifier.AltModifier)
    page = on.counter.window.page
    assert isinstance(page, OutreachPage)
    with lived.shop.reading() as books:
        first, second, *_rest = outreach.morning(books, words("zh_CN"), clock=lived.desk.clock).letters

    on.press(Qt.Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == first.text
    on.press(Qt.Key.Key_1, CTRL)
    on.press(Qt.Key.Key_4, CTRL)

    with lived.shop.reading() as books:
        now = {due.member_id: due.outcome for due in books.outreach.of_day(first.due.day)}
    assert (now[first.due.member_id], now[second.due.member_id]) == ("done", "skipped")
    on.press(Qt.Key.Key_I, CTRL)
    assert type(on.counter.window.page).__name__ == "FilePage"
