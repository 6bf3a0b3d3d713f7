"""The cashier's screen and the customer's say the same numbers and the same warning, and hers says nothing more."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.customer.state import CustomerState
from storeapp.ui.pay.said import DO_NOT_TAKE_TWICE, said
from storeapp.ui.pay.state import Way
from storeapp.words import words
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.ui.scene import ALICE, APPLES, MILK
from tests.ui.test_pay_presenter import PAID
from tests.ui.test_pay_unclear import WAITING, YES, Unclear, till_with


@dataclass
class Hers:
    """Every state her screen was given."""

    states: list[CustomerState] = field(default_factory=list)

    def show_state(self, state: CustomerState) -> None:
        self.states.append(state)


@dataclass
class Both:
    till: Unclear
    customer: CustomerPresenter
    hers: Hers

    def look(self) -> CustomerState:
        return self.customer.state


def both(provider: ScriptedProvider) -> Both:
    till = till_with(provider)
    customer, hers = CustomerPresenter(till.here.desk), Hers()
    customer.bind(hers)
    till.pay.watch(customer.follow_payment)
    till.sell.scan(MILK.code)
    till.sell.attach_member(ALICE.member_id)
    customer.follow(till.sell.state)
    return Both(till, customer, hers)


def same_numbers(at: Both) -> None:
    cashier, hers = at.till.pay.state, at.look()
    assert hers.payment is not None
    assert hers.payment.left == cashier.left
    assert hers.payment.given == tuple((tender.kind, tender.amount) for tender in cashier.tenders)
    assert hers.due == at.till.sell.state.due == cashier.total


def test_every_part_is_the_same_on_both_screens() -> None:
    at = both(ScriptedProvider(takes=[YES]))
    parts: tuple[tuple[Way, str], ...] = (("cash", "10"), ("card", "15"), ("code_manual", "5"), ("cash", "3"))
    for way, typed in parts:
        at.till.pay.open(way)
        at.till.pay.type(typed)
        at.till.pay.confirm()
        same_numbers(at)
    at.till.pay.remove(1)
    same_numbers(at)
    at.till.pay.open("scan")
    at.till.pay.type("20")
    at.till.pay.take_scan(PAID)
    same_numbers(at)


@pytest.mark.parametrize("way", ["cash", "card"])
@pytest.mark.parametrize(("scope", "told"), [("cash", Money(1047)), ("all", Money(1040))])
def test_a_rounded_total_is_the_same_on_both_screens_before_and_while_she_pays(
    way: Way, scope: str, told: Money
) -> None:
    at = both(ScriptedProvider())
    with at.till.here.shop.writing() as books:
        for key, value in (("cash.rounding", "jiao"), ("cash.rounding_scope", scope)):
            books.policy.put(key, value, at="2026-01-01T00:00:00+08:00")
    at.till.sell.clear()
    at.till.sell.submit(f"0.818*{APPLES.code}")
    at.customer.follow(at.till.sell.state)
    state = at.look()
    assert state.due == at.till.sell.state.due == told
    assert state.goods - state.discount + state.rounding == state.due

    at.till.pay.open(way)

    payment, asked = at.look().payment, Money(1040) if way == "cash" else told
    assert payment is not None
    assert payment.left == at.till.pay.state.asks == asked
    at.till.pay.confirm()
    assert at.till.sold is not None
    assert at.till.sold.due == asked


def test_what_the_shop_promised_is_told_on_its_line_and_adds_up() -> None:
    at = both(ScriptedProvider())
    state = at.look()

    line = state.lines[0]
    assert [cut.name for cut in line.saved] == ["member_price"]
    assert sum(cut.amount.fen for cut in line.saved) == state.discount.fen
    assert state.goods - state.discount == state.due


def test_a_cashiers_own_discount_is_not_named() -> None:
    at = both(ScriptedProvider())
    before, named = at.look().due, [cut.name for line in at.look().lines for cut in line.saved]
    at.till.sell.select(0)
    at.till.sell.edit("discount")
    at.till.sell.confirm_edit("1", "", "damaged")
    at.customer.follow(at.till.sell.state)

    assert "damaged" not in str(at.look())
    assert [cut.name for line in at.look().lines for cut in line.saved] == named
    assert at.look().due == before - Money(100)


@pytest.mark.parametrize(
    ("provider", "deed", "step"),
    [
        (ScriptedProvider(takes=[WAITING], queries=[WAITING, YES]), "query", "password"),
        (ScriptedProvider(), "query", "wait"),
        (ScriptedProvider(), "reverse", "unknown"),
    ],
)
def test_what_the_wallet_does_is_seen_on_her_screen(provider: ScriptedProvider, deed: str, step: str) -> None:
    at = both(provider)
    steps: list[str] = []

    def look(now: str) -> None:
        if now == deed:
            at.till.pay.asking.tick()
            payment = at.look().payment
            steps.append("" if payment is None else payment.step)

    provider.before = look
    at.till.pay.open("scan")
    at.till.pay.take_scan(PAID)

    assert steps[0] == step


def test_an_unknown_result_warns_on_both_screens_in_the_same_words() -> None:
    at = both(ScriptedProvider())
    at.till.pay.open("scan")
    at.till.pay.take_scan(PAID)
    zh = words("zh_CN")

    payment = at.look().payment
    assert payment is not None
    assert payment.step == "unknown"
    assert said(at.till.pay.state, zh).headline == zh.t(DO_NOT_TAKE_TWICE) == "结果未知，请勿让顾客重复付款"


def test_money_given_back_is_seen_going() -> None:
    provider = ScriptedProvider(takes=[YES], refunds=[Take("refunded")])
    at = both(provider)
    at.till.pay.open("scan")
    at.till.pay.type("20")
    at.till.pay.take_scan(PAID)

    at.till.pay.remove(0)

    assert "back" in [state.payment.step for state in at.hers.states if state.payment is not None]
    same_numbers(at)


def test_a_payment_that_was_left_is_forgotten_on_her_screen_too() -> None:
    at = both(ScriptedProvider())
    at.till.pay.open("cash")
    at.till.pay.type("10")
    at.till.pay.confirm()

    at.till.pay.leave()

    assert at.look().payment is None


def test_her_thanks_name_the_change_and_what_she_paid_with() -> None:
    at = both(ScriptedProvider(takes=[YES]))
    at.till.pay.open("scan")
    at.till.pay.type("20")
    at.till.pay.take_scan(PAID)
    at.till.pay.open("cash")
    at.till.pay.type("50")
    at.till.pay.confirm()
    at.customer.follow(at.till.sell.state)

    sale, hers = at.till.sold, at.look()
    assert sale is not None
    assert hers.phase == "paid"
    assert hers.change == sale.change == Money(1010)
    assert hers.tenders == (("wechat", Money(2000)), ("cash", Money(5000)))


def test_nothing_of_the_staff_or_the_code_reaches_her_screen() -> None:
    at = both(ScriptedProvider(queries=[UNKNOWN]))
    at.till.pay.open("card")
    at.till.pay.type("10")
    at.till.pay.prove("8841")
    at.till.pay.confirm()
    at.till.pay.open("scan")
    at.till.pay.take_scan(PAID)

    told = str(at.hers.states)
    for secret in (PAID, "8841", at.till.sell.staff.code, at.till.sell.staff.name, "13800006621", "王喆"):
        assert secret not in told
