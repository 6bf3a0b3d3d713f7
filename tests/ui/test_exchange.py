"""An exchange at the window: goods come back, others are rung up at the counter, and one difference is settled."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.refund import Asked, Refund
from storeapp.domain.sale import Sale
from storeapp.till import baskets
from storeapp.till.new_shop import new_device
from storeapp.till.refund_plan import RefundOrder
from storeapp.till.refunds import Wallets, refund
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.refund.page import RefundPage
from storeapp.ui.run import NOBODY
from storeapp.ui.sell.trade import Trading, given_back
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import StillPace
from tests.ui.conftest import OpenStage
from tests.ui.refunding import usual
from tests.ui.scene import COLA, CRISPS, MILK, SOY, WATER, Scene
from tests.ui.seen import Seen
from tests.ui.stage import CASHIER, MANAGER, OWNER, Stage
from tests.ui.test_pay_unclear import YES, paying_with

CTRL = Qt.KeyboardModifier.ControlModifier
MEMBER_MILK = Money(5990)
ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def stage(open_stage: OpenStage) -> Stage:
    return open_stage(staff=OWNER)


def bring_back(on: Stage, *keys: Qt.Key) -> Sale:
    """Three waters, one crisps, six colas were sold; these keys mark what comes back, for the wrong goods."""
    sale = usual(on.here)
    on.press(Qt.Key.Key_K, CTRL)
    on.press(ENTER)
    for key in keys:
        on.press(key)
    on.press(Qt.Key.Key_F3)
    on.press(Qt.Key.Key_F10)
    assert on.counter.window.page is None
    return sale


def reads(on: Stage, words: str) -> bool:
    labels = on.counter.window.findChildren(QLabel)
    return any(words in label.text() for label in labels if label.isVisible())


def trading(on: Stage) -> Trading:
    found = on.counter.sell.state.trading
    assert found is not None
    return found


def written(on: Stage, sale: Sale) -> tuple[tuple[Refund, ...], Sale]:
    with on.here.shop.reading() as books:
        last = books.sales.last()
        assert last is not None
        return books.refunds.of_sale(sale.sale_id), last


def test_dearer_goods_are_taken_and_the_difference_is_paid(stage: Stage) -> None:
    sale = bring_back(stage, DOWN, Qt.Key.Key_1)
    stage.counter.take_scan(SOY.code)

    assert trading(stage).value == Money(750)
    assert stage.counter.sell.state.due == Money(240)
    assert reads(stage, "换货")
    stage.press(Qt.Key.Key_F9)
    assert stage.counter.pay.state.due == Money(240)
    stage.type("5")
    stage.press(ENTER)

    [back], taken = written(stage, sale)
    assert (back.exchange_receipt, back.reason) == (taken.receipt, "wrong_goods")
    assert [(tender.kind, tender.amount) for tender in taken.tenders] == [
        ("exchange", Money(750)),
        ("cash", Money(500)),
    ]
    assert taken.change == Money(260)
    assert stage.counter.sell.state.trading is None
    assert stage.outside.looked == 1


def test_cheaper_goods_are_taken_and_the_rest_goes_back(stage: Stage) -> None:
    sale = bring_back(stage, DOWN, Qt.Key.Key_1)
    stage.counter.take_scan(WATER.code)
    assert trading(stage).gives_back == Money(550)

    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    [back], taken = written(stage, sale)
    assert [tender.kind for tender in taken.tenders] == ["exchange"]
    assert [(tender.kind, tender.amount.fen) for tender in back.tenders] == [("cash", 550), ("exchange", 200)]
    last = stage.counter.sell.state.last_sale
    assert last is not None
    assert [tender.amount for tender in last.back] == [Money(550)]
    assert reads(stage, "应退")


def test_even_goods_are_exchanged_for_nothing(stage: Stage) -> None:
    sale = bring_back(stage, DOWN, Qt.Key.Key_1)
    stage.counter.take_scan(CRISPS.code)

    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    [back], taken = written(stage, sale)
    assert (back.back, taken.due) == (Money(750), Money(750))
    assert stage.counter.sell.state.is_empty


def test_goods_of_a_member_are_exchanged_at_her_prices(stage: Stage) -> None:
    sale = usual(stage.here, member=True)
    stage.press(Qt.Key.Key_K, CTRL)
    for key in (ENTER, Qt.Key.Key_A, Qt.Key.Key_F3, Qt.Key.Key_F10):
        stage.press(key)
    stage.counter.take_scan(MILK.code)

    assert stage.counter.sell.state.member is not None
    assert stage.counter.sell.state.due == MEMBER_MILK - sale.due
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    _backs, taken = written(stage, sale)
    assert (taken.member_id, taken.due) == (sale.member_id, MEMBER_MILK)


def test_nothing_can_be_taken_without_goods(stage: Stage) -> None:
    sale = bring_back(stage, Qt.Key.Key_1)

    stage.press(Qt.Key.Key_F9)

    assert stage.counter.window.sheet is None
    assert written(stage, sale)[0] == ()
    assert stage.counter.sell.state.trading is not None


def test_a_cashier_asks_once_and_pays_then(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    sale = bring_back(stage, DOWN, Qt.Key.Key_1)
    stage.counter.take_scan(SOY.code)

    stage.press(Qt.Key.Key_F9)
    assert stage.counter.window.over is not None
    assert stage.counter.window.sheet is None
    stage.type("100300")
    stage.press(ENTER)
    assert stage.counter.window.over is None
    stage.press(ENTER)

    [back], _taken = written(stage, sale)
    assert len(back.approvals) == 1


def test_nobody_slips_past_the_question(open_stage: OpenStage) -> None:
    stage = open_stage(staff=CASHIER)
    sale = bring_back(stage, DOWN, Qt.Key.Key_1)
    stage.counter.take_scan(SOY.code)

    stage.counter.pay.open("cash")
    stage.counter.pay.confirm()

    assert isinstance(stage.counter.pay.state.refused, NeedsApproval)
    assert written(stage, sale)[0] == ()


def test_the_page_comes_back_with_what_was_marked(stage: Stage) -> None:
    sale = bring_back(stage, Qt.Key.Key_2)
    stage.counter.take_scan(SOY.code)

    stage.press(Qt.Key.Key_K, CTRL)

    page = stage.counter.window.page
    assert isinstance(page, RefundPage)
    assert page._presenter.state.asked[0].quantity_milli == 2000
    assert stage.counter.sell.state.trading is None
    stage.press(ENTER)  # a plain refund after all
    assert [back.back for back in written(stage, sale)[0]] == [Money(400)]
    assert len(stage.counter.sell.state.priced.lines) == 1


def test_nothing_is_left_of_an_exchange_that_was_made(stage: Stage) -> None:
    bring_back(stage, DOWN, Qt.Key.Key_1)
    stage.counter.take_scan(CRISPS.code)
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    stage.press(Qt.Key.Key_K, CTRL)

    page = stage.counter.window.page
    assert isinstance(page, RefundPage)
    assert page._presenter.state.step == "find"


def test_somebody_else_at_the_till_ends_it(stage: Stage) -> None:
    bring_back(stage, Qt.Key.Key_1)
    stage.counter.take_scan(SOY.code)

    stage.counter.sign_in(CASHIER)

    assert stage.counter.sell.state.trading is None
    assert stage.counter.sell.state.due == SOY.price


def test_an_exchange_says_why_and_names_goods(stage: Stage) -> None:
    usual(stage.here)
    stage.press(Qt.Key.Key_K, CTRL)
    stage.press(ENTER)

    stage.press(Qt.Key.Key_F10)
    assert reads(stage, "没有可退的商品")
    stage.press(Qt.Key.Key_1)
    stage.press(Qt.Key.Key_F10)
    assert reads(stage, "请写明退货原因")

    assert stage.counter.sell.state.trading is None


def test_the_customer_sees_one_difference(stage: Stage) -> None:
    seen = Seen()
    customer = CustomerPresenter(stage.here.desk)
    customer.bind(seen)
    stage.counter.changed.connect(customer.follow)
    stage.counter.pay.watch(customer.follow_payment)
    stage.screens.refunds.watch(customer.follow_refund)
    bring_back(stage, DOWN, DOWN, Qt.Key.Key_4)
    assert (seen.state.phase, seen.state.gets) == ("basket", Money(1000))

    stage.counter.take_scan(SOY.code)
    assert (seen.state.brought, seen.state.gets, seen.state.due) == (Money(1000), Money(10), Money(0))
    stage.counter.take_scan(COLA.code)
    assert (seen.state.gets, seen.state.due) == (Money(0), Money(240))
    stage.counter.act("delete")
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    assert seen.state.back.given
    assert seen.state.back.parts == (("cash", Money(10)),)


def test_her_own_goes_back_to_her_account_and_new_goods_are_paid_in_full() -> None:
    shown = Trading("S01-1-20260928-0001", value=Money(2250), to_pay=Money(990), gives_back=Money(2250))
    over = Trading("S01-1-20260928-0001", value=Money(2250), gives_back=Money(1260))

    assert (shown.counts, shown.over) == (Money(0), Money(0))
    assert (over.counts, over.over) == (Money(2250), Money(1260))


@pytest.mark.parametrize(("answer", "told"), [(Take("refunded"), []), (UNKNOWN, ["giving_back_unclear"])])
def test_what_is_over_of_a_wallets_money_goes_back_through_its_company(answer: Take, told: list[str]) -> None:
    provider = ScriptedProvider(takes=[YES], refunds=[answer])
    till = paying_with(provider)
    first = till.sold
    assert first is not None
    wallets = Wallets({provider.kind: provider}, StillPace())
    till.sell.trade.wallets = lambda: wallets
    order = RefundOrder(first.receipt, MANAGER.code, "wrong_goods")

    till.sell.exchange(order)
    till.sell.scan(SOY.code)
    till.pay.open("cash")
    till.pay.confirm()

    assert provider.deeds().count("refund") == 1
    assert till.seen.words == told
    with till.here.shop.reading() as books:
        [back] = books.refunds.of_sale(first.sale_id)
    assert [(tender.kind, tender.amount) for tender in given_back(back.tenders)] == [("wechat", Money(6000))]


def kept_against(on: Stage) -> RefundOrder | None:
    return baskets.unfinished_exchange(on.here.shop)


def test_an_exchange_outlives_a_power_cut_with_what_was_rung_up(stage: Stage, open_stage: OpenStage) -> None:
    sale = bring_back(stage, Qt.Key.Key_2)
    stage.counter.take_scan(CRISPS.code)
    before = trading(stage)

    again = open_stage(staff=OWNER, again=True)

    assert trading(again) == before
    assert again.counter.sell.trade.order == stage.counter.sell.trade.order
    assert reads(again, "未完成的换货已恢复")
    again.press(Qt.Key.Key_F9)
    again.press(ENTER)
    with again.here.shop.reading() as books:
        [back] = books.refunds.of_sale(sale.sale_id)
    assert [(line.line, line.quantity_milli) for line in back.lines] == [(1, 2000)]
    assert kept_against(again) is None


def test_cut_before_anything_was_rung_up_it_is_there_too(stage: Stage, open_stage: OpenStage) -> None:
    sale = bring_back(stage, Qt.Key.Key_2)

    again = open_stage(staff=OWNER, again=True)

    assert trading(again) == Trading(sale.receipt, Money(400), gives_back=Money(400))


def test_cut_after_it_was_written_nothing_comes_back_twice(stage: Stage, open_stage: OpenStage) -> None:
    bring_back(stage, Qt.Key.Key_2)
    stage.counter.take_scan(CRISPS.code)
    stage.press(Qt.Key.Key_F9)
    stage.press(ENTER)

    again = open_stage(staff=OWNER, again=True)

    assert again.counter.sell.state.trading is None
    assert again.counter.sell.state.is_empty


def test_what_came_back_meanwhile_is_let_go_aloud(stage: Stage, open_stage: OpenStage) -> None:
    sale = bring_back(stage, Qt.Key.Key_2)
    stage.counter.take_scan(CRISPS.code)
    refund(
        stage.here.shop, RefundOrder(sale.receipt, "1001", "x"), clock=stage.here.desk.clock, ids=stage.here.desk.ids
    )

    again = open_stage(staff=OWNER, again=True)

    assert again.counter.sell.state.trading is None
    assert len(again.counter.sell.state.priced.lines) == 1
    assert reads(again, "未完成的换货已取消")
    assert kept_against(again) is None


def test_somebody_else_who_signs_in_after_the_cut_begins_anew(stage: Stage, open_stage: OpenStage) -> None:
    bring_back(stage, Qt.Key.Key_2)
    stage.counter.take_scan(CRISPS.code)
    again = open_stage(staff=NOBODY, again=True)
    assert trading(again).value == Money(400)

    again.counter.sign_in(CASHIER)

    assert again.counter.sell.state.trading is None
    assert kept_against(again) is None
    assert reads(again, "未完成的换货已取消")


def test_who_began_it_signs_in_and_goes_on(stage: Stage, open_stage: OpenStage) -> None:
    bring_back(stage, Qt.Key.Key_2)
    stage.counter.take_scan(CRISPS.code)
    again = open_stage(staff=NOBODY, again=True)

    again.counter.sign_in(OWNER)

    assert trading(again).value == Money(400)


def test_a_killed_tills_file_holds_the_exchange(tmp_path: Path, here: Scene) -> None:
    keys, desk = FileKeystore(tmp_path / "keys"), here.desk
    device = new_device(desk.ids, store="S01", till="1", is_demo=True)
    shop = ShopDatabase.create(tmp_path, device=device, clock=desk.clock, ids=desk.ids, keystore=keys)
    order = RefundOrder("S01-1-20260928-0001", "1007", "faulty", (Asked(1, 2000, restock=False),), in_cash=True)
    basket = Basket((Line(CRISPS),))
    baskets.keep(shop, basket, against=order)
    shop.close()

    with closing(ShopDatabase.open(tmp_path, clock=desk.clock, ids=desk.ids, keystore=keys)) as again:
        assert baskets.unfinished_exchange(again) == order
        assert baskets.unfinished(again) == basket
        baskets.keep(again, basket)
        assert baskets.unfinished_exchange(again) is None
