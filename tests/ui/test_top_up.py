"""Topping up under a cashier's hands: by keys alone, once, and for the member who stands there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from storeapp.domain.ledger import bonus_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.top_up import BadTopUp, StoredValueOff, ValueCapped
from storeapp.till.policies import set_policies
from storeapp.till.top_ups import ValueDone
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.member.find_sheet import FindSheet
from storeapp.ui.shift.opening_sheet import OpeningSheet
from storeapp.ui.topup.presenter import TopUpPresenter, TopUpState
from storeapp.ui.topup.sheet import TopUpSheet
from tests.ui.conftest import OpenStage
from tests.ui.scene import ALICE, CASHIER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import Stage
from tests.ui.test_counter_looks import clipped

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ON = {"stored_value.enabled": True, "stored_value.rules": "100,200+50,500+150,1000+400"}


def switch_on(here: Scene, **more: object) -> None:
    set_policies(here.shop, {**ON, **more}, clock=here.desk.clock)


def holds(here: Scene) -> tuple[int, int]:
    with here.shop.reading() as books:
        balance = books.ledger.balance
        return balance(principal_account(ALICE.member_id), "fen"), balance(bonus_account(ALICE.member_id), "fen")


def sheet_of(stage: Stage) -> TopUpSheet:
    sheet = stage.counter.window.sheet
    assert isinstance(sheet, TopUpSheet)
    return sheet


@pytest.fixture
def done() -> list[ValueDone]:
    return []


def topping_up(here: Scene, done: list[ValueDone]) -> tuple[TopUpPresenter, Seen]:
    def ask(*_: object, then: object, **__: object) -> None:
        then(None)  # type: ignore[operator]  # nobody need be asked

    made, seen = TopUpPresenter(here.desk, CASHIER, ALICE.member_id, ask=ask, then=done.append), Seen()
    made.bind(seen)
    return made, seen


def test_a_step_brings_its_gift_and_what_she_will_hold(here: Scene, done: list[ValueDone]) -> None:
    switch_on(here)
    made, _seen = topping_up(here, done)

    made.choose(1)

    assert (made.state.text, made.state.gift, made.state.after) == ("200", Money(5_000), Money(25_000))
    made.pay_by("card")
    made.confirm()
    made.confirm()
    assert [each.doc.tender for each in done] == ["card", "card"]
    assert [each.was_repeated for each in done] == [False, True]
    assert holds(here) == (20_000, 5_000)


def test_what_comes_month_by_month_is_said_before_it_is_taken(
    open_stage: OpenStage, here: Scene, tmp_path: Path
) -> None:
    switch_on(here, **{"stored_value.monthly": "200+10x12"})
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_C, ALT)

    stage.type("200")

    QApplication.processEvents()
    assert "10.00 × 12" in sheet_of(stage)._gift.text()
    assert stage.counter.window.grab().save(str(tmp_path / "monthly.png"))
    assert clipped(stage.counter.window) == []


@pytest.mark.parametrize(("text", "fault"), [("0.5", BadTopUp), ("4999", ValueCapped), ("999999", ValueCapped)])
def test_what_cannot_be_taken_is_said_at_the_amount(
    here: Scene, done: list[ValueDone], text: str, fault: type[Exception]
) -> None:
    switch_on(here)
    made, seen = topping_up(here, done)

    made.type(text)
    made.confirm()

    assert isinstance(made.state.fault, fault)
    assert seen.beeps == 1
    assert (done, holds(here)) == ([], (0, 0))


def test_a_shop_that_keeps_no_money_opens_nothing(here: Scene, done: list[ValueDone]) -> None:
    with pytest.raises(StoredValueOff):
        topping_up(here, done)


def test_she_is_topped_up_by_keys_alone(open_stage: OpenStage, here: Scene) -> None:
    switch_on(here)
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)

    stage.press(Qt.Key.Key_C, ALT)
    sheet_of(stage)
    stage.type("300")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Right)
    stage.press(ENTER)

    assert holds(here) == (30_000, 5_000)
    assert stage.counter.window.sheet is None
    assert "350" in stage.counter.window.notice.accessibleName()
    with here.shop.reading() as books:
        [doc] = books.values.of_member(ALICE.member_id)
    assert (doc.tender, doc.cashier) == ("card", "1007")


def test_a_step_is_one_key(open_stage: OpenStage, here: Scene) -> None:
    switch_on(here)
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)

    stage.press(Qt.Key.Key_C, ALT)
    stage.press(Qt.Key.Key_3, CTRL)
    stage.press(ENTER)

    assert holds(here) == (50_000, 15_000)


def test_her_page_leads_there_and_nobody_at_the_counter_is_looked_for_first(open_stage: OpenStage, here: Scene) -> None:
    switch_on(here)
    stage = open_stage(staff=CASHIER)

    stage.press(Qt.Key.Key_C, ALT)
    assert isinstance(stage.counter.window.sheet, FindSheet)
    stage.screens.member_page(ALICE.member_id)
    stage.press(Qt.Key.Key_C, ALT)

    assert stage.counter.window.page is None
    assert sheet_of(stage)._presenter.state.phone == "138****6621"


def test_who_may_not_top_up_has_a_manager_asked(open_stage: OpenStage, here: Scene) -> None:
    switch_on(here, **{"rights.cashier": "-top_up"})
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.press(Qt.Key.Key_C, ALT)
    stage.type("200")

    stage.press(ENTER)
    stage.press(ENTER)

    assert isinstance(stage.counter.window.over, ApprovalSheet)
    assert holds(here) == (0, 0)


def test_stored_value_that_is_off_says_so(open_stage: OpenStage, here: Scene) -> None:
    stage = open_stage(staff=CASHIER)
    stage.counter.sell.attach_member(ALICE.member_id)

    stage.press(Qt.Key.Key_C, ALT)

    assert stage.counter.window.sheet is None
    assert "未开通储值" in stage.counter.window.notice.accessibleName()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
def test_nothing_is_cut_off(
    open_stage: OpenStage, here: Scene, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    switch_on(here, **{"stored_value.rules": "100,200+50,500+150,1000+400,2000+900,3000+1600"})
    stage = open_stage(staff=CASHIER, language=language)
    stage.counter.window.resize(*size)
    stage.counter.sell.attach_member(ALICE.member_id)
    stage.screens.open("top_up")
    stage.press(Qt.Key.Key_6, CTRL)
    QApplication.processEvents()

    assert stage.counter.window.grab().save(str(tmp_path / "top-up.png"))
    assert clipped(stage.counter.window) == []
    assert isinstance(sheet_of(stage)._presenter.state, TopUpState)


def test_money_is_paid_in_only_where_a_shift_is_open(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    switch_on(stage.here, **{"shift.required": True})
    stage.screens.member_page(ALICE.member_id)

    stage.screens.top_ups.open_for(ALICE.member_id)
    assert isinstance(stage.counter.window.sheet, OpeningSheet)
    stage.press(Qt.Key.Key_C, ALT)
    assert isinstance(stage.counter.window.sheet, OpeningSheet)

    stage.type("100")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_C, ALT)
    assert sheet_of(stage)
