"""A cashier at her limits: what she is asked for, who is asked, and what goes on meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from PySide6.QtCore import Qt

from storeapp.domain.money import Money
from storeapp.till.approvals import grant
from storeapp.till.policies import set_policy
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.pay.screen import PaySheet
from storeapp.ui.sell.allowance import Lacks
from storeapp.ui.sell.edit_sheets import EditSheet
from storeapp.ui.sell.presenter import SellPresenter
from tests.ui import stage
from tests.ui.conftest import OpenStage
from tests.ui.scene import COLA, SOY, WATER, Scene
from tests.ui.seen_selling import SeenSelling
from tests.ui.stage import CASHIER, MANAGER, Stage

SHIFT = Qt.KeyboardModifier.ShiftModifier


class Yes:
    """Somebody who says yes as soon as he is told to."""

    def __init__(self, here: Scene) -> None:
        self._here = here
        self.waiting: list[tuple[Any, Mapping[str, Any], Any]] = []

    def __call__(self, right: Any, payload: Any, *, then: Any, about: str = "", amount: Money | None = None) -> None:
        self.waiting.append((right, payload, then))

    def say(self) -> None:
        right, payload, then = self.waiting.pop(0)
        asked = {"approver": "1003", "pin": "100300", "asked_by": "1007", "reason": "damaged"}
        desk = self._here.desk
        given = grant(desk.shop, right, payload, clock=desk.clock, ids=desk.ids, **asked)
        then(given.approval_id)


@pytest.fixture
def yes(here: Scene, sell: SellPresenter) -> Yes:
    stage.furnish(here)
    made = Yes(here)
    sell.allowance.ask = made
    return made


def off(sell: SellPresenter, text: str, unit: str = "%", kind: Any = "discount") -> None:
    sell.edit(kind)
    sell.confirm_edit(text, unit, "damaged")


def test_a_discount_within_the_limit_asks_nobody(sell: SellPresenter, seen: SeenSelling, yes: Yes) -> None:
    sell.scan(SOY.code)
    off(sell, "20")

    assert yes.waiting == []
    assert seen.state.due == Money(792)


def test_a_bigger_one_waits_for_a_yes_and_then_holds(sell: SellPresenter, seen: SeenSelling, yes: Yes) -> None:
    sell.scan(SOY.code)
    off(sell, "50")
    assert seen.state.due == Money(990)

    sell.scan(WATER.code)
    yes.say()

    assert seen.state.due == Money(495 + 200)
    assert seen.state.editing is None


def test_nobody_to_ask_means_no(here: Scene, sell: SellPresenter, seen: SeenSelling) -> None:
    stage.furnish(here)
    sell.scan(SOY.code)
    off(sell, "50")

    assert seen.state.due == Money(990)
    assert seen.state.editing is not None
    assert isinstance(seen.state.editing.refused, Lacks)


def test_more_of_it_is_asked_about_again(sell: SellPresenter, seen: SeenSelling, yes: Yes) -> None:
    sell.scan(SOY.code)
    off(sell, "50")
    yes.say()

    off(sell, "60")
    assert len(yes.waiting) == 1
    sell.stop_editing()
    sell.scan(WATER.code)

    assert seen.state.due == Money(495 + 200)


def test_a_discount_on_everything_is_spread_and_limited(sell: SellPresenter, seen: SeenSelling, yes: Yes) -> None:
    sell.scan(SOY.code)
    sell.scan(COLA.code)
    off(sell, "10", kind="discount_all")
    assert [line.discount.fen for line in seen.state.priced.lines] == [99, 25]

    off(sell, "5.00", "", kind="discount_all")

    assert [right for right, _payload, _then in yes.waiting] == ["big_discount"]
    yes.say()
    assert seen.state.due == Money(990 + 250 - 124 - 500)


def test_before_the_total_is_shown_lines_go_freely(here: Scene, sell: SellPresenter, yes: Yes) -> None:
    set_policy(here.shop, "rights.cashier", "-remove_line", clock=here.desk.clock)
    sell.scan(SOY.code)
    sell.delete()

    assert yes.waiting == []
    assert sell.state.is_empty


def test_after_the_total_was_shown_nothing_leaves_without_a_yes(here: Scene, sell: SellPresenter, yes: Yes) -> None:
    set_policy(here.shop, "rights.cashier", "-remove_line", clock=here.desk.clock)
    sell.scan(SOY.code)
    sell.scan(WATER.code)
    sell.for_payment()

    for deed in (sell.delete, sell.clear, sell.undo):
        deed()
        assert len(sell.state.priced.lines) == 2
    assert [right for right, _payload, _then in yes.waiting] == ["remove_line"] * 3

    yes.say()
    assert [line.line.product for line in sell.state.priced.lines] == [SOY]
    with here.shop.reading() as books:
        last = books.journal.at(books.journal.head()[0])
    assert last is not None
    assert last.type == "line.taken_back"


# in the window


def _half_off(on: Stage) -> None:
    on.counter.take_scan(SOY.code)
    on.press(Qt.Key.Key_F4)
    sheet = on.counter.window.sheet
    assert isinstance(sheet, EditSheet)
    on.type("4.95")
    on.press(Qt.Key.Key_Return)


def test_by_keys_alone_from_discount_to_sale(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    _half_off(on)
    assert isinstance(on.counter.window.over, ApprovalSheet)

    on.type("100300")
    on.press(Qt.Key.Key_Return)
    assert on.counter.window.over is None
    assert on.counter.window.sheet is None
    on.press(Qt.Key.Key_F9)
    on.press(Qt.Key.Key_Return)

    with on.here.shop.reading() as books:
        sale, [approval] = books.sales.last(), list(books.approvals.every())
    assert sale is not None
    assert sale.approvals == (approval.approval_id,)
    assert approval.used_at


def test_a_yes_that_ran_out_is_asked_for_again_before_the_payment(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    _half_off(on)
    on.type("100300")
    on.press(Qt.Key.Key_Return)
    on.here.clock.go_on(minutes=5)

    on.press(Qt.Key.Key_F9)
    assert isinstance(on.counter.window.over, ApprovalSheet)
    assert on.counter.window.sheet is None
    on.type("100300")
    on.press(Qt.Key.Key_Return)

    assert isinstance(on.counter.window.sheet, PaySheet)


def test_who_signs_in_at_payment_sells(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    _half_off(on)
    on.counter.sign_in(MANAGER)
    on.press(Qt.Key.Key_Return)

    on.press(Qt.Key.Key_F9)
    on.press(Qt.Key.Key_Return)

    with on.here.shop.reading() as books:
        sale = books.sales.last()
    assert sale is not None
    assert (sale.cashier, sale.total, sale.approvals) == ("1003", Money(495), ())


def test_the_whole_basket_has_its_key(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    on.counter.take_scan(SOY.code)
    on.counter.take_scan(COLA.code)

    on.press(Qt.Key.Key_F4, SHIFT)
    on.type("1.00")
    on.press(Qt.Key.Key_Return)

    assert on.counter.sell.state.due == Money(990 + 250 - 100)
