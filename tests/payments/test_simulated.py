"""The simulated provider: every case a person at the till can call up."""

from __future__ import annotations

from storeapp.domain.money import Money
from storeapp.payments.simulated import SimulatedProvider


def test_an_ordinary_code_is_paid_at_once() -> None:
    answer = SimulatedProvider().take(Money(350), code="130000000000000001", trade_number="t1")

    assert answer.state == "paid"
    assert answer.ref


def test_a_password_is_asked_for_once_and_then_it_is_paid() -> None:
    provider = SimulatedProvider()

    assert provider.take(Money(350), code="130000000000000007", trade_number="t1").state == "waiting"
    assert provider.query("t1").state == "paid"


def test_an_empty_wallet_is_refused_and_nothing_is_taken() -> None:
    provider = SimulatedProvider()

    assert provider.take(Money(350), code="130000000000000008", trade_number="t1").reason == "not_enough_money"
    assert provider.taken == {}


def test_an_unknown_result_clears_up_when_asked_twice() -> None:
    provider = SimulatedProvider()
    provider.take(Money(350), code="130000000000000009", trade_number="t1")

    assert [provider.query("t1").state for _ in range(2)] == ["unknown", "paid"]


def test_the_same_trade_number_never_takes_twice() -> None:
    provider = SimulatedProvider()
    provider.take(Money(350), code="130000000000000001", trade_number="t1")
    provider.take(Money(350), code="130000000000000001", trade_number="t1")

    assert provider.taken == {"t1": Money(350)}


def test_a_trade_it_never_heard_of_is_not_known() -> None:
    answer = SimulatedProvider().query("t9")

    assert (answer.state, answer.reason) == ("unknown", "no_such_trade")


def test_a_trade_that_was_undone_holds_no_money() -> None:
    provider = SimulatedProvider()
    provider.take(Money(350), code="130000000000000001", trade_number="t1")

    assert provider.reverse("t1").state == "closed"
    assert provider.query("t1").state == "closed"
    assert provider.taken == {}


def test_a_refund_is_given_once_and_never_more_than_was_taken() -> None:
    provider = SimulatedProvider()
    provider.take(Money(350), code="130000000000000001", trade_number="t1")
    once = [provider.refund("t1", refund_number="r1", amount=Money(200), whole=Money(350)).state for _ in range(2)]

    assert once == ["refunded", "refunded"]
    assert provider.refund("t1", refund_number="r2", amount=Money(151), whole=Money(350)).state == "failed"
    assert provider.query_refund("t1", "r9").reason == "no_such_refund"


def test_what_was_taken_before_the_program_was_started_anew_is_given_back_too() -> None:
    provider = SimulatedProvider()

    states = [
        provider.refund("t1", refund_number=number, amount=Money(200), whole=Money(350)).state
        for number in ("r1", "r2")
    ]

    assert states == ["refunded", "failed"]
