"""The shift in the window: money in and out, the blind count, the close that is always possible, and its Z."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from storeapp.domain.basket import Basket, Line
from storeapp.domain.drawer import BadCashMove, CashKind
from storeapp.domain.money import Money, NotAnAmount
from storeapp.domain.shift import BadCount, Count
from storeapp.domain.shift_report import ShiftReport
from storeapp.domain.staff import NotAllowed, Right
from storeapp.domain.tender import Tender
from storeapp.till import paying, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.paying import Asked
from storeapp.till.policies import set_policy
from storeapp.till.shifts import Closed
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.shift.closing import ClosingPresenter, DifferenceUnexplained
from storeapp.ui.shift.count_view import CountView
from storeapp.ui.shift.forgotten_sheet import ForgottenSheet
from storeapp.ui.shift.moving import MovePresenter
from storeapp.ui.shift.opening import FloatMissing
from storeapp.ui.shift.opening_sheet import OpeningSheet
from storeapp.ui.shift.page import ShiftPage
from storeapp.ui.shift.presenter import ShiftPresenter
from storeapp.ui.shift.told_view import ToldView
from tests.fakes.scripted_provider import ScriptedProvider
from tests.fakes.staff import PINS
from tests.fakes.still import StillPace
from tests.ui import stage
from tests.ui.conftest import OpenStage
from tests.ui.scene import CASHIER, COLA, MILK, SOY, Scene
from tests.ui.seen import Seen
from tests.ui.stage import MANAGER, OWNER, Stage

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
BARCODE = "6902265360100"


@dataclass
class Asks:
    """Says yes at once, or never; remembers what was asked."""

    says_yes: bool = True
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def __call__(
        self,
        right: Right,
        payload: Mapping[str, Any],
        *,
        then: Callable[[str | None], None],
        about: str = "",
        amount: Money | None = None,
    ) -> None:
        self.asked.append((right, payload))
        if self.says_yes:
            then(None)


class SeenShift(Seen):
    """Every part of the page shows itself to this one."""

    show_move = show_closing = Seen.show_state

    def done(self, word: str, number: int = 0) -> None:
        self.well.append(word)

    def kept(self, file: str) -> None:
        self.well.append(file)


def begun(here: Scene, fen: int = 50_000) -> None:
    shifts.open_shift(here.shop, by="1007", float_amount=Money(fen), clock=here.desk.clock, ids=here.desk.ids)


def closing(here: Scene, *, by: str = "1003", asks: Asks | None = None) -> tuple[ClosingPresenter, Seen, list[Closed]]:
    stage.furnish(here)
    begun(here)
    closed: list[Closed] = []
    made, seen = ClosingPresenter(here.desk, by, ask=asks or Asks(), then=closed.append), SeenShift()
    made.bind(seen)
    return made, seen, closed


def moving(here: Scene, kind: CashKind, *, by: str = "1003") -> tuple[MovePresenter, Seen, list[str]]:
    stage.furnish(here)
    begun(here)
    moved: list[str] = []
    made, seen = MovePresenter(here.desk, by, kind, ask=Asks(), then=moved.append), SeenShift()
    made.bind(seen)
    return made, seen, moved


def report(here: Scene, number: int = 1) -> ShiftReport:
    return shifts.report_of(here.shop, number)


# one hand in the drawer


@pytest.mark.parametrize(
    ("kind", "told"),
    [("cash_in", "cash_in_fen"), ("cash_out", "cash_out_fen"), ("expense", "expense_fen"), ("drop", "drop_fen")],
)
def test_cash_moves_with_its_reason(here: Scene, kind: CashKind, told: str) -> None:
    made, _seen, moved = moving(here, kind)

    made.type("15.50")
    made.because("送水")
    made.confirm()

    assert moved == [kind]
    assert getattr(report(here), told) == 1_550
    with here.shop.reading() as books:
        current = books.shifts.current()
        assert current is not None
        [move] = books.drawer.cash_of_shift(current.shift_id)
    assert (move.reason, move.by) == ("送水", "1003")


def test_a_drawer_opened_without_a_sale_is_counted(here: Scene) -> None:
    made, _seen, moved = moving(here, "no_sale")

    made.because("给顾客换零")
    made.confirm()

    assert moved == ["no_sale"]
    assert (report(here).no_sale, report(here).tenders[0].expected_fen) == (1, 50_000)


@pytest.mark.parametrize(
    ("typed", "reason", "refused"),
    [
        (BARCODE, "x", NotAnAmount),
        ("", "x", NotAnAmount),
        ("0", "x", BadCashMove),
        ("-5", "x", BadCashMove),
        ("100000.01", "x", BadCashMove),
        ("690226", "x", BadCashMove),
        ("5", " ", BadCashMove),
        ("5", "x" * 101, BadCashMove),
    ],
)
def test_what_is_no_expense_stays_in_the_form(here: Scene, typed: str, reason: str, refused: type) -> None:
    made, seen, moved = moving(here, "expense")

    made.type(typed)
    made.because(reason)
    made.confirm()

    assert isinstance(seen.state.refused, refused)
    assert (moved, report(here).expense_fen) == ([], 0)


def test_pressed_twice_it_moves_once(here: Scene) -> None:
    made, _seen, _moved = moving(here, "drop")
    made.type("100")

    made.confirm()
    made.state = made.state.__class__("drop", "100")
    made.confirm()

    assert report(here).drop_fen == 10_000


# closing


def test_what_must_be_there_is_told_after_the_count(here: Scene) -> None:
    made, seen, closed = closing(here)
    assert (seen.state.is_blind, dict(seen.state.expected)) == (True, {})

    made.count(10_000, "5")
    made.counted()

    assert seen.state.step == "told"
    assert seen.state.reckoning.differences == {"cash": 0}
    made.leave("400")
    made.close()
    assert [(one.report.z_number, one.report.left_fen) for one in closed] == [(1, 40_000)]
    assert closed[0].shift.closing is not None
    assert closed[0].shift.closing.counted["cash"] == Count(50_000, ((10_000, 5),))


def test_an_owner_who_trusts_lets_it_be_seen(here: Scene) -> None:
    set_policy(here.shop, "shift.blind", False, actor="1001", clock=here.desk.clock)

    _made, seen, _closed = closing(here)

    assert seen.state.expected["cash"] == 50_000


def test_a_difference_wants_a_word(here: Scene) -> None:
    made, seen, closed = closing(here)
    made.turn()
    made.type("499")
    made.counted()

    made.close()
    assert isinstance(seen.state.refused, DifferenceUnexplained)
    made.because("找错零钱")
    made.close()

    assert [(one.report.difference_fen, one.report.reason, one.report.unapproved) for one in closed] == [
        (-100, "找错零钱", False)
    ]


def test_a_large_difference_asks_somebody_and_closes_all_the_same_if_nobody_comes(here: Scene) -> None:
    asks = Asks(says_yes=False)
    made, _seen, closed = closing(here, by="1007", asks=asks)
    made.turn()
    made.type("450")
    made.counted()
    made.because("不知道")

    made.close()
    assert asks.asked == [("close_difference", {"differences": {"cash": -5_000}})]
    assert closed == []
    made.close_anyway()

    assert [(one.report.unapproved, one.report.difference_fen) for one in closed] == [(True, -5_000)]


def test_who_may_close_no_shift_asks_for_this_one_before_anything_is_closed(here: Scene) -> None:
    set_policy(here.shop, "rights.cashier", "-close_shift", clock=here.desk.clock)
    asks = Asks(says_yes=False)
    made, _seen, closed = closing(here, by="1007", asks=asks)
    made.turn()
    made.type("450")
    made.counted()
    made.because("不知道")

    made.close()
    made.close_anyway()

    assert [right for right, _payload in asks.asked] == ["close_shift", "close_shift"]
    assert closed == []


def test_nothing_counted_is_told_and_can_be_skipped(here: Scene) -> None:
    made, seen, closed = closing(here)

    made.counted()
    assert isinstance(seen.state.refused, FloatMissing)
    made.uncounted()
    made.close()

    assert [(row.counted_fen, row.difference_fen) for row in closed[0].report.tenders] == [(None, None)]


@pytest.mark.parametrize("text", [BARCODE, "5.", "½", "1000000"])
def test_a_barcode_is_no_count(here: Scene, text: str) -> None:
    made, seen, _closed = closing(here)

    made.count(10_000, text)
    made.counted()

    assert isinstance(seen.state.refused, NotAnAmount | BadCount)
    assert seen.state.step == "count"


def test_no_more_stays_than_was_counted(here: Scene) -> None:
    made, seen, closed = closing(here)
    made.count(10_000, "5")
    made.counted()

    made.leave("500.01")
    made.close()

    assert isinstance(seen.state.refused, BadCount)
    assert closed == []


def test_unclear_payments_are_named_and_block_nothing(here: Scene) -> None:
    desk = here.desk
    question = Asked(Money(6990), "134567890123456780", "sale-1", by="1003")
    paying.take(desk.shop, ScriptedProvider(), question, clock=desk.clock, ids=desk.ids, pace=StillPace())

    made, seen, closed = closing(here)
    assert [item.amount for item in seen.state.unclear] == [Money(6990)]
    made.uncounted()
    made.close()

    assert len(closed) == 1


# the page


def shown(here: Scene, who: Any) -> tuple[ShiftPresenter, SeenShift]:
    made, seen = ShiftPresenter(here.desk, who, ask=Asks()), SeenShift()
    made.bind(seen)
    return made, seen


def test_only_who_reads_reports_sees_what_must_be_there(here: Scene) -> None:
    begun(here)

    hers, his = shown(here, CASHIER)[1], shown(here, MANAGER)[1]
    made, seen = shown(here, CASHIER)
    made.print_it()

    assert (hers.state.hides_expected, his.state.hides_expected) == (True, False)
    assert isinstance(seen.told[0], NotAllowed)
    set_policy(here.shop, "shift.blind", False, actor="1001", clock=here.desk.clock)
    assert not shown(here, CASHIER)[1].state.hides_expected


def test_an_x_at_any_time_and_a_z_once_more(here: Scene) -> None:
    begun(here)
    made, seen = shown(here, MANAGER)
    made.print_it()
    shifts.close_shift(here.shop, {}, by="1003", prints=False, clock=here.desk.clock, ids=here.desk.ids)
    made.refresh()
    made.print_it()

    with here.shop.reading() as books:
        assert sorted((job.kind, job.copy) for job in books.prints.recent()) == [("x", 0), ("z", 1)]
    assert seen.well == ["printing", "printing"]


def test_earlier_shifts_are_turned_to(here: Scene) -> None:
    for fen in (1_000, 2_000):
        begun(here, fen)
        shifts.close_shift(here.shop, {}, by="1003", clock=here.desk.clock, ids=here.desk.ids)
    begun(here, 3_000)
    made, seen = shown(here, CASHIER)

    made.turn(-1)
    assert (seen.state.report.float_fen, seen.state.report.z_number, seen.state.hides_expected) == (2_000, 2, False)
    made.turn(1)
    assert seen.state.report.float_fen == 3_000
    made.turn(1)

    assert (seen.state.number, seen.beeps) == (3, 1)


# in the window


@pytest.fixture
def on(open_stage: OpenStage, here: Scene) -> Stage:
    made = open_stage(staff=CASHIER)
    begun(here)
    return made


def _approved(on: Stage, who: str = "1003") -> None:
    assert isinstance(on.counter.window.over, ApprovalSheet)
    on.type(PINS[who])
    on.press(ENTER)


def _words(on: Stage) -> list[str]:
    page = on.counter.window.page
    assert page is not None
    QApplication.processEvents()
    said: list[QLabel | QPushButton] = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    return [one.text() for one in said if one.isVisible()]


def _sold(on: Stage, *codes: str) -> None:
    for code in codes:
        on.counter.take_scan(code)
    on.press(Qt.Key.Key_F9)
    on.press(ENTER)
    on.counter.window.scan.setFocus()


def test_a_whole_shift_by_keys_alone(on: Stage, here: Scene) -> None:
    _sold(on, SOY.code, COLA.code)
    on.counter.sign_in(MANAGER)
    _sold(on, MILK.code)
    on.counter.sign_in(CASHIER)

    on.press(Qt.Key.Key_S, ALT)
    page = on.counter.window.page
    assert isinstance(page, ShiftPage)
    # an expense she may not book alone
    on.press(Qt.Key.Key_F4)
    on.type("12.50")
    on.press(ENTER)
    on.press(Qt.Key.Key_Down)
    on.press(ENTER)
    _approved(on)
    assert report(here).expense_fen == 1_250
    # 500.00 + 12.40 + 69.90 - 12.50, and five yuan and thirty fen are missing
    on.press(Qt.Key.Key_F9)
    for pieces in ("5", "1", "", "1", "", "4", "1", "2"):
        on.type(pieces)
        on.press(ENTER)
    assert isinstance(page._step, ToldView)
    on.press(Qt.Key.Key_Down)
    on.press(ENTER)
    on.type("300")
    on.press(ENTER)
    _approved(on)

    z = report(here)
    assert (z.z_number, z.difference_fen, z.unapproved, z.approver) == (1, -510, False, "1003")
    assert (z.left_fen, [row.cashier for row in z.cashiers]) == (30_000, ["1003", "1007"])
    said = " ".join(_words(on))
    assert all(words in said for words in ("日结", "569.80", "564.70", "−5.10", "12.50", "陈晓雯", "周敏"))
    on.press(Qt.Key.Key_F9)
    assert isinstance(on.counter.window.sheet, OpeningSheet)
    assert on.counter.window.page is None
    assert on.outside.looked > 0


def test_esc_takes_back_what_was_begun_and_then_leaves(on: Stage) -> None:
    on.press(Qt.Key.Key_S, ALT)
    page = on.counter.window.page
    assert isinstance(page, ShiftPage)
    on.press(Qt.Key.Key_F2)
    on.press(Qt.Key.Key_Escape)
    on.press(Qt.Key.Key_F9)
    assert isinstance(page._step, CountView)
    on.press(Qt.Key.Key_Escape)
    assert on.counter.window.page is page

    on.press(Qt.Key.Key_Escape)

    assert on.counter.window.page is None


def test_what_must_be_there_is_nowhere_on_the_screen_before_the_count(on: Stage) -> None:
    _sold(on, SOY.code)
    on.press(Qt.Key.Key_S, ALT)
    before = " ".join(_words(on))
    on.press(Qt.Key.Key_F9)
    while_counting = " ".join(_words(on))

    assert "509.90" not in before
    assert "509.90" not in while_counting
    on.press(Qt.Key.Key_F8)
    assert "509.90" not in " ".join(_words(on))
    on.press(Qt.Key.Key_Escape)
    on.press(Qt.Key.Key_F9)
    on.press(Qt.Key.Key_N, CTRL)
    on.type("500")
    on.press(ENTER)
    assert "509.90" in " ".join(_words(on))


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F9])
def test_a_pasted_or_scanned_barcode_stays_out_of_every_amount(on: Stage, key: Qt.Key) -> None:
    on.press(Qt.Key.Key_S, ALT)
    on.press(key)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)

    QApplication.clipboard().setText(BARCODE)
    on.press(Qt.Key.Key_V, CTRL)
    on.counter.take_scan(BARCODE)

    assert focused.text() == ""
    assert any("条码" in words for words in _words(on))
    assert on.counter.window.notice.isVisible()
    assert on.counter.sell.state.is_empty


def test_a_forgotten_shift_is_told_at_sign_in_and_one_key_ends_it(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=OWNER)
    set_policy(here.shop, "shift.required", True, actor="1001", clock=here.desk.clock)
    begun(here)
    here.clock.go_on(days=1)
    on.screens.door.ask_first()
    on.type(PINS["1001"])
    on.press(ENTER)
    assert isinstance(on.counter.window.sheet, ForgottenSheet)

    on.press(ENTER)

    z = report(here)
    assert (z.forced, z.z_number, z.tenders[0].counted_fen) == (True, 1, None)
    # today's begins with a count: nothing is proposed
    sheet = on.counter.window.sheet
    assert isinstance(sheet, OpeningSheet)
    on.press(ENTER)
    assert isinstance(sheet._presenter.state.refused, FloatMissing)


def test_who_may_close_no_shift_asks_before_a_forgotten_one_ends(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=CASHIER)
    set_policy(here.shop, "rights.cashier", "-close_shift", actor="1001", clock=here.desk.clock)
    begun(here)
    here.clock.go_on(days=1)
    on.screens.shift.arrived()
    assert isinstance(on.counter.window.sheet, ForgottenSheet)

    on.press(ENTER)
    assert report(here).z_number == 0
    on.type(PINS["1003"])
    on.press(ENTER)

    assert (report(here).z_number, report(here).forced) == (1, True)


def test_a_forgotten_shift_can_be_counted_first(open_stage: OpenStage, here: Scene) -> None:
    on = open_stage(staff=OWNER)
    begun(here)
    here.clock.go_on(days=1)
    on.screens.shift.arrived()

    on.press(Qt.Key.Key_N, CTRL)
    page = on.counter.window.page
    assert isinstance(page, ShiftPage)
    assert isinstance(page._step, CountView)
    on.press(Qt.Key.Key_N, CTRL)
    on.type("500")
    on.press(ENTER)
    on.press(ENTER)

    z = report(here)
    assert (z.forced, z.difference_fen, z.tenders[0].counted_fen) == (True, 0, 50_000)


def test_money_on_its_way_keeps_the_page_shut(on: Stage) -> None:
    on.counter.take_scan(SOY.code)
    on.counter.act("cash")
    on.counter.pay.state = replace(on.counter.pay.state, step="asking")

    on.press(Qt.Key.Key_S, ALT)

    assert on.counter.window.page is None


def test_a_late_sale_shows_as_a_supplement(on: Stage, here: Scene) -> None:
    desk = here.desk
    late = desk.clock.now()
    here.clock.go_on(hours=1)
    shifts.close_shift(here.shop, {}, by="1003", prints=False, clock=desk.clock, ids=desk.ids)
    order = Order(Basket((Line(SOY),)), (Tender("cash", Money(1000)),), "1007", at=late, prints=False)
    checkout(here.shop, order, clock=desk.clock, ids=desk.ids)

    on.press(Qt.Key.Key_S, ALT)

    assert (report(here).supplement, report(here).z_number) == (1, 2)
    said = " ".join(_words(on))
    assert "补充单 1" in said
    assert "Z2" in said


def test_a_key_keeps_the_report_as_a_file_and_says_where(open_stage: OpenStage) -> None:
    on = open_stage(staff=OWNER)
    begun(on.here)
    on.press(Qt.Key.Key_S, ALT)

    on.press(Qt.Key.Key_F7)

    assert on.outside.drawn == [None]
    assert any("reports/shift-x.pdf" in label.text() for label in on.counter.window.findChildren(QLabel))


def test_who_may_not_read_the_report_keeps_none(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    begun(on.here)
    on.press(Qt.Key.Key_S, ALT)

    on.press(Qt.Key.Key_F7)

    assert on.outside.drawn == []
    assert on.here.bell.rung == 1
