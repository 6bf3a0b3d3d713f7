"""The page of refunds by real keys: found, marked, allowed, given back, and on the customer's screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till import shifts
from storeapp.till.members import erase
from storeapp.till.policies import set_policy
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.receipt.page import ReceiptPage
from storeapp.ui.refund.page import RefundPage
from storeapp.ui.shift.opening_sheet import OpeningSheet
from tests.ui.conftest import OpenStage
from tests.ui.refunding import sold, usual
from tests.ui.scene import ALICE, COLA, CRISPS, WATER
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER, Stage

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, ESC, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    return open_stage(staff=OWNER)


def page(on: Stage) -> RefundPage:
    here = on.counter.window.page
    assert isinstance(here, RefundPage)
    return here


def reads(on: Stage, words: str) -> bool:
    labels = on.counter.window.findChildren(QLabel)
    return any(words in label.text() for label in labels if label.isVisible())


def shown_buttons(on: Stage) -> list[QPushButton]:
    return [button for button in on.counter.window.findChildren(QPushButton) if button.isVisible()]


def refunded(on: Stage) -> list[tuple[str, int, str]]:
    with on.here.shop.reading() as books:
        return [(made.kind, made.back.fen, made.reason) for made in books.refunds.on("2026-09-28")]


def test_a_part_comes_back_by_keys_alone(stage: Stage) -> None:
    usual(stage.here)

    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Plus)
    stage.press(DOWN)
    stage.press(DOWN)
    stage.press(Qt.Key.Key_4)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    assert refunded(stage) == [("refund", 1200, "unwanted")]
    assert reads(stage, "¥12.00")
    assert stage.outside.looked == 1
    stage.press(ENTER)
    assert stage.counter.window.page is None
    assert stage.counter.window.scan.hasFocus()


def test_sold_part_back_rest_back_and_nothing_more(stage: Stage) -> None:
    """The whole story at the window, with a scanner in the other hand."""
    stage.counter.take_scan(WATER.code)
    stage.counter.take_scan(COLA.code)
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)
    with stage.here.shop.reading() as books:
        sale = books.sales.last()
    assert sale is not None

    stage.press(Qt.Key.Key_K, CTRL)
    stage.counter.take_scan(sale.token)
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_F3)
    stage.press(ENTER)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.counter.take_scan(sale.receipt)
    stage.press(Qt.Key.Key_A)
    stage.press(Qt.Key.Key_F3)
    stage.press(ENTER)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.counter.take_scan(sale.token)
    stage.press(Qt.Key.Key_F3)
    stage.press(ENTER)
    assert reads(stage, "没有可退的商品了")
    stage.press(Qt.Key.Key_1)

    assert [fen for _kind, fen, _reason in refunded(stage)] == [250, 450]
    assert sale.due == Money(700)
    assert reads(stage, "第 1 行最多还能退 0")


def test_a_cashier_needs_the_managers_pin(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    usual(stage.here)

    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_A)
    stage.press(Qt.Key.Key_F4)
    stage.press(ENTER)
    assert refunded(stage) == []
    stage.type("100300")
    stage.press(ENTER)

    assert refunded(stage) == [("refund", 2850, "faulty")]


def test_escape_takes_the_question_back_then_the_page_and_loses_nothing(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    usual(stage.here)
    stage.counter.take_scan(WATER.code)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_2)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)
    assert stage.counter.window.over is not None

    stage.press(ESC)
    assert page(stage)._presenter.state.asked[0].quantity_milli == 2000
    stage.press(ESC)
    assert stage.counter.window.page is None
    assert len(stage.counter.sell.state.priced.lines) == 1
    stage.press(Qt.Key.Key_K, CTRL)

    state = page(stage)._presenter.state
    assert (state.asked[0].quantity_milli, state.reason) == (2000, "unwanted")


def test_a_reason_is_typed_and_the_keys_come_back_to_the_lines(stage: Stage) -> None:
    usual(stage.here)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)

    stage.press(Qt.Key.Key_F7)
    stage.type("A leak at S")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_1)
    stage.press(ENTER)

    assert refunded(stage) == [("refund", 200, "A leak at S")]


def test_the_last_sale_is_void_by_three_keys(stage: Stage) -> None:
    desk = stage.here.desk
    shifts.open_shift(stage.here.shop, by="1001", float_amount=Money(10_000), clock=desk.clock, ids=desk.ids)
    usual(stage.here)

    stage.press(Qt.Key.Key_V, ALT)
    stage.press(Qt.Key.Key_F6)
    stage.press(ENTER)

    assert refunded(stage) == [("void", 2850, "overcharged")]


def test_no_sale_at_all_cannot_be_void(stage: Stage) -> None:
    stage.press(Qt.Key.Key_V, ALT)

    assert stage.counter.window.page is None
    assert stage.here.bell.rung == 1


def test_the_page_of_receipts_leads_to_it(stage: Stage) -> None:
    older, _newer = usual(stage.here), usual(stage.here)

    stage.press(Qt.Key.Key_R, CTRL)
    assert isinstance(stage.counter.window.page, ReceiptPage)
    stage.press(DOWN)
    stage.press(Qt.Key.Key_K, CTRL)

    assert page(stage)._presenter.state.sale == older


def test_another_receipt_by_key(stage: Stage) -> None:
    usual(stage.here)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)

    stage.press(Qt.Key.Key_F1)

    assert page(stage)._presenter.state.step == "find"
    stage.type("0001")
    stage.press(ENTER)
    assert page(stage)._presenter.state.step == "lines"


def test_somebody_else_does_not_go_on_with_it(stage: Stage) -> None:
    usual(stage.here)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_1)
    stage.press(ESC)

    stage.counter.sign_in(CASHIER)
    stage.press(Qt.Key.Key_K, CTRL)

    assert page(stage)._presenter.state.step == "find"


def test_the_customer_sees_what_goes_back_and_her_basket_waits(stage: Stage) -> None:
    seen = Seen()
    customer = CustomerPresenter(stage.here.desk)
    customer.bind(seen)
    stage.counter.changed.connect(customer.follow)
    stage.screens.refunds.watch(customer.follow_refund)
    usual(stage.here, member=True)
    stage.counter.take_scan(WATER.code)

    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_2)
    stage.counter.sell.refresh()
    shown = seen.state
    assert (shown.phase, shown.back.given, shown.back.amount, shown.back.points) == ("back", False, Money(400), 3)
    assert [(line.name, line.quantity, line.total) for line in shown.lines] == [(WATER.name, "2", Money(400))]
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)
    assert seen.state.back.given
    assert seen.state.back.parts == (("cash", Money(400)),)
    stage.press(ENTER)

    assert seen.state.phase == "basket"


def test_the_customers_screen_rests_when_nothing_came_of_it(stage: Stage) -> None:
    seen = Seen()
    customer = CustomerPresenter(stage.here.desk)
    customer.bind(seen)
    stage.screens.refunds.watch(customer.follow_refund)
    usual(stage.here)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    assert seen.state.phase == "back"

    stage.press(ESC)

    assert seen.state.phase == "idle"


def test_where_the_owner_wants_a_listed_reason_nothing_is_typed(stage: Stage) -> None:
    usual(stage.here)
    set_policy(stage.here.shop, "refund.listed_reasons", True, clock=stage.here.desk.clock)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)

    stage.press(Qt.Key.Key_F7)
    assert reads(stage, "请从列出的原因中选择")
    assert not any(button.text() == "其他原因" for button in shown_buttons(stage))
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_F5)
    stage.press(ENTER)

    assert refunded(stage) == [("refund", 200, "expired")]


def test_a_key_leads_from_the_last_sale_to_its_refund(stage: Stage) -> None:
    usual(stage.here)
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    stage.press(Qt.Key.Key_R, ALT)
    stage.press(Qt.Key.Key_A)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    assert refunded(stage) == [("refund", 250, "unwanted")]


def test_the_last_sales_card_has_a_button_for_it(stage: Stage) -> None:
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    next(button for button in shown_buttons(stage) if button.accessibleName() == "退上一单").click()

    assert page(stage)._presenter.state.step == "lines"


def test_where_nothing_was_sold_yet_nothing_opens(stage: Stage) -> None:
    stage.press(Qt.Key.Key_R, ALT)

    assert stage.counter.window.page is None
    assert stage.here.bell.rung == 1


def test_money_goes_back_only_out_of_a_drawer_somebody_opened(stage: Stage) -> None:
    sale = usual(stage.here)
    set_policy(stage.here.shop, "shift.required", True, clock=stage.here.desk.clock)

    for key, modifier in ((Qt.Key.Key_K, CTRL), (Qt.Key.Key_R, ALT), (Qt.Key.Key_V, ALT)):
        stage.press(key, modifier)
        assert stage.counter.window.page is None
        assert isinstance(stage.counter.window.sheet, OpeningSheet)
    stage.type("100")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.counter.take_scan(sale.receipt)

    assert page(stage)._presenter.state.sale == sale


def test_who_is_forgotten_gets_from_the_drawer_what_she_had_paid_in(open_stage: OpenStage) -> None:
    stage = open_stage(staff=OWNER, language="en")
    here = stage.here
    clock, ids = here.desk.clock, here.desk.ids
    set_policy(here.shop, "stored_value.enabled", True, clock=clock)
    top_up(here.shop, TopUpOrder(ALICE.member_id, CRISPS.price, "cash", "1001"), clock=clock, ids=ids)
    sold(here, (CRISPS, 1000), member=True, tenders=(Tender("stored_value", CRISPS.price),))
    erase(here.shop, ALICE.member_id, clock=clock)

    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_Plus)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    assert reads(stage, "Her account is closed: Cash ¥7.50 · from the drawer")
