"""Goods without their sale at the window, by real keys: no receipt, or one of another till; cash, a yes, a slip."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from storeapp.domain.refund import Refund
from storeapp.till.policies import set_policies, set_policy
from storeapp.till.refund_slips import paper_behind
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.refund.loose_page import LoosePage
from storeapp.ui.refund.loose_state import LooseState
from storeapp.ui.refund.page import RefundPage
from tests.ui.conftest import OpenStage
from tests.ui.refunding import usual
from tests.ui.scene import APPLES, COLA, CRISPS, MILK, WATER
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, OWNER, Stage
from tests.ui.test_counter_looks import clipped

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER, ESC, DELETE = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Delete
OTHER_TILL = "S01-2-20260927-0031"


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    return open_stage(staff=OWNER)


def state(on: Stage) -> LooseState:
    page = on.counter.window.page
    assert isinstance(page, LoosePage)
    return page._presenter.state


def made(on: Stage) -> tuple[Refund, ...]:
    with on.here.shop.reading() as books:
        return tuple(books.refunds.on("2026-09-28"))


def reads(on: Stage, words: str) -> bool:
    labels = on.counter.window.findChildren(QLabel)
    return any(words in label.text() for label in labels if label.isVisible())


def without_receipt(on: Stage) -> None:
    on.press(Qt.Key.Key_K, CTRL)
    on.press(Qt.Key.Key_F8)


def test_without_a_receipt_goods_come_back_by_keys_alone(stage: Stage) -> None:
    without_receipt(stage)
    stage.type(COLA.code)
    stage.press(ENTER)
    stage.press(Qt.Key.Key_3)
    stage.press(Qt.Key.Key_F1)
    stage.type("薯片")
    stage.press(ENTER)
    stage.press(Qt.Key.Key_S)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    back = made(stage)[0]
    assert [(line.code, line.quantity_milli, line.restock) for line in back.lines] == [
        (COLA.code, 3000, True),
        (CRISPS.code, 1000, False),
    ]
    assert [(tender.kind, tender.amount.fen) for tender in back.tenders] == [("cash", 1500)]
    assert (back.sale_id, back.sale_receipt, back.reason) == ("", "", "unwanted")
    assert reads(stage, "¥15.00")
    assert stage.outside.looked == 1
    with stage.here.shop.reading() as books:
        assert paper_behind(books, back.receipt) is not None
    stage.press(ENTER)
    assert stage.counter.window.page is None


@pytest.mark.parametrize("hand", ["scanned", "typed"])
def test_a_receipt_of_another_till_leads_there_by_itself(stage: Stage, hand: str) -> None:
    stage.press(Qt.Key.Key_K, CTRL)

    if hand == "scanned":
        stage.counter.take_scan(OTHER_TILL)
    else:
        stage.type(OTHER_TILL)
        stage.press(ENTER)
    assert state(stage).receipt == OTHER_TILL
    stage.counter.take_scan(MILK.code)
    stage.press(Qt.Key.Key_F8)
    for key in (Qt.Key.Key_6, Qt.Key.Key_5):
        stage.press(key)
    stage.press(Qt.Key.Key_F5)
    stage.press(ENTER)

    back = made(stage)[0]
    assert (back.sale_receipt, back.back.fen, back.lines[0].restock) == (OTHER_TILL, 6500, False)


def test_what_the_receipt_says_is_believed_up_to_the_shelf_alone(stage: Stage) -> None:
    stage.press(Qt.Key.Key_K, CTRL)
    stage.counter.take_scan(OTHER_TILL)
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_F8)
    stage.press(Qt.Key.Key_9)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    assert made(stage) == ()
    assert reads(stage, "¥2.50")


def test_a_receipt_scanned_after_the_goods_belongs_to_them(stage: Stage) -> None:
    without_receipt(stage)
    stage.counter.take_scan(COLA.code)

    stage.counter.take_scan(OTHER_TILL)

    assert (state(stage).receipt, len(state(stage).lines)) == (OTHER_TILL, 1)


def test_a_receipt_of_this_till_is_sent_to_its_lines(stage: Stage) -> None:
    sale = usual(stage.here)
    without_receipt(stage)

    stage.counter.take_scan(sale.receipt)
    assert reads(stage, sale.receipt)
    stage.press(Qt.Key.Key_F10)
    stage.counter.take_scan(sale.receipt)

    page = stage.counter.window.page
    assert isinstance(page, RefundPage)
    assert page._presenter.state.sale == sale


def test_where_the_owner_keeps_them_at_their_till_it_is_said(stage: Stage) -> None:
    set_policy(stage.here.shop, "refund.other_till", False, clock=stage.here.desk.clock)
    stage.press(Qt.Key.Key_K, CTRL)

    stage.counter.take_scan(OTHER_TILL)

    assert isinstance(stage.counter.window.page, RefundPage)
    assert reads(stage, OTHER_TILL)


def test_more_than_the_owner_risks_never_goes_back(stage: Stage) -> None:
    set_policies(stage.here.shop, {"refund.without_receipt_most_fen": 700}, clock=stage.here.desk.clock)
    without_receipt(stage)
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_3)
    stage.press(Qt.Key.Key_F2)

    stage.press(ENTER)
    assert made(stage) == ()
    assert reads(stage, "¥7.00")
    stage.press(Qt.Key.Key_Minus)
    stage.press(ENTER)

    assert [back.back.fen for back in made(stage)] == [500]


def test_a_cashier_needs_a_yes_for_each_right(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    without_receipt(stage)
    stage.counter.take_scan(WATER.code)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)
    assert made(stage) == ()

    plan = state(stage).plan
    assert plan is not None
    assert len(plan.missing) == 2
    for _right in plan.missing:
        stage.type("100300")
        stage.press(ENTER)

    assert [back.back.fen for back in made(stage)] == [200]
    assert len(made(stage)[0].approvals) == 2


def test_a_yes_for_fewer_goods_is_none_for_more(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    without_receipt(stage)
    stage.counter.take_scan(WATER.code)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    page = stage.counter.window.page
    assert isinstance(page, LoosePage)
    page._presenter.step(1)
    stage.type("100300")
    stage.press(ENTER)
    if stage.counter.window.over is not None:
        stage.type("100300")
        stage.press(ENTER)

    assert made(stage) == ()


def test_goods_by_weight_and_a_line_taken_out_again(stage: Stage) -> None:
    without_receipt(stage)
    stage.counter.take_scan(COLA.code)
    stage.counter.take_scan(APPLES.code)
    for key in (Qt.Key.Key_0, Qt.Key.Key_Period, Qt.Key.Key_5):
        stage.press(key)
    stage.press(Qt.Key.Key_Up)
    stage.press(Qt.Key.Key_Minus)
    stage.press(DELETE)
    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    assert [(line.code, line.quantity_milli, line.amount.fen) for line in made(stage)[0].lines] == [
        (APPLES.code, 500, 640)
    ]


def test_nothing_is_given_back_for_no_goods_no_reason_or_unknown_ones(stage: Stage) -> None:
    without_receipt(stage)
    stage.type("999999")
    stage.press(ENTER)
    assert reads(stage, "999999")
    stage.counter.take_scan(COLA.code)
    stage.press(Qt.Key.Key_F1)
    stage.press(DELETE)
    stage.counter.take_scan(COLA.code)
    page = stage.counter.window.page
    assert isinstance(page, LoosePage)

    page._presenter.give_back()

    assert made(stage) == ()
    assert [line.milli for line in state(stage).lines] == [2000]


def test_escape_leaves_and_loses_nothing(stage: Stage) -> None:
    without_receipt(stage)
    stage.counter.take_scan(COLA.code)
    stage.press(ESC)
    assert stage.counter.window.page is None

    stage.press(Qt.Key.Key_K, CTRL)

    assert [line.product.code for line in state(stage).lines] == [COLA.code]


def test_the_customer_sees_what_comes_back_and_what_she_gets(stage: Stage) -> None:
    seen = Seen()
    customer = CustomerPresenter(stage.here.desk)
    customer.bind(seen)
    stage.screens.refunds.watch(customer.follow_refund)
    without_receipt(stage)
    stage.counter.take_scan(COLA.code)
    assert seen.state.back.amount.fen == 250
    assert not seen.state.back.given

    stage.press(Qt.Key.Key_F2)
    stage.press(ENTER)

    assert seen.state.back.given
    assert seen.state.back.parts[0][1].fen == 250


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_all_words_are_shown_whole(open_stage: OpenStage, language: str) -> None:
    stage = open_stage(staff=CASHIER, language=language)
    stage.press(Qt.Key.Key_K, CTRL)
    assert clipped(stage.counter.window) == []
    stage.counter.take_scan(OTHER_TILL)
    for goods in (MILK, COLA, APPLES):
        stage.counter.take_scan(goods.code)
    QApplication.processEvents()

    assert clipped(stage.counter.window) == []
    assert stage.counter.window.minimumSizeHint().height() <= 728
