"""The list of unclear payments: nothing falls off it unseen, and nothing is decided without a manager."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from storeapp.domain.ledger import tender_account
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.refund import Refund
from storeapp.till import paying
from storeapp.till.paying import Asked
from storeapp.till.refunds import RefundOrder, Wallets, refund
from storeapp.till.script import sell_one
from storeapp.till.unclear import listed
from storeapp.till.unclear_slip import unclear_slip
from storeapp.ui.suspense.presenter import SuspensePresenter
from storeapp.ui.suspense.screen import SuspensePage
from storeapp.words import words
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.staff import PINS
from tests.fakes.still import StillClock, StillPace
from tests.ui.conftest import OpenStage
from tests.ui.scene import CASHIER, WATER
from tests.ui.seen import Seen
from tests.ui.stage import MANAGER, Stage
from tests.ui.test_pay_presenter import PAID
from tests.ui.test_pay_unclear import CLOSED, YES, Asks, Unclear, late, till_with


def asked(provider: ScriptedProvider, *, fen: int = 6990, sale: str = "sale-1", code: str = PAID) -> Unclear:
    till = till_with(provider)
    desk = till.here.desk
    question = Asked(Money(fen), code, sale, by="1003")
    paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())
    return till


def page(till: Unclear, *, cashier: str = MANAGER.code) -> tuple[SuspensePresenter, Seen, Asks]:
    seen, asks = Seen(), Asks()
    made = SuspensePresenter(
        till.here.desk, {till.provider.kind: till.provider}, cashier=cashier, ask=asks, pace=StillPace()
    )
    made.bind(seen)
    return made, seen, asks


def wait(till: Unclear, **parts: float) -> None:
    clock = till.here.desk.clock
    assert isinstance(clock, StillClock)
    clock.go_on(**parts)


def test_an_unknown_result_is_listed_with_its_age() -> None:
    till = asked(ScriptedProvider())
    wait(till, hours=2)

    _made, seen, _asks = page(till)

    item = seen.state.items[0]
    assert (item.case, item.amount, item.kind, item.by) == ("suspense", Money(6990), "wechat", "1003")
    assert item.age == timedelta(hours=2)
    assert item.deeds == ("other_means",)


def test_a_payment_under_way_is_not_on_the_list_yet() -> None:
    till = asked(ScriptedProvider(takes=[YES]))
    _made, seen, _asks = page(till)
    assert seen.state.items == ()

    wait(till, minutes=4)
    _made, seen, _asks = page(till)

    assert [item.case for item in seen.state.items] == ["unused"]


def test_asked_again_what_became_clear_leaves_the_list() -> None:
    till = asked(ScriptedProvider())
    made, seen, _asks = page(till)
    till.provider.queries = [CLOSED]

    made.ask_again()

    assert seen.state.items == ()
    assert seen.state.settled == 1
    assert not seen.state.is_asking


def test_asked_again_what_is_still_unknown_stays() -> None:
    till = asked(ScriptedProvider())
    made, seen, _asks = page(till)

    made.ask_again()

    assert [item.case for item in seen.state.items] == ["suspense"]
    assert seen.state.settled == 0


def test_set_aside_it_names_who_let_it_and_stays_listed() -> None:
    till = asked(ScriptedProvider())
    made, seen, asks = page(till)

    made.set_aside()

    assert asks.asked == [
        ("settle_suspense", {"trade": seen.state.items[0].trade_number, "fen": 6990, "decision": "other_means"})
    ]
    assert seen.well == ["set_aside"]
    assert seen.state.items[0].decided == MANAGER.code
    assert seen.state.items[0].deeds == ()


def test_money_that_came_late_counts_or_goes_back() -> None:
    till = asked(late())
    made, seen, _asks = page(till)
    assert seen.state.items[0].deeds == ("accept", "give_back")

    made.accept()

    assert seen.well == ["accepted"]
    with till.here.shop.reading() as books:
        assert [one.state for one in books.attempts.unused()] == ["paid"]


def test_money_without_a_sale_goes_back_once() -> None:
    till = asked(ScriptedProvider(takes=[YES], refunds=[Take("refunded")]))
    wait(till, minutes=5)
    made, seen, _asks = page(till)

    made.give_back()
    made.give_back()

    assert seen.well == ["given_back"]
    assert seen.state.items == ()
    assert till.provider.deeds().count("refund") == 1


def test_a_refund_nobody_confirmed_is_listed_and_asked_about() -> None:
    till = asked(ScriptedProvider(takes=[YES], queries=[UNKNOWN]))
    wait(till, minutes=5)
    made, seen, _asks = page(till)
    made.give_back()
    assert seen.well == ["giving_back_unclear"]
    wait(till, minutes=5)
    made.refresh()
    assert "refund" in [item.case for item in seen.state.items]

    till.provider.queries = [Take("refunded")]
    made.ask_again()

    assert seen.state.items == ()


def test_what_may_not_be_done_is_not_done() -> None:
    till = asked(ScriptedProvider())
    made, seen, asks = page(till)

    made.accept()
    made.give_back()
    made.select(7)

    assert asks.asked == []
    assert seen.state.selected == 0


def test_a_cashier_without_the_right_decides_nothing() -> None:
    till = asked(ScriptedProvider())
    made, seen, _asks = page(till, cashier=CASHIER.code)

    made.set_aside()

    assert [getattr(error, "word", "") for error in seen.told] == ["needs_approval"]
    assert seen.state.items[0].decided == ""


def test_an_empty_list_asks_nobody() -> None:
    till = till_with(ScriptedProvider())
    made, seen, _asks = page(till)

    made.ask_again()

    assert till.provider.asked == []
    assert seen.state.items == ()


def test_the_list_is_printed_with_everything_a_lookup_wants() -> None:
    till = asked(ScriptedProvider())
    made, seen, _asks = page(till)

    made.print_list()

    assert seen.well == ["printing"]
    with till.here.shop.reading() as books:
        job = books.prints.queued()[0]
        rows = unclear_slip(books, job, width=32, words=words("zh_CN"))
    said = "\n".join(str(row) for row in rows)
    assert job.kind == "unclear"
    assert seen.state.items[0].trade_number in said
    assert "69.90" in said
    assert "微信支付" in said


def test_an_empty_list_costs_no_paper() -> None:
    till = till_with(ScriptedProvider())
    made, seen, _asks = page(till)

    made.print_list()

    assert seen.well == []


def test_the_oldest_stands_first() -> None:
    provider = ScriptedProvider()
    till = asked(provider)
    wait(till, minutes=30)
    desk = till.here.desk
    question = Asked(Money(100), "134567890123456799", "sale-2", by="1003")
    paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())

    with till.here.shop.reading() as books:
        items = listed(books, desk.clock.now())

    assert [item.amount.fen for item in items] == [6990, 100]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_page_shows_what_is_unclear_and_the_bar_counts_it(open_stage: OpenStage, language: str) -> None:
    on = open_stage(language=language)
    desk = on.here.desk
    provider = ScriptedProvider()
    question = Asked(Money(6990), PAID, "sale-1", by="1003")
    paying.take(desk.shop, provider, question, clock=desk.clock, ids=desk.ids, pace=StillPace())

    on.counter.frame.tick()
    on.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)

    shown = on.counter.window.page
    assert isinstance(shown, SuspensePage)
    said = [words.text() for words in on.counter.window.status.findChildren(QLabel)]
    assert any(text in ("1 unclear", "1 笔付款待核对") for text in said)
    assert shown._presenter.state.chosen is not None
    assert replace(shown._presenter.state.chosen, trade_number="").case == "suspense"


def refused_at(on: Stage) -> Refund:
    """A sale paid by code came back, and its company refused to give the money."""
    company = ScriptedProvider([YES], refunds=[Take("failed", reason="no_money")])
    desk = on.here.desk
    asked_for = {
        "id": "b1", "lines": [{"code": WATER.code}],
        "tenders": [{"kind": "wechat", "fen": WATER.price.fen, "code": PAID}],
    }  # fmt: skip
    wallets = Wallets({"wechat": company}, StillPace())
    told = sell_one(desk.shop, asked_for, clock=desk.clock, ids=desk.ids, providers=wallets.providers, pace=StillPace())
    order = RefundOrder(told["receipt"], "script", "faulty")
    return refund(desk.shop, order, clock=desk.clock, ids=desk.ids, wallets=wallets).refund


def cash_held(on: Stage) -> int:
    with on.here.shop.reading() as books:
        return books.ledger.balance(tender_account("cash", "1"), "fen")


def test_what_the_company_refused_is_given_in_cash_by_a_key_once(open_stage: OpenStage) -> None:
    on = open_stage(staff=CASHIER)
    refused_at(on)

    on.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    on.press(Qt.Key.Key_F10)
    assert cash_held(on) == 0
    on.type(PINS["1003"])
    on.press(Qt.Key.Key_Return)

    assert cash_held(on) == -WATER.price.fen
    assert on.outside.looked == 1
    on.press(Qt.Key.Key_F10)
    assert cash_held(on) == -WATER.price.fen
    page_now = on.counter.window.page
    assert isinstance(page_now, SuspensePage)
    assert page_now._presenter.state.items == ()


def test_cash_is_offered_only_where_the_company_refused() -> None:
    till = asked(ScriptedProvider())
    made, seen, asks = page(till)

    made.give_in_cash()

    assert asks.asked == []
    assert "in_cash" not in seen.state.items[0].deeds
