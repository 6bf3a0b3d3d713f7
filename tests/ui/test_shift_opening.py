"""Opening a shift: the counter asks for it before the first sale, and nobody is locked in or out by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money, NotAnAmount
from storeapp.domain.shift import BadCount, Count, Shift, ShiftIsOpen
from storeapp.domain.tender import Tender
from storeapp.till import shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policy
from storeapp.ui.frame import status_bar
from storeapp.ui.pay.screen import PaySheet
from storeapp.ui.settings.form import PolicyForm
from storeapp.ui.settings.rights import LIMITS
from storeapp.ui.shift.opening import FloatMissing, OpeningPresenter
from storeapp.ui.shift.opening_sheet import OpeningSheet
from storeapp.words import words
from tests.ui import stage
from tests.ui.conftest import OpenStage
from tests.ui.scene import SOY, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER, Stage

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
BARCODE = "6902265360100"


def opening(here: Scene) -> tuple[OpeningPresenter, Seen, list[Shift]]:
    opened: list[Shift] = []
    made, seen = OpeningPresenter(here.desk, "1007", then=opened.append), Seen()
    made.bind(seen)
    return made, seen, opened


def closed_with(here: Scene, counted: dict[str, Count], left: int | None = None) -> None:
    desk = here.desk
    shifts.open_shift(desk.shop, by="1007", float_amount=Money(50_000), clock=desk.clock, ids=desk.ids)
    shifts.close_shift(
        desk.shop,
        counted,
        by="1007",
        left=None if left is None else Money(left),
        clock=desk.clock,
        ids=desk.ids,
    )


def required(here: Scene) -> None:
    set_policy(here.shop, "shift.required", True, actor="1001", clock=here.desk.clock)


def test_an_empty_field_takes_what_the_last_shift_left(here: Scene) -> None:
    closed_with(here, {"cash": Count(61_000)}, left=40_000)
    made, seen, opened = opening(here)
    assert seen.state.amount == Money(40_000)

    made.confirm()

    assert [(shift.number, shift.float_fen) for shift in opened] == [(2, 40_000)]


def test_a_drawer_nobody_counted_proposes_nothing(here: Scene) -> None:
    closed_with(here, {})
    made, seen, opened = opening(here)

    made.confirm()
    assert (type(seen.state.refused), opened) == (FloatMissing, [])
    made.type("0")
    made.confirm()

    assert [shift.float_fen for shift in opened] == [0]


def test_notes_and_coins_come_to_the_float(here: Scene) -> None:
    made, seen, opened = opening(here)

    made.turn()
    for denomination, pieces in ((10_000, "3"), (500, "12"), (10, "7")):
        made.count(denomination, pieces)
    assert seen.state.amount == Money(36_070)
    made.confirm()

    assert opened[0].float_fen == 36_070


@pytest.mark.parametrize("text", [BARCODE, "1e3", "-5"])
def test_a_barcode_is_no_float(here: Scene, text: str) -> None:
    made, seen, opened = opening(here)

    made.type(text)
    made.confirm()
    told = seen.state.refused
    made.turn()
    made.count(10_000, text)
    made.confirm()

    assert told is not None
    assert isinstance(seen.state.refused, NotAnAmount)
    assert (opened, seen.beeps) == ([], 2)


def test_an_absurd_float_is_refused(here: Scene) -> None:
    made, seen, opened = opening(here)

    made.type("100000.01")
    made.confirm()

    assert isinstance(seen.state.refused, BadCount)
    assert opened == []


def test_who_comes_second_is_told_that_it_is_open(here: Scene) -> None:
    first, _seen, _opened = opening(here)
    second, seen, opened = opening(here)
    first.confirm()

    second.confirm()

    assert isinstance(seen.state.refused, ShiftIsOpen)
    assert opened == []
    assert not seen.state.is_saving


# in the window


def _signed_in(on: Stage) -> None:
    on.screens.door.ask_first()
    on.type("1007")
    on.press(Qt.Key.Key_Return)


def test_after_signing_in_one_number_and_enter_open_the_shift(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    required(here)

    _signed_in(on)
    assert isinstance(on.counter.window.sheet, OpeningSheet)
    on.type("500")
    on.press(Qt.Key.Key_Return)

    assert on.counter.window.sheet is None
    with here.shop.reading() as books:
        current = books.shifts.current()
    assert current is not None
    assert (current.float_fen, current.opened_by) == (50_000, "1007")
    said = [words.text() for words in on.counter.window.status.findChildren(QLabel)]
    assert "第 1 班 · 14:32 起" in said


def test_by_keys_alone_from_the_sum_to_notes_and_coins(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    required(here)
    _signed_in(on)

    on.press(Qt.Key.Key_N, CTRL)
    for pieces in ("2", "", "5", "", "", "", "", "3"):
        on.type(pieces)
        on.press(Qt.Key.Key_Return)

    with here.shop.reading() as books:
        current = books.shifts.current()
    assert current is not None
    # 2 x 100, 5 x 20, 3 x 0.10
    assert current.float_fen == 30_030


def test_without_a_shift_money_is_not_taken_and_the_basket_stays(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    required(here)
    on.counter.take_scan(SOY.code)

    on.press(Qt.Key.Key_F9)
    assert isinstance(on.counter.window.sheet, OpeningSheet)
    on.counter.take_scan(SOY.code)
    assert on.counter.sell.state.due == Money(1980)
    on.press(Qt.Key.Key_Return)
    on.counter.window.scan.setFocus()
    on.press(Qt.Key.Key_F9)

    assert isinstance(on.counter.window.sheet, PaySheet)
    on.press(Qt.Key.Key_Return)
    with here.shop.reading() as books:
        sale, current = books.sales.last(), books.shifts.current()
    assert sale is not None
    assert current is not None
    assert sale.shift_id == current.shift_id


def test_the_sheet_is_no_trap(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    required(here)
    _signed_in(on)

    on.press(Qt.Key.Key_Escape)
    assert on.counter.window.sheet is None
    assert on.counter.window.scan.hasFocus()
    on.press(Qt.Key.Key_S, ALT)

    assert isinstance(on.counter.window.sheet, OpeningSheet)


def test_the_owner_can_do_without(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    set_policy(here.shop, "shift.required", False, actor="1001", clock=here.desk.clock)
    _signed_in(on)
    assert on.counter.window.sheet is None
    on.counter.take_scan(SOY.code)

    on.press(Qt.Key.Key_F9)

    assert isinstance(on.counter.window.sheet, PaySheet)


def test_a_script_sells_without_a_shift(here: Scene) -> None:
    required(here)
    stage.furnish(here)
    desk = here.desk
    with here.shop.reading() as books:
        product = books.products.by_code(SOY.code)
    assert product is not None
    order = Order(Basket((Line(product),)), (Tender("cash", Money(1000)),), "1007", prints=False)
    assert checkout(desk.shop, order, clock=desk.clock, ids=desk.ids).sale.shift_id is None


def test_a_pasted_barcode_is_told_and_stays_out(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    required(here)
    _signed_in(on)
    for turn in (False, True):
        if turn:
            on.press(Qt.Key.Key_N, CTRL)
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        QApplication.clipboard().setText(BARCODE)
        on.press(Qt.Key.Key_V, CTRL)

        assert focused.text() == ""
        sheet = on.counter.window.sheet
        assert sheet is not None
        said = [words.text() for words in sheet.findChildren(QLabel) if words.isVisible()]
        assert any("条码" in text for text in said)


def test_the_status_bar_tells_of_the_shift(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    required(here)
    seen = []
    on.counter.frame._view = type("V", (), {"show_frame": lambda _self, state: seen.append(state)})()
    on.counter.frame.tick()
    shifts.open_shift(here.shop, by="1007", float_amount=Money(0), clock=here.desk.clock, ids=here.desk.ids)
    on.counter.frame.tick()

    none, some = (status_bar.shift(state, words("en")) for state in seen)
    assert none is not None
    assert some is not None
    assert (none.words, none.tone) == ("No shift", "amber")
    assert some.words == "Shift 1, 14:32"


def test_the_owner_says_it_among_the_limits(here: Scene) -> None:
    made, seen = PolicyForm(here.desk, OWNER, LIMITS, saved=lambda: None), Seen()
    made.bind(seen)

    for key, text in (("shift.required", "true"), ("shift.blind", "false"), ("shift.difference_fen", "12.50")):
        made.type(key, text)
    made.save()

    with here.shop.reading() as books:
        policy = books.policy.in_force()
    assert [policy.get(key) for key in ("shift.required", "shift.blind", "shift.difference_fen")] == [
        True,
        False,
        1_250,
    ]
