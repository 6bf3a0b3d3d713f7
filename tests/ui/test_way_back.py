"""The way back: who leaves a sheet that a page led to stands before that page again, and nobody else does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from storeapp.till.policies import set_policies
from storeapp.ui.account.brought_sheet import BroughtSheet
from storeapp.ui.account.correct_sheet import CorrectSheet
from storeapp.ui.account.give_coupon_sheet import GiveSheet
from storeapp.ui.cards.page import CardsPage
from storeapp.ui.coupons.issue_sheet import IssueSheet
from storeapp.ui.coupons.one_sheet import OneSheet
from storeapp.ui.coupons.page import CouponsPage
from storeapp.ui.member.file_page import FilePage
from storeapp.ui.member.find_sheet import FindSheet
from storeapp.ui.topup.sheet import TopUpSheet
from tests.ui.conftest import OpenStage
from tests.ui.coupon_shop import give_some
from tests.ui.scene import ALICE
from tests.ui.stage import Stage


@pytest.fixture
def on(open_stage: OpenStage) -> Stage:
    stage = open_stage()
    set_policies(stage.here.shop, {"stored_value.enabled": True, "cards.enabled": True}, clock=stage.here.desk.clock)
    return stage


def press(*keys: str) -> None:
    for key in keys:
        combination = QKeySequence.fromString(key)[0]  # type: ignore[index]  # the stubs know no []
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, combination.key(), combination.keyboardModifiers())


@pytest.mark.parametrize(("key", "sheet"), [("Ctrl+G", IssueSheet), ("Alt+G", GiveSheet)])
def test_coupons_stand_there_again_with_the_same_kind_chosen(on: Stage, key: str, sheet: type) -> None:
    give_some(on)
    on.counter.act("coupons")
    press("Down")
    page = on.counter.window.page
    assert isinstance(page, CouponsPage)
    chosen = page.state.chosen
    press(key)
    assert (on.counter.window.page, type(on.counter.window.sheet)) == (None, sheet)

    press("Esc")

    page = on.counter.window.page
    assert isinstance(page, CouponsPage)
    assert (page.state.chosen, on.counter.window.sheet) == (chosen, None)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.isAncestorOf(focused)


def test_one_coupon_leads_back_to_its_kind(on: Stage) -> None:
    code = give_some(on)
    on.counter.act("coupons")
    press("Ctrl+F")
    on.type(code)
    press("Return")
    assert isinstance(on.counter.window.sheet, OneSheet)

    press("Esc")

    page = on.counter.window.page
    assert isinstance(page, CouponsPage)
    assert page.state.chosen == "five"


@pytest.mark.parametrize(
    ("deed", "sheet"), [("correct", CorrectSheet), ("coupon", GiveSheet), ("brought", BroughtSheet)]
)
def test_her_page_stands_there_again_after_a_sheet_of_her_account(on: Stage, deed: str, sheet: type) -> None:
    give_some(on)
    on.screens.member_page(ALICE.member_id)
    on.screens.accounts.open(deed, ALICE.member_id)
    assert (on.counter.window.page, type(on.counter.window.sheet)) == (None, sheet)

    press("Esc")

    assert isinstance(on.counter.window.page, FilePage)
    assert on.counter.window.sheet is None


def test_a_sheet_with_nothing_to_choose_is_no_window_of_its_own_and_hears_keys(on: Stage) -> None:
    on.screens.member_page(ALICE.member_id)
    press("Alt+N")
    assert isinstance(on.counter.window.sheet, BroughtSheet)
    QTest.qWait(50)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [on.counter.window]

    press("Esc")

    assert isinstance(on.counter.window.page, FilePage)


class Opened(QObject):
    """Whatever opens as a window of its own, by its class."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return False


def test_her_page_with_coupons_and_gifts_to_give_opens_no_window_of_its_own(on: Stage, qapp: QApplication) -> None:
    give_some(on)
    set_policies(on.here.shop, {"points.gifts": "template five = 300"}, clock=on.here.desk.clock)
    opened = Opened()
    qapp.installEventFilter(opened)

    on.screens.member_page(ALICE.member_id)
    on.screens.accounts.open("brought", ALICE.member_id)

    qapp.removeEventFilter(opened)
    assert opened.names == []
    stray = QLabel()
    qapp.installEventFilter(opened)
    stray.show()
    qapp.removeEventFilter(opened)
    assert opened.names == ["QLabel"]
    stray.close()


def test_topping_up_from_her_page_leads_back_there_and_from_the_counter_to_the_counter(on: Stage) -> None:
    on.screens.member_page(ALICE.member_id)
    on.screens.top_ups.open_for(ALICE.member_id)
    assert isinstance(on.counter.window.sheet, TopUpSheet)

    press("Esc")
    assert isinstance(on.counter.window.page, FilePage)
    press("Esc")
    on.counter.act("top_up")
    press("Esc")

    here = on.counter.window
    assert (here.page, here.sheet) == (None, None)


def test_who_looks_for_a_cards_owner_in_vain_stands_before_the_cards_again(on: Stage) -> None:
    on.counter.act("cards")
    press("F7")
    assert isinstance(on.counter.window.sheet, FindSheet)

    press("Esc")

    assert isinstance(on.counter.window.page, CardsPage)


def test_another_sheet_in_its_place_is_no_going_back(on: Stage) -> None:
    give_some(on)
    on.counter.act("coupons")
    press("Alt+G")

    on.counter.act("menu")

    assert on.counter.window.page is None
    assert on.counter.window.sheet is not None
