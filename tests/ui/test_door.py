"""Coming and going at the till: codes, badges, new PINs, the quick switch, and what keeps the door shut."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.money import Money
from storeapp.domain.staff import PinsDiffer, PinUsedBefore, Staff, UnknownStaff
from storeapp.till.staff import put_staff, sign_in
from storeapp.ui.pay.screen import PaySheet
from storeapp.ui.signin.presenter import SignInPresenter
from storeapp.ui.signin.screen import SignInPage
from storeapp.ui.signin.switch import SwitchSheet
from tests.fakes.held_work import HeldWork
from tests.ui import stage
from tests.ui.conftest import OpenStage
from tests.ui.scene import SOY, WATER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, MANAGER, Stage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def came() -> list[Staff]:
    return []


def asked(here: Scene, came: list[Staff]) -> tuple[SignInPresenter, Seen]:
    stage.furnish(here)
    made, seen = SignInPresenter(here.desk, then=came.append, asks_code=True), Seen()
    made.bind(seen)
    return made, seen


def test_a_code_and_a_pin_are_two_entries(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came)

    made.enter("1007")
    assert seen.state.step == "pin"
    made.enter("1007")

    assert [who.code for who in came] == ["1007"]


def test_nothing_typed_means_who_is_chosen_and_a_strange_code_is_told(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came)

    made.enter("4711")
    told = seen.state.refused
    made.enter("")

    assert isinstance(told, UnknownStaff)
    assert (seen.state.step, seen.state.person.code, seen.state.refused) == ("pin", "1001", None)


def test_a_badge_saves_the_code(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came)
    put_staff(here.shop, "1007", name="陈晓雯", role="cashier", badge="STAFF-0007", clock=here.desk.clock)

    assert made.scan("STAFF-0007")
    assert not made.scan(WATER.code)

    assert (seen.state.step, seen.state.person.code) == ("pin", "1007")


def test_a_pin_somebody_else_chose_is_changed_before_anything_else(here: Scene, came: list[Staff]) -> None:
    made, seen = asked(here, came)
    put_staff(here.shop, "1007", name="陈晓雯", role="cashier", pin="1111", clock=here.desk.clock, by="1001")
    made.enter("1007")
    made.enter("1111")
    assert (seen.state.step, came) == ("new", [])

    made.enter("1111")
    assert isinstance(seen.state.refused, PinUsedBefore)
    made.enter("2222")
    made.enter("2223")
    assert isinstance(seen.state.refused, PinsDiffer)
    made.move(1)
    assert seen.state.person.code == "1007"
    made.enter("2222")
    made.enter("2222")

    assert [who.code for who in came] == ["1007"]
    assert not sign_in(here.shop, "1007", "2222", clock=here.desk.clock).must_change_pin


# in the window


def _signed_out(on: Stage) -> list[tuple[str, str]]:
    with on.here.shop.reading() as books:
        entries = [entry for entry in books.journal.after(0, limit=999) if entry.type == "staff.signed_out"]
    return [(said["staff"], said["why"]) for said in (json.loads(entry.body) for entry in entries)]


def _switch(on: Stage, code: str, pin: str) -> None:
    on.press(Qt.Key.Key_H, CTRL)
    assert isinstance(on.counter.window.over, SwitchSheet)
    for typed in (code, pin):
        on.type(typed)
        on.press(Qt.Key.Key_Return)


def test_a_quick_switch_keeps_the_basket_and_the_open_payment(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    on.counter.take_scan(SOY.code)
    on.press(Qt.Key.Key_F9)

    _switch(on, "1003", "100300")

    assert on.counter.window.over is None
    assert isinstance(on.counter.window.sheet, PaySheet)
    assert on.counter.sell.state.due == Money(990)
    on.press(Qt.Key.Key_Return)
    with on.here.shop.reading() as books:
        sale = books.sales.last()
    assert sale is not None
    assert sale.cashier == "1003"
    assert _signed_out(on) == [("1007", "switched")]


def test_what_was_begun_in_anothers_name_ends_with_the_switch(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    on.screens.sign_up()

    _switch(on, "1003", "100300")

    assert on.counter.window.sheet is None


def test_a_switch_taken_back_while_the_pin_is_checked_changes_nobody(
    open_stage: OpenStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    on, held = open_stage(staff=CASHIER), HeldWork()
    on.press(Qt.Key.Key_H, CTRL)
    on.type("1003")
    on.press(Qt.Key.Key_Return)
    monkeypatch.setattr(on.here.desk.work, "db", held.db)
    on.type("100300")
    on.press(Qt.Key.Key_Return)

    on.press(Qt.Key.Key_Escape)
    while held.waiting:
        held.run_next()

    assert on.counter.window.over is None
    assert on.counter.sell.staff.code == "1007"
    assert _signed_out(on) == [("1003", "switched")]


def test_goods_scanned_during_a_switch_are_rung_up(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    on.press(Qt.Key.Key_H, CTRL)

    on.counter.take_scan(WATER.code)

    assert len(on.counter.sell.state.priced.lines) == 1
    assert isinstance(on.counter.window.over, SwitchSheet)


def test_money_on_its_way_keeps_the_door_shut_and_a_lock_waits_behind_its_page(open_stage: OpenStage) -> None:
    on = open_stage(staff=MANAGER)
    on.counter.take_scan(SOY.code)
    on.press(Qt.Key.Key_F9)
    on.counter.pay.state = replace(on.counter.pay.state, step="asking")

    on.press(Qt.Key.Key_L, CTRL)
    assert on.counter.window.page is None
    assert on.counter.window.notice.isVisible()
    on.screens.door.lock()

    assert isinstance(on.counter.window.page, SignInPage)
    assert isinstance(on.counter.window.sheet, PaySheet)
    assert _signed_out(on) == [("1003", "idle")]


def test_what_is_not_sent_yet_is_a_hint_and_no_hindrance(open_stage: OpenStage) -> None:
    on = open_stage(staff=MANAGER)
    with on.here.shop.writing() as books:
        books.put_device(replace(books.device, cloud_url="http://cloud.example"))

    on.press(Qt.Key.Key_L, CTRL)

    assert isinstance(on.counter.window.page, SignInPage)
    assert on.counter.window.notice.isVisible()
